"""An API on loopback that records what reaches it, and the OpenAPI document that describes it."""

import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


class Upstream:
    """Answers every request with a pet, and pet 404 with 404. Use it in a `with` statement."""

    def __init__(self):
        self.requests: list[Request] = []
        upstream = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                parts = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                upstream.requests.append(Request(self.command, parts.path, parse_qs(parts.query), headers, body))
                status, value = 200, {"id": 7, "name": "Rex"}
                if parts.path.endswith("/404"):
                    status, value = 404, {"message": "There is no such pet."}
                elif self.command == "POST":
                    status, value = 201, {"id": 8, **json.loads(body or b"{}")}
                content = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, format, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.address = f"http://{self.host}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    @property
    def document(self) -> dict:
        pet = {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string"}, "tag": {"type": "string"}},
        }
        answer = {"description": "A pet", "content": {"application/json": {"schema": {"type": "object"}}}}
        return {
            "openapi": "3.1.0",
            "info": {"title": "Pets", "version": "1.0.0"},
            "servers": [{"url": self.address}],
            "paths": {
                "/pets": {
                    "get": {
                        "operationId": "listPets",
                        "summary": "List pets",
                        "parameters": [
                            {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1}},
                            {"name": "tag", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                        ],
                        "responses": {"200": answer},
                    },
                    "post": {
                        "operationId": "createPet",
                        "summary": "Create a pet",
                        "requestBody": {"required": True, "content": {"application/json": {"schema": pet}}},
                        "responses": {"201": answer},
                    },
                },
                "/pets/{petId}": {
                    "get": {
                        "operationId": "getPet",
                        "summary": "Get a pet",
                        "parameters": [
                            {"name": "petId", "in": "path", "required": True, "schema": {"type": "integer"}}
                        ],
                        "responses": {"200": answer},
                    }
                },
            },
        }
