"""Resources as clients read them, while they are edited, staged, published and rolled back."""

import base64
import secrets

import pytest
from mcp import MCPError

from clients import MODES, connect, connect_fastmcp
from conftest import create_toolset
from raw import REVISIONS, mcp
from server import Refused

pytestmark = pytest.mark.anyio

TEXT = "# Opening hours\n\n9 to 5 — “mostly”. 🐾\r\n"
BYTES = bytes(range(256)) * 8


class Shelf:
    """A public toolset of its own, with a text and an image."""

    def __init__(self, server, management, pets):
        name = secrets.token_hex(4)
        self.management = management
        self.slug, self.guide, self.logo = f"shelf-{name}", f"guide-{name}", f"logo-{name}"
        self.address = f"{server.address}/mcp/{self.slug}"
        management.post(
            "resources.create",
            {"slug": self.guide, "mime_type": "text/markdown", "text": TEXT, "title": "Guide", "description": "Hours"},
        )
        management.post(
            "resources.create",
            {"slug": self.logo, "mime_type": "image/png", "blob": base64.b64encode(BYTES).decode()},
        )
        create_toolset(
            management, self.slug, pets.urns, is_public=True, resource_urns=[urn(self.guide), urn(self.logo)]
        )

    def edit(self, text: str):
        self.management.post("resources.update", {"slug": self.guide, "text": text})

    async def texts(self, mode: str, address: str | None = None, key: str | None = None) -> dict[str, bytes]:
        """What a client that connects anew reads of every resource that it finds listed."""
        read = {}
        async with connect(address or self.address, mode, key) as client:
            for resource in (await client.list_resources()).resources:
                [content] = (await client.read_resource(resource.uri)).contents
                assert str(content.uri) == str(resource.uri) and content.mime_type == resource.mime_type
                read[resource.name] = bytes_of(content)
                assert resource.size == len(read[resource.name])
        return read


def urn(slug: str) -> str:
    return f"resources:asset:{slug}"


def uri(slug: str) -> str:
    return f"slipway://default/resources/{slug}"


def bytes_of(content) -> bytes:
    return content.text.encode() if hasattr(content, "text") else base64.b64decode(content.blob)


@pytest.fixture
def shelf(server, management, pets):
    return Shelf(server, management, pets)


@pytest.mark.parametrize("mode", MODES)
async def test_text_and_bytes_are_listed_and_read(shelf, mode):
    async with connect(shelf.address, mode) as client:
        if mode != "2026-07-28":  # which asks the server nothing
            assert client.server_capabilities.resources is not None
        guide, logo = (await client.list_resources()).resources
        assert (await client.list_resource_templates()).resource_templates == []
        [text] = (await client.read_resource(guide.uri)).contents
        [blob] = (await client.read_resource(logo.uri)).contents
    assert (str(guide.uri), guide.name, guide.title) == (uri(shelf.guide), shelf.guide, "Guide")
    assert (guide.description, guide.mime_type, guide.size) == ("Hours", "text/markdown", len(TEXT.encode()))
    assert (str(logo.uri), logo.title, logo.size) == (uri(shelf.logo), None, len(BYTES))
    assert (text.text, text.mime_type) == (TEXT, "text/markdown")
    assert (base64.b64decode(blob.blob), blob.mime_type) == (BYTES, "image/png")


@pytest.mark.parametrize("mode", MODES)
async def test_fastmcp_lists_and_reads_them(shelf, mode):
    async with connect_fastmcp(shelf.address, mode) as client:
        assert [str(resource.uri) for resource in await client.list_resources()] == [uri(shelf.guide), uri(shelf.logo)]
        assert await client.list_resource_templates() == []
        [text] = await client.read_resource(uri(shelf.guide))
        [blob] = await client.read_resource(uri(shelf.logo))
    assert (bytes_of(text), bytes_of(blob)) == (TEXT.encode(), BYTES)


@pytest.mark.parametrize("mode", MODES)
async def test_the_largest_resource_arrives_whole(shelf, mode):
    largest = secrets.token_bytes(4 << 20)
    blob = base64.b64encode(largest).decode()
    shelf.management.post("resources.update", {"slug": shelf.logo, "blob": blob})
    assert (await shelf.texts(mode))[shelf.logo] == largest
    async with connect_fastmcp(shelf.address, mode) as client:
        [content] = await client.read_resource(uri(shelf.logo))
    assert bytes_of(content) == largest
    with pytest.raises(Refused) as refusal:
        more = base64.b64encode(largest + b"x").decode()
        shelf.management.post("resources.update", {"slug": shelf.logo, "blob": more})
    assert (refusal.value.status, refusal.value.code) == (413, "too_large")


