"""The page of a toolset: its tools from both sides, adding and removing, editing in place, settings, modes."""

import json
import re

import pytest

from accessibility import check
from server import Refused

COUNT = 500
BASE = "/projects/default/toolsets"


def document(count: int) -> bytes:
    methods = ["get", "post", "put", "delete", "patch"]
    paths = {
        f"/area{number // 25}/things{number}/{{id}}": {
            methods[number % 5]: {
                "operationId": f"thing{number}",
                "tags": [f"area{number // 25}"],
                "summary": f"Thing {number}",
                "description": f"Works on thing {number}. " * (1 + number % 4),
                "deprecated": number % 50 == 1,
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 50, "default": 10}},
                ],
                "responses": {"200": {"description": "ok"}},
            }
        }
        for number in range(count)
    }
    info = {"title": "Big", "version": "1"}
    return json.dumps(
        {"openapi": "3.1.0", "info": info, "servers": [{"url": "https://big.example"}], "paths": paths}
    ).encode()


@pytest.fixture(scope="module")
def big(management):
    """A source `big` of 500 tools; answers their URNs."""
    asset = management.post("assets.uploadOpenAPI", document(COUNT), name="big.json")["asset"]["id"]
    management.post("deployments.evolve", {"upsert": [{"slug": "big", "kind": "openapi", "asset_id": asset}]})
    return [tool["urn"] for tool in management.all("tools.list", "tools", source="big")]


@pytest.fixture
def toolset(management, big, request):
    """Makes a toolset with that many of the tools, named after the test; in staging mode where it is asked for."""

    def make(count=3, mode="iteration", **fields):
        slug = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower())[:40].strip("-")
        management.post("toolsets.create", {"slug": slug, "name": "Things", "tool_urns": big[:count], **fields})
        if mode == "staging":
            management.post("toolsets.switchEditingMode", {"slug": slug, "mode": "staging"})
        return slug

    return make


def live(management, slug):
    """The tools that callers get, by name."""
    tools = management.get("toolsets.listTools", slug=slug, view="live", limit=500)["tools"]
    return {tool["name"]: tool for tool in tools}


def test_an_edit_in_iteration_mode_is_live_at_once_and_can_be_undone(page, sign_in, management, toolset, shoot):
    slug = toolset()
    sign_in(page)
    page.goto(f"{BASE}/{slug}")
    check(page)
    shoot(page, "tools")
    page.get_by_role("link", name="Edit thing0").click()
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    check(page)
    shoot(page, "dialog")
    dialog.get_by_label("Description", exact=True).fill("Reads one thing.")
    dialog.get_by_label("Ask a person").select_option("always")
    dialog.get_by_role("button", name="Save, live at once").click()
    page.locator("main").get_by_text("It is live now").wait_for()
    tool = live(management, slug)["thing0"]
    assert tool["description"] == "Reads one thing." and tool["confirm"] == "always"
    assert "Reads one thing." in page.inner_text("#tool-thing0") and "Asks always" in page.inner_text("#tool-thing0")
    check(page)
    shoot(page, "saved")
    page.locator(".notice").get_by_role("button", name="Undo last change").click()
    page.locator("main").get_by_text("The last change is undone").wait_for()
    assert live(management, slug)["thing0"]["description"] != "Reads one thing."


def test_the_original_stands_beside_and_comes_back_by_field_and_for_all(page, sign_in, management, toolset, big, shoot):
    slug = toolset()
    own = {"toolset_slug": slug, "tool_urn": big[0], "title": "Other", "description": "Other words.", "tags": ["x"]}
    management.post("variations.upsert", own)
    sign_in(page)
    page.goto(f"{BASE}/{slug}/tools/edit?urn={big[0]}")
    check(page)
    shoot(page, "edit")
    assert "Works on thing 0." in page.inner_text(".original >> nth=1")
    page.get_by_role("button", name="Use the original Description").click()
    assert page.get_by_label("Description", exact=True).input_value() == "Works on thing 0. "
    page.get_by_role("button", name="Save, live at once").click()
    page.locator("main").get_by_text("thing0 is saved").wait_for()
    tool = management.get("toolsets.getTool", slug=slug, urn=big[0])["tool"]
    assert sorted(tool["overridden"]) == ["tags", "title"]
    page.goto(f"{BASE}/{slug}/tools/edit?urn={big[0]}")
    page.get_by_role("button", name="Use the original for all").click()
    page.locator("main").get_by_text("thing0 is saved").wait_for()
    assert management.get("toolsets.getTool", slug=slug, urn=big[0])["tool"]["overridden"] == []


