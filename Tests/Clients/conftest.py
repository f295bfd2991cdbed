"""One server for all tests, with one document imported and two toolsets made of it."""

import secrets
from dataclasses import dataclass

import pytest

from server import BINARY, Management, Server
from upstream import Upstream


@pytest.fixture(scope="session")
def anyio_backend():
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def binary():
    assert BINARY.exists(), f"{BINARY} is not there: run bin/test, or swift build --build-tests"


@pytest.fixture(scope="session")
def running_upstream():
    with Upstream() as upstream:
        yield upstream


@pytest.fixture
def upstream(running_upstream):
    """The recording API, with nothing recorded yet."""
    running_upstream.requests.clear()
    return running_upstream


@pytest.fixture(scope="session")
def server(tmp_path_factory, running_upstream):
    settings = {
        "SLIPWAY_ADMIN_KEY": secrets.token_urlsafe(32),
        "SLIPWAY_ALLOWED_UPSTREAMS": running_upstream.host,
    }
    with Server(tmp_path_factory.mktemp("server"), **settings) as server:
        yield server


@pytest.fixture(scope="session")
def management(server):
    """The management API, as an administrator."""
    management = Management(server.address, server.settings["SLIPWAY_ADMIN_KEY"])
    management.choose_project()
    return management


@pytest.fixture(scope="session")
def consumer_key(management):
    return management.create_key("consumer")


@dataclass(frozen=True)
class Pets:
    """A public and a private MCP server with the same tools and the same prompt."""

    address: str
    private_address: str
    tools: list[dict]

    @property
    def names(self) -> set[str]:
        return {tool["name"] for tool in self.tools}

    @property
    def urns(self) -> list[str]:
        return [tool["urn"] for tool in self.tools]

    def name(self, method: str, path: str) -> str:
        """The name of the tool that was made of an operation."""
        return next(tool["name"] for tool in self.tools if (tool["method"].upper(), tool["path"]) == (method, path))


@pytest.fixture(scope="session")
def pets(server, management, running_upstream) -> Pets:
    tools = management.import_document("pets", running_upstream.document)
    management.post(
        "templates.create",
        {
            "name": "greet",
            "description": "Greets a pet",
            "arguments": [{"name": "pet", "description": "Its name", "required": True}],
            "prompt": "Say hello to {{pet}}.",
        },
    )
    for slug, is_public in (("pets", True), ("private-pets", False)):
        create_toolset(management, slug, [tool["urn"] for tool in tools], is_public, prompt_names=["greet"])
    return Pets(f"{server.address}/mcp/pets", f"{server.address}/mcp/private-pets", tools)


def create_toolset(management: Management, slug: str, tool_urns: list[str], is_public: bool, **more) -> dict:
    toolset = {
        "slug": slug,
        "name": slug,
        "description": f"The toolset {slug}",
        "instructions": "Ask for pets by their number.",
        "tool_urns": tool_urns,
        "mcp_slug": slug,
        "mcp_enabled": True,
        "mcp_is_public": is_public,
    }
    return management.post("toolsets.create", toolset | more)["toolset"]


@pytest.fixture
def make_toolset(server, management, pets):
    """Makes a public toolset of all tools under a name of its own; returns its slug and address."""

    def make() -> tuple[str, str]:
        slug = f"pets-{secrets.token_hex(4)}"
        create_toolset(management, slug, pets.urns, is_public=True)
        return slug, f"{server.address}/mcp/{slug}"

    return make
