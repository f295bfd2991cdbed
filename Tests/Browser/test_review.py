"""Reviewing staging and publishing it."""

import re

import pytest
from playwright.sync_api import expect

from accessibility import check
from staged import Staged, notice


@pytest.fixture
def toolset(management):
    return Staged(management)


def publish_button(page, number: int):
    return page.get_by_role("button", name=f"Publish release {number}")


def test_a_breaking_change_needs_its_box(page, sign_in, toolset, shoot):
    toolset.leave_out("lend")
    toolset.vary("find", description="Finds books by their title or their author.")
    sign_in(page)
    page.goto(toolset.address("review"))
    check(page)
    shoot(page, "review")
    assert "1 of 1 box left to tick" in page.inner_text("[data-open-boxes]")
    publish_button(page, 2).click()
    expect(page.get_by_role("alert")).to_contain_text("waits for “Understood”")
    expect(page.locator(".understood.wrong .field-error")).to_be_visible()
    check(page)
    shoot(page, "unacknowledged")
    assert toolset.live == 1, "nothing was published"
    page.get_by_role("checkbox", name=re.compile("Understood")).check()
    assert page.inner_text("[data-open-boxes]") == "Ready"
    page.get_by_label(re.compile("Why this is fine")).fill("Nobody lends any more.")
    page.get_by_label("Notes").fill("No lending\n\nWe stopped it.")
    page.get_by_label("Label").fill("2.0.0")
    publish_button(page, 2).click()
    page.wait_for_url("**/releases")
    assert "Release 2 is live." in notice(page)
    assert f"slipway rollback {toolset.slug} 1 -m REASON" in page.inner_text("main")
    page.locator(".notice").get_by_role("link", name="Roll back to release 1").click()
    expect(page.get_by_role("dialog", name="Roll back to release 1")).to_be_visible()
    page.keyboard.press("Escape")
    assert toolset.live == 2
    release = toolset.management.get("toolsets.getReleaseDetails", slug=toolset.slug, number=2)["release"]
    assert release["label"] == "2.0.0"
    assert release["notes"].startswith("No lending\n\nWe stopped it.\n\nTaken knowingly:\n- lend:")
    assert release["notes"].endswith("Nobody lends any more.")
    assert [known["rule"] for known in release["acknowledgements"]] == ["set.tool.removed"]
    check(page)
    shoot(page, "published")


def test_one_number_of_changes_everywhere(page, sign_in, toolset, management):
    toolset.vary("find", title="Find a book", description="Finds books by their title or their author.")
    toolset.leave_out("lend")
    toolset.deploy(summary="New from the project")
    sign_in(page)
    page.goto(toolset.address("review"))
    review = management.get("toolsets.reviewStagingVersion", slug=toolset.slug)["review"]
    (yours, project) = (len(review["yours"]), len(review["project"]))
    total = f"{yours + project} changes"
    assert yours > 1 and project > 0
    expect(page.get_by_role("link", name=f"Staging · {total}")).to_be_visible()
    expect(page.locator(".summary")).to_contain_text(f"{total}: {yours} of this toolset, {project} of the project")
    assert page.get_by_role("link", name="Review and publish").count() == 0, "this is the review"
    page.get_by_role("link", name="Discard changes").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"Of {total}, {yours} are of this toolset and go")
    expect(dialog.get_by_role("button", name=f"Discard {yours} changes")).to_be_visible()
    page.keyboard.press("Escape")
    page.goto(f"/projects/{management.project}/toolsets")
    card = page.locator(".toolset-card", has=page.locator(f"a[href$='/{toolset.slug}']"))
    expect(card).to_contain_text(f"Staging · {total}")
    expect(card).to_contain_text("3 tools")


def test_safe_changes_that_come_back_need_one_box(new_page, sign_in, toolset, shoot):
    page = sign_in(new_page(scripts=False))
    toolset.vary("find", title="Find a book")
    toolset.vary("get", title="Get a book")
    toolset.publish()
    toolset.post("toolsets.rollbackToRelease", number=1, reason="Wrong titles", hold=False)
    page.goto(toolset.address("review"))
    boxes = page.get_by_role("checkbox", name=re.compile("Understood"))
    expect(boxes).to_have_count(1)
    publish_button(page, 3).click()
    expect(page.locator(".understood.wrong")).to_have_count(1)
    shoot(page, "returning")
    boxes.check()
    publish_button(page, 3).click()
    page.wait_for_url("**/releases")
    assert toolset.live == 3


