"""Clients that go away: a modern one stops its call by it, an older one does not."""

import json
import secrets
import socket
import threading

import pytest

from conftest import create_toolset
from raw import META, MODERN
from server import Management, Server

DEADLINE = 20


class SlowAPI:
    """An API on loopback that answers when it is told to, and knows when a caller has gone."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.reset()
        threading.Thread(target=self.serve, daemon=True).start()

    def reset(self):
        self.asked, self.gone, self.answered, self.release = (threading.Event() for _ in range(4))

    def serve(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.answer, args=(connection,), daemon=True).start()

    def answer(self, connection: socket.socket):
        with connection:
            while b"\r\n\r\n" not in connection.recv(65536):
                pass
            asked, gone, answered, release = self.asked, self.gone, self.answered, self.release
            asked.set()
            connection.settimeout(0.02)
            while not release.is_set():
                try:
                    if not connection.recv(1):
                        gone.set()
                        return
                except TimeoutError:
                    continue
                except ConnectionResetError:
                    gone.set()
                    return
            body = b'{"done":true}'
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            connection.sendall(head.encode() + body)
            answered.set()


@pytest.fixture(scope="module")
def waiting(tmp_path_factory):
    api = SlowAPI()
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Slow", "version": "1"},
        "servers": [{"url": f"http://{api.host}"}],
        "paths": {
            "/slow": {
                method: {"operationId": f"{method}Slow", "summary": "Waits", "responses": {"200": {"description": "Done"}}}
                for method in ("get", "post")
            }
        },
    }
    settings = {"SLIPWAY_ADMIN_KEY": secrets.token_urlsafe(32), "SLIPWAY_ALLOWED_UPSTREAMS": api.host}
    with Server(tmp_path_factory.mktemp("cancellation"), **settings) as server:
        management = Management(server.address, server.settings["SLIPWAY_ADMIN_KEY"])
        management.choose_project()
        tools = management.import_document("slow", document)
        create_toolset(management, "slow", [tool["urn"] for tool in tools], is_public=True)
        yield api, server
        api.release.set()


def request(server: Server, name: str, revision: str) -> bytes:
    """A call as it stands on the wire."""
    params = {"name": name, "arguments": {}}
    headers = {
        "Host": f"127.0.0.1:{server.port}",
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
        "MCP-Protocol-Version": revision,
    }
    if revision == MODERN:
        params["_meta"] = META
        headers |= {"Mcp-Method": "tools/call", "Mcp-Name": name}
    return written(headers, {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params})


def written(headers: dict[str, str], message: dict) -> bytes:
    body = json.dumps(message).encode()
    lines = [f"{key}: {value}" for key, value in (headers | {"Content-Length": str(len(body))}).items()]
    return "\r\n".join(["POST /mcp/slow HTTP/1.1", *lines, "", ""]).encode() + body


def connected(server: Server) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", server.port))
    connection.settimeout(DEADLINE)
    return connection


def sent(server: Server, name: str, revision: str) -> socket.socket:
    """A connection on which one call was sent."""
    connection = connected(server)
    connection.sendall(request(server, name, revision))
    return connection


def answer(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")).split(b":")[1])
    while len(body) < length:
        body += connection.recv(65536)
    assert head.startswith(b"HTTP/1.1 200"), received
    return body


@pytest.mark.parametrize("tool", ["getSlow", "postSlow"])
@pytest.mark.parametrize("abruptly", [False, True])
def test_a_modern_client_that_goes_away_ends_the_call_to_the_api(waiting, tool, abruptly):
    api, server = waiting
    api.reset()
    connection = sent(server, tool, MODERN)
    assert api.asked.wait(DEADLINE)
    if abruptly:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()
    assert api.gone.wait(DEADLINE), "the call to the API goes on for nobody"


@pytest.mark.parametrize("revision", ["2025-11-25", "2025-06-18", "2025-03-26"])
def test_an_older_client_that_goes_away_does_not_end_the_call(waiting, revision):
    api, server = waiting
    api.reset()
    connection = sent(server, "postSlow", revision)
    assert api.asked.wait(DEADLINE)
    connection.close()
    # A modern call that comes later is cancelled while this one goes on: so much has the server seen by then.
    first = api.gone, api.answered, api.release
    api.reset()
    other = sent(server, "getSlow", MODERN)
    assert api.asked.wait(DEADLINE)
    other.close()
    assert api.gone.wait(DEADLINE)
    gone, answered, release = first
    assert not gone.is_set()
    release.set()
    assert answered.wait(DEADLINE)


@pytest.mark.parametrize("revision", [MODERN, "2025-11-25"])
def test_a_client_that_stays_gets_its_answer_and_its_connection_serves_the_next_call(waiting, revision):
    api, server = waiting
    api.reset()
    api.release.set()
    with connected(server) as connection:
        for _ in range(3):
            connection.sendall(request(server, "getSlow", revision))
            assert b"done" in answer(connection)


def test_an_older_clients_cancelled_notification_is_accepted_and_changes_nothing(waiting):
    """Without sessions nobody can tell whose request an id belongs to."""
    api, server = waiting
    api.reset()
    connection = sent(server, "getSlow", "2025-11-25")
    assert api.asked.wait(DEADLINE)
    headers = {
        "Host": f"127.0.0.1:{server.port}", "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-11-25",
    }  # fmt: skip
    note = {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}}
    with connected(server) as other:
        other.sendall(written(headers, note))
        assert other.recv(65536).startswith(b"HTTP/1.1 202")
    assert not api.gone.is_set()
    api.release.set()
    assert b"done" in answer(connection)
    connection.close()