def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_stays(page, sign_in, management, toolset, big, shoot):
    slug = toolset()
    sign_in(page)
    page.goto(f"{BASE}/{slug}/tools/edit?urn={big[0]}")
    page.get_by_label("Name", exact=True).fill("two words")
    page.get_by_label("Title", exact=True).fill("Kept")
    page.get_by_role("button", name="Save, live at once").click()
    page.locator("#edit-error-name").wait_for()
    assert page.get_by_label("Title", exact=True).input_value() == "Kept"
    check(page)
    shoot(page, "fault")
    page.get_by_label("Name", exact=True).fill("thing1")
    page.get_by_role("button", name="Save, live at once").click()
    page.get_by_role("alert").wait_for()
    assert "thing1" in page.inner_text("[role=alert]")
    page.get_by_label("Name", exact=True).fill("read_thing")
    management.post("variations.upsert", {"toolset_slug": slug, "tool_urn": big[1], "title": "Meanwhile"})
    page.get_by_role("button", name="Save, live at once").click()
    assert "changed since you read it" in page.inner_text("[role=alert]")
    page.get_by_role("button", name="Save, live at once").click()
    page.locator("main").get_by_text("read_thing is saved").wait_for()
    assert "read_thing" in live(management, slug)


def test_staging_takes_edits_and_live_is_only_looked_at(page, sign_in, management, toolset, shoot):
    slug = toolset(mode="staging")
    before = live(management, slug)
    sign_in(page)
    page.goto(f"{BASE}/{slug}")
    page.get_by_role("link", name="Edit thing0").click()
    page.get_by_role("dialog").get_by_label("Title", exact=True).fill("Staged")
    page.get_by_role("dialog").get_by_role("button", name="Save in staging").click()
    page.locator("main").get_by_text("live stays until you publish").wait_for()
    assert "Changed in staging" in page.inner_text("#tool-thing0")
    page.get_by_role("button", name="Remove thing2").click()
    page.locator("main").get_by_text("1 tool removed").wait_for()
    assert "Live serves these names, and staging does not: thing2" in page.inner_text("main")
    assert live(management, slug) == before
    check(page)
    shoot(page, "staging")
    page.get_by_role("navigation", name="Side").get_by_role("link", name=re.compile("^●?Live")).click()
    page.wait_for_url("**view=live")
    assert page.get_by_role("button", name="Remove").count() == 0
    assert page.get_by_role("link", name="Add tools").count() == 0
    page.get_by_role("link", name="View thing0").click()
    page.get_by_role("dialog").wait_for()
    assert page.get_by_role("dialog").locator("input, textarea, select").count() == 0
    page.keyboard.press("Escape")
    check(page)
    shoot(page, "live")
    page.goto(f"{BASE}/{slug}/settings?view=live")
    assert page.get_by_role("link", name="Edit in staging").count() >= 1
    check(page)


