"""Calls that go out: what arrives upstream byte by byte, what is refused before it leaves, and what comes back."""

import json
import secrets
import socketserver
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from conftest import create_toolset
from raw import META, MODERN, call, exchange, listed, sentence
from server import Management, Refused, Server

SECRET = "s3cr3t-upstream-token-" + secrets.token_hex(8)
ROTATED = "r0tated-upstream-token-" + secrets.token_hex(8)
QUERY_SECRET = "qu3ry secret/+&-" + secrets.token_hex(4)


class Recorder:
    """An API on loopback that notes each request as it came over the wire, and answers what its path asks for."""

    def __init__(self):
        self.lines: list[str] = []
        self.headers: list[list[tuple[str, str]]] = []
        self.bodies: list[bytes] = []
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def respond(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                recorder.lines.append(self.requestline)
                recorder.headers.append(list(self.headers.items()))
                recorder.bodies.append(body)
                recorder.answer(self)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = respond

            def log_message(self, format, *arguments):
                pass

        class Listener(ThreadingHTTPServer):
            daemon_threads = True

        self.server = Listener(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.host = f"127.0.0.1:{self.port}"
        self.address = f"http://{self.host}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, handler: BaseHTTPRequestHandler):
        path = handler.path.split("?")[0].strip("/").split("/")
        status, kind, content, more = 200, "application/json", b'{"ok":true}', {}
        match path:
            case ["status", code]:
                status, content = int(code), json.dumps({"message": f"upstream says {code}"}).encode()
                if code == "429":
                    more = {"Retry-After": "17"}
            case ["empty", _]:
                status, content = 204, b""
            case ["slow", _]:
                time.sleep(3)
            case ["huge", _]:
                content = b'{"items":["' + b"x" * (30 << 20) + b'"]}'
            case ["html", _]:
                status, kind, content = 502, "text/html", b"<html><body><h1>Bad gateway</h1></body></html>"
            case ["redirect", number]:
                targets = {"1": f"http://localhost:{self.port}/status/200", "2": "http://169.254.169.254/latest"}
                status, content, more = 302, b"", {"Location": targets[number]}
            case ["numbers", _]:
                content = b'{"price":1.10,"big":9007199254740993,"exact":0.1000000000000000055}'
            case ["hangup", _]:
                handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this")
                handler.close_connection = True
                return
            case ["garbage", _]:
                handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
                handler.close_connection = True
                return
        try:
            handler.send_response(status)
            handler.send_header("Content-Type", kind)
            for name, value in more.items():
                handler.send_header(name, value)
            if status != 204:
                handler.send_header("Content-Length", str(len(content)))
            handler.end_headers()
            handler.wfile.write(content)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def clear(self):
        for record in (self.lines, self.headers, self.bodies):
            record.clear()

    @property
    def line(self) -> str:
        [line] = self.lines
        return line

    def header(self, name: str) -> list[str]:
        [headers] = self.headers
        return [value for key, value in headers if key.lower() == name.lower()]


def parameter(name, place, schema, required=False, **more):
    return {"name": name, "in": place, "required": required or place == "path", "schema": schema} | more


def operation(name, *parameters, body=None, **more):
    made = {
        "operationId": name, "summary": f"Does {name}", "parameters": list(parameters),
        "responses": {"200": {"description": "Done"}},
    }  # fmt: skip
    if body:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return made | more


TEXT, INTEGER, NUMBER = {"type": "string"}, {"type": "integer"}, {"type": "number"}
ID = parameter("id", "path", INTEGER)
LIST = {"type": "array", "items": TEXT}
SIMPLE = ["status", "empty", "slow", "huge", "html", "redirect", "numbers", "hangup", "garbage"]


def recorded_document(address: str) -> dict:
    item = {
        "type": "object",
        "required": ["name"],
        "properties": {"name": TEXT, "price": NUMBER, "big": INTEGER, "tags": LIST, "more": {"type": "object"}},
    }
    paths = {
        "/parts/{name}/of/{id}": {"get": operation("getPart", parameter("name", "path", TEXT), ID)},
        "/search": {
            "get": operation(
                "search",
                parameter("q", "query", TEXT),
                parameter("limit", "query", INTEGER),
                parameter("price", "query", NUMBER),
                parameter("exact", "query", {"type": "boolean"}),
                parameter("tag", "query", LIST),
                parameter("ids", "query", {"type": "array", "items": INTEGER}, style="form", explode=False),
                parameter("filter", "query", {"type": "object"}, style="deepObject", explode=True),
                parameter("page size", "query", INTEGER),
            )
        },
        "/headers": {
            "get": operation(
                "sendHeaders", parameter("X-Text", "header", TEXT), parameter("X-Number", "header", NUMBER),
                parameter("X-List", "header", LIST), parameter("Authorization", "header", TEXT),
            )
        },
        "/items": {"post": operation("createItem", body=item)},
        "/items/{id}": {
            "put": operation("replaceItem", ID, parameter("dry", "query", {"type": "boolean"}), body=item),
            "delete": operation("deleteItem", ID),
        },
        "/secured/{id}": {"get": operation("secured", ID, security=[{"token": [], "query": []}])},
        "/half/{id}": {"get": operation("halfSecured", ID, security=[{"absent": []}])},
    }  # fmt: skip
    for name in SIMPLE:
        paths[f"/{name}/{{id}}"] = {"get": operation(name, ID)}
    paths["/changes/{id}"] = {"post": operation("slowPost", ID)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Recorded", "version": "1"},
        "servers": [{"url": address}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "query": {"type": "apiKey", "in": "query", "name": "api_key"},
                "absent": {"type": "apiKey", "in": "header", "name": "X-Absent"},
            }
        },
    }


class Desk:
    """A server whose toolset calls the recorder, with its secrets in an environment."""

    def __init__(self, server: Server, recorder: Recorder):
        self.server, self.recorder = server, recorder
        self.management = Management(server.address, server.settings["SLIPWAY_ADMIN_KEY"])
        self.management.choose_project()
        self.tools = self.management.import_document("api", recorded_document(recorder.address))
        entries = [
            {"name": "API_TOKEN", "value": SECRET, "secret": True},
            {"name": "API_QUERY", "value": QUERY_SECRET, "secret": True},
        ]
        self.management.post("environments.create", {"slug": "desk", "entries": entries})
        create_toolset(
            self.management, "desk", [tool["urn"] for tool in self.tools], True, default_environment_slug="desk"
        )
        self.address = f"{server.address}/mcp/desk"

    def call(self, name: str, arguments: str = '{"id":7}') -> dict:
        """A call whose arguments go out as they are written here."""
        meta = json.dumps(META)
        params = f'{{"name":"{name}","arguments":{arguments},"_meta":{meta}}}'
        body = f'{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{params}}}'
        headers = {
            "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
            "MCP-Protocol-Version": MODERN, "Mcp-Method": "tools/call", "Mcp-Name": name,
        }  # fmt: skip
        answer = exchange("POST", self.address, headers, body.encode())
        assert answer.status == 200, answer.text[:500]
        return answer.json["result"]


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    recorder = Recorder()
    settings = {
        "SLIPWAY_ADMIN_KEY": secrets.token_urlsafe(32),
        "SLIPWAY_ALLOWED_UPSTREAMS": recorder.host,
        "SLIPWAY_CALL_TIMEOUT_SECONDS": "1",
        "SLIPWAY_LOG_LEVEL": "trace",
    }
    with Server(tmp_path_factory.mktemp("upstream"), **settings) as server:
        yield Desk(server, recorder)


@pytest.fixture
def desk(running):
    running.recorder.clear()
    return running


# What arrives


@pytest.mark.parametrize(
    ("tool", "arguments", "line"),
    [
        ("getPart", '{"name":"plain","id":7}', "GET /parts/plain/of/7 HTTP/1.1"),
        ("getPart", '{"name":"a/b c?d#e%f","id":7}', "GET /parts/a%2Fb%20c%3Fd%23e%25f/of/7 HTTP/1.1"),
        ("getPart", '{"name":"Größe⚓","id":-7}', "GET /parts/Gr%C3%B6%C3%9Fe%E2%9A%93/of/-7 HTTP/1.1"),
        ("getPart", '{"name":"x","id":9007199254740993}', "GET /parts/x/of/9007199254740993 HTTP/1.1"),
        ("getPart", '{"name":"x","id":12345678901234567890}', "GET /parts/x/of/12345678901234567890 HTTP/1.1"),
        ("search", "{}", "GET /search HTTP/1.1"),
        ("search", '{"q":"a b&c=d+e","limit":3}', "GET /search?q=a%20b%26c%3Dd%2Be&limit=3 HTTP/1.1"),
        ("search", '{"q":""}', "GET /search?q= HTTP/1.1"),
        ("search", '{"price":1.10}', "GET /search?price=1.10 HTTP/1.1"),
        ("search", '{"price":0.1000000000000000055}', "GET /search?price=0.1000000000000000055 HTTP/1.1"),
        ("search", '{"exact":false}', "GET /search?exact=false HTTP/1.1"),
        ("search", '{"tag":["a b","c&d"]}', "GET /search?tag=a%20b&tag=c%26d HTTP/1.1"),
        ("search", '{"ids":[1,2,3]}', "GET /search?ids=1,2,3 HTTP/1.1"),
        ("search", '{"filter":{"color":"red","n":7}}', "GET /search?filter%5Bcolor%5D=red&filter%5Bn%5D=7 HTTP/1.1"),
        ("replaceItem", '{"id":7,"dry":true,"name":"x"}', "PUT /items/7?dry=true HTTP/1.1"),
        ("deleteItem", '{"id":7}', "DELETE /items/7 HTTP/1.1"),
    ],
)  # fmt: skip
def test_path_and_query_arrive_as_the_document_says(desk, tool, arguments, line):
    result = desk.call(tool, arguments)
    assert not result.get("isError"), sentence(result)
    # Brackets and commas may be written either way (RFC 3986, section 2.2).
    normal = desk.recorder.line.replace("%2C", ",").replace("[", "%5B").replace("]", "%5D")
    assert normal == line


@pytest.mark.parametrize("name", ["..", ".", "%2e%2e", "a/../../etc"])
def test_a_path_argument_never_leaves_its_segment(desk, name):
    result = desk.call("getPart", json.dumps({"name": name, "id": 7}))
    if result.get("isError"):
        assert desk.recorder.lines == [] and "name" in sentence(result)
    else:
        target = desk.recorder.line.split()[1]
        assert target.startswith("/parts/") and target.endswith("/of/7") and target.count("/") == 4
        assert target.split("/")[2] not in (".", ".."), "an HTTP server takes this for another path"


def test_headers_arrive_as_the_document_says(desk):
    desk.call("sendHeaders", '{"X-Text":"some text","X-Number":1.10,"X-List":["a","b"]}')
    assert desk.recorder.header("X-Text") == ["some text"]
    assert desk.recorder.header("X-Number") == ["1.10"]
    assert desk.recorder.header("X-List")[0].replace(" ", "") == "a,b"


def test_a_header_argument_cannot_write_another_header(desk):
    result = desk.call("sendHeaders", '{"X-Text":"a\\r\\nX-Evil: yes"}')
    assert result["isError"] and "X-Text" in sentence(result)
    assert desk.recorder.lines == []


def test_a_header_that_belongs_to_credentials_is_no_argument(desk):
    """OpenAPI 3.1, Parameter Object: a header parameter Authorization is ignored."""
    result = desk.call("sendHeaders", '{"Authorization":"Bearer mine"}')
    assert result["isError"] or desk.recorder.header("Authorization") == []


def test_nothing_of_the_client_travels_upstream(desk):
    desk.call("search", '{"q":"x"}')
    [headers] = desk.recorder.headers
    names = {name.lower() for name, _ in headers}
    assert not {name for name in names if name.startswith("mcp-")}
    assert not names & {"authorization", "cookie", "origin", "referer", "transfer-encoding"}
    assert desk.recorder.header("Host") == [desk.recorder.host]
    assert desk.recorder.header("User-Agent")[0].startswith("Slipway/")
    assert len(names) == len(headers), f"a header came twice: {headers}"


def test_a_body_arrives_with_the_text_of_its_numbers(desk):
    body = '{"name":"Größe \\"⚓\\"","price":1.10,"big":9007199254740993,"tags":[],"more":{"z":1E3,"a":0.10,"n":null}}'
    result = desk.call("createItem", body)
    assert not result.get("isError"), sentence(result)
    [sent] = desk.recorder.bodies
    keep = {"parse_float": str, "parse_int": str, "object_pairs_hook": list}
    assert json.loads(sent, **keep) == json.loads(body, **keep)
    assert b"1.10" in sent and b"9007199254740993" in sent
    assert desk.recorder.header("Content-Type") == ["application/json"]
    assert desk.recorder.header("Content-Length") == [str(len(sent))]
    assert desk.recorder.line == "POST /items HTTP/1.1"


def test_a_get_has_no_body(desk):
    desk.call("search", '{"q":"x"}')
    assert desk.recorder.bodies == [b""]
    assert desk.recorder.header("Content-Type") == []


def test_credentials_go_where_the_document_says(desk):
    result = desk.call("secured")
    assert not result.get("isError"), sentence(result)
    assert desk.recorder.header("Authorization") == [f"Bearer {SECRET}"]
    assert parse_qs(urlsplit(desk.recorder.line.split()[1]).query) == {"api_key": [QUERY_SECRET]}


# What is refused before it leaves


@pytest.mark.parametrize(
    ("tool", "arguments", "word"),
    [
        ("getPart", '{"id":7}', "name"),
        ("getPart", '{"name":"x","id":"seven"}', "id"),
        ("getPart", '{"name":"x","id":1.5}', "id"),
        ("getPart", '{"name":"","id":7}', "name"),
        ("getPart", '{"name":"x","id":7,"colour":"red"}', "colour"),
        ("getPart", '{"name":null,"id":7}', "name"),
        ("search", '{"limit":"three"}', "limit"),
        ("search", '{"tag":"a"}', "tag"),
        ("createItem", "{}", "name"),
        ("createItem", '{"name":7}', "name"),
        ("createItem", '{"body":{"name":"x"}}', "body"),
        ("createItem", '{"name":"x","price":"cheap"}', "price"),
    ],
)
def test_wrong_arguments_never_reach_the_api_and_the_sentence_names_them(desk, tool, arguments, word):
    result = desk.call(tool, arguments)
    assert result["isError"]
    assert word in sentence(result)
    assert desk.recorder.lines == []


def test_a_missing_variable_is_named_before_any_call(desk):
    result = desk.call("halfSecured")
    assert result["isError"] and "API_ABSENT" in sentence(result)
    assert desk.recorder.lines == []


@pytest.mark.parametrize("arguments", ['"text"', "[]", "7"])
def test_arguments_that_are_no_object_are_a_protocol_error(desk, arguments):
    with pytest.raises((AssertionError, KeyError)) as refusal:
        desk.call("search", arguments)
    assert "-32602" in str(refusal.value) or isinstance(refusal.value, KeyError)
    assert desk.recorder.lines == []


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    """A server that may call nothing that is private."""
    recorder = Recorder()
    with Server(tmp_path_factory.mktemp("guarded"), SLIPWAY_ADMIN_KEY=secrets.token_urlsafe(32)) as server:
        management = Management(server.address, server.settings["SLIPWAY_ADMIN_KEY"])
        management.choose_project()
        yield recorder, server, management


HOSTS = {
    "loopback": "127.0.0.1:{port}", "all-of-loopback": "127.8.9.1:{port}", "the-name": "localhost:{port}",
    "any-address": "0.0.0.0:{port}", "one-number": "2130706433:{port}", "octal": "0177.0.0.1:{port}",
    "hexadecimal": "0x7f.1:{port}", "short": "127.1:{port}", "version-6": "[::1]:{port}",
    "mapped": "[::ffff:127.0.0.1]:{port}", "metadata": "169.254.169.254", "private": "10.0.0.1",
    "private-2": "192.168.1.1", "private-3": "172.16.0.1", "shared": "100.64.0.1", "unique-local": "[fd00::1]",
    "translated": "[64:ff9b::7f00:1]", "dotted": "127.0.0.1.:{port}", "capitals": "LOCALHOST:{port}",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTS)
def test_addresses_inside_are_refused_unless_they_are_allowed(guarded, name):
    recorder, server, management = guarded
    recorder.clear()
    address = "http://" + HOSTS[name].format(port=recorder.port)
    tools = management.import_document(name, {
        "openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "servers": [{"url": address}],
        "paths": {"/status/200": {"get": operation(f"get_{name}")}},
    })  # fmt: skip
    if not tools:
        return  # a server address that nobody can use makes no tool
    create_toolset(management, name, [tools[0]["urn"]], is_public=True)
    body = {"toolset_slug": name, "tool": tools[0]["name"], "arguments": {}}
    began = time.monotonic()
    answer = call(management, "POST", "instances.invokeTool", body)
    assert time.monotonic() - began < 10
    assert recorder.lines == [], "the call arrived"
    text = answer.text
    assert '"is_error":true' in text.replace("isError", "is_error") or answer.status >= 400, text
    assert "SLIPWAY_ALLOWED_UPSTREAMS" in text or "not known" in text or "address" in text, text


def test_the_server_variable_cannot_be_used_to_get_inside(guarded):
    recorder, server, management = guarded
    tools = management.import_document("outside", {
        "openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "servers": [{"url": "https://api.example.com"}],
        "paths": {"/status/200": {"get": operation("outside")}},
    })  # fmt: skip
    entries = [{"name": "OUTSIDE_SERVER_URL", "value": recorder.address, "secret": False}]
    management.post("environments.create", {"slug": "inside", "entries": entries})
    create_toolset(management, "outside", [tools[0]["urn"]], True, default_environment_slug="inside")
    recorder.clear()
    body = {"toolset_slug": "outside", "tool": "outside", "arguments": {}}
    assert "SLIPWAY_ALLOWED_UPSTREAMS" in call(management, "POST", "instances.invokeTool", body).text
    assert recorder.lines == []


@pytest.mark.parametrize("target", [1, 2])
def test_a_redirect_to_another_host_is_not_followed(desk, target):
    result = desk.call("redirect", f'{{"id":{target}}}')
    assert result["isError"]
    assert "302" in sentence(result) and "not followed" in sentence(result)
    assert len(desk.recorder.lines) == 1


# What comes back


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (400, ["Correct the arguments"]), (401, ["credentials"]), (403, ["credentials"]), (404, ["does not exist"]),
        (409, ["read it again"]), (422, ["Correct the arguments"]), (429, ["17 seconds"]), (500, ["tried again later"]),
        (503, ["tried again later"]),
    ],
)  # fmt: skip
def test_a_refusal_of_the_api_comes_back_with_what_it_said_and_what_to_do(desk, code, words):
    result = desk.call("status", f'{{"id":{code}}}')
    assert result["isError"]
    for word in [str(code), f"upstream says {code}", *words]:
        assert word in sentence(result)
    assert len(desk.recorder.lines) == 1, "a call is not repeated by itself"


