"""Clients that are told of changes: the streams of sessions, and of subscriptions."""

import json
import secrets

import anyio
import fastmcp
import httpx2
import mcp_types
import pytest
from fastmcp.client.messages import MessageHandler
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.client.subscriptions import ToolsListChanged

from conftest import create_toolset
from raw import META, MODERN, REVISIONS, exchange, mcp
from server import Management, Server
from streams import BOTH, DEADLINE, SUBSCRIPTION, Stream, ask, begin, changed, legacy_headers, listen_in_session, subscribe

LEGACY = [revision for revision in REVISIONS if revision != MODERN]


@pytest.fixture
def prompt(management):
    """A prompt of a name of its own."""
    name = f"prompt_{secrets.token_hex(4)}"
    management.post("templates.create", {"name": name, "description": "Says it", "arguments": [], "prompt": "Say it."})
    return name


def stage(management, slug):
    management.post("toolsets.switchEditingMode", {"slug": slug, "mode": "staging"})


def publish(management, slug):
    management.publish(slug, notes="For the test")


def choose(management, slug, pets, count):
    management.post("toolsets.update", {"slug": slug, "tool_urns": pets.urns[:count]})


# The clients


@pytest.mark.anyio
async def test_the_official_client_is_told_in_its_session(pets, management, make_toolset):
    slug, address = make_toolset()
    messages, received = [], anyio.Event()

    async def note(message):
        nonlocal received
        messages.append(message)
        received.set()
        received = anyio.Event()

    async def told():
        event = received
        with anyio.fail_after(DEADLINE):
            while not messages:
                await event.wait()
                event = received
        return messages.pop(0)

    async with httpx2.AsyncClient(timeout=httpx2.Timeout(30, read=60)) as http:
        transport = streamable_http_client(address, http_client=http)
        async with Client(transport, mode="legacy", message_handler=note) as client:
            assert client.server_capabilities.tools.list_changed is True
            assert {tool.name for tool in (await client.list_tools()).tools} == pets.names
            for act, count in (
                (lambda: choose(management, slug, pets, 1), 1),
                (lambda: choose(management, slug, pets, 2), 2),
            ):
                await anyio.to_thread.run_sync(act)
                assert isinstance(await told(), mcp_types.ToolListChangedNotification)
                assert len((await client.list_tools()).tools) == count
            stage(management, slug)
            choose(management, slug, pets, 3)
            publish(management, slug)
            assert isinstance(await told(), mcp_types.ToolListChangedNotification)
            assert len((await client.list_tools()).tools) == 3
            management.post("toolsets.rollbackToRelease", {"slug": slug, "number": 1, "reason": "Too many"})
            assert isinstance(await told(), mcp_types.ToolListChangedNotification)
            assert len((await client.list_tools()).tools) == 2
    assert messages == []


@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["auto", MODERN])
async def test_the_official_client_is_told_by_a_subscription_and_lists_anew(pets, management, make_toolset, mode):
    slug, address = make_toolset()
    stage(management, slug)
    async with httpx2.AsyncClient(timeout=httpx2.Timeout(30, read=60)) as http:
        async with Client(streamable_http_client(address, http_client=http), mode=mode) as client:
            assert {tool.name for tool in (await client.list_tools()).tools} == pets.names
            async with client.listen(tools_list_changed=True, prompts_list_changed=True) as subscription:
                assert subscription.honored.tools_list_changed and subscription.honored.prompts_list_changed
                assert subscription.honored.resources_list_changed is None
                for count in (1, 2):
                    choose(management, slug, pets, count)
                    publish(management, slug)
                    with anyio.fail_after(DEADLINE):
                        assert await anext(subscription) == ToolsListChanged()
                    # The client keeps lists; what it is told makes it forget them.
                    assert len((await client.list_tools()).tools) == count


@pytest.mark.anyio
async def test_fastmcp_is_told_in_its_session(pets, management, make_toolset):
    slug, address = make_toolset()
    told = anyio.Event()

    class Handler(MessageHandler):
        async def on_tool_list_changed(self, message):
            told.set()

    async with fastmcp.Client(address, mode="legacy", message_handler=Handler()) as client:
        assert len(await client.list_tools()) == len(pets.tools)
        choose(management, slug, pets, 1)
        with anyio.fail_after(DEADLINE):
            await told.wait()
        assert len(await client.list_tools()) == 1


# What is told


