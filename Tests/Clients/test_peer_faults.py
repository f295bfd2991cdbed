"""Faults that makers of tools from OpenAPI documents are known for: each is a test here, over real sockets."""

import base64
import json
import secrets

import pytest

from conftest import create_toolset
from raw import META, MODERN, call_tool, exchange, listed, mcp, sentence
from server import Management, Refused, Server
from test_upstream import Recorder, operation, parameter

TOKEN = "t0ken-of-the-environment"
TEXT = {"type": "string"}


class Faulty(Recorder):
    """Answers as the path asks for, and counts."""

    def answer(self, handler):
        path = handler.path.split("?")[0]
        if path.startswith("/busy"):
            handler.send_response(503)
            handler.send_header("Retry-After", "0")
            handler.send_header("Content-Length", "0")
            handler.end_headers()
        elif path.startswith("/nothing"):
            handler.send_response(200)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", "0")
            handler.end_headers()
        else:
            super().answer(handler)


def document(address: str) -> dict:
    upload = {
        "type": "object",
        "required": ["file"],
        "properties": {"file": {"type": "string", "format": "binary"}, "note": TEXT},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Faults", "version": "1"},
        "servers": [{"url": address}],
        "security": [{"token": []}],
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "paths": {
            "/open": {"get": operation("open", security=[])},
            "/closed": {"get": operation("closed")},
            "/twins/a": {"get": operation("twin")},
            "/twins/b": {"get": operation("twin")},
            "/pets/{id}": {
                "put": operation("updatePet", parameter("id", "path", TEXT), body={"type": "object"})
                | {"summary": "Update an existing pet; drop table if exists"},
                "delete": operation("deletePet", parameter("id", "path", TEXT)),
            },
            "/upload": {
                "post": {
                    "operationId": "upload",
                    "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": upload}}},
                    "responses": {"200": {"description": "Done"}},
                }
            },
            "/busy": {"post": operation("busyPost", body={"type": "object"}), "get": operation("busyGet")},
            "/nothing": {"get": operation("nothing")},
            "/numbers": {"post": operation("numbers", body={"type": "object", "properties": {"n": {}, "m": {}}})},
            "/everything/{a}": {
                "get": operation(
                    "everything",
                    parameter("a", "path", TEXT),
                    parameter("b", "query", TEXT),
                    parameter("c", "header", TEXT),
                    parameter("d", "cookie", TEXT),
                    parameter("X-Odd[]", "query", TEXT),
                )
            },
        },
    }


class Bench:
    def __init__(self, server: Server, management: Management, recorder: Faulty):
        self.recorder = recorder
        self.management = management
        self.document = document(recorder.address)
        self.tools = management.import_document("faults", self.document)
        management.post(
            "environments.create",
            {"slug": "faults", "name": "Faults", "entries": [{"name": "FAULTS_TOKEN", "value": TOKEN, "secret": True}]},
        )
        self.urns = [tool["urn"] for tool in self.tools]
        more = {"default_environment_slug": "faults"}
        create_toolset(management, "faults", self.urns, is_public=True, **more)
        create_toolset(management, "few-faults", self.urns[:1], is_public=True, **more)
        self.address = f"{server.address}/mcp/faults"
        self.few = f"{server.address}/mcp/few-faults"

    def named(self, method: str, path: str) -> str:
        return next(tool["name"] for tool in self.tools if (tool["method"], tool["path"]) == (method, path))

    def call(self, tool: str, **arguments) -> dict:
        return call_tool(self.address, tool, arguments)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    recorder = Faulty()
    settings = {"SLIPWAY_ADMIN_KEY": secrets.token_urlsafe(32), "SLIPWAY_ALLOWED_UPSTREAMS": recorder.host}
    with Server(tmp_path_factory.mktemp("faults"), **settings) as server:
        management = Management(server.address, settings["SLIPWAY_ADMIN_KEY"])
        management.choose_project()
        yield Bench(server, management, recorder)


@pytest.fixture
def bench(running):
    running.recorder.clear()
    return running


def test_an_empty_list_of_requirements_does_not_inherit_those_of_the_document(bench):
    assert not bench.call("open").get("isError")
    assert bench.recorder.header("Authorization") == []
    bench.recorder.clear()
    assert not bench.call("closed").get("isError")
    assert bench.recorder.header("Authorization") == [f"Bearer {TOKEN}"]


def test_two_operations_of_one_name_are_two_tools_and_each_calls_its_own(bench):
    first, second = bench.named("GET", "/twins/a"), bench.named("GET", "/twins/b")
    assert first != second
    bench.call(first)
    bench.call(second)
    assert bench.recorder.lines == ["GET /twins/a HTTP/1.1", "GET /twins/b HTTP/1.1"]


