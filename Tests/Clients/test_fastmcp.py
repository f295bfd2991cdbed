"""The FastMCP client against a toolset, in the ways that its users call it."""

import pytest
from fastmcp.exceptions import ToolError
from mcp import MCPError

from clients import MODES, REVISIONS, connect_fastmcp

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("mode", MODES)]


async def test_lists_and_calls_tools(pets, upstream, mode):
    async with connect_fastmcp(pets.address, mode) as client:
        assert client.protocol_version == REVISIONS[mode]
        assert {tool.name for tool in await client.list_tools()} == pets.names
        result = await client.call_tool(pets.name("GET", "/pets/{petId}"), {"petId": 7})
    assert '"Rex"' in result.content[0].text
    assert [request.path for request in upstream.requests] == ["/pets/7"]


async def test_wrong_arguments_raise_a_tool_error(pets, upstream, mode):
    async with connect_fastmcp(pets.address, mode) as client:
        with pytest.raises(ToolError):
            await client.call_tool(pets.name("GET", "/pets/{petId}"), {"petId": "seven"})
    assert upstream.requests == []


async def test_prompts_are_listed_and_filled_in(pets, mode):
    async with connect_fastmcp(pets.address, mode) as client:
        assert [prompt.name for prompt in await client.list_prompts()] == ["greet"]
        filled = await client.get_prompt("greet", {"pet": "Rex"})
    assert filled.messages[0].content.text == "Say hello to Rex."


async def test_a_private_toolset_opens_with_a_key_alone(pets, consumer_key, mode):
    async with connect_fastmcp(pets.private_address, mode, consumer_key) as client:
        assert {tool.name for tool in await client.list_tools()} == pets.names
    with pytest.raises(MCPError):
        async with connect_fastmcp(pets.private_address, mode, "wrong") as client:
            await client.list_tools()