def test_a_subscription_is_acknowledged_first_and_carries_its_id(make_toolset, management, pets):
    slug, address = make_toolset()
    for id in ("mine", 7):
        with subscribe(address, "tools", "resources", id=id) as stream:
            assert stream.headers["content-type"] == "text/event-stream"
            assert stream.headers["cache-control"] == "no-cache, no-transform"
            assert stream.headers["x-accel-buffering"] == "no"
            assert "mcp-session-id" not in stream.headers
            first = stream.next()
            assert first == {
                "jsonrpc": "2.0",
                "method": "notifications/subscriptions/acknowledged",
                "params": {
                    "notifications": {"toolsListChanged": True, "resourcesListChanged": True},
                    "_meta": {SUBSCRIPTION: id},
                },
            }
            choose(management, slug, pets, 1 if id == 7 else 2)
            assert stream.next() == {
                "jsonrpc": "2.0", "method": changed("tools"), "params": {"_meta": {SUBSCRIPTION: id}},
            }  # fmt: skip


def test_only_the_lists_that_changed_are_told_and_only_those_that_were_asked_for(pets, management, make_toolset, prompt):
    slug, address = make_toolset()
    with subscribe(address, "tools", "prompts") as both, subscribe(address, "prompts") as prompts:
        assert both.next() and prompts.next()
        choose(management, slug, pets, 1)
        assert both.next()["method"] == changed("tools")
        management.post("toolsets.update", {"slug": slug, "prompt_names": [prompt]})
        assert both.next()["method"] == changed("prompts")
        assert prompts.next()["method"] == changed("prompts")
        # What no list shows is told to nobody: the next that comes is the change after it.
        management.post("toolsets.update", {"slug": slug, "description": "Another one", "instructions": "Other ones"})
        management.post("templates.update", {"name": prompt, "prompt": "Say something else."})
        management.post("templates.update", {"name": prompt, "description": "Says something", "prompt": "x"})
        assert prompts.next()["method"] == changed("prompts")
        assert both.next()["method"] == changed("prompts")


def test_whatever_changes_a_list_is_told(management, make_toolset, running_upstream):
    source = f"zoo-{secrets.token_hex(4)}"
    document = running_upstream.document
    urns = [tool["urn"] for tool in management.import_document(source, document)]
    slug, address = make_toolset()
    management.post("toolsets.update", {"slug": slug, "tool_urns": urns})
    resource = management.post("resources.create", {"slug": source, "name": "Guide", "text": "Read.", "mime_type": "text/plain"})
    urn = resource["resource"]["urn"]

    def deploy():
        document["paths"]["/pets"]["get"]["summary"] = "Lists them"
        management.import_document(source, document)

    acts = [
        ("tools", lambda: management.post("variations.upsert", {"toolset_slug": slug, "tool_urn": urns[0], "title": "Own"})),
        ("tools", lambda: management.post("variations.upsertGlobal", {"tool_urn": urns[1], "title": "Global"})),
        ("tools", deploy),
        ("resources", lambda: management.post("toolsets.update", {"slug": slug, "resource_urns": [urn]})),
        ("resources", lambda: management.post("resources.update", {"slug": source, "name": "The guide", "text": "Read."})),
    ]
    with subscribe(address, "tools", "prompts", "resources") as stream:
        stream.next()
        for name, act in acts:
            act()
            assert stream.next()["method"] == changed(name)


def test_live_clients_hear_nothing_of_staging(pets, management, make_toolset, prompt):
    slug, address = make_toolset()
    reader = management.create_key("reader")
    stage(management, slug)
    session = begin(address)
    lists = ("tools", "prompts", "resources")
    with (
        subscribe(address, *lists) as live,
        listen_in_session(address, session) as old,
        subscribe(f"{address}/staging", *lists, key=reader) as staging,
    ):
        assert live.next() and staging.next()
        management.post("toolsets.update", {"slug": slug, "prompt_names": [prompt]})
        assert staging.next()["method"] == changed("prompts")
        management.delete("toolsets.discardStagingVersion", slug=slug)
        assert staging.next()["method"] == changed("prompts")
        choose(management, slug, pets, 1)
        assert staging.next()["method"] == changed("tools")
        publish(management, slug)
        # Had anything of staging's prompts been told, it would come first.
        assert live.next()["method"] == changed("tools")
        assert old.next() == {"jsonrpc": "2.0", "method": changed("tools")}


def test_a_client_that_comes_back_to_its_session_is_told_what_it_missed(pets, management, make_toolset):
    slug, address = make_toolset()
    session = begin(address)
    choose(management, slug, pets, 1)
    with listen_in_session(address, session) as stream:
        assert stream.comment()
        assert stream.next()["method"] == changed("tools")


def test_a_second_stream_of_a_session_takes_the_place_of_the_first(pets, management, make_toolset):
    slug, address = make_toolset()
    session = begin(address)
    with listen_in_session(address, session) as first:
        with listen_in_session(address, session) as second:
            assert first.rest == []
            choose(management, slug, pets, 1)
            assert second.next()["method"] == changed("tools")


# Sessions