def test_a_label_that_is_taken_is_said_beside_the_field(page, sign_in, toolset):
    toolset.vary("find", title="Find")
    toolset.publish(label="1.0.0")
    toolset.vary("find", title="Find a book")
    sign_in(page)
    page.goto(toolset.address("review"))
    page.get_by_label("Notes").fill("Kept")
    page.get_by_label("Label").fill("1.0.0")
    publish_button(page, 3).click()
    expect(page.locator("#label-error")).to_contain_text("choose another one")
    assert page.get_by_label("Notes").input_value() == "Kept"


def test_what_moved_meanwhile_is_shown_with_notes_and_ticks_kept(new_page, sign_in, toolset, shoot):
    toolset.leave_out("lend")
    slow, quick = sign_in(new_page()), sign_in(new_page())
    slow.goto(toolset.address("review"))
    slow.get_by_label("Notes").fill("My notes")
    slow.get_by_role("checkbox", name=re.compile("Understood")).check()
    toolset.post("toolsets.update", instructions="Be kind to books.")
    publish_button(slow, 2).click()
    alert = slow.get_by_role("alert")
    expect(alert).to_contain_text("edited staging while you were looking")
    expect(alert).to_contain_text("1 change is new")
    expect(slow.locator("[data-change]", has_text="New since you looked")).to_have_count(1)
    assert slow.get_by_label("Notes").input_value() == "My notes"
    assert slow.get_by_role("checkbox", name=re.compile("Understood")).is_checked()
    check(slow)
    shoot(slow, "staging-moved")

    quick.goto(toolset.address("review"))
    quick.get_by_role("checkbox", name=re.compile("Understood")).check()
    publish_button(quick, 2).click()
    quick.wait_for_url("**/releases")
    publish_button(slow, 2).click()
    expect(slow.get_by_role("alert")).to_contain_text("published release 2")
    expect(slow.get_by_role("heading", name="Nothing to publish")).to_be_visible()
    assert toolset.live == 2, "and there is no release 3"


def test_a_definition_opens_in_place(page, sign_in, toolset, shoot):
    toolset.vary("find", description="Finds books by their title or their author.")
    sign_in(page)
    page.goto(toolset.address("review"))
    page.get_by_text("Definition as the model sees it, JSON, upstream call").click()
    expect(page.locator(".definition .diff ins").first).to_contain_text("Finds books by their title")
    expect(page.locator(".definition")).to_contain_text("Upstream call · the same on both sides")
    check(page)
    shoot(page, "definition")


def test_staging_stays_on_the_deployment_of_live_where_somebody_wants_that(page, sign_in, toolset, shoot):
    toolset.deploy(description="Does more by now.")
    sign_in(page)
    page.goto(toolset.address("review"))
    expect(page.get_by_role("heading", name="Project changes")).to_be_visible()
    shoot(page, "project-changes")
    page.get_by_role("button", name=re.compile("Stay on deployment")).click()
    assert "Staging stays" in notice(page)
    assert toolset.get()["staging"]["pinned_deployment_seq"]
    check(page)
    page.get_by_role("button", name="Follow the active deployment").click()
    assert toolset.get()["staging"]["pinned_deployment_seq"] is None


def test_keys_alone_review_and_publish(page, sign_in, toolset):
    toolset.leave_out("lend")
    toolset.vary("find", title="Find a book")
    sign_in(page)
    page.goto(toolset.address("review"))
    page.keyboard.press("n")
    first = page.evaluate("document.activeElement.id")
    assert page.evaluate("document.activeElement.matches('[data-change]')")
    page.keyboard.press("x")
    assert page.inner_text("[data-open-boxes]") == "Ready"
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.id") != first
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.id") == first
    page.keyboard.press("]")
    assert page.evaluate("document.activeElement.matches('[data-subject]')")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys of this page")
    expect(dialog).to_be_visible()
    check(page)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert page.evaluate("document.activeElement.matches('[data-subject]')"), "the focus is back"
    page.get_by_label("Notes").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("x n p")
    assert page.get_by_label("Notes").input_value() == "x n p", "keys of one letter do nothing in fields"
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/releases")
    assert toolset.live == 2