@pytest.mark.parametrize("mode", MODES)
async def test_an_unknown_uri_is_a_protocol_error_of_its_revision(shelf, mode):
    async with connect(shelf.address, mode) as client:
        with pytest.raises(MCPError) as refusal:
            await client.read_resource(uri("no-such"))
    assert refusal.value.code == (-32002 if mode == "legacy" else -32602)
    assert refusal.value.data == {"uri": uri("no-such")}


@pytest.mark.parametrize("mode", MODES)
async def test_a_toolset_without_resources_does_not_advertise_them(pets, mode):
    async with connect(pets.address, mode) as client:
        if mode != "2026-07-28":
            assert client.server_capabilities.resources is None
        with pytest.raises(MCPError) as refusal:
            await client.list_resources()
    assert refusal.value.code == -32601


@pytest.mark.parametrize("mode", MODES)
async def test_an_edit_in_iteration_mode_is_live_at_once(shelf, mode):
    assert (await shelf.texts(mode))[shelf.guide] == TEXT.encode()
    shelf.edit("Closed.")
    assert (await shelf.texts(mode))[shelf.guide] == b"Closed."
    shelf.management.post("toolsets.update", {"slug": shelf.slug, "resource_urns": [urn(shelf.logo)]})
    assert list(await shelf.texts(mode)) == [shelf.logo]


@pytest.mark.parametrize("mode", MODES)
async def test_a_staged_edit_waits_for_its_release_and_a_rollback_is_exact(shelf, mode):
    management, staging = shelf.management, f"{shelf.address}/staging"
    reader = management.create_key("reader")
    first = {shelf.guide: TEXT.encode(), shelf.logo: BYTES}
    management.post("toolsets.switchEditingMode", {"slug": shelf.slug, "mode": "staging"})
    shelf.edit("Closed.")
    management.post("toolsets.update", {"slug": shelf.slug, "resource_urns": [urn(shelf.guide)]})
    second = {shelf.guide: b"Closed."}
    assert await shelf.texts(mode) == first
    assert await shelf.texts(mode, staging, reader) == second

    difference = management.get("toolsets.get", slug=shelf.slug)["toolset"]["staging"]["difference"]
    assert (difference["changed_resources"], difference["removed_resources"]) == ([shelf.guide], [shelf.logo])
    management.publish(shelf.slug, notes="Closed")
    assert await shelf.texts(mode) == second

    # Whatever becomes of the resources, release 1 says what it said.
    shelf.edit("Closed for ever.")
    management.post("resources.update", {"slug": shelf.logo, "mime_type": "text/plain", "text": "no image"})
    management.post("toolsets.rollbackToRelease", {"slug": shelf.slug, "number": 1, "reason": "They are needed"})
    assert await shelf.texts(mode) == first
    assert await shelf.texts(mode, staging, reader) == {shelf.guide: b"Closed for ever."}
    management.post("toolsets.rollbackToRelease", {"slug": shelf.slug, "number": 2})
    assert await shelf.texts(mode) == second


@pytest.mark.parametrize("revision", REVISIONS)
async def test_a_rollback_gives_the_same_bytes_in_every_revision(shelf, revision):
    def answers() -> list[bytes]:
        requests = [("resources/list", {})] + [("resources/read", {"uri": uri(s)}) for s in (shelf.guide, shelf.logo)]
        # The version in serverInfo is the release's number: envelope, which comes last.
        return [mcp(shelf.address, *request, revision).body.split(b'"_meta"')[0] for request in requests]

    shelf.management.post("toolsets.switchEditingMode", {"slug": shelf.slug, "mode": "staging"})
    first = answers()
    assert all(b'"result"' in answer for answer in first)
    shelf.edit("Closed.")
    shelf.management.publish(shelf.slug, notes="Closed")
    second = answers()
    assert [a == b for a, b in zip(first, second)] == [False, False, True]
    shelf.management.post("toolsets.rollbackToRelease", {"slug": shelf.slug, "number": 1, "reason": "back"})
    assert answers() == first


async def test_what_a_release_says_survives_a_start_and_a_refused_deletion(shelf, server):
    shelf.management.post("toolsets.switchEditingMode", {"slug": shelf.slug, "mode": "staging"})
    shelf.management.post("toolsets.update", {"slug": shelf.slug, "resource_urns": []})
    with pytest.raises(Refused) as refusal:
        shelf.management.delete("resources.delete", slug=shelf.guide)
    assert (refusal.value.status, refusal.value.code) == (409, "in_use")
    assert f"{shelf.slug} release 1" in refusal.value.problem["detail"]
    server.stop()
    server.start_again()
    assert await shelf.texts("auto") == {shelf.guide: TEXT.encode(), shelf.logo: BYTES}
