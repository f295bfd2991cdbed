"""Bodies, tokens and server variables of real documents, as they arrive at an API."""

import base64
import email
import email.policy
import json
import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, unquote

import pytest

from conftest import create_toolset
from raw import call_tool, sentence
from server import Management, Server

CLIENT, SECRET = "client id", "s3cr3t/" + secrets.token_hex(8)
PICTURE = bytes(range(256))


class API:
    """Notes requests, hands out tokens, and answers with the tokens that it takes."""

    def __init__(self):
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.tokens: list[str] = []
        self.taken: set[str] | None = None
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def respond(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                api.requests.append((self.requestline.rsplit(" ", 1)[0], headers, body))
                status, answer, more = api.answer(self.path, headers)
                content = json.dumps(answer).encode()
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **more}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_QUERY = respond

            def log_message(self, format, *arguments):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        self.host = f"127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def answer(self, path: str, headers: dict[str, str]) -> tuple[int, dict, dict[str, str]]:
        if path == "/v1/token":
            token = secrets.token_hex(8)
            self.tokens.append(token)
            return 200, {"access_token": token, "token_type": "bearer", "expires_in": 3600}, {}
        if path.endswith("/busy"):
            return 429, {"message": "busy"}, {"Retry-After": "0"}
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if path.endswith("/tokens") and bearer not in (self.taken or self.tokens):
            return 401, {"message": "who?"}, {}
        return 200, {"ok": True}, {}

    def clear(self):
        self.requests.clear()
        self.taken = None

    @property
    def one(self) -> tuple[str, dict[str, str], bytes]:
        [request] = self.requests
        return request


def document(host: str) -> dict:
    def body(kind: str, schema: dict, **more) -> dict:
        return {"requestBody": {"required": True, "content": {kind: {"schema": schema, **more}}}}

    text, file = {"type": "string"}, {"type": "string", "format": "binary"}
    fields = {"type": "object", "properties": {
        "title": text, "count": {"type": "number"}, "tags": {"type": "array", "items": text},
        "more": {"type": "object"}, "color": {"type": "array", "items": text},
    }}  # fmt: skip
    upload = {"type": "object", "required": ["picture"], "properties": {
        **fields["properties"], "picture": file, "pages": {"type": "array", "items": file},
    }}  # fmt: skip
    oauth = {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/v1/token", "scopes": {"read": "Reads"}}}}
    operations = {
        "/upload": ("post", "upload", body("multipart/form-data", upload)),
        "/form": ("post", "form", body(
            "application/x-www-form-urlencoded", fields, encoding={"color": {"style": "pipeDelimited", "explode": False}},
        )),
        "/bytes": ("put", "bytes", body("image/png", file)),
        "/text": ("post", "text", body("text/plain", text)),
        "/xml": ("post", "xml", body("application/xml", text)),
        "/busy": ("get", "busyRead", {}),
        "/tokens": ("get", "tokens", {"security": [{"oauth": ["read"]}]}),
    }  # fmt: skip
    paths = {
        path: {method: {"operationId": name, "summary": name, "responses": {"200": {"description": "Done"}}, **more}}
        for path, (method, name, more) in operations.items()
    }
    paths["/busy"]["post"] = {
        "operationId": "busyWrite", "summary": "Writes", "responses": {"200": {"description": "Done"}},
    }  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {"title": "Bodies", "version": "1"},
        "servers": [{
            "url": f"http://{host}/{{version}}", "variables": {"version": {"default": "v1", "enum": ["v1", "v2"]}},
        }],
        "paths": paths,
        "components": {"securitySchemes": {"oauth": oauth}},
    }  # fmt: skip


class Desk:
    def __init__(self, server: Server, api: API):
        self.server, self.api = server, api
        self.management = Management(server.address, server.settings["SLIPWAY_ADMIN_KEY"])
        self.management.choose_project()
        self.tools = self.management.import_document("bodies", document(api.host))
        self.management.post("environments.create", {"slug": "bodies", "entries": []})
        urns = [tool["urn"] for tool in self.tools]
        create_toolset(self.management, "bodies", urns, True, default_environment_slug="bodies")
        self.address = f"{server.address}/mcp/bodies"

    def call(self, name: str, **arguments) -> dict:
        return call_tool(self.address, name, arguments)

    def set(self, **variables: str):
        entries = [{"name": name, "value": value, "secret": True} for name, value in variables.items()]
        self.management.post("environments.update", {"slug": "bodies", "entries": entries})

    def unset(self, *names: str):
        self.management.post("environments.update", {"slug": "bodies", "remove": list(names)})


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    api = API()
    settings = {
        "SLIPWAY_ADMIN_KEY": secrets.token_urlsafe(32),
        "SLIPWAY_ALLOWED_UPSTREAMS": api.host,
        "SLIPWAY_LOG_LEVEL": "trace",
    }
    with Server(tmp_path_factory.mktemp("bodies"), **settings) as server:
        yield Desk(server, api)


@pytest.fixture
def desk(running):
    running.api.clear()
    return running