def test_five_hundred_tools_are_searched_added_and_removed(page, sign_in, management, toolset, big, shoot):
    slug = toolset(count=0)
    sign_in(page)
    page.goto(f"{BASE}/{slug}")
    assert "No tools yet" in page.inner_text("main")
    check(page)
    shoot(page, "empty")
    page.get_by_role("link", name="Add tools").click()
    page.get_by_label("Source").select_option("big")
    page.locator("main").get_by_text("500 of ").wait_for()
    check(page)
    page.get_by_label("Search").fill("thing49")
    page.locator("main").get_by_text("11 of ").wait_for()
    page.locator("li.tool input").first.check()
    page.get_by_label("Search").fill("thing12")
    page.locator("#add-tools\\:http\\:big\\:thing12").check()
    page.get_by_role("button", name="Add 2 tools").wait_for()
    shoot(page, "add")
    page.get_by_role("button", name="Add 2 tools").click()
    page.locator("main").get_by_text("2 tools added").wait_for()
    assert len(live(management, slug)) == 2
    page.goto(f"{BASE}/{slug}/tools/add?source=big")
    page.get_by_role("button", name="Add all 498 tools").click()
    page.locator("main").get_by_text("498 tools added").wait_for()
    assert len(live(management, slug)) == COUNT
    assert page.locator("li.tool").count() == 50
    assert "1 to 50 of 500" in page.inner_text("main")
    check(page)
    shoot(page, "many")
    assert len(page.content().encode()) < 100_000
    page.get_by_label("Hint").select_option("read_only")
    page.locator("main").get_by_text("100 of 500 tools").wait_for()
    page.get_by_label("Search").fill("thing10")
    page.locator("main").get_by_text("3 of 500 tools").wait_for()
    page.get_by_role("button", name="Tick all shown").click()
    page.get_by_role("button", name="Remove 3 ticked").click()
    page.locator("main").get_by_text("3 tools removed").wait_for()
    assert len(live(management, slug)) == COUNT - 3


def test_everything_works_without_scripts_at_360_px(new_page, sign_in, management, toolset, big, shoot):
    page = sign_in(new_page(width=360, scripts=False))
    slug = toolset()
    page.goto(f"{BASE}/{slug}")
    check_plain(page, shoot, "tools")
    page.get_by_label("Search").fill("thing1")
    page.get_by_role("button", name="Search").click()
    assert "1 of 3 tools" in page.inner_text("main")
    page.get_by_role("link", name="Edit thing1").click()
    page.get_by_label("Summary").fill("Short.")
    shoot(page, "edit")
    page.get_by_role("button", name="Save, live at once").click()
    assert "thing1 is saved" in page.inner_text("main")
    assert "q=thing1" in page.url, "the search is kept"
    page.get_by_role("link", name="Edit thing1").click()
    page.get_by_role("button", name="Use the original Summary").click()
    assert live(management, slug)["thing1"]["description"] != "Short."
    page.get_by_role("link", name="Show all").click()
    page.get_by_label("Tick thing0").check()
    page.get_by_label("Tick thing2").check()
    page.get_by_role("button", name="Remove ticked tools").click()
    assert set(live(management, slug)) == {"thing1"}
    page.get_by_role("link", name="Add tools").click()
    page.get_by_label("Search").fill("thing49")
    page.get_by_role("button", name="Search").click()
    page.get_by_label("thing499").check()
    page.get_by_role("button", name="Add ticked tools").click()
    assert set(live(management, slug)) == {"thing1", "thing499"}
    page.get_by_role("link", name="Switch to staging mode").click()
    page.get_by_role("button", name="Switch to staging mode").click()
    assert "Staging mode is on. Release 1 is live" in page.inner_text("main")
    page.goto(f"{BASE}/{slug}/settings")
    shoot(page, "settings")


def check_plain(page, shoot, word):
    shoot(page, word)
    assert page.locator("form").count() > 0


def test_every_tab_is_right_at_360_px_in_light_and_dark(new_page, sign_in, management, toolset, big, shoot):
    management.post("templates.create", {"name": "recommend", "prompt": "Recommend a book.", "description": "One book"})
    management.post("resources.create", {"slug": "rules", "mime_type": "text/plain", "text": "Be quiet."})
    slug = toolset(prompt_names=["recommend"], resource_urns=["resources:asset:rules"], mode="staging")
    page = sign_in(new_page(width=360, dark=True))
    pages = ["", "/tools/add", f"/tools/edit?urn={big[0]}", "/prompts", "/resources", "/environment", "/settings"]
    for path in [*pages, "/editing-mode"]:
        page.goto(f"{BASE}/{slug}{path}")
        check(page)
        page.emulate_media(color_scheme="light")
        check(page)
        page.emulate_media(color_scheme="dark")
        shoot(page, path.split("?")[0].replace("/", " ") or "tools")
    page.goto(f"{BASE}/new")
    check(page)


