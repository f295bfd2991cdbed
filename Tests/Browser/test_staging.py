"""Taking edits out of staging and putting them back, loading a release, merging live."""

import pytest
from playwright.sync_api import expect

from accessibility import check
from staged import Staged, notice


@pytest.fixture
def toolset(management):
    return Staged(management)


def title(toolset, tool: str) -> str | None:
    listed = toolset.management.get("variations.list", toolset_slug=toolset.slug)["variations"]
    return next((own["title"] for own in listed if own["tool_urn"] == toolset.urns[tool]), None)


def test_discard_in_a_dialog_and_put_back(page, sign_in, toolset, shoot):
    toolset.vary("find", title="Find a book")
    sign_in(page)
    page.goto(toolset.address("review"))
    page.get_by_role("link", name="Discard changes").click()
    dialog = page.get_by_role("dialog", name="Discard changes")
    expect(dialog).to_contain_text("Find a book")
    check(page)
    shoot(page, "discard")
    dialog.get_by_role("button", name="Discard 1 change").click()
    page.wait_for_url("**/review")
    assert "The changes are discarded" in notice(page)
    assert f"slipway discard {toolset.slug} --undo" in page.inner_text("main")
    assert toolset.get()["staging"]["changes"] == 0
    check(page)
    shoot(page, "discarded")
    page.get_by_role("button", name="Put the discarded changes back").click()
    assert "Staging says again what it said before." in notice(page)
    assert title(toolset, "find") == "Find a book"


def test_putting_back_over_newer_edits_is_asked_about(new_page, sign_in, toolset):
    page = sign_in(new_page(scripts=False))
    toolset.vary("find", title="Find a book")
    toolset.management.delete("toolsets.discardStagingVersion", slug=toolset.slug)
    toolset.vary("get", title="Get a book")
    page.goto(toolset.address("review"))
    page.get_by_role("button", name="Put the discarded changes back").click()
    assert "Staging was edited since" in page.inner_text("main")
    assert title(toolset, "get") == "Get a book"
    check_button = page.get_by_role("button", name="Put back and keep the newer edits aside")
    check_button.click()
    assert title(toolset, "find") == "Find a book"


def test_a_discard_of_what_was_edited_meanwhile_is_asked_again(new_page, sign_in, toolset):
    page = sign_in(new_page(scripts=False))
    toolset.vary("find", title="Find a book")
    page.goto(toolset.address("discard"))
    toolset.vary("get", title="Get a book")
    page.get_by_role("button", name="Discard 1 change").click()
    expect(page.get_by_role("alert")).to_contain_text("Staging was edited meanwhile")
    assert title(toolset, "get") == "Get a book"
    page.get_by_role("button", name="Discard 2 changes").click()
    page.wait_for_url("**/review")


def test_a_release_is_loaded_into_staging(page, sign_in, toolset):
    toolset.vary("find", title="Find a book")
    toolset.publish(notes="A title")
    sign_in(page)
    page.goto(toolset.address("releases/1"))
    page.get_by_role("link", name="Load into staging").click()
    dialog = page.get_by_role("dialog", name="Load release 1 into staging")
    check(page)
    dialog.get_by_role("button", name="Load release 1 into staging").click()
    page.wait_for_url("**/review")
    assert "Staging shows release 1" in notice(page)
    assert title(toolset, "find") is None
    assert toolset.live == 2


@pytest.fixture
def conflict(toolset):
    """Live gained a title of `find` that staging has otherwise."""
    toolset.vary("find", title="Find one book")
    toolset.publish(notes="A title")
    toolset.post("toolsets.rollbackToRelease", number=1, reason="Not yet")
    toolset.management.delete("toolsets.discardStagingVersion", slug=toolset.slug)
    toolset.vary("find", title="Find a book", description="Finds a book.")
    toolset.post("toolsets.rollbackToRelease", number=2)
    assert toolset.get()["staging"]["live_has_moved"]
    return toolset


def test_a_conflict_is_decided_and_nothing_is_written_before(page, sign_in, conflict, shoot):
    sign_in(page)
    page.goto(conflict.address("review"))
    assert page.get_by_role("button", name="Publish release 3").is_disabled()
    page.get_by_role("link", name="Merge live into staging").click()
    check(page)
    shoot(page, "merge")
    page.get_by_role("button", name="Update staging").click()
    expect(page.get_by_role("alert")).to_contain_text("2 items still need a side")
    check(page)
    shoot(page, "undecided")
    page.get_by_role("button", name="Take all from live").click()
    expect(page.locator("[data-progress]")).to_have_text("2 of 2 decided")
    own = page.get_by_label("Other text for Title")
    own.fill("Find the book")
    expect(page.locator("[data-merge-item]", has_text="Title").locator("[data-result]")).to_have_text("Find the book")
    assert title(conflict, "find") == "Find a book", "nothing is written yet"
    page.get_by_role("button", name="Update staging").click()
    page.wait_for_url("**/review")
    assert "Release 2 is merged into staging" in notice(page)
    assert title(conflict, "find") == "Find the book"
    assert not conflict.get()["staging"]["live_has_moved"]


def test_a_conflict_without_scripts_at_360_px(new_page, sign_in, conflict):
    page = sign_in(new_page(width=360, scripts=False))
    page.goto(conflict.address("merge"))
    page.get_by_role("button", name="Take all from staging").click()
    assert "2 of 2 decided" in page.inner_text("main")
    assert title(conflict, "find") == "Find a book"
    page.get_by_role("button", name="Preview result").click()
    assert "2 of 2 decided" in page.inner_text("main")
    page.get_by_role("button", name="Update staging").click()
    page.wait_for_url("**/review")
    assert title(conflict, "find") == "Find a book"
    assert not conflict.get()["staging"]["live_has_moved"]


def test_merge_at_360_px(new_page, sign_in, conflict, shoot):
    page = sign_in(new_page(width=360))
    page.goto(conflict.address("merge"))
    check(page)
    shoot(page, "merge")