@pytest.mark.parametrize("revision", LEGACY)
def test_a_handshake_gives_a_session_and_nothing_needs_one(make_toolset, pets, revision):
    _, address = make_toolset()
    session = begin(address, revision)
    assert session and all(0x21 <= ord(character) <= 0x7E for character in session)
    assert begin(address, revision) != session
    for id in (session, None):
        assert len(ask(address, "tools/list", revision=revision, session=id).json["result"]["tools"]) == len(pets.tools)
        assert ask(address, "notifications/initialized", revision=revision, session=id, id=None).status == 202
        assert ask(address, "ping", revision=revision, session=id).json["result"] == {}


@pytest.mark.parametrize("revision", LEGACY)
def test_an_unknown_session_is_404_for_requests_notifications_streams_and_ends(make_toolset, management, revision):
    _, address = make_toolset()
    _, other = make_toolset()
    mine = begin(address, revision)
    key = management.create_key("consumer")
    wrong = ["x", "A" * 4000, mine[:-1], begin(other, revision), begin(address, revision, key)]
    for session in wrong:
        answer = ask(address, "tools/list", revision=revision, session=session)
        assert (answer.status, answer.json["error"]["code"], answer.json["id"]) == (404, -32600, 1)
        assert ask(address, "notifications/initialized", revision=revision, session=session, id=None).status == 404
        for method in ("GET", "DELETE"):
            assert exchange(method, address, legacy_headers(revision, session=session)).status == 404
    # A handshake asks for a new one, whatever stands there; a modern request has none.
    params = {"protocolVersion": revision, "capabilities": {}, "clientInfo": {"name": "raw", "version": "1"}}
    assert ask(address, "initialize", params, revision, session="x").headers["mcp-session-id"]
    headers = legacy_headers(MODERN, session="x") | {"Mcp-Method": "tools/list"}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"_meta": META}}
    answer = exchange("POST", address, headers, json.dumps(message).encode())
    assert (answer.status, "mcp-session-id" in answer.headers) == (200, False)


def test_a_session_ends_with_its_stream(make_toolset):
    _, address = make_toolset()
    session, other = begin(address), begin(address)
    with listen_in_session(address, session) as stream:
        assert exchange("DELETE", address, legacy_headers("2025-11-25", session=session)).status == 204
        assert stream.rest == []
    assert ask(address, "ping", session=session).status == 404
    assert ask(address, "ping", session=other).status == 200


def test_without_a_session_or_with_a_modern_header_there_is_no_stream(make_toolset):
    _, address = make_toolset()
    session = begin(address)
    for headers in (legacy_headers("2025-11-25"), legacy_headers(MODERN, session=session)):
        for method in ("GET", "DELETE"):
            answer = exchange(method, address, headers)
            assert (answer.status, answer.headers["allow"]) == (405, "POST")
    refused = legacy_headers("2025-11-25", session=session) | {"Accept": "application/json"}
    assert exchange("GET", address, refused).status == 406


# Ends


def listening(address: str, key: str):
    """A stream of each era, past what comes first."""
    modern, legacy = subscribe(address, "tools", key=key), listen_in_session(address, begin(address, key=key), key=key)
    assert modern.status == legacy.status == 200
    modern.next()
    return modern, legacy


def check_ended(modern: Stream, legacy: Stream):
    [end] = modern.rest
    assert (end["id"], end["result"]["resultType"]) == ("s1", "complete")
    assert end["result"]["_meta"][SUBSCRIPTION] == "s1"
    assert legacy.rest == []


def test_a_revoked_key_ends_its_streams_and_no_others(make_toolset, management, pets, server):
    slug, address = make_toolset()
    management.post("toolsets.update", {"slug": slug, "mcp_is_public": False})
    made = management.post("keys.create", {"name": f"test {secrets.token_hex(4)}", "scopes": ["consumer"]})
    stays = management.create_key("consumer")
    mine, others = listening(address, made["secret"]), listening(address, stays)
    management.post("keys.revoke", {"id": made["key"]["id"]})
    check_ended(*mine)
    choose(management, slug, pets, 1)
    for stream in others:
        assert stream.next()["method"] == changed("tools")


@pytest.mark.parametrize("change", [{"mcp_enabled": False}, {"mcp_slug": None}])
def test_an_address_that_goes_ends_its_streams(make_toolset, management, change):
    slug, address = make_toolset()
    key = management.create_key("consumer")
    streams = listening(address, key)
    if "mcp_slug" in change:
        change = {"mcp_slug": f"moved-{secrets.token_hex(4)}"}
    management.post("toolsets.update", {"slug": slug} | change)
    check_ended(*streams)


