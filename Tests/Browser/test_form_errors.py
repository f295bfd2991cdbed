"""Forms that are not taken: what is wrong stands on top, with links to the fields, on a page and in a dialog."""

import re

import pytest
from playwright.sync_api import expect

from accessibility import check
from staged import Staged


@pytest.fixture
def toolset(management):
    return Staged(management)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_what_is_wrong_stands_on_top_and_leads_to_the_fields(new_page, sign_in, toolset, shoot, scripts):
    page = sign_in(new_page(scripts=scripts))
    page.goto(toolset.address("settings"))
    page.get_by_label("Last part of the address").fill("Not An Address")
    page.get_by_label("Grace time in seconds").fill("soon")
    page.get_by_role("button", name="Save access").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("2 fields need another value")
    expect(summary).to_be_focused()
    assert page.title().startswith("Error: ")
    assert summary.bounding_box()["y"] < 200, "it is in sight"
    field = page.get_by_label("Grace time in seconds")
    assert field.get_attribute("aria-invalid") == "true" and "error-grace_seconds" in field.get_attribute("aria-describedby")
    assert field.input_value() == "soon"
    if scripts:
        check(page)
        shoot(page, "access")
    summary.get_by_role("link", name=re.compile("Grace time")).click()
    if scripts:
        expect(field).to_be_focused()
    page.goto(toolset.address("settings/access"))
    assert page.url.endswith("/settings"), "the address of the form leads to its page"
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_dialog_tells_what_is_wrong_and_stays_open(page, sign_in, toolset, shoot):
    sign_in(page)
    page.goto(toolset.address())
    page.get_by_role("link", name="Edit find").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("two words")
    dialog.get_by_label("Title", exact=True).fill("Kept")
    title = page.title()
    dialog.get_by_role("button", name="Save in staging").click()
    summary = dialog.get_by_role("alert")
    expect(summary).to_be_focused()
    assert page.title().startswith("Error: ")
    assert dialog.get_by_label("Title", exact=True).input_value() == "Kept"
    check(page)
    shoot(page, "dialog")
    summary.get_by_role("link", name=re.compile("Name")).click()
    expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog.get_by_text("not saved")).to_be_visible()
    assert dialog.get_by_label("Title", exact=True).input_value() == "Kept", "one press drops nothing"
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert page.title() == title, "the page is as it was"
    page.get_by_role("link", name="Edit find").click()
    dialog.get_by_label("Title", exact=True).fill("Find a book")
    dialog.get_by_role("button", name="Save in staging").click()
    page.locator("main").get_by_text("find is saved").wait_for()
    expect(dialog).to_have_count(0)


def test_a_dialog_whose_etag_is_old_says_so_and_sends_again(page, sign_in, toolset):
    toolset.vary("find", title="Find a book")
    sign_in(page)
    page.goto(toolset.address())
    page.get_by_role("link", name="Discard changes").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Discard 1 change")).to_be_visible()
    toolset.vary("get", title="Get a book")
    dialog.get_by_role("button", name="Discard 1 change").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Staging was edited meanwhile")
    dialog.get_by_role("button", name="Discard 2 changes").click()
    page.locator("main").get_by_text("The changes are discarded").wait_for()


@pytest.mark.parametrize(
    ("address", "page_of_form"),
    [
        ("tools/edit", ""),
        ("tools/remove", ""),
        ("undo-last-change", ""),
        ("undo-discard", "review"),
        ("lift-hold", "releases"),
        ("pin", "review"),
        ("review/page?level=risky", "review?level=risky"),
        ("merge/preview", "merge"),
        ("releases/1/label", "releases/1"),
        ("playground/call?view=live&tool=find", "playground?view=live&tool=find"),
        ("settings/access", "settings"),
    ],
)
def test_the_address_of_a_form_leads_to_its_page(page, sign_in, toolset, address, page_of_form):
    sign_in(page)
    answer = page.goto(toolset.address(address))
    assert answer.status == 200
    path = page.url.removeprefix(toolset.management.address).removesuffix("?view=staging")
    assert path == toolset.address(page_of_form).rstrip("/")


def test_nothing_to_discard_has_no_button(page, sign_in, toolset, shoot):
    sign_in(page)
    page.goto(toolset.address("discard"))
    expect(page.locator("main")).to_contain_text("There is nothing to discard")
    assert page.get_by_role("button", name=re.compile("Discard")).count() == 0
    check(page)
    shoot(page, "nothing")


def test_a_tool_of_a_release_is_opened_and_tried(page, sign_in, toolset, shoot):
    toolset.vary("find", description="Finds books.")
    sign_in(page)
    page.goto(toolset.address("releases/1"))
    page.get_by_role("link", name="find", exact=True).click()
    expect(page.get_by_role("heading", name="find in release 1")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Does find.")
    expect(page.locator("main")).to_contain_text("GET https://books.example/find")
    check(page)
    shoot(page, "item")
    page.get_by_role("link", name="Try in playground").click()
    expect(page.get_by_role("button", name="Call on release 1")).to_be_visible()


def test_a_menu_closes_by_escape_and_beside_it(page, sign_in, toolset):
    toolset.leave_out("lend")
    toolset.publish()
    sign_in(page)
    page.goto(toolset.address("releases"))
    menus = page.locator("details.menu")
    menus.nth(0).locator("summary").click()
    expect(menus.nth(0)).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menus.nth(0)).not_to_have_attribute("open", "")
    menus.nth(0).locator("summary").click()
    menus.nth(1).locator("summary").click()
    expect(page.locator("details.menu[open]")).to_have_count(1)
    page.get_by_role("heading", name="Releases", exact=True).click()
    expect(page.locator("details.menu[open]")).to_have_count(0)


def test_pages_of_staging_lead_away_where_there_is_none(page, sign_in, management):
    management.post("toolsets.create", {"slug": "unstaged"})
    sign_in(page)
    for path in ("review", "discard", "merge"):
        page.goto(f"/projects/{management.project}/toolsets/unstaged/{path}")
        assert page.url.endswith("/toolsets/unstaged")
        expect(page.locator("main")).to_contain_text("nothing waits to be published")


def test_a_page_behind_the_last_one_leads_to_the_last(page, sign_in, toolset):
    sign_in(page)
    answer = page.goto(toolset.address("?page=99"))
    assert answer.status == 200
    expect(page.get_by_role("link", name="find", exact=True)).to_be_visible()
