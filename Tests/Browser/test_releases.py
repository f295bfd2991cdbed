"""The history of a toolset: going back and returning, comparing, labels, exports."""

import json
import re

import pytest
from playwright.sync_api import expect

from accessibility import check
from staged import Staged, notice


@pytest.fixture
def toolset(management):
    """Releases 1 to 3, of which 3 is live; 2 removed a tool."""
    toolset = Staged(management)
    toolset.leave_out("lend")
    toolset.publish(notes="No lending", label="2.0.0")
    toolset.vary("find", title="Find a book")
    toolset.publish(notes="A title")
    return toolset


def test_roll_back_in_a_dialog_and_return(page, sign_in, toolset, shoot):
    sign_in(page)
    page.goto(toolset.address("releases"))
    check(page)
    shoot(page, "releases")
    opener = page.get_by_role("link", name="Roll back to release 1")
    opener.click()
    dialog = page.get_by_role("dialog", name="Roll back to release 1")
    expect(dialog).to_contain_text("lend is new")
    expect(dialog.get_by_role("heading", name="Roll back to release 1")).to_be_focused()
    check(page)
    shoot(page, "dialog")
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    opener.click()
    dialog.get_by_role("button", name="Roll back to release 1").click()
    expect(dialog.locator("#error-reason")).to_be_visible()
    expect(dialog.get_by_role("alert")).to_be_focused()
    assert page.title().startswith("Error: ")
    dialog.get_by_role("link", name=re.compile("Why, in your words")).click()
    expect(dialog.get_by_label("Why, in your words")).to_be_focused()
    check(page)
    shoot(page, "without-reason")
    assert toolset.live == 3
    page.get_by_label("Upstream answers with errors").check()
    page.get_by_label("Why, in your words").fill("500s since noon")
    page.get_by_role("button", name="Roll back to release 1").click()
    page.wait_for_url("**/releases")
    assert "Rolled back to release 1: it is live in place of release 3." in notice(page)
    assert f"slipway rollback {toolset.slug} 3" in page.inner_text("main")
    assert toolset.live == 1
    assert toolset.get()["hold"]["reason"] == "Upstream answers with errors: 500s since noon"
    expect(page.locator(".timeline .is-rollback")).to_contain_text("rolled back 3 → 1")
    check(page)
    shoot(page, "held")
    page.locator(".toolset-header").get_by_role("link", name="Return to release 3").click()
    dialog = page.get_by_role("dialog", name="Return to release 3")
    dialog.get_by_role("button", name="Return to release 3").click()
    page.locator("main").get_by_text("Returned to release 3: it is live").wait_for()
    assert toolset.live == 3
    assert toolset.get()["hold"] is None


def test_a_rollback_of_what_has_moved_is_refused(new_page, sign_in, toolset):
    page = sign_in(new_page(scripts=False))
    page.goto(toolset.address("releases/2/roll-back"))
    toolset.post("toolsets.rollbackToRelease", number=1, reason="Faster")
    page.get_by_label("Results are wrong").check()
    page.get_by_role("button", name="Roll back to release 2").click()
    expect(page.get_by_role("alert")).to_contain_text("rolled back to release 1 meanwhile")
    assert toolset.live == 1


def test_the_hold_is_lifted(page, sign_in, toolset):
    toolset.post("toolsets.rollbackToRelease", number=2, reason="Wrong")
    sign_in(page)
    page.goto(toolset.address("releases"))
    page.get_by_role("button", name="Lift the hold").click()
    assert "The hold is lifted" in notice(page)
    assert toolset.get()["hold"] is None


def test_filters_search_and_labels(page, sign_in, toolset):
    sign_in(page)
    page.goto(toolset.address("releases"))
    page.get_by_label("Show", exact=True).select_option("labelled")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".timeline .release")).to_have_count(1)
    page.goto(toolset.address("releases?q=title"))
    expect(page.locator(".timeline .release")).to_have_count(1)
    page.goto(toolset.address("releases?q=nothing"))
    check(page)
    page.goto(toolset.address("releases/3"))
    check(page)
    page.get_by_label("Label").fill("2.0.0")
    page.get_by_role("button", name="Set label of release 3").click()
    expect(page.locator("#error-label")).to_contain_text("Release 2 has the label")
    page.get_by_label("Label").fill("2.1.0")
    page.get_by_role("button", name="Set label of release 3").click()
    assert "Release 3 is labelled 2.1.0." in notice(page)


def test_one_release_and_its_export(page, sign_in, toolset, shoot):
    sign_in(page)
    page.goto(toolset.address("releases/2"))
    check(page)
    shoot(page, "release")
    assert "took this of lend knowingly: A tool is gone from the list" in page.inner_text("main")
    expect(page.get_by_role("heading", name="Acknowledged")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Export").click()
    assert download.value.suggested_filename == f"{toolset.slug}-release-2.json"
    page.get_by_role("link", name="Try in playground").click()
    expect(page.get_by_label("Call", exact=True)).to_have_value("2")
    export = json.loads(open(download.value.path(), "rb").read())
    assert export["release"]["number"] == 2


def test_any_two_are_compared_in_either_direction(page, sign_in, toolset, shoot):
    sign_in(page)
    page.goto(toolset.address("compare"))
    page.get_by_label("From", exact=True).select_option("1")
    page.get_by_label("To", exact=True).select_option("2")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("[data-subject]")).to_have_count(2)
    expect(page.locator(".chip.breaking").first).to_have_text("1 breaking")
    check(page)
    shoot(page, "compare")
    page.get_by_role("link", name="Other direction").click()
    expect(page.get_by_role("heading", name="From release 2 to release 1")).to_be_visible()
    page.goto(toolset.address("compare?from=3&to=live"))
    assert "Callers see no difference" in page.inner_text("main")
    page.goto(toolset.address("compare?from=99&to=live"))
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)


def test_360_px(new_page, sign_in, toolset, shoot):
    page = sign_in(new_page(width=360))
    for word in ["releases", "releases/2", "compare?from=1&to=staging", "releases/1/roll-back", "releases/1/load"]:
        page.goto(toolset.address(word))
        check(page)
        shoot(page, re.sub(r"\W+", "-", word))
    page.goto(toolset.address("releases"))
    page.get_by_text("More").first.click()
    check(page)


def test_a_toolset_in_iteration_mode_has_no_releases(page, sign_in, management, shoot):
    management.post("toolsets.create", {"slug": "plain"})
    sign_in(page)
    page.goto(f"/projects/{management.project}/toolsets/plain/releases")
    expect(page.get_by_role("heading", name="No release yet")).to_be_visible()
    check(page)
    shoot(page, "empty")
