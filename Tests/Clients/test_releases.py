"""What clients see while a toolset is edited, staged, published and rolled back."""

import pytest

from clients import MODES, tool_names

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("mode", MODES)]


async def test_an_edit_in_iteration_mode_is_live_at_once(pets, management, make_toolset, mode):
    slug, address = make_toolset()
    assert await tool_names(address, mode) == pets.names
    management.post("toolsets.update", {"slug": slug, "tool_urns": pets.urns[:1]})
    assert await tool_names(address, mode) == {pets.tools[0]["name"]}


async def test_an_edit_in_staging_mode_waits_for_its_release(pets, management, make_toolset, mode):
    slug, address = make_toolset()
    reader_key = management.create_key("reader")
    management.post("toolsets.switchEditingMode", {"slug": slug, "mode": "staging"})

    management.post("toolsets.update", {"slug": slug, "tool_urns": pets.urns[:1]})
    fewer = {pets.tools[0]["name"]}
    assert await tool_names(address, mode) == pets.names
    assert await tool_names(f"{address}/staging", mode, reader_key) == fewer

    management.publish(slug, notes="Fewer tools")
    assert await tool_names(address, mode) == fewer

    management.post("toolsets.rollbackToRelease", {"slug": slug, "number": 1, "reason": "They are needed"})
    assert await tool_names(address, mode) == pets.names
    assert await tool_names(f"{address}/staging", mode, reader_key) == fewer
