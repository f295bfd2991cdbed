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

    review = management.get("toolsets.reviewStagingVersion", slug=slug)
    management.post(
        "toolsets.publishStagingVersion",
        {
            "slug": slug,
            "notes": "Fewer tools",
            "staging_etag": review["staging_etag"],
            "review_digest": review["review_digest"],
            "expected_activation_seq": review["activation_seq"],
            "acknowledge": fingerprints(review),
        },
    )
    assert await tool_names(address, mode) == fewer

    management.post("toolsets.rollbackToRelease", {"slug": slug, "number": 1, "reason": "They are needed"})
    assert await tool_names(address, mode) == pets.names
    assert await tool_names(f"{address}/staging", mode, reader_key) == fewer


def fingerprints(value) -> list[str]:
    """Every fingerprint of a change anywhere in a review."""
    if isinstance(value, list):
        return [found for item in value for found in fingerprints(item)]
    if isinstance(value, dict):
        own = [value["fingerprint"]] if isinstance(value.get("fingerprint"), str) else []
        return own + fingerprints(list(value.values()))
    return []
