"""What people and programs get wrong: one clear sentence with a stable code, and nothing is lost or changed."""

import base64
import json
import os
import re
import secrets
import select
import shutil
import socket
import sqlite3
import subprocess
import threading
import time

import pytest

from conftest import create_toolset
from documents import bytes_of, document
from raw import Answer, call, call_tool, everything, exchange, listed, mcp, names_in
from server import Management, Refused, Server, secret_in

THINGS = {"getOrder": "Reads an order", "getInvoice": "Reads an invoice"}
KEY = secrets.token_urlsafe(32)


def begin(folder, **settings):
    return Server(folder, SLIPWAY_ADMIN_KEY=KEY, **settings)


def management_of(server: Server) -> Management:
    management = Management(server.address, KEY)
    management.choose_project()
    return management


class Office:
    """A server with two sources' worth of things that a bad request could spoil."""

    def __init__(self, server: Server):
        self.server = server
        self.management = management_of(server)
        self.tools = self.management.import_document("office", document(THINGS))
        self.urns = [tool["urn"] for tool in self.tools]
        create_toolset(self.management, "office", self.urns, is_public=True)
        create_toolset(self.management, "staged", self.urns, is_public=True)
        self.management.post("toolsets.switchEditingMode", {"slug": "staged", "mode": "staging"})
        self.management.post("templates.create", {"name": "greet", "prompt": "Hello"})
        self.management.post("resources.create", {"slug": "guide", "mime_type": "text/plain", "text": "Hello"})
        self.management.post("environments.create", {"slug": "env", "name": "Env", "entries": []})

    def call(self, method: str, name: str, body=None, query="", **headers) -> Answer:
        return call(self.management, method, name, body, query, **headers)

    def state(self) -> dict:
        """Everything that the management API tells, but the log of what was done."""
        state = {}
        for service, name in (
            ("projects", "projects"), ("toolsets", "toolsets"), ("tools", "tools"), ("templates", "templates"),
            ("environments", "environments"), ("keys", "keys"), ("variations", "variations"),
            ("resources", "resources"),
        ):  # fmt: skip
            method = "variations.listGlobal" if service == "variations" else f"{service}.list"
            state[name] = self.management.all(method, name)
        for key in state["keys"]:
            del key["last_used_at"]  # which every call may move
        state["active"] = self.management.get("deployments.active")
        for slug in ("office", "staged"):
            state[slug] = everything(f"{self.server.address}/mcp/{slug}")
            state[f"releases of {slug}"] = self.management.all("toolsets.listReleases", "releases", slug=slug)
        return state


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with begin(tmp_path_factory.mktemp("office")) as server:
        yield Office(server)


@pytest.fixture
def office(running):
    """The office, that has to be after the test as it was before."""
    before = running.state()
    yield running
    after = running.state()
    for state in (before, after):
        state["active"] = state["active"]["deployment"]["sources"]
    assert after == before


def check_problem(answer: Answer, status: int, code: str, *words: str):
    """An answer of RFC 9457, in one sentence that a person understands."""
    assert answer.headers["content-type"].startswith("application/problem+json"), answer
    problem = answer.json
    assert (answer.status, problem["status"], problem["code"]) == (status, status, code), answer.text
    assert code in problem["type"] and problem["title"]
    check_sentence(problem["detail"], *words)
    for error in problem.get("errors", []):
        assert error["pointer"] == "" or error["pointer"].startswith("/")
        assert error["message"]


def check_sentence(text: str, *words: str):
    assert re.match(r"^[A-Za-z\"].{15,398}[.!]$", text), f"not one clear sentence: {text!r}"
    for debris in ("Optional(", "Error Domain", "Swift.", "GRDB", "NIOCore", "nil", "\\u"):
        assert debris not in text, text
    for word in words:
        assert word in text, f"{word!r} is not in: {text}"


# Documents


