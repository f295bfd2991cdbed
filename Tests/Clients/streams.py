"""Streams of server-sent events over plain HTTP, and the sessions that they belong to."""

import http.client
import json
import time
from urllib.parse import urlsplit

from raw import META, MODERN, Answer, exchange

DEADLINE = 20
BOTH = "application/json, text/event-stream"
SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId"


class Stream:
    """One stream, read as it comes. Use it in a `with` statement."""

    def __init__(self, method: str, address: str, headers: dict[str, str], body: bytes | None = None):
        parts = urlsplit(address)
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=DEADLINE)
        self.connection.request(method, parts.path, body, headers)
        self.answer = self.connection.getresponse()
        self.status = self.answer.status
        self.headers = {name.lower(): value for name, value in self.answer.getheaders()}

    def __enter__(self):
        assert self.status == 200, f"{self.status} {self.answer.read()[:500]}"
        return self

    def __exit__(self, *_):
        self.connection.close()

    def next(self) -> dict | None:
        """The next message; nothing where the stream has ended. Comments are skipped, and do not count as an answer."""
        deadline = time.monotonic() + DEADLINE
        while line := self.answer.readline():
            assert time.monotonic() < deadline, f"no message came within {DEADLINE} s"
            if line.startswith(b"data:"):
                assert self.answer.readline() in (b"\n", b"\r\n"), "a message takes one line"
                return json.loads(line[5:])
        return None

    def comment(self) -> str:
        """The next line, which is a comment."""
        line = self.answer.readline().decode()
        assert line.startswith(":"), line
        return line

    @property
    def rest(self) -> list[dict]:
        """All messages until the stream ends."""
        return list(iter(self.next, None))


def legacy_headers(revision: str, key: str | None = None, session: str | None = None) -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Accept": BOTH, "MCP-Protocol-Version": revision}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    if session:
        headers["Mcp-Session-Id"] = session
    return headers


def begin(address: str, revision: str = "2025-11-25", key: str | None = None) -> str | None:
    """The session that a handshake gives."""
    params = {"protocolVersion": revision, "capabilities": {}, "clientInfo": {"name": "raw", "version": "1"}}
    answer = ask(address, "initialize", params, revision, key)
    assert answer.status == 200, answer.text
    return answer.headers.get("mcp-session-id")


def ask(
    address: str, method: str, params=None, revision="2025-11-25", key=None, session=None, id: int | None = 1
) -> Answer:
    """One legacy request, or a notification where it has no id."""
    message = {"jsonrpc": "2.0", "method": method, "params": params or {}}
    if id is not None:
        message["id"] = id
    return exchange("POST", address, legacy_headers(revision, key, session), json.dumps(message).encode())


def listen_in_session(address: str, session: str | None, revision="2025-11-25", key: str | None = None) -> Stream:
    return Stream("GET", address, legacy_headers(revision, key, session))


def subscribe(address: str, *lists: str, key: str | None = None, id: int | str = "s1", accept: str = BOTH) -> Stream:
    """The stream of `subscriptions/listen`."""
    params = {"notifications": {f"{name}ListChanged": True for name in lists}, "_meta": META}
    headers = {
        "Content-Type": "application/json", "Accept": accept, "MCP-Protocol-Version": MODERN,
        "Mcp-Method": "subscriptions/listen",
    }  # fmt: skip
    if key:
        headers["Authorization"] = f"Bearer {key}"
    message = {"jsonrpc": "2.0", "id": id, "method": "subscriptions/listen", "params": params}
    return Stream("POST", address, headers, json.dumps(message).encode())


def changed(name: str) -> str:
    return f"notifications/{name}/list_changed"
