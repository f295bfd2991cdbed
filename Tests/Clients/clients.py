"""The MCP clients, opened the way their documentation says, with the HTTP statuses that they saw."""

from contextlib import asynccontextmanager

import fastmcp
import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

# How the official client chooses a revision: it asks the server, takes one for granted, or shakes hands as of old.
MODES = ["auto", "2026-07-28", "legacy"]
REVISIONS = {"auto": "2026-07-28", "2026-07-28": "2026-07-28", "legacy": "2025-11-25"}


@asynccontextmanager
async def connect(address: str, mode: str = "auto", key: str | None = None, statuses: list[int] | None = None):
    """The official client, in one of its modes."""

    async def note(response: httpx2.Response):
        if statuses is not None:
            statuses.append(response.status_code)

    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        async with httpx2.AsyncClient(headers=headers, timeout=30, event_hooks={"response": [note]}) as http:
            async with Client(streamable_http_client(address, http_client=http), mode=mode) as client:
                yield client
    except BaseExceptionGroup as group:
        raise sole(group) from None


def sole(error: BaseException) -> BaseException:
    """The error itself, out of the groups that the client's tasks wrap around it."""
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error


def connect_fastmcp(address: str, mode: str = "auto", key: str | None = None) -> fastmcp.Client:
    """The FastMCP client; a key goes out as `Authorization: Bearer`."""
    return fastmcp.Client(address, mode=mode, auth=key, timeout=30)


async def tool_names(address: str, mode: str = "auto", key: str | None = None) -> set[str]:
    """What a client that connects anew finds listed."""
    async with connect(address, mode, key) as client:
        return {tool.name for tool in (await client.list_tools()).tools}
