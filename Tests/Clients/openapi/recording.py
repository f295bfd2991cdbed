"""An API on loopback that keeps each request as it came over the wire, and answers what its path asks for."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from reference import Arrived

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(24)
TOKEN = "token-of-the-authorization-server"
# What a path that starts with /answers/ gets: status, type, bytes.
ANSWERS = {
    "json": (200, "application/json", b'{"price":1.10,"big":9007199254740993,"name":"\xc3\xbc"}'),
    "problem": (200, "application/vnd.acme+json; charset=utf-8", b'{"ok":true}'),
    "list": (200, "application/json", b"[1,2,3]"),
    "text": (200, "text/plain; charset=utf-8", "Größe ⚓".encode()),
    "latin": (200, "text/plain; charset=iso-8859-1", "Größe".encode("latin-1")),
    "csv": (200, "text/csv", b"a,b\r\n1,2\r\n"),
    "xml": (200, "application/xml", b"<pet><name>Rex</name></pet>"),
    "image": (200, "image/png", PNG),
    "audio": (200, "audio/wav", WAV),
    "binary": (200, "application/octet-stream", bytes(range(256))),
    "empty": (200, "application/json", b""),
    "nothing": (204, None, b""),
    "wrong": (422, "application/problem+json", b'{"title":"That is wrong","detail":"name is too long"}'),
    "broken": (500, "text/plain", b"It broke."),
    "lies": (200, "application/json", b"this is no JSON"),
}


class Recording:
    """Use it in a `with` statement; `requests` holds those of operations, `token_requests` those for tokens."""

    def __init__(self):
        self.requests: list[Arrived] = []
        self.token_requests: list[Arrived] = []
        recording = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def __getattr__(self, name: str):
                # Every method there is, and those that there are not.
                if name.startswith("do_"):
                    return self.respond
                raise AttributeError(name)

            def respond(self):
                target = self.requestline.split(" ")[1]
                arrived = Arrived(self.command, target, self.read_headers(), self.read_body())
                status, kind, content = recording.answer(arrived)
                self.send_response(status)
                if kind:
                    self.send_header("Content-Type", kind)
                if status != 204:
                    self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD" and status != 204:
                    self.wfile.write(content)

            def read_headers(self) -> list[tuple[str, str]]:
                # The standard library reads the bytes of headers as Latin-1.
                return [
                    (name, value.encode("latin-1").decode(errors="replace")) for name, value in self.headers.items()
                ]

            def read_body(self) -> bytes:
                if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
                    return self.rfile.read(int(self.headers.get("Content-Length") or 0))
                body = b""
                while size := int(self.rfile.readline().split(b";")[0], 16):
                    body += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
                return body

            def log_message(self, format, *arguments):
                pass

        class Listener(ThreadingHTTPServer):
            daemon_threads = True

        self.server = Listener(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.address = f"http://{self.host}"

    def answer(self, arrived: Arrived) -> tuple[int, str | None, bytes]:
        path = arrived.path
        if path == "/.well-known/openid-configuration":
            configuration = {"issuer": self.address, "token_endpoint": f"{self.address}/token"}
            return 200, "application/json", json.dumps(configuration).encode()
        if path == "/token":
            self.token_requests.append(arrived)
            token = {"access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600}
            return 200, "application/json", json.dumps(token).encode()
        self.requests.append(arrived)
        if path.startswith("/answers/"):
            return ANSWERS[path.split("/")[2]]
        return 200, "application/json", b'{"ok":true}'

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