def test_a_public_address_that_becomes_private_ends_the_streams_of_strangers(make_toolset, management):
    slug, address = make_toolset()
    with subscribe(address, "tools") as stream:
        assert stream.next()
        management.post("toolsets.update", {"slug": slug, "mcp_is_public": False})
        assert [end["id"] for end in stream.rest] == ["s1"]


@pytest.fixture
def own_server(tmp_path, running_upstream):
    settings = {
        "SLIPWAY_ADMIN_KEY": secrets.token_urlsafe(32), "SLIPWAY_ALLOWED_UPSTREAMS": running_upstream.host,
    }  # fmt: skip
    with Server(tmp_path, **settings) as server:
        management = Management(server.address, settings["SLIPWAY_ADMIN_KEY"])
        management.choose_project()
        tools = management.import_document("pets", running_upstream.document)
        create_toolset(management, "pets", [tool["urn"] for tool in tools], is_public=True)
        yield server, management, tools


def test_a_server_that_stops_ends_all_streams_and_sessions_outlast_it(own_server):
    server, management, tools = own_server
    address = f"{server.address}/mcp/pets"
    streams = listening(address, server.settings["SLIPWAY_ADMIN_KEY"])
    session = begin(address)
    assert server.stop() == 0
    check_ended(*streams)
    server.start_again()
    assert ask(address, "tools/list", session=session).status == 200
    with listen_in_session(address, session) as stream:
        assert stream.comment()
        management.post("toolsets.update", {"slug": "pets", "tool_urns": [tools[0]["urn"]]})
        assert stream.next()["method"] == changed("tools")


def test_no_more_clients_listen_at_one_address_than_there_is_room_for(own_server):
    server, management, tools = own_server
    address = f"{server.address}/mcp/pets"
    session = begin(address)
    streams = [subscribe(address, "tools") for _ in range(250)]
    try:
        assert {stream.status for stream in streams} == {200}
        refused = subscribe(address, "tools", id="late")
        error = json.loads(refused.answer.read())
        assert (refused.status, refused.headers["retry-after"]) == (503, "60")
        assert (error["id"], error["error"]["code"]) == ("late", -32603)
        assert "250 clients listen at this address" in error["error"]["message"]
        assert listen_in_session(address, session).status == 503
        # Another address has room, and so has this one where one goes: the server sees that when it comes.
        with subscribe(f"{server.address}/mcp/slipway", "tools", key=server.settings["SLIPWAY_ADMIN_KEY"]) as other:
            assert other.next()
        gone = streams.pop()
        gone.answer.close()
        gone.connection.close()
        for _ in range(2000):
            with_room = subscribe(address, "tools")
            if with_room.status == 200:
                break
            with_room.answer.read()
        assert with_room.status == 200
        management.post("toolsets.update", {"slug": "pets", "tool_urns": [tools[0]["urn"]]})
        for stream in [*streams, with_room]:
            stream.next()
            assert stream.next()["method"] == changed("tools")
    finally:
        for stream in streams:
            stream.connection.close()


# What is refused


@pytest.mark.parametrize(
    ("params", "accept", "outcome"),
    [
        ({}, BOTH, (200, -32602)),
        ({"notifications": []}, BOTH, (200, -32602)),
        ({"notifications": {"toolsListChanged": 1}}, BOTH, (200, -32602)),
        ({"notifications": {"resourceSubscriptions": "x"}}, BOTH, (200, -32602)),
        ({"notifications": {}}, "application/json", (406, -32600)),
    ],
)
def test_a_subscription_that_cannot_be_read_is_refused(make_toolset, params, accept, outcome):
    _, address = make_toolset()
    headers = {
        "Content-Type": "application/json", "Accept": accept, "MCP-Protocol-Version": MODERN,
        "Mcp-Method": "subscriptions/listen",
    }  # fmt: skip
    message = {"jsonrpc": "2.0", "id": 1, "method": "subscriptions/listen", "params": params | {"_meta": META}}
    answer = exchange("POST", address, headers, json.dumps(message).encode())
    assert (answer.status, answer.json["error"]["code"]) == outcome


def test_a_subscription_belongs_to_the_newest_revision(make_toolset):
    _, address = make_toolset()
    for revision in LEGACY:
        answer = mcp(address, "subscriptions/listen", {"notifications": {}}, revision)
        assert answer.json["error"]["code"] == -32601


@pytest.mark.parametrize("revision", REVISIONS)
def test_the_capabilities_say_that_changes_are_told(pets, revision):
    if revision == MODERN:
        result = mcp(pets.address, "server/discover").json["result"]
    else:
        params = {"protocolVersion": revision, "capabilities": {}, "clientInfo": {"name": "raw", "version": "1"}}
        result = mcp(pets.address, "initialize", params, revision).json["result"]
    assert result["capabilities"] == {"tools": {"listChanged": True}, "prompts": {"listChanged": True}}
