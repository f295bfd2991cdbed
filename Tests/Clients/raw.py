"""Exchanges over plain HTTP, where a test looks at the very bytes that the server answers."""

import http.client
import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from server import Management

MODERN = "2026-07-28"
REVISIONS = [MODERN, "2025-11-25", "2025-06-18", "2025-03-26"]
METHOD_NOT_FOUND = -32601
META = {
    "io.modelcontextprotocol/protocolVersion": MODERN,
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": {"name": "raw", "version": "1"},
}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


def exchange(method: str, address: str, headers: dict | None = None, body: bytes | None = None, timeout=30) -> Answer:
    """One request on a connection of its own; never follows a redirect."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        names = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, names, answer.read())
    finally:
        connection.close()


def call(management: Management, method: str, name: str, body=None, query: str = "", **headers: str) -> Answer:
    """A call of the management API with headers and a body that may be wrong. `if_match` is the header `If-Match`."""
    fields = {"Content-Type": "application/json"}
    if management.key:
        fields["Authorization"] = f"Bearer {management.key}"
    if management.project:
        fields["Slipway-Project"] = management.project
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    data = json.dumps(body).encode() if isinstance(body, (dict, list)) else body
    return exchange(method, f"{management.address}/rpc/{name}" + (f"?{query}" if query else ""), fields, data)


def mcp(
    address: str, method: str, params: dict | None = None, revision: str = MODERN, key: str | None = None
) -> Answer:
    """One MCP request, written as its revision says."""
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
        "MCP-Protocol-Version": revision,
    }
    if key:
        headers["Authorization"] = f"Bearer {key}"
    message = {"jsonrpc": "2.0", "id": 1, "method": method}
    params = dict(params or {})
    if revision == MODERN:
        headers["Mcp-Method"] = method
        if name := params.get("name") or params.get("uri"):
            headers["Mcp-Name"] = name
        params["_meta"] = META
    if params:
        message["params"] = params
    return exchange("POST", address, headers, json.dumps(message).encode())


def listed(address: str, part: str = "tools", revision: str = MODERN, key: str | None = None) -> bytes:
    """The array `tools`, `prompts` or `resources` of a list, cut out of the answer as it came over the wire.

    What has no prompts or resources at all does not offer to list them, which counts as an empty list.
    """
    answer = mcp(address, f"{part}/list", None, revision, key)
    if part != "tools" and len(answer.body) < 500 and answer.json.get("error", {}).get("code") == METHOD_NOT_FOUND:
        return b"[]"
    assert answer.status == 200, f"{part}/list at {address}, {revision}: {answer.status} {answer.text[:500]}"
    paged = b'"nextCursor"' in answer.body and "nextCursor" in answer.json["result"]
    assert not paged, "the list came in pages, and the rest of it was not compared"
    return member(answer.body, "result", part)


def everything(
    address: str, key: str | None = None, parts=("tools", "prompts", "resources")
) -> dict[tuple[str, str], bytes]:
    """The arrays of a server in each revision."""
    return {(revision, part): listed(address, part, revision, key) for revision in REVISIONS for part in parts}


def names_in(array: bytes) -> list[str]:
    return [item["name"] for item in json.loads(array)]


def call_tool(address: str, name: str, arguments: dict | None = None, key: str | None = None) -> dict:
    """The result of a call."""
    answer = mcp(address, "tools/call", {"name": name, "arguments": arguments or {}}, key=key)
    assert answer.status == 200, f"{answer.status} {answer.text[:500]}"
    assert "result" in answer.json, answer.text[:500]
    return answer.json["result"]


def sentence(result: dict) -> str:
    """What a model reads of a result."""
    return "\n".join(block.get("text", "") for block in result["content"])


def member(body: bytes, *path: str) -> bytes:
    """The bytes of a member of nested objects, not one of them touched."""
    text = body.decode("utf-8", "strict")
    decoder = json.JSONDecoder()
    start = 0
    for name in path:
        start = _value_start(text, start, name, decoder)
    _, end = decoder.raw_decode(text, start)
    return text[start:end].encode()


def _value_start(text: str, start: int, wanted: str, decoder: json.JSONDecoder) -> int:
    position = _skip(text, start)
    assert text[position] == "{", f"no object where {wanted} should be"
    position = _skip(text, position + 1)
    while text[position] != "}":
        name, position = decoder.raw_decode(text, position)
        position = _skip(text, position)
        assert text[position] == ":"
        position = _skip(text, position + 1)
        if name == wanted:
            return position
        _, position = decoder.raw_decode(text, position)
        position = _skip(text, position)
        if text[position] == ",":
            position = _skip(text, position + 1)
    raise AssertionError(f"no {wanted} in {text[:200]}")


def _skip(text: str, position: int) -> int:
    while text[position] in " \t\r\n":
        position += 1
    return position