def parts(request: tuple[str, dict[str, str], bytes]) -> list[tuple[str, str | None, str, bytes]]:
    """Name, file name, type and bytes of each part, as Python's own reader of MIME finds them."""
    _, headers, body = request
    head = f"Content-Type: {headers['content-type']}\r\n\r\n".encode()
    message = email.message_from_bytes(head + body, policy=email.policy.HTTP)
    assert message.is_multipart() and not message.defects
    return [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part.get_content_type(),
            part.get_payload(decode=True),
        )
        for part in message.iter_parts()
    ]


def test_multipart_arrives_as_multipart_with_files(desk):
    picture = base64.b64encode(PICTURE).decode()
    result = desk.call(
        "upload", title="Größe", count=1, more={"a": [1]}, tags=["x", "y"], picture=f"data:image/png;base64,{picture}",
        pages=[picture, "data:text/plain,page%20two"], picture_filename='a"b.png',
    )  # fmt: skip
    assert not result.get("isError"), sentence(result)
    found = {(name, file): (kind, content) for name, file, kind, content in parts(desk.api.one)}
    assert found["picture", "a%22b.png"] == ("image/png", PICTURE)
    assert found["pages", "pages-1"] == ("application/octet-stream", PICTURE)
    assert found["pages", "pages-2.txt"] == ("text/plain", b"page two")
    assert found["title", None] == ("text/plain", "Größe".encode())
    assert found["more", None] == ("application/json", b'{"a":[1]}')
    assert [content for name, _, _, content in parts(desk.api.one) if name == "tags"] == [b"x", b"y"]


def test_what_is_no_base64_is_refused_and_named(desk):
    result = desk.call("upload", picture="not base64!")
    assert result["isError"] and "picture" in sentence(result) and "base64" in sentence(result)
    assert desk.api.requests == []


def test_a_form_arrives_by_its_encodings(desk):
    desk.call("form", title="a b&c=d+é", count=1.5, tags=["x", "y"], more={"k": "v"}, color=["red", "blue"])
    line, headers, body = desk.api.one
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qsl(body.decode()) == [
        ("title", "a b&c=d+é"), ("count", "1.5"), ("tags", "x"), ("tags", "y"), ("more", '{"k":"v"}'), ("color", "red|blue"),
    ]  # fmt: skip


def test_bytes_text_and_xml_arrive_as_they_are(desk):
    for tool, value, kind, expected in [
        ("bytes", base64.b64encode(PICTURE).decode(), "image/png", PICTURE), ("text", "hé", "text/plain", "hé".encode()),
        ("xml", "<a>é</a>", "application/xml", "<a>é</a>".encode()),
    ]:  # fmt: skip
        desk.api.clear()
        result = desk.call(tool, body=value)
        assert not result.get("isError"), sentence(result)
        _, headers, body = desk.api.one
        assert (headers["content-type"], body) == (kind, expected)


def test_only_what_is_safe_is_called_again(desk):
    result = desk.call("busyRead")
    assert result["isError"] and "called 3 times" in sentence(result)
    assert [line for line, _, _ in desk.api.requests] == ["GET /v1/busy"] * 3
    desk.api.clear()
    assert desk.call("busyWrite")["isError"]
    assert len(desk.api.requests) == 1


def test_the_environment_sets_a_server_variable_within_its_list(desk):
    desk.set(BODIES_SERVER_VERSION="v2")
    try:
        result = desk.call("busyWrite")
        assert desk.api.one[0] == "POST /v2/busy", sentence(result)
        desk.set(BODIES_SERVER_VERSION="v3")
        desk.api.clear()
        result = desk.call("busyWrite")
        assert result["isError"] and "BODIES_SERVER_VERSION" in sentence(result) and "v1, v2" in sentence(result)
        assert desk.api.requests == []
    finally:
        desk.unset("BODIES_SERVER_VERSION")


def test_one_token_serves_many_calls_at_once_and_a_new_one_follows_a_refusal(desk):
    result = desk.call("tokens")
    words = sentence(result)
    assert result["isError"] and "BODIES_OAUTH" in words and desk.api.requests == []
    names = [word.strip(".,:") for word in words.split() if word.startswith("BODIES_OAUTH")]
    client = next(name for name in names if name.endswith("ID"))
    secret = next(name for name in names if name.endswith("SECRET"))
    desk.set(**{client: CLIENT, secret: SECRET})
    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(lambda _: desk.call("tokens"), range(32)))
    assert not any(result.get("isError") for result in results), sentence(results[0])
    assert len(desk.api.tokens) == 1
    [(_, headers, body)] = [request for request in desk.api.requests if request[0] == "POST /v1/token"]
    user, _, password = base64.b64decode(headers["authorization"].removeprefix("Basic ")).decode().partition(":")
    assert (unquote(user), unquote(password)) == (CLIENT, SECRET)
    assert parse_qs(body.decode()) == {"grant_type": ["client_credentials"], "scope": ["read"]}
    # The API forgets the token; the next call gets a new one.
    desk.api.taken = {"none"}
    result = desk.call("tokens")
    assert result["isError"] and "twice" in sentence(result)
    desk.api.taken = None
    desk.api.tokens[:] = desk.api.tokens[-1:]
    assert not desk.call("tokens").get("isError")


def test_no_secret_of_a_client_is_in_the_log(desk):
    for secret in (SECRET, *desk.api.tokens):
        assert secret not in desk.server.output
