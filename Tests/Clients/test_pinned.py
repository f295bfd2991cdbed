"""Addresses of releases: who may use them, and that they answer the same for ever."""

import json
import secrets
import subprocess

import pytest

from clients import MODES, connect, tool_names
from raw import REVISIONS, everything, exchange, mcp
from server import BINARY, Refused
from streams import begin, legacy_headers

DAY = 24 * 3600 * 1000
NOTHING = "Nothing is served at"


@pytest.fixture
def shop(server, management, running_upstream, upstream):
    """A toolset of tools of a source of its own, with two releases and addresses for both."""
    return Shop(server, management, running_upstream)


class Shop:
    def __init__(self, server, management, running_upstream):
        self.management = management
        self.slug = f"shop-{secrets.token_hex(4)}"
        self.address = f"{server.address}/mcp/{self.slug}"
        self.document = running_upstream.document
        self.tools = management.import_document(self.slug, self.document)
        self.urns = [tool["urn"] for tool in self.tools]
        fields = {"slug": self.slug, "tool_urns": self.urns[:1], "mcp_is_public": True, "instructions": "First."}
        management.post("toolsets.create", fields)
        management.post("toolsets.switchEditingMode", {"slug": self.slug, "mode": "staging"})
        self.update(tool_urns=self.urns, instructions="Second.")
        management.publish(self.slug, notes="All of them")

    def update(self, **fields):
        return self.management.post("toolsets.update", {"slug": self.slug} | fields)["toolset"]

    def release(self, number) -> str:
        return f"{self.address}/releases/{number}"

    def status(self, address, key=None) -> int:
        return mcp(address, "tools/list", key=key).status


def test_they_are_off_until_a_toolset_has_them(shop):
    assert shop.status(shop.release(1)) == 404
    assert mcp(shop.release(1), "tools/list").json["detail"].startswith(NOTHING)
    assert shop.update(pinned_addresses=True)["pinned_addresses"] is True
    assert shop.status(shop.release(1)) == 200
    assert shop.update(pinned_addresses=False)["pinned_addresses"] is False
    assert shop.status(shop.release(1)) == 404


def test_only_a_number_of_a_release_is_an_address(shop):
    shop.update(pinned_addresses=True)
    assert shop.status(shop.release(2)) == 200
    for number in ("0", "3", "01", "+1", "1.0", "-1", "one", "99999999999999999999"):
        answer = mcp(shop.release(number), "tools/list")
        assert (answer.status, answer.json["code"]) == (404, "not_found"), number
    assert exchange("POST", f"{shop.address}/releases").status == 404


def test_a_private_toolset_shows_releases_to_readers_alone(shop, management):
    shop.update(pinned_addresses=True, mcp_is_public=False)
    consumer, reader = management.create_key("consumer"), management.create_key("reader")
    management.post("projects.create", {"slug": f"p{secrets.token_hex(4)}", "name": "Other"})
    other = management.get("projects.list")["projects"][-1]["slug"]
    stranger = management.post(
        "keys.create", {"name": "stranger", "scopes": ["reader"], "project_slug": other}
    )["secret"]
    for number in (1, 7):
        assert shop.status(shop.release(number)) == 401
        assert shop.status(shop.release(number), "wrong") == 401
        assert shop.status(shop.release(number), consumer) == 403
        assert shop.status(shop.release(number), stranger) == 403
    assert shop.status(shop.release(1), reader) == 200
    assert shop.status(shop.release(7), reader) == 404
    shop.update(pinned_addresses=False)
    assert [shop.status(shop.release(1), key) for key in (None, consumer, reader)] == [401, 403, 404]


def test_a_release_answers_the_same_whatever_happens_to_its_toolset(shop, server, management):
    shop.update(pinned_addresses=True)
    reader = management.create_key("reader")
    first, second = everything(shop.release(1)), everything(shop.release(2))
    assert second == everything(shop.address)
    assert first != second

    def check():
        assert everything(shop.release(1)) == first
        assert everything(shop.release(2)) == second

    management.post("variations.upsert", {"toolset_slug": shop.slug, "tool_urn": shop.urns[0], "title": "Own"})
    management.post("variations.upsertGlobal", {"tool_urn": shop.urns[0], "description": "Global"})
    shop.document["paths"]["/pets"]["get"]["summary"] = "Lists them"
    management.import_document(shop.slug, shop.document)
    check()
    management.publish(shop.slug, notes="Third")
    check()
    management.post("toolsets.rollbackToRelease", {"slug": shop.slug, "number": 1, "reason": "back"})
    check()
    assert everything(shop.address) == first
    with pytest.raises(Refused) as refusal:
        management.post("toolsets.switchEditingMode", {"slug": shop.slug, "mode": "iteration"})
    digest = refusal.value.problem["confirm_digest"]
    management.post("toolsets.switchEditingMode", {"slug": shop.slug, "mode": "iteration", "confirm_digest": digest})
    shop.update(tool_urns=shop.urns[:2])
    check()
    assert everything(shop.address) not in (first, second)
    server.stop()
    server.start_again()
    check()
    shop.update(mcp_enabled=False)
    assert shop.status(shop.release(1), reader) == 404


@pytest.mark.anyio
@pytest.mark.parametrize("mode", MODES)
async def test_clients_use_a_release_as_they_use_live(shop, upstream, mode):
    shop.update(pinned_addresses=True)
    name = shop.tools[0]["name"]
    assert await tool_names(shop.release(1), mode) == {name}
    async with connect(shop.release(1), mode) as client:
        result = await client.call_tool(name, {})
        assert not result.is_error
        assert (await client.list_tools()).tools[0].name == name
    assert len(upstream.requests) == 1