def test_an_answer_that_takes_too_long_is_an_error_within_the_deadline(desk):
    began = time.monotonic()
    result = desk.call("slow")
    seconds = time.monotonic() - began
    assert result["isError"] and "in time" in sentence(result)
    assert 0.8 < seconds < 2.5, f"{seconds:.1f} s"


def test_a_huge_answer_is_cut_and_marked(desk):
    result = desk.call("huge")
    assert not result.get("isError")
    assert "[Cut:" in sentence(result) and "Ask for less" in sentence(result)
    assert len(sentence(result)) < 20 << 20


def test_an_empty_answer_is_told_in_words(desk):
    result = desk.call("empty")
    assert not result.get("isError")
    assert "204" in sentence(result) and "no content" in sentence(result)


def test_numbers_come_back_with_their_text(desk):
    text = sentence(desk.call("numbers"))
    assert text == '{"price":1.10,"big":9007199254740993,"exact":0.1000000000000000055}'


@pytest.mark.parametrize("tool", ["html", "hangup", "garbage"])
def test_a_broken_answer_is_an_error_in_a_sentence(desk, tool):
    result = desk.call(tool)
    assert result["isError"]
    assert sentence(result)
    for debris in ("Optional(", "NIO", "HTTPParserError", "Swift"):
        assert debris not in sentence(result)