def test_the_keyboard_is_enough_to_edit_a_tool(page, sign_in, management, toolset):
    slug = toolset()
    sign_in(page)
    page.goto(f"{BASE}/{slug}")
    link = page.get_by_role("link", name="Edit thing0")
    press_until(page, "Tab", link)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    assert dialog.get_by_role("heading", level=2).first.evaluate("heading => heading === document.activeElement")
    page.keyboard.press("Escape")
    assert link.evaluate("link => link === document.activeElement"), "the focus comes back to where it was"
    page.keyboard.press("Enter")
    dialog.wait_for()
    title = dialog.get_by_label("Title", exact=True)
    press_until(page, "Tab", title)
    page.keyboard.press("Control+a")
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    page.locator("main").get_by_text("It is live now").wait_for()
    assert live(management, slug)["thing0"]["title"] == "By keyboard"


def press_until(page, key, element, times=60):
    for _ in range(times):
        page.keyboard.press(key)
        if element.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{times} times {key} do not lead to {element}")


def test_a_toolset_is_made_of_a_source(page, sign_in, management, big, shoot):
    sign_in(page)
    page.goto(f"{BASE}/new")
    check(page)
    page.get_by_label("Name", exact=True).fill("Big things (v2)")
    assert page.get_by_label("Short name").input_value() == "big-things-v2"
    page.get_by_label("Tools").select_option("all:big")
    shoot(page, "new")
    page.get_by_role("button", name="Make toolset").click()
    page.wait_for_url(f"**{BASE}/big-things-v2")
    assert len(live(management, "big-things-v2")) == COUNT
    page.goto(f"{BASE}/new")
    page.get_by_label("Name", exact=True).fill("Big things (v2)")
    page.get_by_role("button", name="Make toolset").click()
    page.locator("#error-slug").wait_for()
    assert page.get_by_label("Name", exact=True).input_value() == "Big things (v2)"
    check(page)


def test_settings_act_at_once_or_are_staged(page, sign_in, management, toolset, shoot, tmp_path):
    slug = toolset(mode="staging")
    sign_in(page)
    page.goto(f"{BASE}/{slug}/settings")
    check(page)
    shoot(page, "settings")
    page.get_by_label("Instructions").fill("Ask before you delete.")
    page.get_by_role("button", name="Save in staging").click()
    page.locator("main").get_by_text("live stays until you publish").wait_for()
    assert management.get("toolsets.get", slug=slug, view="live")["toolset"]["instructions"] == ""
    assert management.get("toolsets.get", slug=slug)["toolset"]["instructions"] == "Ask before you delete."
    page.get_by_label("Last part of the address").fill("slipway")
    page.locator("main").get_by_text("Another toolset has it.").wait_for()
    page.get_by_label("Public").check()
    page.get_by_role("button", name="Save access").click()
    page.locator("#error-mcp_slug").wait_for()
    assert page.get_by_label("Public").is_checked()
    page.get_by_label("Last part of the address").fill(f"{slug}-2")
    page.locator("main").get_by_text("It is free.").wait_for()
    page.get_by_role("button", name="Save access").click()
    page.locator("main").get_by_text("It acts at once").wait_for()
    toolset_now = management.get("toolsets.get", slug=slug, view="live")["toolset"]
    assert toolset_now["mcp_slug"] == f"{slug}-2" and toolset_now["mcp_is_public"]
    picture = tmp_path / "logo.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')
    page.get_by_role("button", name="Upload picture").click()
    assert "Choose a picture" in page.inner_text("#logo #fault")
    assert "Choose a picture" in page.inner_text("[role=alert]")
    page.get_by_label("Picture", exact=True).set_input_files(picture)
    page.get_by_role("button", name="Upload picture").click()
    page.get_by_role("img", name="The logo").wait_for()
    assert management.get("toolsets.get", slug=slug)["toolset"]["logo"]["mime_type"] == "image/svg+xml"
    page.get_by_label("Who calls").select_option("typed")
    page.get_by_role("button", name="Save change rules").click()
    page.locator("main").get_by_text("The next review goes by it").wait_for()
    page.get_by_role("link", name="All change rules").click()
    page.get_by_label("Search").fill("another order")
    page.get_by_label("Search").press("Enter")
    check(page)
    shoot(page, "change rules")
    page.get_by_label("stand in another order").select_option("Risky")
    page.get_by_role("button", name="Save levels").click()
    page.locator("main").get_by_text("1 rule saved").wait_for()
    page.get_by_role("link", name="Back to the settings").click()
    rules = management.get("toolsets.get", slug=slug)["toolset"]["change_rules"]
    assert rules["profile"] == "typed" and rules["rules"] == {"set.order.changed": "risky"}
    page.get_by_role("button", name="Clone toolset").click()
    page.locator("main").get_by_text("The clone is made").wait_for()
    page.goto(f"{BASE}/{slug}/settings")
    page.get_by_label(f"Type {slug} to delete it").fill("no")
    page.get_by_role("button", name="Delete toolset").click()
    page.locator("#error-typed_slug").wait_for()
    page.get_by_label(f"Type {slug} to delete it").fill(slug)
    page.get_by_role("button", name="Delete toolset").click()
    page.locator("main").get_by_text("is deleted").wait_for()
    with pytest.raises(Refused):
        management.get("toolsets.get", slug=slug)


