"""The grace time: calls that fit only the release before live."""

import secrets
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from clients import MODES, connect
from raw import REVISIONS, mcp
from server import Refused
from streams import DEADLINE

UNKNOWN = -32602


@pytest.fixture
def shop(server, management, running_upstream, upstream):
    return Shop(server, management, running_upstream)


class Shop:
    """A toolset in staging mode with release 1 of three tools; each change is published."""

    def __init__(self, server, management, running_upstream, grace=600):
        self.management = management
        self.slug = f"grace-{secrets.token_hex(4)}"
        self.address = f"{server.address}/mcp/{self.slug}"
        self.document = running_upstream.document
        self.tools = {
            (tool["method"], tool["path"]): tool for tool in management.import_document(self.slug, self.document)
        }
        self.get = self.tools["GET", "/pets/{petId}"]
        fields = {"slug": self.slug, "tool_urns": self.urns, "mcp_is_public": True, "grace_seconds": grace}
        assert management.post("toolsets.create", fields)["toolset"]["grace_seconds"] == grace
        management.post("toolsets.switchEditingMode", {"slug": self.slug, "mode": "staging"})

    @property
    def urns(self):
        return [tool["urn"] for tool in self.tools.values()]

    def update(self, **fields):
        self.management.post("toolsets.update", {"slug": self.slug} | fields)

    def vary(self, tool, **fields):
        self.management.post("variations.upsert", {"toolset_slug": self.slug, "tool_urn": tool["urn"]} | fields)

    def publish(self):
        self.management.publish(self.slug, notes="Next")

    def without_get(self):
        self.update(tool_urns=[urn for urn in self.urns if urn != self.get["urn"]])
        self.publish()

    def with_another_argument(self):
        """Release 2 knows the pet by `key`, and wants a text."""
        path = self.document["paths"].pop("/pets/{petId}")
        path["get"]["parameters"] = [{"name": "key", "in": "path", "required": True, "schema": {"type": "string"}}]
        self.document["paths"]["/pets/{key}"] = path
        self.management.import_document(self.slug, self.document)
        self.publish()

    def call(self, arguments=None, revision="2026-07-28"):
        params = {"name": self.get["name"], "arguments": {"petId": 7} if arguments is None else arguments}
        return mcp(self.address, "tools/call", params, revision).json

    def is_taken(self) -> bool:
        answer = self.call()
        return "result" in answer and not answer["result"].get("isError")


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_tool_that_is_gone_is_run_by_the_release_before(shop, upstream, revision):
    shop.without_get()
    result = shop.call(revision=revision)["result"]
    assert "Rex" in result["content"][0]["text"]
    assert (result["_meta"]["slipway/release"], result["_meta"]["slipway/grace"]) == (1, True)
    [request] = upstream.requests
    assert request.path == "/pets/7"
    # It is in no list, and one that neither release has is as unknown as ever.
    names = [tool["name"] for tool in mcp(shop.address, "tools/list").json["result"]["tools"]]
    assert shop.get["name"] not in names
    assert mcp(shop.address, "tools/call", {"name": "nothing"}, revision).json["error"]["code"] == UNKNOWN


def test_arguments_that_fit_the_release_before_are_taken_by_it(shop, upstream):
    shop.with_another_argument()
    old, new = shop.call()["result"], shop.call({"key": "nine"})["result"]
    assert (old["_meta"]["slipway/release"], old["_meta"].get("slipway/grace")) == (1, True)
    assert (new["_meta"]["slipway/release"], new["_meta"].get("slipway/grace")) == (2, None)
    assert [request.path for request in upstream.requests] == ["/pets/7", "/pets/nine"]
    # What fits neither is told in the words of live.
    wrong = shop.call({"petId": "x"})["result"]
    assert wrong["isError"] and "key" in wrong["content"][0]["text"]
    assert wrong["_meta"]["slipway/release"] == 2
    assert len(upstream.requests) == 2


def test_such_a_call_is_counted_for_the_release_that_took_it(shop):
    shop.without_get()
    assert shop.is_taken()
    first = shop.management.get("toolsets.getReleaseDetails", slug=shop.slug, number=1)["release"]["id"]
    for _ in range(2000):
        lines = shop.management.get("toolCalls.list", limit=1)["tool_calls"]
        if lines and lines[0]["tool"] == shop.get["name"] and lines[0]["release_id"] == first:
            return
    pytest.fail(f"the log has {lines}")


def test_there_is_no_grace_where_none_is_given(shop, upstream):
    shop.update(grace_seconds=0)
    shop.without_get()
    assert not shop.is_taken()
    # The setting acts at once, also for a publish that has been.
    shop.update(grace_seconds=600)
    assert shop.is_taken()
    shop.update(grace_seconds=0)
    assert not shop.is_taken()
    assert len(upstream.requests) == 1