def test_an_api_that_is_down_is_an_error_in_a_sentence(desk):
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as gone:
        port = gone.server_address[1]
    entries = [{"name": "API_SERVER_URL", "value": f"http://127.0.0.1:{port}", "secret": False}]
    desk.management.post("environments.update", {"slug": "desk", "entries": entries})
    try:
        result = desk.call("search", "{}")
        assert result["isError"]
        assert "refused" in sentence(result), "another port of an allowed host is not allowed"
    finally:
        desk.management.post("environments.update", {"slug": "desk", "remove": ["API_SERVER_URL"]})


def test_twenty_calls_at_once_each_get_their_own_answer(desk):
    results = {}

    def ask(code: int):
        results[code] = sentence(desk.call("status", f'{{"id":{code}}}'))

    threads = [threading.Thread(target=ask, args=(code,)) for code in range(400, 418)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(results) == 18
    assert all(f"upstream says {code}" in text for code, text in results.items())


# Secrets


def test_a_rotated_secret_acts_at_once_in_a_released_toolset(desk):
    desk.management.post("toolsets.switchEditingMode", {"slug": "desk", "mode": "staging"})
    before = listed(desk.address)

    def bearer():
        desk.recorder.clear()
        desk.call("secured")
        return desk.recorder.header("Authorization")

    assert bearer() == [f"Bearer {SECRET}"]
    entries = [{"name": "API_TOKEN", "value": ROTATED, "secret": True}]
    desk.management.post("environments.update", {"slug": "desk", "entries": entries})
    assert bearer() == [f"Bearer {ROTATED}"]
    desk.management.post("toolsets.update", {"slug": "desk", "description": "other"})
    desk.management.publish("desk")
    assert bearer() == [f"Bearer {ROTATED}"]
    desk.management.post("toolsets.rollbackToRelease", {"slug": "desk", "number": 1, "reason": "x"})
    assert bearer() == [f"Bearer {ROTATED}"]
    assert listed(desk.address) == before
    desk.management.post("environments.update", {"slug": "desk", "remove": ["API_TOKEN"]})
    desk.recorder.clear()
    result = desk.call("secured")
    assert result["isError"] and "API_TOKEN" in sentence(result)
    assert desk.recorder.lines == []
    entries = [{"name": "API_TOKEN", "value": SECRET, "secret": True}]
    desk.management.post("environments.update", {"slug": "desk", "entries": entries})
    assert bearer() == [f"Bearer {SECRET}"]


def test_an_environment_that_a_toolset_calls_with_cannot_be_deleted(desk):
    with pytest.raises(Refused) as refusal:
        desk.management.delete("environments.delete", slug="desk")
    assert (refusal.value.status, refusal.value.code) == (409, "in_use")
    assert "desk" in refusal.value.problem["detail"]


def test_secrets_are_shown_nowhere(desk):
    management = desk.management
    answers = [
        json.dumps(management.get("environments.list")),
        json.dumps(management.get("environments.get", slug="desk")),
        json.dumps(management.all("auditLogs.list", "audit_logs")),
        json.dumps(management.all("toolCalls.list", "tool_calls")),
        json.dumps(management.get("toolsets.get", slug="desk")),
        json.dumps(management.all("keys.list", "keys")),
    ]
    for secret in (SECRET, QUERY_SECRET, ROTATED, management.key):
        assert all(secret not in answer for answer in answers)


def test_secrets_and_keys_are_neither_in_the_log_nor_in_the_files(desk):
    """The log is at its most talkative here."""
    made = desk.management.create_key("reader")
    desk.call("secured")
    call(Management(desk.server.address, made, desk.management.project), "GET", "toolsets.list")
    call(Management(desk.server.address, f"{made}x", desk.management.project), "GET", "toolsets.list")
    desk.server.stop()
    printed = desk.server.output
    files = {path: path.read_bytes() for path in (desk.server.folder / "data").iterdir() if path.name != "master.key"}
    desk.server.start_again()
    for secret in (SECRET, ROTATED, QUERY_SECRET, quote(QUERY_SECRET, safe=""), made, desk.management.key):
        assert secret not in printed, "a secret is in the log"
        for path, content in files.items():
            assert secret.encode() not in content, f"a secret is in {path.name}"
    assert any(path.name == "slipway.db" for path in files)


def test_what_is_secret_on_disk_is_for_its_owner_alone(desk):
    for path in (desk.server.folder / "data").iterdir():
        if path.name in ("master.key", "slipway.lock"):
            assert path.stat().st_mode & 0o077 == 0, path.name
    assert (desk.server.folder / "data").stat().st_mode & 0o077 == 0