def test_keys_can_be_turned_off(page, sign_in, toolset):
    toolset.leave_out("lend")
    sign_in(page)
    page.goto(toolset.address("review"))
    page.get_by_role("button", name="Shortcuts").click()
    page.get_by_label("Keys of one letter are on").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("n")
    assert not page.evaluate("document.activeElement.matches('[data-change]')")


def test_without_scripts_at_360_px(new_page, sign_in, toolset, shoot):
    page = sign_in(new_page(width=360, scripts=False))
    toolset.leave_out("lend")
    page.goto(toolset.address("review"))
    page.get_by_role("checkbox", name=re.compile("Understood")).check()
    page.get_by_label("Create release only").check()
    publish_button(page, 2).click()
    page.wait_for_url("**/releases")
    assert "Release 2 was made. It is not live" in notice(page)
    page.get_by_role("link", name="Make release 2 live").click()
    page.get_by_role("button", name="Make release 2 live").click()
    page.wait_for_url("**/releases")
    assert toolset.live == 2, "what was acknowledged when it was made counts"


def test_360_px_and_nothing_to_publish(new_page, sign_in, toolset, shoot):
    page = sign_in(new_page(width=360))
    page.goto(toolset.address("review"))
    expect(page.get_by_role("heading", name="Nothing to publish")).to_be_visible()
    assert page.locator("main form").count() == 0
    check(page)
    shoot(page, "nothing")
    toolset.leave_out("lend")
    toolset.vary("find", name="a_very_long_name_of_a_tool_that_no_phone_is_wide_enough_for", description="ابحث عن كتاب")
    page.goto(toolset.address("review"))
    check(page)
    shoot(page, "many")


def test_hundreds_of_tools_come_in_parts(page, sign_in, management, shoot):
    toolset = Staged(management, [f"tool{number:03}" for number in range(300)])
    toolset.leave_out(*toolset.names[:120])
    sign_in(page)
    answer = page.goto(toolset.address("review"))
    assert len(answer.body()) < 100_000
    boxes = page.get_by_role("checkbox", name=re.compile("Understood ?:"))
    expect(boxes).to_have_count(25)
    check(page)
    shoot(page, "first-part")
    boxes.first.check()
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_role("button", name="Previous page")).to_be_visible()
    expect(page.get_by_text(re.compile("26 to 50 of 12. tools and texts"))).to_be_visible()
    assert "119 of 120 boxes left to tick" in page.inner_text("[data-open-boxes]")
    together = page.get_by_role("checkbox", name=re.compile("Understood, all 25 shown here"))
    together.check()
    assert "94 of 120 boxes left to tick" in page.inner_text("[data-open-boxes]")
    boxes.last.uncheck()
    assert not together.is_checked()
    page.get_by_label("Notes").fill("Kept notes")
    page.get_by_label("Tool", exact=True).fill("tool119")
    page.get_by_label("Tool", exact=True).press("Enter")
    expect(boxes).to_have_count(1)
    assert page.get_by_label("Notes").input_value() == "Kept notes"
    check(page)
    shoot(page, "filtered")
    page.get_by_role("button", name="Show all").click()
    assert boxes.first.is_checked(), "ticks travel"
    assert "95 of 120 boxes left to tick" in page.inner_text("[data-open-boxes]")


def test_one_box_for_all_of_a_kind_without_scripts(new_page, sign_in, management, shoot):
    toolset = Staged(management, [f"tool{number:02}" for number in range(30)])
    toolset.leave_out(*toolset.names[:22])
    page = sign_in(new_page(width=360, scripts=False))
    page.goto(toolset.address("review?level=breaking"))
    shoot(page, "kinds")
    page.get_by_role("checkbox", name=re.compile("Understood, all 22 shown here")).check()
    publish_button(page, 2).click()
    page.wait_for_url("**/releases")
    assert toolset.live == 2


def test_a_reader_sees_the_review_and_no_form(page, sign_in, toolset, management):
    toolset.leave_out("lend")
    sign_in(page, management.create_key("reader"))
    page.goto(toolset.address("review"))
    assert page.get_by_role("button", name=re.compile("Publish")).count() == 0
    assert "Publishing needs the role publisher" in page.inner_text("main")
    check(page)