def test_there_is_none_after_a_rollback_or_a_return(shop):
    shop.update(tool_urns=[shop.get["urn"]])
    shop.publish()
    other = next(tool for tool in shop.tools.values() if tool["method"] == "GET" and tool is not shop.get)
    call = lambda: mcp(shop.address, "tools/call", {"name": other["name"], "arguments": {}}).json  # noqa: E731
    assert "result" in call()
    shop.management.post("toolsets.rollbackToRelease", {"slug": shop.slug, "number": 1, "reason": "Wrong"})
    assert call()["result"]["_meta"]["slipway/release"] == 1
    shop.management.post("toolsets.rollbackToRelease", {"slug": shop.slug, "number": 2})
    assert call()["error"]["code"] == UNKNOWN


def test_it_reaches_back_one_release(shop):
    shop.without_get()
    assert shop.is_taken()
    shop.update(tool_urns=[shop.tools["GET", "/pets"]["urn"]])
    shop.publish()
    assert not shop.is_taken()


@pytest.mark.parametrize(
    "tightened",
    [
        {"annotations": {"read_only_hint": False}},
        {"annotations": {"destructive_hint": True}},
        {"annotations": {"idempotent_hint": False}},
        {"annotations": {"open_world_hint": True}},
        {"confirm": "always"},
    ],
)
def test_it_does_not_reach_past_a_tightened_tool(shop, upstream, tightened):
    relaxed = {"read_only_hint": True, "destructive_hint": False, "idempotent_hint": True, "open_world_hint": False}
    shop.vary(shop.get, annotations=relaxed, confirm="never")
    shop.publish()
    # Release 3 knows the tool by another name, and the same care: the old name is taken.
    shop.vary(shop.get, name="fetch_pet")
    shop.publish()
    assert shop.is_taken()
    if "annotations" in tightened:
        tightened = {"annotations": relaxed | tightened["annotations"]}
    shop.vary(shop.get, name=None)
    shop.publish()
    shop.vary(shop.get, name="fetch_pet", **tightened)
    shop.publish()
    upstream.requests.clear()
    assert not shop.is_taken()
    assert upstream.requests == []


def test_it_does_not_reach_past_another_authorization(shop, upstream):
    shop.document["components"] = {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}}
    shop.document["security"] = [{"key": []}]
    shop.update(mcp_caller_variables=[f"{shop.slug.upper().replace('-', '_')}_KEY"])
    shop.with_another_argument()
    assert not shop.is_taken()
    assert upstream.requests == []


def test_a_toolset_that_is_turned_off_takes_nothing(shop, upstream):
    shop.without_get()
    shop.update(mcp_enabled=False)
    params = {"name": shop.get["name"], "arguments": {"petId": 7}}
    assert mcp(shop.address, "tools/call", params).status == 404
    assert upstream.requests == []


def test_staging_and_iteration_mode_have_no_grace(shop, management):
    reader = management.create_key("reader")
    shop.without_get()
    params = {"name": shop.get["name"], "arguments": {"petId": 7}}
    assert mcp(f"{shop.address}/staging", "tools/call", params, key=reader).json["error"]["code"] == UNKNOWN
    shop.update(pinned_addresses=True)
    assert mcp(f"{shop.address}/releases/2", "tools/call", params).json["error"]["code"] == UNKNOWN


@pytest.mark.anyio
@pytest.mark.parametrize("mode", MODES)
async def test_a_client_that_listed_before_a_publish_goes_on_working(shop, upstream, mode):
    async with connect(shop.address, mode) as client:
        assert shop.get["name"] in {tool.name for tool in (await client.list_tools()).tools}
        shop.with_another_argument()
        result = await client.call_tool(shop.get["name"], {"petId": 7})
        assert not result.is_error
    assert [request.path for request in upstream.requests] == ["/pets/7"]


@pytest.mark.parametrize("seconds", [-1, 86401, 1.5, "60", True, None])
def test_grace_is_given_in_whole_seconds_of_a_day(shop, seconds):
    with pytest.raises(Refused) as refusal:
        shop.update(grace_seconds=seconds)
    assert (refusal.value.status, refusal.value.code) == (422, "invalid")


class Held(list):
    """The requests of an API that answers when it is told to."""

    def __init__(self):
        super().__init__()
        self.asked, self.go = threading.Event(), threading.Event()

    def append(self, request):
        super().append(request)
        self.asked.set()
        assert self.go.wait(DEADLINE)


@pytest.mark.parametrize("revision", REVISIONS)
@pytest.mark.parametrize("grace", [0, 600])
def test_a_call_that_runs_ends_on_the_release_that_it_began_with(shop, running_upstream, revision, grace):
    shop.update(grace_seconds=grace)
    others, running_upstream.requests = running_upstream.requests, Held()
    try:
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(shop.call, revision=revision)
            assert running_upstream.requests.asked.wait(DEADLINE)
            shop.with_another_argument()
            running_upstream.requests.go.set()
            result = running.result(DEADLINE)["result"]
    finally:
        running_upstream.requests = others
    assert "Rex" in result["content"][0]["text"]
    assert (result["_meta"]["slipway/release"], result["_meta"].get("slipway/grace")) == (1, None)
    assert shop.call(revision=revision)["result"]["_meta"].get("slipway/grace") == (True if grace else None)
