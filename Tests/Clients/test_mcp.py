"""The official Python client against a toolset, in each way that it can choose a protocol revision."""

import json

import pytest
from mcp import MCPError

from clients import MODES, REVISIONS, connect

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("mode", MODES)]

INVALID_PARAMS = -32602


async def test_agrees_on_the_revision_and_learns_the_instructions(pets, mode):
    async with connect(pets.address, mode) as client:
        assert client.protocol_version == REVISIONS[mode]
        if mode != "2026-07-28":  # which asks the server nothing
            assert client.server_info.name
            assert client.instructions == "Ask for pets by their number."
            assert client.server_capabilities.tools is not None
            assert client.server_capabilities.prompts is not None


async def test_lists_the_tools_with_schemas_and_hints(pets, mode):
    async with connect(pets.address, mode) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == pets.names
    assert all(tool.description and tool.input_schema["type"] == "object" for tool in tools.values())
    get = tools[pets.name("GET", "/pets/{petId}")]
    assert get.input_schema["required"] == ["petId"]
    assert get.annotations.read_only_hint is True
    assert not tools[pets.name("POST", "/pets")].annotations.read_only_hint


async def test_a_call_arrives_upstream_and_its_answer_comes_back(pets, upstream, mode):
    async with connect(pets.address, mode) as client:
        result = await client.call_tool(pets.name("GET", "/pets/{petId}"), {"petId": 7})
    assert not result.is_error
    assert json.loads(result.content[0].text) == {"id": 7, "name": "Rex"}
    [request] = upstream.requests
    assert (request.method, request.path) == ("GET", "/pets/7")
    assert "mcp-protocol-version" not in request.headers


async def test_query_parameters_are_written_as_the_document_says(pets, upstream, mode):
    async with connect(pets.address, mode) as client:
        await client.call_tool(pets.name("GET", "/pets"), {"limit": 2, "tag": ["a b", "c&d"]})
    [request] = upstream.requests
    assert request.query == {"limit": ["2"], "tag": ["a b", "c&d"]}


async def test_a_body_arrives_as_json(pets, upstream, mode):
    async with connect(pets.address, mode) as client:
        result = await client.call_tool(pets.name("POST", "/pets"), {"name": "Fido", "tag": "dog"})
    assert not result.is_error
    [request] = upstream.requests
    assert request.headers["content-type"].startswith("application/json")
    assert request.json == {"name": "Fido", "tag": "dog"}


@pytest.mark.parametrize("arguments", [{}, {"petId": "seven"}])
async def test_wrong_arguments_come_back_as_an_error_result(pets, upstream, mode, arguments):
    async with connect(pets.address, mode) as client:
        result = await client.call_tool(pets.name("GET", "/pets/{petId}"), arguments)
    assert result.is_error
    assert result.content[0].text
    assert upstream.requests == []


async def test_a_refusal_upstream_comes_back_as_an_error_result(pets, upstream, mode):
    async with connect(pets.address, mode) as client:
        result = await client.call_tool(pets.name("GET", "/pets/{petId}"), {"petId": 404})
    assert result.is_error
    assert "404" in "".join(block.text for block in result.content)
    assert len(upstream.requests) == 1


async def test_an_unknown_tool_is_a_protocol_error(pets, mode):
    async with connect(pets.address, mode) as client:
        with pytest.raises(MCPError) as refusal:
            await client.call_tool("no_such_tool", {})
    assert refusal.value.code == INVALID_PARAMS


async def test_prompts_are_listed_and_filled_in(pets, mode):
    async with connect(pets.address, mode) as client:
        [prompt] = (await client.list_prompts()).prompts
        filled = await client.get_prompt("greet", {"pet": "Rex"})
        with pytest.raises(MCPError) as refusal:
            await client.get_prompt("greet", {})
    assert (prompt.name, prompt.description) == ("greet", "Greets a pet")
    assert [(argument.name, argument.required) for argument in prompt.arguments] == [("pet", True)]
    assert filled.messages[0].content.text == "Say hello to Rex."
    assert refusal.value.code == INVALID_PARAMS
