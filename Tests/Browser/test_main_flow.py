"""What people come for, from the first address to a rollback: with a mouse, with scripts off, on a phone, by keyboard alone."""

import re
from pathlib import Path

import pytest

from accessibility import check
from server import Server

PETSTORE = (Path(__file__).parent / "petstore.yaml").read_text()
TOOLSET = "/projects/default/toolsets/pets"


@pytest.fixture
def fresh(tmp_path, upstream):
    """A server that nobody has signed in to."""
    with Server(tmp_path, SLIPWAY_ALLOWED_UPSTREAMS=upstream.host) as server:
        yield server


@pytest.fixture
def petstore(upstream):
    text = PETSTORE.replace("https://pets.example", upstream.address)
    return {"name": "petstore.yaml", "mimeType": "application/yaml", "buffer": text.encode()}


class Mouse:
    """A person who points and clicks."""

    def __init__(self, page):
        self.page = page

    def press(self, role, name, within=None):
        self.found(role, name, within).click()

    def write(self, label, text, within=None):
        self.field(label, within).fill(text)

    def field(self, label, within=None):
        place = within or self.page
        return (place.get_by_label(label) if isinstance(label, re.Pattern) else place.get_by_label(label, exact=True)).first

    def tick(self, label):
        self.page.get_by_role("checkbox", name=re.compile(label)).first.check()

    def found(self, role, name, within=None):
        return (within or self.page).get_by_role(role, name=name).first


class Keyboard(Mouse):
    """A person who has no mouse: moves with Tab, presses Enter and Space, writes."""

    def go_to(self, target):
        """Presses Tab until the target has the focus; a page on which that never happens is not for this person."""
        target.wait_for()
        for _ in range(300):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {target}")

    def press(self, role, name, within=None):
        self.go_to(self.found(role, name, within))
        self.page.keyboard.press("Enter")

    def write(self, label, text, within=None):
        self.go_to(self.field(label, within))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def tick(self, label):
        self.go_to(self.page.get_by_role("checkbox", name=re.compile(label)).first)
        self.page.keyboard.press("Space")


def walk(page, server, person, petstore, look):
    """Sign in → upload → toolset → call → staging mode → edit → review → publish → edit → roll back → install."""
    page.goto(re.search(r"http://\S+/sign-in/sli_\S+", server.output)[0])
    person.write("Your name", "Ada Lovelace")
    person.write("E-mail", "ada@example.com")
    person.press("button", "Sign in")
    page.wait_for_url("**/toolsets")
    look("signed in")

    page.goto("/projects/default/sources")
    person.press("link", "Upload a document")
    page.get_by_label("Document", exact=True).set_input_files(petstore)
    person.press("button", "Upload")
    page.wait_for_url("**/sources/documents/*")
    person.write(re.compile("^Short name"), "pets")
    person.press("button", "Deploy document")
    page.wait_for_url("**/sources/deployments/*")
    page.get_by_role("link", name="Make a toolset of pets").wait_for()
    look("deployed")

    person.press("link", "Make a toolset of pets")
    page.wait_for_url("**/toolsets/new*")
    person.write("Name", "Pets")
    person.write(re.compile("^Short name"), "pets")
    person.press("button", "Make toolset")
    page.wait_for_url(f"**{TOOLSET}*")
    look("toolset")

    page.goto(f"{TOOLSET}/playground")
    person.press("link", "getPet")
    page.wait_for_url("**tool=getPet*")
    person.write("petId required", "7")
    person.press("button", "Call")
    page.get_by_text("Rex").first.wait_for()
    look("called")

    page.goto(TOOLSET)
    person.press("link", "Switch to staging mode")
    person.press("button", re.compile("Switch"))
    page.get_by_role("link", name=re.compile("Staging · no changes")).wait_for()
    look("staging mode")

    edit(page, person, "getPet", "Tells about one animal of the shop.")
    look("edited")
    publish(page, person, 2, look)

    edit(page, person, "getPet", "Waits for another day.")
    page.goto(f"{TOOLSET}/releases")
    person.press("link", re.compile("Roll back to release 1"))
    place = page.get_by_role("heading", name="Roll back to release 1")
    place.wait_for()
    look("rolling back")
    person.write(re.compile("Why, in your words"), "It was better before")
    person.press("button", "Roll back to release 1")
    page.get_by_text("On hold after rollback").first.wait_for()
    assert "release 1" in page.get_by_role("link", name=re.compile("Live ·")).first.inner_text()
    assert "no changes" not in page.get_by_role("link", name=re.compile("Staging ·")).first.inner_text(), "the edit stays"
    look("rolled back")

    page.goto("/install/pets")
    page.get_by_text("Claude Code").first.wait_for()
    look("install")


def edit(page, person, tool, description):
    page.goto(TOOLSET)
    person.press("link", f"Edit {tool}")
    page.get_by_role("heading", name=f"Edit {tool}").wait_for()
    dialog = page.get_by_role("dialog")
    place = dialog if dialog.count() else page.locator("main")
    person.write("Description", description, within=place)
    person.press("button", "Save in staging", within=place)
    page.locator(".notice", has_text="live stays until you publish").wait_for()


def publish(page, person, number, look):
    page.goto(f"{TOOLSET}/review")
    for box in page.get_by_role("checkbox", name=re.compile("Understood")).all():
        box.check()
    look("review")
    person.press("button", f"Publish release {number}")
    page.wait_for_url("**/releases*")
    page.get_by_text(f"Release {number} is live").first.wait_for()
    look("published")


def test_with_a_mouse(fresh, new_page, petstore, shoot):
    page = new_page(base_url=fresh.address)

    def look(word):
        check(page)
        shoot(page, word)

    walk(page, fresh, Mouse(page), petstore, look)


def test_with_scripts_off(fresh, new_page, petstore):
    page = new_page(scripts=False, base_url=fresh.address)
    walk(page, fresh, Mouse(page), petstore, lambda word: None)


def test_at_360_px(fresh, new_page, petstore, shoot):
    page = new_page(width=360, height=740, base_url=fresh.address)

    def look(word):
        check(page)
        shoot(page, word)

    walk(page, fresh, Mouse(page), petstore, look)


def test_by_keyboard_alone(fresh, new_page, petstore):
    page = new_page(base_url=fresh.address)
    walk(page, fresh, Keyboard(page), petstore, lambda word: None)
