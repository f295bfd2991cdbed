"""The calls pages: what was called, and whether a release does worse than the one before."""

import time

import pytest

from accessibility import check

CALLS = "/projects/default/toolsets/pets/calls"


@pytest.fixture(scope="module")
def pets(management, upstream):
    """Two releases; the second one mostly fails."""
    urns = [tool["urn"] for tool in management.import_document("pets", upstream.document)]
    management.post("toolsets.create", {"slug": "pets", "name": "Pets", "tool_urns": urns})
    management.post("toolsets.switchEditingMode", {"slug": "pets", "mode": "staging"})
    management.post("variations.upsert", {"toolset_slug": "pets", "tool_urn": urns[0], "title": "All pets"})
    management.publish("pets", notes="two")
    for number in range(80):
        fields = {"toolset_slug": "pets", "tool": "getPet", "arguments": {"petId": 404 if number >= 50 else 7}}
        management.post("instances.invokeTool", fields | {"release": 2 if number >= 40 else 1})
    management.post("instances.invokeTool", {"toolset_slug": "pets", "tool": "listPets", "arguments": {"limit": 0}, "view": "staging"})
    wait_for(lambda: management.get("toolCalls.stats", toolset_slug="pets")["stats"]["total"]["calls"] == 81)
    return management


def wait_for(condition):
    """The log is written behind the calls."""
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "the log was not written"


def test_a_project_without_calls_is_told_what_will_be_here(page, sign_in, management, shoot):
    management.post("projects.create", {"slug": "quiet"})
    sign_in(page)
    page.goto("/projects/quiet/calls")
    assert "No calls in the last 7 days" in page.inner_text("main")
    check(page)
    shoot(page, "empty")


def test_a_bad_release_is_seen(page, sign_in, pets, shoot):
    sign_in(page)
    page.goto(CALLS)
    check(page)
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="Release 2"))
    assert "More failures than release 1" in row.inner_text()
    assert "75 %" in row.inner_text()
    assert page.get_by_role("img").count() == 2
    page.get_by_text("The same as a table").click()
    check(page)
    shoot(page, "bad release")


def test_calls_are_found_by_tool_outcome_and_release(page, sign_in, pets):
    sign_in(page)
    page.goto(CALLS)
    page.get_by_label("Outcome").select_option("refused")
    page.get_by_role("button", name="Filter").click()
    rows = page.locator("table[aria-labelledby=latest] tbody tr")
    assert rows.count() == 1 and "listPets" in rows.first.inner_text() and "Staging" in rows.first.inner_text()
    assert page.get_by_label("Outcome").input_value() == "refused"
    page.get_by_role("link", name="Show all").first.click()
    page.get_by_role("link", name="Release 1").first.click()
    assert rows.count() == 40
    page.goto(f"{CALLS}?tool=getPet")
    assert rows.count() == 50
    page.get_by_role("link", name="Older calls").click()
    assert rows.count() == 30
    page.goto(f"{CALLS}?tool=none")
    assert "No call fits" in page.inner_text("main")


def test_few_calls_are_not_judged(page, sign_in, pets):
    pets.post("toolsets.update", {"slug": "pets", "name": "Pets!"})
    pets.publish("pets", notes="three")
    pets.post("instances.invokeTool", {"toolset_slug": "pets", "tool": "getPet", "arguments": {"petId": 404}})
    wait_for(lambda: len(pets.get("toolCalls.list", toolset_slug="pets", release=3)["tool_calls"]) == 1)
    sign_in(page)
    page.goto(CALLS)
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="Release 3"))
    assert "Not enough calls to judge" in row.inner_text()


def test_a_project_shows_all_its_toolsets_also_on_a_phone(new_page, sign_in, pets, shoot):
    page = sign_in(new_page(width=360, scripts=False))
    page.goto("/projects/default/calls?since=1d")
    assert page.get_by_role("link", name="pets").first.is_visible()
    page.goto("/projects/default/calls?toolset=none")
    assert "no toolset" in page.inner_text("main")
    shoot(page, "phone")
    phone = sign_in(new_page(width=360))
    phone.goto(CALLS)
    check(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