def test_what_a_list_and_a_call_say_about_themselves(shop, management):
    shop.update(pinned_addresses=True)
    reader = management.create_key("reader")
    releases = management.get("toolsets.listReleases", slug=shop.slug)["releases"]
    digests = {release["number"]: release["digest"] for release in releases}
    name = shop.tools[0]["name"]
    shop.update(tool_urns=shop.urns[:2])
    places = [(shop.address, 2), (shop.release(1), 1), (shop.release(2), 2), (f"{shop.address}/staging", None)]
    for address, number in places:
        for revision in REVISIONS:
            list_meta = mcp(address, "tools/list", None, revision, reader).json["result"]["_meta"]
            call = mcp(address, "tools/call", {"name": name, "arguments": {}}, revision, reader)
            for meta in (list_meta, call.json["result"]["_meta"]):
                assert meta.get("slipway/release") == number
                assert len(meta["slipway/digest"]) == 64
                assert number is None or meta["slipway/digest"] == digests[number]
    version = {address: server_version(address, reader) for address, _ in places}
    assert list(version.values()) == ["release 2", "release 1", "release 2", "staging"]


def server_version(address, key) -> str:
    return mcp(address, "server/discover", key=key).json["result"]["_meta"]["io.modelcontextprotocol/serverInfo"]["version"]


def test_an_etag_names_a_list_in_a_revision(shop):
    shop.update(pinned_addresses=True)
    tags = {
        (address, revision): mcp(address, "tools/list", None, revision).headers["etag"]
        for address in (shop.address, shop.release(1), shop.release(2))
        for revision in REVISIONS
    }
    for revision in REVISIONS:
        assert tags[shop.address, revision] == tags[shop.release(2), revision] != tags[shop.release(1), revision]
    assert len(set(tags.values())) == 2 * len(REVISIONS)
    assert all(tag.startswith('"') and tag.endswith('"') for tag in tags.values())
    assert "etag" not in mcp(shop.address, "tools/call", {"name": shop.tools[0]["name"], "arguments": {}}).headers


def test_how_long_lists_may_be_kept(shop, management):
    shop.update(pinned_addresses=True)
    reader = management.create_key("reader")

    def kept(address) -> tuple[int, str]:
        answers = [mcp(address, method, key=reader).json["result"] for method in ("server/discover", "tools/list")]
        assert len({(answer["ttlMs"], answer["cacheScope"]) for answer in answers}) == 1
        return answers[0]["ttlMs"], answers[0]["cacheScope"]

    assert kept(shop.release(1)) == (DAY, "public")
    assert kept(f"{shop.address}/staging") == (0, "private")
    time, scope = kept(shop.address)
    assert 0 < time <= 60_000 and scope == "public"
    shop.update(mcp_is_public=False)
    assert kept(shop.address) == (time, "private")
    assert kept(shop.release(1)) == (DAY, "private")
    slug = f"fast-{secrets.token_hex(4)}"
    management.post("toolsets.create", {"slug": slug, "tool_urns": shop.urns, "mcp_is_public": True})
    assert kept(shop.address.replace(shop.slug, slug)) == (0, "public")


def test_nothing_is_told_at_an_address_that_never_changes(shop):
    shop.update(pinned_addresses=True)
    capabilities = mcp(shop.release(1), "server/discover").json["result"]["capabilities"]
    assert capabilities == {"tools": {"listChanged": False}}
    assert begin(shop.release(1)) is None
    session = begin(shop.address)
    assert exchange("GET", shop.release(1), legacy_headers("2025-11-25")).status == 405
    assert exchange("GET", shop.release(1), legacy_headers("2025-11-25", session=session)).status == 404
    answer = mcp(shop.release(1), "subscriptions/listen", {"notifications": {"toolsListChanged": True}})
    assert (answer.status, answer.json["error"]["code"]) == (404, -32601)


def test_the_management_api_and_the_command_line_call_a_release(shop, server, upstream):
    """They do where the toolset has no addresses for releases, too."""
    new = shop.tools[1]["name"]
    fields = {"toolset_slug": shop.slug, "tool": new, "arguments": {"name": "Rex"}}
    assert "isError" not in shop.management.post("instances.invokeTool", fields | {"release": 2})["result"]
    with pytest.raises(Refused) as refusal:
        shop.management.post("instances.invokeTool", fields | {"release": 1})
    assert refusal.value.status == 404 and new in refusal.value.problem["detail"]
    with pytest.raises(Refused) as refusal:
        shop.management.post("instances.invokeTool", fields | {"release": 9})
    assert refusal.value.status == 404 and "release 9" in refusal.value.problem["detail"]
    with pytest.raises(Refused) as refusal:
        shop.management.post("instances.invokeTool", fields | {"release": 2, "view": "live"})
    assert refusal.value.status == 422
    [line] = [c for c in shop.management.get("toolCalls.list", limit=1)["tool_calls"]]
    assert (line["view"], line["tool"]) == ("release", new)
    command = [
        BINARY, "call", shop.slug, shop.tools[0]["name"], "--release", "1", "--json", "--server", server.address,
        "--key", shop.management.key, "--project", shop.management.project,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["result"]["_meta"]["slipway/release"] == 1