GOOD = json.dumps(document(THINGS), indent=1)
BAD_DOCUMENTS = {
    "broken JSON": (
        GOOD.replace('"servers"', '} "servers"', 1).encode(),
        "syntax_error",
        GOOD.partition('"servers"')[0].count("\n") + 1,
    ),
    "JSON that ends too early": (GOOD[:300].encode(), "syntax_error", GOOD[:300].count("\n") + 1),
    "broken YAML": (b"openapi: 3.0.0\ninfo:\n  title: x\n version: [1\npaths: {}\n", "syntax_error", 4),
    "an HTML page": (b"<!DOCTYPE html>\n<html><body>Please sign in</body></html>", "not_openapi", 1),
    "Swagger 1.2": (b'{"swagger":"1.2","info":{"title":"x","version":"1"},"paths":{}}', "unsupported_version", None),
    "OpenAPI 4": (b'{"openapi":"4.0.0","info":{"title":"x","version":"1"},"paths":{}}', "unsupported_version", None),
    "an array": (b"[1, 2]", "not_openapi", None),
    "no text": (b"\xff\xfe\x00\x01", "syntax_error", None),
    "a member that is there twice": (b'{"openapi":"3.1.0",\n"openapi":"3.0.0","paths":{}}', "syntax_error", 2),
    "100,000 brackets": (b'{"openapi":"3.1.0","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too_deep", 1),
    "a billion laughs": (
        b"openapi: 3.0.0\na: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(b"%c: &%c [%s]\n" % (c, c, b",".join([b"*%c" % (c - 1)] * 9)) for c in range(98, 110)),
        "too_many_values",
        None,
    ),
}


def deploy(office, content: bytes) -> dict:
    asset = office.management.post("assets.uploadOpenAPI", content, name="bad.json")["asset"]
    answer = office.call(
        "POST", "deployments.evolve", {"upsert": [{"slug": "office", "kind": "openapi", "asset_id": asset["id"]}]}
    )
    assert answer.status == 201, answer.text
    return answer.json["deployment"]


@pytest.mark.parametrize("name", BAD_DOCUMENTS)
def test_a_bad_document_fails_its_deployment_in_a_sentence_that_names_the_place(office, name):
    content, code, line = BAD_DOCUMENTS[name]
    began = time.monotonic()
    deployment = deploy(office, content)
    assert time.monotonic() - began < 5
    assert deployment["status"] == "failed"
    logs = office.management.get("deployments.logs", id=deployment["id"])["logs"]
    [error] = [entry for entry in logs if entry["level"] == "error"]
    assert "office" in error["message"] and code in error["message"]
    if line:
        assert f"line {line}" in error["message"]


@pytest.mark.parametrize("name", BAD_DOCUMENTS)
def test_the_log_of_a_failed_deployment_has_code_source_and_place_in_fields_of_their_own(office, name):
    content, code, line = BAD_DOCUMENTS[name]
    logs = office.management.get("deployments.logs", id=deploy(office, content)["id"])["logs"]
    [error] = [entry for entry in logs if entry["level"] == "error"]
    assert (error["code"], error["source"]) == (code, "office")
    if line:
        assert error["line"] == line


def test_a_json_document_that_only_yaml_can_read_fails_and_its_tools_stay(office):
    """A value was lost on its way; as YAML the rest is a document of nothing, and every tool would be gone."""
    content = b'{"openapi": "3.1.0", "info": , "paths": {}}'
    asset = office.call("POST", "assets.uploadOpenAPI", content, "name=bad.json").json["asset"]
    before = office.management.get("deployments.active")["deployment"]["sources"]
    body = {"upsert": [{"slug": "office", "kind": "openapi", "asset_id": asset["id"]}]}
    try:
        deployment = office.management.post("deployments.evolve", body)["deployment"]
        assert deployment["status"] == "failed", deployment
    finally:
        if office.management.get("deployments.active")["deployment"]["sources"] != before:
            office.management.post("deployments.evolve", {"upsert": before})


@pytest.mark.parametrize("content", [{}, {"paths": None}, {"info": None}], ids=json.dumps)
def test_a_document_that_describes_nothing_is_not_deployed_in_silence(office, content):
    content = {"openapi": "3.1.0", "info": {"title": "x", "version": "1"}} | content
    asset = office.management.post("assets.uploadOpenAPI", bytes_of(content), name="empty.json")["asset"]
    body = {"upsert": [{"slug": "nothing", "kind": "openapi", "asset_id": asset["id"]}]}
    deployment = office.management.post("deployments.evolve", body)["deployment"]
    if deployment["status"] == "completed":
        office.management.post("deployments.evolve", {"remove": ["nothing"]})
        logs = office.management.get("deployments.logs", id=deployment["id"])["logs"]
        assert sum(deployment["diagnostics"].values()) > 0, f"no tools, and no word about why: {logs}"


def test_an_empty_upload_is_refused(office):
    check_problem(office.call("POST", "assets.uploadOpenAPI", b"", "name=x.json"), 422, "invalid", "empty")


def test_a_deployment_of_an_asset_that_is_not_there_is_refused(office):
    nowhere = "01a20482-b9b3-72e1-a5df-ae49d76d7994"
    body = {"upsert": [{"slug": "office", "kind": "openapi", "asset_id": nowhere}]}
    check_problem(office.call("POST", "deployments.evolve", body), 404, "not_found", nowhere)


def test_function_bundles_are_not_supported_yet_and_the_answer_says_so(office):
    asset = office.management.post("assets.uploadOpenAPI", GOOD.encode(), name="good.json")["asset"]
    body = {"upsert": [{"slug": "office", "kind": "function", "asset_id": asset["id"]}]}
    check_problem(office.call("POST", "deployments.evolve", body), 422, "not_supported")


# Uploads that are too large


def peak_memory(server: Server) -> int:
    """In bytes; the most that the process ever had."""
    with open(f"/proc/{server.process.pid}/status") as status:
        [line] = [line for line in status if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def upload(server: Server, size: int, chunked: bool) -> tuple[bytes, int]:
    """Sends a document until the server says something; answers that, and how much was sent."""
    chunk = b"x" * 65536
    framed = b"%x\r\n%s\r\n" % (len(chunk), chunk) if chunked else chunk
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {size}"
    head = (
        f"POST /rpc/assets.uploadOpenAPI?name=big.json HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
        f"Authorization: Bearer {KEY}\r\nContent-Type: application/json\r\n{length}\r\n\r\n"
    )
    sent = 0
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(head.encode())
        while sent < size:
            readable, writable, _ = select.select([connection], [connection], [], 20)
            if readable:
                break
            assert writable, "the server neither reads nor answers"
            try:
                sent += connection.send(framed)
            except (BrokenPipeError, ConnectionResetError):
                break
        answer = b""
        while b"\r\n\r\n" not in answer or not answer.endswith(b"}"):
            part = connection.recv(65536)
            assert part, f"the connection ended after {answer!r}"
            answer += part
    return answer, sent


@pytest.mark.parametrize("chunked", [False, True], ids=["with its length", "in chunks"])
def test_an_upload_of_200_MB_is_refused_early_and_costs_no_memory(office, chunked):
    before = peak_memory(office.server)
    began = time.monotonic()
    answer, sent = upload(office.server, 200 << 20, chunked)
    seconds = time.monotonic() - began
    assert answer.startswith(b"HTTP/1.1 413 "), answer[:300]
    assert b'"code":"too_large"' in answer and b"16 MiB" in answer
    assert seconds < 5
    grown = peak_memory(office.server) - before
    assert grown < 80 << 20, f"{grown >> 20} MiB"
    print(f"refused after {seconds:.2f} s and {sent >> 20} MiB; peak memory grew by {grown >> 20} MiB")


def test_an_upload_that_is_refused_reaches_a_client_that_sends_everything_first(office):
    """As most HTTP libraries do: they learn of the refusal only when they have sent it all."""
    content = b"x" * (20 << 20)
    answer = office.call("POST", "assets.uploadOpenAPI", content, "name=big.json")
    check_problem(answer, 413, "too_large", "16 MiB")


def test_a_call_and_an_mcp_request_that_are_too_large_are_refused(office):
    body = bytes_of({"slug": "office", "description": "x" * (9 << 20)})
    check_problem(office.call("POST", "toolsets.update", body), 413, "too_large", "8 MiB")
    answer = mcp(f"{office.server.address}/mcp/office", "tools/call", {"name": "getOrder", "x": "x" * (5 << 20)})
    assert answer.status == 413


# Calls


UNKNOWN = "tools:http:office:no_such"
CASES = {
    "an unknown URN": ("toolsets.update", {"slug": "office", "tool_urns": [UNKNOWN]}, 422, "unknown_urn", UNKNOWN),
    "no URN at all": ("toolsets.update", {"slug": "office", "tool_urns": ["getOrder"]}, 422, "unknown_urn", "getOrder"),
    "an unknown URN, staged": ("toolsets.update", {"slug": "staged", "tool_urns": [UNKNOWN]}, 422, "unknown_urn", ""),
    "an override of an unknown tool": (
        "variations.upsert", {"toolset_slug": "office", "tool_urn": UNKNOWN, "title": "x"}, 422, "unknown_urn", UNKNOWN,
    ),
    "a global override of an unknown tool": (
        "variations.upsertGlobal", {"tool_urn": UNKNOWN, "title": "x"}, 422, "unknown_urn", UNKNOWN,
    ),
    "an unknown prompt": ("toolsets.update", {"slug": "office", "prompt_names": ["nobody"]}, 422, None, "nobody"),
    "an unknown resource": (
        "toolsets.update", {"slug": "office", "resource_urns": ["resources:asset:nobody"]}, 422, "unknown_urn", "nobody",
    ),
    "a resource's slug that is taken": (
        "resources.create", {"slug": "guide", "mime_type": "text/plain", "text": "x"}, 409, "name_taken", "guide",
    ),
    "a resource that says nothing": (
        "resources.create", {"slug": "empty", "mime_type": "text/plain"}, 422, "invalid", "text",
    ),
    "a resource in bad base64": (
        "resources.update", {"slug": "guide", "blob": "a b"}, 422, "invalid", "base64",
    ),
    "a resource of no type": ("resources.update", {"slug": "guide", "mime_type": "text"}, 422, "invalid", "mime_type"),
    "a slug with capitals": ("toolsets.create", {"slug": "Not-A-Slug"}, 422, "invalid", "slug"),
    "a slug with a space": ("toolsets.create", {"slug": "not a slug"}, 422, "invalid", "slug"),
    "a slug of 61 letters": ("toolsets.create", {"slug": "x" * 61}, 422, "invalid", "slug"),
    "an empty slug": ("toolsets.create", {"slug": ""}, 422, "invalid", "slug"),
    "a toolset that is not there": ("toolsets.update", {"slug": "nobody"}, 404, "not_found", "nobody"),
    "a toolset's slug that is taken": ("toolsets.create", {"slug": "office"}, 409, "name_taken", "office"),
    "an address that is taken": (
        "toolsets.create", {"slug": "another", "mcp_slug": "office"}, 409, "name_taken", "office",
    ),
    "an address that is taken, in an edit": (
        "toolsets.update", {"slug": "office", "mcp_slug": "staged"}, 409, "name_taken", "staged",
    ),
    "a prompt's name that is taken": ("templates.create", {"name": "greet", "prompt": "x"}, 409, "name_taken", "greet"),
    "a project's slug that is taken": ("projects.create", {"slug": "default"}, 409, "name_taken", "default"),
    "an environment's slug that is taken": ("environments.create", {"slug": "env"}, 409, "name_taken", "env"),
    "an environment that is not there": (
        "toolsets.update", {"slug": "office", "default_environment_slug": "nobody"}, None, None, "nobody",
    ),
    "an unknown field": ("toolsets.update", {"slug": "office", "decsription": ""}, 422, "unknown_field", "decsription"),
    "a field of a later version": (
        "toolsets.publishStagingVersion", {"slug": "staged", "force": True}, 422, "unknown_field", "force",
    ),
    "a number for a text": ("toolsets.update", {"slug": "office", "name": 7}, 422, "invalid", "name"),
    "a text for a Boolean": (
        "toolsets.update", {"slug": "office", "mcp_enabled": "yes"}, 422, "invalid", "mcp_enabled",
    ),
    "a text for a list": ("toolsets.update", {"slug": "office", "tool_urns": "x"}, 422, "invalid", "tool_urns"),
    "null for a text": ("toolsets.update", {"slug": "office", "name": None}, 422, "invalid", "name"),
    "a missing field": ("toolsets.create", {}, 422, "invalid", "slug"),
    "a mode that is none": (
        "toolsets.switchEditingMode", {"slug": "office", "mode": "latest"}, 422, "invalid", "mode",
    ),
    "a scope that is none": ("keys.create", {"name": "x", "scopes": ["root"]}, 422, "invalid", "scopes"),
    "no scope": ("keys.create", {"name": "x", "scopes": []}, 422, "invalid", "scopes"),
    "a tool's name that clients refuse": (
        "variations.upsertGlobal", {"tool_urn": "tools:http:office:getOrder", "name": "a b"}, 422, "invalid", "name",
    ),
    "an id that is none": (
        "toolsets.rollbackToRelease", {"release_id": "7", "reason": "x"}, 422, "invalid", "release_id",
    ),
    "neither id nor number": ("toolsets.rollbackToRelease", {"reason": "x"}, 422, "invalid", "release_id"),
    "a release number of 0": (
        "toolsets.rollbackToRelease", {"slug": "staged", "number": 0, "reason": "x"}, None, None, "",
    ),
    "an unknown call": ("toolsets.explode", {}, 404, "not_found", "toolsets.explode"),
    "publishing in iteration mode": ("toolsets.publishStagingVersion", {"slug": "office"}, 409, "wrong_mode", "office"),
    "a prompt that is not closed": ("templates.create", {"name": "broken", "prompt": "{{#a}}"}, 422, "invalid", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_call_is_refused_in_one_sentence_with_its_code(office, name):
    call_name, body, status, code, word = CASES[name]
    answer = office.call("POST", call_name, body)
    if status is None:
        assert answer.status in (404, 422), answer.text
    check_problem(answer, status or answer.status, code or answer.json["code"], word)


def test_a_name_that_two_tools_would_have_is_refused_and_nothing_changes(office):
    for body in (
        {"toolset_slug": "office", "tool_urn": office.urns[0], "name": "getInvoice"},
        {"toolset_slug": "staged", "tool_urn": office.urns[0], "name": "getInvoice"},
    ):
        check_problem(office.call("POST", "variations.upsert", body), 422, "duplicate_tool_name", "getInvoice")


def test_a_global_name_that_two_tools_of_a_toolset_would_have_is_refused_and_nothing_changes(tmp_path):
    with begin(tmp_path) as server:
        office = Office(server)
        before = office.state()
        body = {"tool_urn": office.urns[0], "name": "getInvoice"}
        check_problem(office.call("POST", "variations.upsertGlobal", body), 422, "duplicate_tool_name", "getInvoice")
        assert office.state() == before


def test_malformed_json_is_refused_with_its_place(office):
    for body in (b'{"slug": "office",}', b"{", b"slug=office", b"[]", b'"office"', b"\xff", b'{"slug":"a","slug":"b"}'):
        answer = office.call("POST", "toolsets.update", body)
        check_problem(answer, 400, "malformed")


def test_a_wrong_method_is_refused_and_the_header_names_the_right_one(office):
    for method, name, right in (
        ("GET", "toolsets.create", "POST"), ("POST", "toolsets.list", "GET"), ("PUT", "toolsets.update", "POST"),
        ("DELETE", "toolsets.get", "GET"), ("POST", "toolsets.delete", "DELETE"),
    ):  # fmt: skip
        answer = office.call(method, name)
        check_problem(answer, 405, "method_not_allowed", right)
        assert answer.headers["allow"] == right


def test_unknown_and_repeated_query_fields_are_refused(office):
    check_problem(office.call("GET", "toolsets.list", query="limt=3"), 422, "unknown_field", "limt")
    check_problem(office.call("GET", "toolsets.get", query="slug=office&slug=staged"), 422, "invalid", "slug")
    check_problem(office.call("GET", "toolsets.get", query="slug=office&view=latest"), 422, "invalid", "view")


def test_an_address_that_is_not_there_answers_in_the_same_form(office):
    for path in ("/rpc", "/nothing", "/mcp/nobody", "/mcp", "/rpc/toolsets.list/more"):
        answer = exchange("POST", f"{office.server.address}{path}", {"Authorization": f"Bearer {KEY}"}, b"{}")
        check_problem(answer, 404, "not_found")


@pytest.mark.parametrize("name", ["toolsets.list", "deployments.list", "tools.list", "templates.list", "keys.list",
                                  "environments.list", "auditLogs.list", "toolCalls.list", "assets.list",
                                  "projects.list", "toolsets.listReleases", "toolsets.listActivations"])  # fmt: skip
def test_a_cursor_that_no_list_gave_is_refused(office, name):
    slug = "slug=staged&" if name.startswith("toolsets.list") and name != "toolsets.list" else ""
    answer = office.call("GET", name, query=f"{slug}cursor=%21%21nonsense%27%3B--")
    check_problem(answer, 422, "invalid", "cursor")


def test_a_limit_out_of_its_range_is_refused(office):
    for limit in ("0", "-1", "1e3", "many", "100000", "1.5"):
        check_problem(office.call("GET", "tools.list", query=f"limit={limit}"), 422, "invalid", "limit")


def test_pages_of_one_item_are_together_the_whole_list(office):
    whole = office.management.get("tools.list", limit=500)["tools"]
    items, cursor = [], ""
    while True:
        page = office.call("GET", "tools.list", query="limit=1" + (f"&cursor={cursor}" if cursor else "")).json
        items += page["tools"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert items == whole


# Keys


def test_keys_that_may_not_are_refused(office):
    management, address = office.management, office.server.address

    def ask(key, method="GET", name="toolsets.list", body=None):
        return call(Management(address, key, management.project), method, name, body)

    without = exchange("GET", f"{address}/rpc/toolsets.list")
    check_problem(without, 401, "unauthorized", "key")
    assert without.headers["www-authenticate"].startswith("Bearer")
    check_problem(ask("wrong"), 401, "unauthorized")
    basic = exchange("GET", f"{address}/rpc/toolsets.list", {"Authorization": "Basic " + "YWRtaW46YWRtaW4="})
    assert basic.status == 401
    ladder = ["consumer", "reader", "producer", "publisher"]
    keys = {scope: management.post("keys.create", {"name": scope, "scopes": [scope]}) for scope in ladder}
    attempts = [
        ("consumer", "GET", "toolsets.list", None, "reader"),
        ("reader", "POST", "toolsets.update", {"slug": "office", "description": "x"}, "producer"),
        ("producer", "POST", "toolsets.publishStagingVersion", {"slug": "staged"}, "publisher"),
        ("producer", "POST", "toolsets.rollbackToRelease", {"slug": "staged", "number": 1, "reason": "x"}, "publisher"),
        ("producer", "POST", "toolsets.switchEditingMode", {"slug": "office", "mode": "staging"}, "publisher"),
        ("publisher", "POST", "keys.create", {"name": "x", "scopes": ["admin"]}, "admin"),
        ("publisher", "GET", "keys.list", None, "admin"),
        ("publisher", "POST", "features.set", {"name": "toolset_staging", "on": False}, "admin"),
    ]
    try:
        for scope, method, name, body, needed in attempts:
            check_problem(ask(secret_in(keys[scope]), method, name, body), 403, "insufficient_scope", needed)
        assert ask(secret_in(keys["reader"])).status == 200
    finally:
        for key in keys.values():
            management.post("keys.revoke", {"id": key["key"]["id"]})
    for key in keys.values():
        check_problem(ask(secret_in(key)), 401, "unauthorized", "revoked")
    forget_keys(office)


def forget_keys(office):
    """Revoked keys stay in the list; what is compared is which work."""
    listing = office.management.all
    office.management.all = lambda name, *rest, **query: [
        item for item in listing(name, *rest, **query) if name != "keys.list" or not item["revoked_at"]
    ]


def test_a_revoked_key_opens_nothing_from_the_next_request_on(office):
    answer = office.management.post("keys.create", {"name": "short-lived", "scopes": ["consumer"]})
    forget_keys(office)
    address = f"{office.server.address}/mcp/slipway"
    assert mcp(address, "tools/list", key=secret_in(answer)).status == 200
    office.management.post("keys.revoke", {"id": answer["key"]["id"]})
    assert mcp(address, "tools/list", key=secret_in(answer)).status == 401


def test_the_key_of_another_project_sees_nothing_of_this_one(tmp_path):
    with begin(tmp_path) as server:
        management = management_of(server)
        tools = management.import_document("things", document(THINGS))
        create_toolset(management, "mine", [tool["urn"] for tool in tools], is_public=False)
        management.post("toolsets.switchEditingMode", {"slug": "mine", "mode": "staging"})
        [release] = management.get("toolsets.listReleases", slug="mine")["releases"]
        management.post("projects.create", {"slug": "other"})
        made = management.post("keys.create", {"name": "x", "scopes": ["admin"], "project_slug": "other"})
        stranger = Management(server.address, secret_in(made))
        assert stranger.get("toolsets.list")["toolsets"] == []
        assert stranger.get("tools.list")["tools"] == []
        assert [project["slug"] for project in stranger.get("projects.list")["projects"]] == ["other"]
        for method, name, body, query in (
            ("GET", "toolsets.get", None, "slug=mine"),
            ("POST", "toolsets.update", {"slug": "mine", "description": "x"}, ""),
            ("GET", "toolsets.getReleaseDetails", None, f"release_id={release['id']}"),
            ("POST", "toolsets.rollbackToRelease", {"release_id": release["id"], "reason": "x"}, ""),
            ("DELETE", "toolsets.delete", None, "slug=mine"),
            ("GET", "tools.get", None, f"urn={tools[0]['urn']}"),
            ("GET", "projects.get", None, "slug=default"),
            ("GET", "deployments.get", None, f"id={management.get('deployments.active')['deployment']['id']}"),
            ("POST", "instances.invokeTool", {"toolset_slug": "mine", "tool": "getOrder"}, ""),
        ):
            answer = call(stranger, method, name, body, query)
            assert answer.status in (403, 404, 422), f"{name}: {answer.status} {answer.text}"
            assert "Reads an order" not in answer.text
        stranger.project = "default"
        check_problem(call(stranger, "GET", "toolsets.list"), 404, "not_found", "default")
        answer = mcp(f"{server.address}/mcp/mine", "tools/list", key=stranger.key)
        assert answer.status in (403, 404)
        # An administrator of one project makes no keys for all of them.
        stranger.project = None
        for body in (
            {"name": "up", "scopes": ["admin"]},
            {"name": "up", "scopes": ["admin"], "project_slug": "default"},
        ):
            answer = call(stranger, "POST", "keys.create", body)
            if answer.status == 201:
                assert answer.json["key"]["project_slug"] == "other", "a key of one project made one of all projects"


def test_with_several_projects_the_project_has_to_be_named(tmp_path):
    with begin(tmp_path) as server:
        management = management_of(server)
        management.post("projects.create", {"slug": "second"})
        management.project = None
        check_problem(call(management, "GET", "toolsets.list"), 422, "invalid", "Slipway-Project")
        management.project = "third"
        check_problem(call(management, "GET", "toolsets.list"), 404, "not_found", "third")


# Etags and repeated requests


@pytest.mark.parametrize("slug", ["office", "staged"])
def test_an_edit_of_what_somebody_else_changed_is_refused(running, slug):
    etag = running.management.get("toolsets.get", slug=slug)["toolset"]["etag"]
    body = {"slug": slug, "description": secrets.token_hex(4)}
    assert running.call("POST", "toolsets.update", body, If_Match=f'"{etag}"').status == 200
    changed = running.management.get("toolsets.get", slug=slug)["toolset"]
    assert changed["etag"] != etag
    answer = running.call("POST", "toolsets.update", {"slug": slug, "description": "late"}, If_Match=f'"{etag}"')
    check_problem(answer, 412, "etag_mismatch")
    for wrong in ('"nonsense"', "nonsense", '""'):
        answer = running.call("POST", "toolsets.update", {"slug": slug, "description": "late"}, If_Match=wrong)
        assert answer.status == 412, f"{wrong}: {answer.status}"
    assert running.management.get("toolsets.get", slug=slug)["toolset"] == changed
    answer = running.call("POST", "toolsets.update", body, If_Match=f'"{changed["etag"]}"')
    assert answer.status == 200 and answer.headers["etag"].strip('"') == answer.json["toolset"]["etag"]


def test_prompts_resources_and_environments_have_etags_too(office):
    answer = office.call("POST", "resources.update", {"slug": "guide", "text": "late"}, If_Match='"77"')
    check_problem(answer, 412, "etag_mismatch")
    answer = office.call("POST", "templates.update", {"name": "greet", "prompt": "late"}, If_Match='"77"')
    check_problem(answer, 412, "etag_mismatch")
    answer = office.call("POST", "environments.update", {"slug": "env", "name": "late"}, If_Match='"77"')
    check_problem(answer, 412, "etag_mismatch")


def test_a_request_with_an_idempotency_key_is_done_once(running):
    key, body = secrets.token_hex(8), {"slug": f"once-{secrets.token_hex(4)}", "name": "Once"}
    first = running.call("POST", "toolsets.create", body, Idempotency_Key=key)
    again = running.call("POST", "toolsets.create", body, Idempotency_Key=key)
    assert (first.status, again.status) == (201, 201)
    assert first.json == again.json
    other = running.call("POST", "toolsets.create", body | {"name": "Other"}, Idempotency_Key=key)
    check_problem(other, 409, "idempotency_conflict")
    without = running.call("POST", "toolsets.create", body)
    check_problem(without, 409, "name_taken")


def test_a_key_that_is_made_with_an_idempotency_key_is_made_once_and_shown_again(running):
    key, body = secrets.token_hex(8), {"name": f"once-{secrets.token_hex(4)}", "scopes": ["consumer"]}
    answers = [running.call("POST", "keys.create", body, Idempotency_Key=key) for _ in range(2)]
    assert answers[0].json == answers[1].json
    assert [item["name"] for item in running.management.all("keys.list", "keys")].count(body["name"]) == 1


def test_a_refused_request_gives_its_idempotency_key_back(running):
    key, slug = secrets.token_hex(8), f"later-{secrets.token_hex(4)}"
    body = {"slug": slug, "tool_urns": [UNKNOWN]}
    assert running.call("POST", "toolsets.create", body, Idempotency_Key=key).status == 422
    assert running.call("POST", "toolsets.create", body, Idempotency_Key=key).status == 422
    assert running.call("POST", "toolsets.create", {"slug": slug}, Idempotency_Key=key).status == 201


def test_ten_equal_requests_at_once_make_one_thing(running):
    key, body, answers = secrets.token_hex(8), {"slug": f"race-{secrets.token_hex(4)}"}, []

    def create():
        answers.append(running.call("POST", "toolsets.create", body, Idempotency_Key=key))

    threads = [threading.Thread(target=create) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert {answer.status for answer in answers} <= {201, 409}
    made = [answer.json for answer in answers if answer.status == 201]
    assert made and all(answer == made[0] for answer in made)
    assert {answer.json["code"] for answer in answers if answer.status == 409} <= {"idempotency_conflict"}


# MCP


def test_what_is_no_mcp_request_is_refused_by_the_error_ladder(office):
    address = f"{office.server.address}/mcp/office"
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    modern = headers | {"MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/list"}

    def ask(body: bytes, fields=headers, method="POST"):
        answer = exchange(method, address, fields, body)
        return answer.status, (answer.json.get("error", {}).get("code") if answer.body else None)

    good = b'{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":%s}}'
    meta = {"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {}}
    assert ask(b"{", modern) == (400, -32700)
    assert ask(b"{}", modern) == (400, -32600)
    assert ask(b'{"jsonrpc":"2.0","id":1,"method":"tools/list"}', modern) == (400, -32602)
    assert ask(good % bytes_of(meta), modern) == (200, None)
    assert ask(good % bytes_of(meta), headers) == (400, -32020)
    assert ask(good % bytes_of(meta), modern | {"Mcp-Method": "tools/call"}) == (400, -32020)
    future = meta | {"io.modelcontextprotocol/protocolVersion": "2030-01-01"}
    assert ask(good % bytes_of(future), modern | {"MCP-Protocol-Version": "2030-01-01"}) == (400, -32022)
    assert ask(b'{"jsonrpc":"2.0","id":1,"method":"no/such"}')[1] == -32601
    assert ask(b"", method="GET")[0] == 405
    assert ask(b'{"jsonrpc":"2.0","method":"notifications/initialized"}')[0] == 202
    bad_cursor = mcp(address, "tools/list", {"cursor": "nonsense"})
    assert bad_cursor.json["error"]["code"] == -32602


def test_a_web_page_of_another_origin_may_not_call(office):
    for path, status in (
        (f"{office.server.address}/mcp/office", 403),
        (f"{office.server.address}/rpc/toolsets.list", 403),
    ):
        answer = exchange("POST", path, {"Origin": "https://evil.example", "Authorization": f"Bearer {KEY}"}, b"{}")
        assert answer.status == status, answer.text
    answer = exchange("POST", f"{office.server.address}/mcp/office", {"Host": "evil.example"}, b"{}")
    assert answer.status in (403, 421), "an address of loopback that is called by another name may be DNS rebinding"


# The disk and the database


def start_and_fail(server: Server) -> str:
    """Starts what cannot start, and answers the one line that it says."""
    server.start()
    try:
        status = server.process.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        raise AssertionError(f"it runs:\n{server.output}") from None
    lines = server.output.strip().splitlines()
    assert status not in (0, -6, -11), f"{status}:\n{server.output}"
    assert len(lines) == 1, f"not one line:\n{server.output}"
    return lines[0]


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=10m", "tmpfs", folder]).returncode:
        pytest.skip("a full disk needs a tmpfs, and that needs root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def test_on_a_full_disk_writes_answer_507_reads_go_on_and_nothing_acknowledged_is_lost(small_disk, tmp_path):
    server = begin(tmp_path, SLIPWAY_DATA_DIR=str(small_disk / "data"))
    ballast = small_disk / "ballast"
    # More than the 4 MiB that the write-ahead log may have when it is copied into the database.
    ballast.write_bytes(bytes(5 << 20))
    try:
        with server:
            management = management_of(server)
            tools = management.import_document("things", document(THINGS))
            create_toolset(management, "things", [tool["urn"] for tool in tools], is_public=True)
            management.post("toolsets.switchEditingMode", {"slug": "things", "mode": "staging"})
            address = f"{server.address}/mcp/things"
            before, known, digests, refusal = everything(address), [], {}, None
            for number in range(400):
                content = bytes_of(document(THINGS, version=f"{number}") | {"x-noise": secrets.token_hex(60_000)})
                answer = call(management, "POST", "assets.uploadOpenAPI", content, "name=noise.json")
                if answer.status != 201:
                    refusal = answer
                    break
                known.append(answer.json["asset"]["id"])
                edit = call(management, "POST", "toolsets.update", {"slug": "things", "description": f"edit {number}"})
                if edit.status != 200:
                    refusal = edit
                    break
                publish = call(management, "POST", "toolsets.publishStagingVersion", {"slug": "things"})
                if publish.status != 201:
                    refusal = publish
                    break
                digests[publish.json["release"]["number"]] = publish.json["release"]["digest"]
            assert refusal, "the disk was never full"
            check_problem(refusal, 507, "storage_full", "full")
            assert len(known) > 3

            def check():
                assert everything(address) == before
                listing = management.all("toolsets.listReleases", "releases", slug="things")
                assert digests.items() <= {release["number"]: release["digest"] for release in listing}.items()
                assert set(known) <= {asset["id"] for asset in management.all("assets.list", "assets")}

            check()
            ballast.unlink()
            management.post("toolsets.update", {"slug": "things", "description": "there is space again"})
            release = management.post("toolsets.publishStagingVersion", {"slug": "things"})["release"]
            digests[release["number"]] = release["digest"]
            check()
            server.kill()
            server.start_again()
            check()
    finally:
        if server.process and server.process.poll() is None:
            server.kill()


def test_a_start_on_a_full_disk_says_so_in_one_line_and_works_when_there_is_space(small_disk, tmp_path):
    ballast = small_disk / "ballast"
    with open(ballast, "wb") as file:
        try:
            while True:
                file.write(bytes(1 << 16))
                file.flush()
        except OSError:
            pass
    server = begin(tmp_path, SLIPWAY_DATA_DIR=str(small_disk / "data"))
    line = start_and_fail(server)
    assert "full" in line or "space" in line
    assert "storage_full" in line
    ballast.unlink()
    with server:
        assert management_of(server).get("toolsets.list")["toolsets"]


def test_while_another_process_holds_the_database_writes_answer_503_and_reads_go_on(tmp_path):
    with begin(tmp_path) as server:
        management = management_of(server)
        tools = management.import_document("things", document(THINGS))
        create_toolset(management, "things", [tool["urn"] for tool in tools], is_public=True)
        address = f"{server.address}/mcp/things"
        before = everything(address)
        database = sqlite3.connect(tmp_path / "data/slipway.db", isolation_level=None)
        database.execute("BEGIN EXCLUSIVE")
        try:
            began = time.monotonic()
            answer = call(management, "POST", "toolsets.update", {"slug": "things", "description": "late"})
            waited = time.monotonic() - began
            check_problem(answer, 503, "database_busy")
            assert "retry-after" in answer.headers
            assert waited < 8, f"{waited:.1f} s"

            # Reads do not wait, not even behind a write that does.
            writing = threading.Thread(
                target=lambda: call(management, "POST", "toolsets.update", {"slug": "things", "description": "late"})
            )
            writing.start()
            began = time.monotonic()
            assert everything(address) == before
            assert management.get("toolsets.get", slug="things")["toolset"]["description"] == "The toolset things"
            assert mcp(f"{server.address}/mcp/slipway", "tools/list", key=KEY).status == 200
            assert exchange("GET", f"{server.address}/healthz").status == 200
            read = time.monotonic() - began
            assert read < 3, f"{read:.1f} s"
            assert writing.is_alive(), "the write was over before the reads"
            writing.join(30)
        finally:
            database.execute("ROLLBACK")
            database.close()
        management.post("toolsets.update", {"slug": "things", "description": "in time"})
        assert management.get("toolsets.get", slug="things")["toolset"]["description"] == "in time"
        print(f"the write waited {waited:.1f} s, ten reads took {read:.2f} s")


@pytest.fixture
def stopped(tmp_path):
    """A server that ran and was stopped, with a toolset in its data."""
    server = begin(tmp_path)
    with server:
        management = management_of(server)
        tools = management.import_document("things", document(THINGS))
        create_toolset(management, "things", [tool["urn"] for tool in tools], is_public=True)
        management.post("environments.create", {"slug": "secret", "entries": [SECRET]})
    dump(tmp_path / "data/slipway.db")  # which takes what stands in the write-ahead log into the file
    return server


def dump(path) -> list[str]:
    """Everything that a database holds."""
    database = sqlite3.connect(path)
    try:
        return list(database.iterdump())
    finally:
        database.close()


SECRET = {"name": "TOKEN", "value": "s3cr3t-value-of-the-token", "secret": True}


def test_a_database_of_a_newer_program_stops_the_start_and_is_not_touched(stopped):
    path = stopped.folder / "data/slipway.db"
    with sqlite3.connect(path) as database:
        database.execute("INSERT INTO schema_migrations VALUES (99, 'from the future', '2030-01-01T00:00:00.000Z')")
    database.close()
    before = dump(path)
    line = start_and_fail(stopped)
    assert "database_newer" in line and "99" in line
    assert dump(path) == before
    with sqlite3.connect(path) as database:
        database.execute("DELETE FROM schema_migrations WHERE version = 99")
    database.close()
    with stopped:
        assert len(names_in(listed(f"{stopped.address}/mcp/things"))) == 2


def test_after_a_clean_stop_the_database_is_whole_in_its_one_file(tmp_path):
    """Who copies the file of a server that was stopped has a backup."""
    with begin(tmp_path) as server:
        management_of(server).post("templates.create", {"name": "kept", "prompt": "x"})
        assert server.stop() == 0
    path = tmp_path / "data/slipway.db"
    shutil.copy(path, tmp_path / "copy.db")
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    copy.close()
    rest = {file.name: file.stat().st_size for file in path.parent.glob("slipway.db*")}
    assert "toolsets" in tables, f"a copy of slipway.db is empty; the data stands in another file: {rest}"


@pytest.mark.parametrize("damage", ["text", "header", "short"])
def test_a_damaged_database_stops_the_start_and_is_not_touched(stopped, damage):
    path = stopped.folder / "data/slipway.db"
    good = path.read_bytes()
    bad = {
        "text": b"This is a letter to the editor.\n" * 200,
        "header": secrets.token_bytes(200) + good[200:],
        "short": good[: len(good) // 3],
    }[damage]
    path.write_bytes(bad)
    line = start_and_fail(stopped)
    assert "database_damaged" in line and "backup" in line
    assert path.read_bytes() == bad, "what may be repaired by hand was written over"
    for rest in path.parent.glob("slipway.db-*"):
        rest.unlink()
    path.write_bytes(good)
    with stopped:
        assert len(names_in(listed(f"{stopped.address}/mcp/things"))) == 2


def test_a_second_server_on_the_same_data_is_refused_and_the_first_goes_on(tmp_path):
    with begin(tmp_path) as first:
        (tmp_path / "second").mkdir()
        second = begin(tmp_path / "second", SLIPWAY_DATA_DIR=str(tmp_path / "data"))
        line = start_and_fail(second)
        assert str(tmp_path / "data") in line
        assert "database_busy" in line
        management_of(first).post("templates.create", {"name": "still", "prompt": "works"})


# Settings


def key_of(length: int) -> str:
    return base64.b64encode(bytes(range(length))).decode()


WRONG_SETTINGS = [
    ("SLIPWAY_PORT", "abc"), ("SLIPWAY_PORT", "0"), ("SLIPWAY_PORT", "70000"), ("SLIPWAY_PORT", "-1"),
    ("SLIPWAY_LOG_LEVEL", "loud"), ("SLIPWAY_ALLOWED_UPSTREAMS", "10.0.0.0/99"),
    ("SLIPWAY_ALLOWED_UPSTREAMS", "http://intranet/path"), ("SLIPWAY_ALLOWED_UPSTREAMS", "a host"),
    ("SLIPWAY_MASTER_KEY", key_of(16)), ("SLIPWAY_MASTER_KEY", key_of(33)), ("SLIPWAY_MASTER_KEY", "not base64!"),
    ("SLIPWAY_ADMIN_KEY", "short"), ("SLIPWAY_MAX_DOCUMENT_MIB", "0"), ("SLIPWAY_CALL_TIMEOUT_SECONDS", "soon"),
    ("SLIPWAY_DATABASE_URL", "postgres://db/x"), ("SLIPWAY_DATABASE_URL", "nonsense"),
    ("SLIPWAY_PUBLIC_URL", "ftp://example.com"), ("SLIPWAY_HOST", "no host of mine"), ("SLIPWAY_HOST", "192.0.2.7"),
    ("SLIPWAY_CONFIG", "/nowhere/slipway.yaml"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), WRONG_SETTINGS, ids=lambda text: text[:30])
def test_a_wrong_setting_stops_the_start_with_one_line_that_names_it(tmp_path, name, value):
    line = start_and_fail(Server(tmp_path, **({"SLIPWAY_ADMIN_KEY": KEY} | {name: value})))
    named = name.removeprefix("SLIPWAY_")
    assert name in line or (named == "CONFIG" and value in line), line
    assert "configuration" in line, f"no code in: {line}"
    if named in ("MASTER_KEY", "ADMIN_KEY"):
        assert value not in line, "a key is shown"


def test_a_wrong_setting_in_the_file_is_named_as_well(tmp_path):
    (tmp_path / "slipway.yaml").write_text("log_level: loud\n")
    line = start_and_fail(begin(tmp_path))
    assert "log_level" in line and "slipway.yaml" in line


def test_a_file_that_is_no_yaml_is_named(tmp_path):
    (tmp_path / "slipway.yaml").write_text("log_level: [loud\n")
    assert "slipway.yaml" in start_and_fail(begin(tmp_path))


def test_a_data_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "data").write_text("")
    line = start_and_fail(begin(tmp_path))
    assert str(tmp_path / "data") in line and "configuration" in line


def test_another_master_key_than_the_data_was_sealed_with_stops_the_start(stopped):
    stopped.settings["SLIPWAY_MASTER_KEY"] = base64.b64encode(secrets.token_bytes(32)).decode()
    line = start_and_fail(stopped)
    assert "master" in line.lower() and "configuration" in line
    del stopped.settings["SLIPWAY_MASTER_KEY"]
    with stopped:
        assert management_of(stopped).get("environments.get", slug="secret")["environment"]["entries"]


def test_a_lost_master_key_stops_the_start_instead_of_making_another(stopped):
    """A new key would make every sealed secret unreadable for good, and hide it until the first call fails."""
    key = stopped.folder / "data/master.key"
    kept = key.read_bytes()
    key.unlink()
    line = start_and_fail(stopped)
    assert "master" in line.lower()
    key.write_bytes(kept)
    with stopped:
        assert management_of(stopped).get("environments.get", slug="secret")["environment"]["entries"]


def test_a_port_that_is_taken_is_named_and_no_key_is_lost(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        server = Server(tmp_path, port=taken.getsockname()[1])
        server.start()
        assert server.process.wait(20) != 0
        failed = server.output
        assert str(server.port) in failed and "configuration" in failed
    keys = set(re.findall(r"slw_[A-Za-z0-9_-]{20,}", failed))
    with server:
        keys |= set(re.findall(r"slw_[A-Za-z0-9_-]{20,}", server.output))
        works = []
        for key in keys:
            try:
                Management(server.address, key).get("keys.list")
                works.append(key)
            except Refused:
                pass
        assert len(works) == 1, "the admin key was made at the start that failed, and nobody was told"


def test_the_server_is_whole_after_all_of_this(running):
    assert call_tool(f"{running.server.address}/mcp/slipway", "toolsets_list", key=KEY)["content"]
    assert shutil.disk_usage("/tmp").free > 0