def test_no_operation_and_no_parameter_disappears(bench):
    operations = {(method.upper(), path) for path, item in bench.document["paths"].items() for method in item}
    assert {(tool["method"], tool["path"]) for tool in bench.tools} == operations
    served = {tool["name"]: tool for tool in json.loads(listed(bench.address))}
    assert set(served["everything"]["inputSchema"]["properties"]) == {"a", "b", "c", "d", "X-Odd"}
    bench.call("everything", a="1", b="2", c="3", d="4", **{"X-Odd": "5"})
    assert bench.recorder.line == "GET /everything/1?b=2&X-Odd%5B%5D=5 HTTP/1.1"
    assert (bench.recorder.header("c"), bench.recorder.header("Cookie")) == (["3"], ["d=4"])


def test_an_unknown_tool_of_a_toolset_is_an_error_that_names_it(bench):
    body = {"slug": "faults", "tool_urns": [*bench.urns, "tools:http:faults:gone"]}
    with pytest.raises(Refused) as refusal:
        bench.management.post("toolsets.update", body)
    assert refusal.value.status == 422
    assert "tools:http:faults:gone" in str(refusal.value)
    assert len(json.loads(listed(bench.address))) == len(bench.urns)


def test_no_word_of_a_description_makes_an_operation_an_attack(bench):
    served = {tool["name"]: tool for tool in json.loads(listed(bench.address))}
    assert served["updatePet"]["description"] == "Update an existing pet; drop table if exists"
    assert not bench.call("updatePet", id="'; DROP TABLE pets; --", body={"name": "<script>"}).get("isError")
    assert bench.recorder.line == "PUT /pets/%27%3B%20DROP%20TABLE%20pets%3B%20-- HTTP/1.1"
    assert json.loads(bench.recorder.bodies[0]) == {"name": "<script>"}


def test_multipart_is_not_sent_as_json(bench):
    content = secrets.token_bytes(100)
    arguments = {"file": base64.b64encode(content).decode(), "note": "n", "file_filename": "a.bin"}
    result = bench.call("upload", **arguments)
    assert not result.get("isError"), sentence(result)
    [kind] = bench.recorder.header("Content-Type")
    assert kind.startswith("multipart/form-data; boundary=")
    [body] = bench.recorder.bodies
    assert content in body
    assert b'name="file"; filename="a.bin"' in body
    assert b'name="note"' in body


def test_a_post_is_never_sent_again(bench):
    result = bench.call("busyPost", body={})
    assert result["isError"]
    assert bench.recorder.lines == ["POST /busy HTTP/1.1"]


def test_a_get_is_sent_again_where_the_answer_says_when(bench):
    assert bench.call("busyGet")["isError"]
    assert len(bench.recorder.lines) > 1


@pytest.mark.parametrize("value", ["..", "../admin", "a/../../b", ".", "%2e%2e", "a\r\nX-Evil: 1", "a\\..\\b"])
def test_a_value_cannot_leave_its_place_in_the_path(bench, value):
    bench.call("deletePet", id=value)
    for line in bench.recorder.lines:
        path = line.split(" ")[1]
        assert path.startswith("/pets/") and path.count("/") == 2
        assert path.removeprefix("/pets/").lower() not in {".", "..", "%2e", "%2e%2e"}
    assert all(name != "X-Evil" for headers in bench.recorder.headers for name, _ in headers)


def test_a_tool_that_is_not_in_the_toolset_cannot_be_called(bench):
    assert [tool["name"] for tool in json.loads(listed(bench.few))] == [bench.tools[0]["name"]]
    for tool in bench.tools[1:]:
        answer = mcp(bench.few, "tools/call", {"name": tool["name"], "arguments": {}})
        assert answer.json["error"]["code"] == -32602, tool["name"]
    assert bench.recorder.lines == []


def test_an_answer_without_a_body_is_a_sentence(bench):
    result = bench.call("nothing")
    assert not result.get("isError")
    [block] = result["content"]
    assert block["type"] == "text"
    assert "no content" in block["text"]
    assert "structuredContent" not in result


def test_numbers_keep_their_text(bench):
    numbers = '{"n":1.10,"m":[12345678901234567890,1E400,-0]}'
    params = f'{{"name":"numbers","arguments":{numbers},"_meta":{json.dumps(META)}}}'
    headers = {
        "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
        "MCP-Protocol-Version": MODERN, "Mcp-Method": "tools/call", "Mcp-Name": "numbers",
    }  # fmt: skip
    body = f'{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{params}}}'
    assert not exchange("POST", bench.address, headers, body.encode()).json["result"].get("isError")
    assert bench.recorder.bodies == [numbers.encode()]