def test_the_way_back_to_iteration_mode_shows_what_it_makes_live(page, sign_in, management, toolset, big, shoot):
    slug = toolset(mode="staging")
    management.post("toolsets.update", {"slug": slug, "tool_urns": big[:2]})
    sign_in(page)
    page.goto(f"{BASE}/{slug}/editing-mode")
    assert "1 breaking" in page.inner_text("main")
    check(page)
    shoot(page, "difference")
    management.post("toolsets.update", {"slug": slug, "tool_urns": big[:1]})
    page.get_by_role("button", name="Make staging live and switch").click()
    assert "no longer what you saw" in page.inner_text("[role=alert]")
    assert len(live(management, slug)) == 3
    page.get_by_role("button", name="Make staging live and switch").click()
    page.locator("main").get_by_text("Iteration mode is on").wait_for()
    assert len(live(management, slug)) == 1


def test_prompts_are_added_moved_and_removed(page, sign_in, management, toolset, shoot):
    for name in ("first_prompt", "second_prompt"):
        management.post("templates.create", {"name": name, "prompt": "Words.", "description": f"The {name}"})
    slug = toolset()
    sign_in(page)
    page.goto(f"{BASE}/{slug}/prompts")
    page.get_by_label("first_prompt").check()
    page.get_by_label("second_prompt").check()
    page.get_by_role("button", name="Add 2").click()
    page.locator("main").get_by_text("2 prompts added").wait_for()
    page.get_by_role("button", name="Move up second_prompt").click()
    page.locator("main").get_by_text("second_prompt is moved").wait_for()
    assert management.get("toolsets.get", slug=slug)["toolset"]["prompt_names"] == ["second_prompt", "first_prompt"]
    check(page)
    shoot(page, "prompts")
    page.get_by_role("button", name="Remove first_prompt").click()
    page.locator("main").get_by_text("first_prompt is removed").wait_for()
    assert management.get("toolsets.get", slug=slug)["toolset"]["prompt_names"] == ["second_prompt"]


def test_a_reader_sees_and_changes_nothing(new_page, sign_in, management, toolset, shoot):
    slug = toolset()
    key = management.post("keys.create", {"name": "Reader", "scopes": ["reader"]})["secret"]
    page = sign_in(new_page(), key)
    for path in ("", "/settings", "/environment", "/prompts"):
        page.goto(f"{BASE}/{slug}{path}")
        assert page.locator("main form[method=post]").count() == 0, path
        check(page)
    shoot(page, "reader")
    assert page.goto(f"{BASE}/{slug}/tools/add").status == 403
