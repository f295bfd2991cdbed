"""Who may call what: private toolsets, and the toolset that every server has."""

import pytest
from mcp import MCPError

from clients import MODES, connect

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("mode", MODES)]


@pytest.mark.parametrize("key", [None, "wrong"])
async def test_a_private_toolset_answers_401_without_its_key(pets, upstream, mode, key):
    statuses = []
    with pytest.raises(MCPError):
        async with connect(pets.private_address, mode, key, statuses) as client:
            await client.list_tools()
    assert set(statuses) == {401}


async def test_a_private_toolset_opens_with_a_consumer_key(pets, consumer_key, upstream, mode):
    async with connect(pets.private_address, mode, consumer_key) as client:
        assert {tool.name for tool in (await client.list_tools()).tools} == pets.names
        result = await client.call_tool(pets.name("GET", "/pets/{petId}"), {"petId": 7})
    assert not result.is_error
    [request] = upstream.requests
    assert consumer_key not in str(request.headers)


async def test_a_consumer_key_does_not_open_staging(management, make_toolset, consumer_key, mode):
    slug, address = make_toolset()
    management.post("toolsets.switchEditingMode", {"slug": slug, "mode": "staging"})
    statuses = []
    with pytest.raises(MCPError):
        async with connect(f"{address}/staging", mode, consumer_key, statuses) as client:
            await client.list_tools()
    assert statuses and set(statuses) <= {401, 403, 404}


async def test_the_built_in_toolset_lists_and_really_calls(server, consumer_key, mode):
    async with connect(f"{server.address}/mcp/slipway", mode, consumer_key) as client:
        tools = (await client.list_tools()).tools
        assert tools
        simple = [
            tool
            for tool in tools
            if tool.annotations and tool.annotations.read_only_hint and not tool.input_schema.get("required")
        ]
        assert simple, "no tool that reads and needs no arguments"
        result = await client.call_tool(simple[0].name, {})
    assert not result.is_error, result.content
    assert result.content[0].text
