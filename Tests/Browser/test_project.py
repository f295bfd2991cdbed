"""The pages of a project: documents come in, environments, prompts, variations, keys, members, the audit log."""

import json
import re

import pytest

from accessibility import check
from server import ROOT, Management, Server

LIBRARY = ROOT / "docs" / "examples" / "library.yaml"
PROJECT = "/projects/default"

BROKEN = """openapi: 3.1.0
info: {title: Broken pets, version: "1"}
servers: [{url: "https://pets.example"}]
paths:
  /pets:
    get:
      operationId: listPets
      parameters: [{$ref: "#/components/parameters/Missing"}]
      responses: {"200": {description: fine}}
    post:
      operationId: addPet
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Missing"}}}}
      responses: {"201": {description: made}}
"""


def file_of(name, text):
    return {"name": name, "mimeType": "application/yaml", "buffer": text.encode()}


def heading(page):
    return page.get_by_role("heading", level=1).inner_text()


def wait_for_deployment(page):
    page.wait_for_url("**/sources/deployments/*")
    page.locator(".chip.live, .chip.breaking").first.wait_for()


@pytest.fixture
def narrow(new_page, sign_in):
    return sign_in(new_page(width=360))


def test_a_document_is_uploaded_deployed_and_read(page, sign_in, shoot, narrow):
    sign_in(page)
    page.goto(f"{PROJECT}/sources")
    check(page)
    page.get_by_role("link", name="Upload a document").click()
    check(page)
    shoot(page, "upload")
    page.get_by_label("Document", exact=True).set_input_files(file_of("library.yaml", LIBRARY.read_text()))
    page.get_by_role("button", name="Upload").click()
    page.wait_for_url("**/sources/documents/*")
    check(page)
    shoot(page, "document")
    assert page.get_by_label("Short name").input_value() == "library", "as push would name it"
    page.get_by_label("Short name").fill("Not a slug!")
    page.get_by_role("button", name="Deploy document").click()
    assert page.locator("#error-slug").is_visible()
    assert page.get_by_label("Short name").input_value() == "Not a slug!", "what was typed is kept"
    page.get_by_label("Short name").fill("library")
    page.get_by_role("button", name="Deploy document").click()
    wait_for_deployment(page)
    check(page)
    shoot(page, "deployment")
    make = page.get_by_role("link", name="Make a toolset of library")
    assert make.get_attribute("href").endswith("/toolsets/new?source=library")
    page.get_by_role("link", name="Sources", exact=True).last.click()
    page.get_by_role("link", name="library", exact=True).click()
    page.get_by_placeholder("Name, title, method or path").fill("loan")
    page.get_by_role("button", name="Search").click()
    assert page.get_by_role("rowheader").all_inner_texts()[0].startswith("listLoans")
    check(page)
    for path in ("sources", "sources/~new", "sources/deployments", "sources?source=library"):
        narrow.goto(f"{PROJECT}/{path}")
        check(narrow)
    shoot(narrow, "narrow")


def test_a_document_is_uploaded_without_scripts(new_page, sign_in, management):
    page = sign_in(new_page(scripts=False))
    page.goto(f"{PROJECT}/sources/~new")
    page.get_by_label("Document", exact=True).set_input_files(file_of("pets.yaml", BROKEN))
    page.get_by_role("button", name="Upload").click()
    page.wait_for_url("**/sources/documents/*")
    page.get_by_label("A new source").check()
    page.get_by_label("Short name").fill("pets")
    page.get_by_role("button", name="Deploy document").click()
    page.wait_for_url("**/sources/deployments/*")
    page.locator(".chip.live, .chip.breaking").first.wait_for()
    assert "pets" in [source["slug"] for source in management.get("sources.list")["sources"]]


def test_diagnostics_tell_the_place(page, sign_in, shoot):
    sign_in(page)
    page.goto(f"{PROJECT}/sources/~new?source=pets")
    page.get_by_label("Document", exact=True).set_input_files(file_of("pets.yaml", BROKEN + "# again\n"))
    page.get_by_role("button", name="Upload").click()
    page.wait_for_url("**/sources/documents/*")
    page.get_by_role("button", name="Deploy document").click()
    wait_for_deployment(page)
    row = page.get_by_role("row").filter(has_text="pets").filter(has_text="line 6")
    assert row.first.is_visible()
    assert "/paths/~1pets/get" in row.first.inner_text()
    check(page)
    shoot(page, "diagnostics")


def test_a_dropped_file_is_taken_and_a_useless_one_explained(page, sign_in, shoot):
    sign_in(page)
    page.goto(f"{PROJECT}/sources/~new")
    transfer = page.evaluate_handle(
        "() => { const t = new DataTransfer(); t.items.add(new File(['hello: {'], 'notes.txt')); return t; }"
    )
    page.locator(".drop-area").dispatch_event("drop", {"dataTransfer": transfer})
    page.wait_for_url("**/sources/documents/*")
    assert "This cannot be deployed" in page.get_by_role("alert").inner_text()
    assert page.get_by_role("button", name="Deploy document").count() == 0
    check(page)
    shoot(page, "unreadable")


def test_a_document_is_fetched_from_an_address(page, sign_in, server):
    sign_in(page)
    page.goto(f"{PROJECT}/sources/~new")
    field = page.get_by_label("Address of the document")
    field.fill("http://10.0.0.1/openapi.yaml")
    page.get_by_role("button", name="Fetch").click()
    assert page.locator("#error-url").is_visible() and field.input_value() == "http://10.0.0.1/openapi.yaml"
    check(page)
    field.fill(f"{server.address}/openapi.json")
    page.get_by_role("button", name="Fetch").click()
    page.wait_for_url("**/sources/documents/*")
    assert heading(page) == "Slipway" and "openapi.json" in page.inner_text("main")


def test_a_deployment_tells_what_it_means_and_can_be_made_again(page, sign_in, management, shoot):
    push(management, "things", LIBRARY.read_text())
    for slug in ("things-live", "things-staged"):
        urns = [tool["urn"] for tool in management.get("tools.list", source="things")["tools"]]
        management.post("toolsets.create", {"slug": slug, "name": slug, "tool_urns": urns})
    management.post("toolsets.switchEditingMode", {"slug": "things-staged", "mode": "staging"})
    before = management.get("deployments.active")["deployment"]
    push(management, "things", LIBRARY.read_text().replace("summary: ", "summary: New "))
    after = management.get("deployments.active")["deployment"]
    sign_in(page)
    page.goto(f"{PROJECT}/sources/deployments/{after['id']}")
    text = page.inner_text("main")
    assert "Live now in 1 toolset, waiting in 1 toolset." in text and "Brings things." in text
    check(page)
    shoot(page, "effects")
    page.goto(f"{PROJECT}/sources/deployments/{before['id']}")
    page.get_by_role("link", name="Deploy these sources again").click()
    page.get_by_role("dialog").get_by_role("button", name=f"Deploy sources of deployment {before['seq']}").click()
    page.get_by_role("dialog").wait_for(state="detached")
    wait_for_deployment(page)
    assert heading(page) == f"Deployment {after['seq'] + 1}"


def push(management, slug, text):
    asset = management.post("assets.uploadOpenAPI", text.encode(), name=f"{slug}.yaml")["asset"]
    return management.post("deployments.evolve", {"upsert": [{"slug": slug, "asset_id": asset["id"]}]})


def test_an_environment_is_filled_with_what_a_toolset_needs(page, sign_in, management, shoot, narrow):
    push(management, "needy", LIBRARY.read_text())
    urns = [tool["urn"] for tool in management.get("tools.list", source="needy")["tools"]]
    management.post("toolsets.create", {"slug": "needy", "name": "Needy", "tool_urns": urns})
    sign_in(page)
    page.goto(f"{PROJECT}/environments/~new?toolset=needy")
    check(page)
    page.get_by_label("Name", exact=True).press_sequentially("What needy needs")
    assert page.get_by_label("Short name").input_value() == "what-needy-needs", "suggested while the name is typed"
    page.get_by_label("Short name").fill("needs")
    page.get_by_label("Value NEEDY_CARD_KEY").fill("s3cret")
    page.get_by_role("button", name="Create environment").click()
    page.wait_for_url("**/toolsets/needy/environment")
    assert "calls of this toolset use it" in page.inner_text("main")
    assert management.get("toolsets.get", slug="needy")["toolset"]["default_environment_slug"] == "needs"
    page.goto(f"{PROJECT}/environments/needs?toolset=needy")
    assert "Everything that Needy needs is set" in page.inner_text("main")
    assert "s3cret" not in page.content(), "a secret is never shown"
    check(page)
    shoot(page, "filled")

    page.get_by_label("Secret NEEDY_CARD_KEY").uncheck()
    page.get_by_role("button", name="Save environment").click()
    assert "type its value again" in page.inner_text("main")
    page.goto(f"{PROJECT}/environments/needs")
    page.get_by_label("Name of another variable").fill("NEEDY_SERVER_URL")
    page.get_by_label("Value of another variable").fill("https://needy.example")
    page.get_by_label("Secret another variable").uncheck()
    page.get_by_role("button", name="Add another variable").click()
    assert page.get_by_label("Name of another variable").count() == 2, "a row more, and nothing was saved"
    assert "NEEDY_SERVER_URL" not in str(management.get("environments.get", slug="needs"))
    page.get_by_label("Name", exact=True).fill("Renamed")
    page.get_by_label("Name", exact=True).press("Enter")
    assert "Set NEEDY_SERVER_URL." in page.inner_text("main")
    assert heading(page) == "Renamed" and "NEEDY_SERVER_URL" in str(management.get("environments.get", slug="needs"))
    page.get_by_label("Fill in what a toolset needs").select_option("Needy")
    page.get_by_role("button", name="Show its variables").click()
    assert "Everything that Needy needs is set" in page.inner_text("main")
    assert page.get_by_label("Value NEEDY_SERVER_URL").input_value() == "https://needy.example"

    page.get_by_role("link", name="Delete").click()
    dialog = page.get_by_role("dialog")
    assert "Needy" in dialog.inner_text()
    assert dialog.get_by_role("button").count() == 0, "nothing is offered that would be refused"
    management.post("toolsets.update", {"slug": "needy", "default_environment_slug": None})
    page.goto(f"{PROJECT}/environments/needs/delete")
    page.get_by_role("button", name="Delete environment needs").click()
    page.wait_for_url("**/environments")
    narrow.goto(f"{PROJECT}/environments/~new?toolset=needy")
    check(narrow)


def test_somebody_elses_change_of_an_environment_is_not_overwritten(page, sign_in, management):
    entry = {"name": "A_KEY", "value": "1", "secret": False}
    management.post("environments.create", {"slug": "shared", "entries": [entry]})
    sign_in(page)
    page.goto(f"{PROJECT}/environments/shared")
    management.post("environments.update", {"slug": "shared", "entries": [entry | {"value": "2"}]})
    page.get_by_label("Value A_KEY").fill("3")
    page.get_by_role("button", name="Save environment").click()
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("Value A_KEY").input_value() == "3", "what was typed is kept"
    assert management.get("environments.get", slug="shared")["environment"]["entries"][0]["value"] == "2"


def test_a_prompt_is_written_with_a_live_preview(page, sign_in, shoot, narrow):
    sign_in(page)
    page.goto(f"{PROJECT}/prompts")
    check(page)
    page.get_by_role("link", name="New prompt").first.click()
    page.get_by_label("Name", exact=True).fill("plan")
    page.get_by_label("Name of argument 1").fill("city")
    page.get_by_label("Argument 1 is required").check()
    page.get_by_label("Template").press_sequentially("Go to {{city}}")
    preview = page.get_by_role("region", name="Preview")
    preview.get_by_text("Go to [city]").wait_for()
    page.get_by_label("Value of argument 1 in the preview").fill("Rome & <Ostia>")
    preview.get_by_text("Go to Rome & <Ostia>").wait_for()
    page.get_by_label("Template").press_sequentially(" {{")
    page.locator("[data-preview-fault]").get_by_text("not closed").wait_for()
    check(page)
    shoot(page, "preview")
    page.get_by_role("button", name="Create prompt").click()
    assert "not closed" in page.locator("#error-prompt").inner_text()
    page.get_by_label("Template").fill("Go to {{city}} by {{vehicle}}")
    page.get_by_text("{{vehicle}} is no argument of the prompt").wait_for()
    check(page)
    shoot(page, "undeclared")
    page.get_by_role("button", name="Create prompt").click()
    assert "Declare it below, or take it out" in page.locator("#error-prompt").inner_text(), "nothing vanishes in silence"
    page.get_by_role("button", name="Declare vehicle").click()
    assert page.get_by_label("Name of argument 2").input_value() == "vehicle"
    assert page.locator("[data-preview-warning]").is_hidden()
    page.get_by_label("Remove argument 2").check()
    page.get_by_label("Template").fill("Go to {{city}} by train")
    page.get_by_role("button", name="Create prompt").click()
    page.wait_for_url("**/prompts/plan")
    page.get_by_label("Template").fill("Go to {{city}} by bus")
    page.get_by_role("button", name="Write version 2").click()
    page.get_by_role("link", name="Version 1").click()
    assert page.get_by_label("Template").input_value() == "Go to {{city}} by train"
    check(page)
    shoot(page, "old version")
    for path in ("prompts", "prompts/plan", "resources", "resources/~new"):
        narrow.goto(f"{PROJECT}/{path}")
        check(narrow)


def test_a_prompt_is_previewed_by_a_button_without_scripts(new_page, sign_in):
    page = sign_in(new_page(scripts=False))
    page.goto(f"{PROJECT}/prompts/~new")
    page.get_by_label("Name", exact=True).fill("plain")
    page.get_by_label("Template").fill("Hello {{who}}")
    page.get_by_role("button", name="Show preview").click()
    assert "{{who}} is no argument of the prompt" in page.inner_text("main")
    page.get_by_role("button", name="Declare who").click()
    page.get_by_role("button", name="Add argument").click()
    page.get_by_role("button", name="Show preview").click()
    assert page.get_by_role("region", name="Preview").inner_text() == "Hello [who]"
    page.get_by_role("button", name="Create prompt").click()
    page.wait_for_url("**/prompts/plain")
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete prompt plain").click()
    page.wait_for_url("**/prompts")


def test_a_resource_is_written_and_a_file_taken(page, sign_in, management):
    sign_in(page)
    page.goto(f"{PROJECT}/resources/~new")
    page.get_by_label("Title").press_sequentially("Glossary")
    assert page.get_by_label("Short name").input_value() == "glossary"
    page.get_by_role("button", name="Create resource").click()
    assert page.locator("#error-text").is_visible()
    assert page.locator("nav.sections [aria-current]").inner_text() == "Resources"
    page.get_by_label("Text", exact=False).first.fill("# Words")
    page.get_by_role("button", name="Create resource").click()
    page.wait_for_url("**/resources/glossary")
    check(page)
    page.get_by_label("Media type").fill("image/png")
    page.get_by_label("Another file in its place").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n\xff"}
    )
    page.get_by_role("button", name="Write version 2").click()
    assert "Version 2 of glossary is written" in page.inner_text("main")
    resource = management.get("resources.get", slug="glossary", content="true")["resource"]
    assert resource["blob"] == "iVBORw0KGgr/"


def test_a_variation_tells_which_toolsets_it_touches(page, sign_in, management, shoot, narrow):
    push(management, "varied", LIBRARY.read_text())
    urn = "tools:http:varied:getBook"
    management.post("toolsets.create", {"slug": "varied", "name": "Varied", "tool_urns": [urn]})
    sign_in(page)
    page.goto(f"{PROJECT}/variations")
    check(page)
    page.get_by_label("Find a tool to change").fill("tools:http")
    page.get_by_role("button", name="Find").click()
    page.get_by_text("No tool of the project has").wait_for()  # what nobody sees is not searched
    page.get_by_label("Find a tool to change").fill("varied get a book")
    page.get_by_role("button", name="Find").click()
    page.get_by_text("varied · GET /books/{isbn}").wait_for()
    page.get_by_role("link", name="getBook").first.click()
    page.get_by_label("Title").fill("Get one book")
    page.get_by_label("Reads only").select_option("Reads only")
    page.get_by_role("button", name="Save variation").click()
    page.wait_for_url("**/variations")
    assert "Live at once in 1 toolset" in page.inner_text("main")
    check(page)
    shoot(page, "list")
    variation = management.get("variations.listGlobal")["variations"][0]
    assert variation["title"] == "Get one book" and variation["annotations"] == {"read_only_hint": True}
    page.get_by_role("link", name="getBook").first.click()
    check(page)
    shoot(page, "edit")
    page.get_by_role("link", name="Take off").click()
    page.get_by_role("dialog").get_by_role("button", name="Take off variation of getBook").click()
    page.get_by_role("dialog").wait_for(state="detached")
    page.wait_for_url("**/variations")
    assert management.get("variations.listGlobal")["variations"] == []
    narrow.goto(f"{PROJECT}/variations/~edit?urn={urn}")
    check(narrow)


def test_a_key_is_made_shown_once_and_revoked(page, sign_in, server, shoot, narrow):
    sign_in(page)
    page.goto(f"{PROJECT}/keys")
    check(page)
    page.get_by_label("What the key is for").fill("ci")
    page.get_by_label("Publisher").check()
    page.get_by_label("A program uses it").check()
    page.get_by_role("button", name="Create key").click()
    secret = re.search(r"slw_[\w-]{20,}", page.inner_text("main"))[0]
    check(page)
    shoot(page, "secret")
    ci = Management(server.address, secret)
    key = ci.get("keys.verify")["key"]
    assert key["name"] == "ci" and key["scopes"] == ["publisher"] and key["automation"] and key["project_slug"] == "default"
    page.goto(f"{PROJECT}/keys")
    assert secret not in page.content()
    row = page.get_by_role("row").filter(has_text="ci")
    # It is written behind the request that used the key, so it may take a moment.
    for _ in range(50):
        if row.first.locator("[data-label='Last used'] time").count():
            break
        page.reload()
    assert row.first.locator("[data-label='Last used'] time").inner_text() == "just now"
    shoot(page, "keys")
    page.get_by_role("link", name="Revoke ci").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke key ci").click()
    page.get_by_role("dialog").wait_for(state="detached")
    assert "Revoked" in page.get_by_role("row").filter(has_text="ci").first.inner_text()
    with pytest.raises(Exception, match="401"):
        ci.get("keys.verify")
    narrow.goto(f"{PROJECT}/keys")
    check(narrow)


def test_who_is_invited_joins_with_that_role_and_can_do_no_more(page, new_page, sign_in, shoot, narrow):
    sign_in(page)
    page.goto("/members")
    page.get_by_label("E-mail").fill("nonsense")
    page.get_by_label("Name").fill("Bob")
    page.get_by_role("button", name="Invite").click()
    assert page.locator("#error-email").is_visible() and page.get_by_label("Name").input_value() == "Bob"
    check(page)
    page.get_by_label("E-mail").fill("bob@example.com")
    page.get_by_label("Reader").check()
    page.get_by_role("button", name="Invite").click()
    address = re.search(r"http://\S+/sign-in/sli_[\w-]+", page.inner_text("main"))[0]
    check(page)
    shoot(page, "invited")

    bob = new_page()
    bob.goto(address)
    bob.get_by_role("button", name="Sign in").click()
    bob.wait_for_url("**/toolsets")
    for path in ("sources", "environments", "prompts", "variations", "keys", "audit"):
        bob.goto(f"{PROJECT}/{path}")
        check(bob)
        assert bob.locator("main form[method=post]").count() == 0, path
    assert bob.goto(f"{PROJECT}/sources/~new").status == 403
    assert bob.goto(f"{PROJECT}/environments/~new").status == 403
    bob.goto("/members")
    assert bob.get_by_role("button", name="Invite").count() == 0

    page.goto("/members")
    check(page)
    shoot(page, "members")
    page.get_by_role("link", name="Manage Bob").click()
    check(page)
    page.get_by_label("Producer").check()
    page.get_by_role("button", name="Save member").click()
    page.wait_for_url("**/members")
    assert bob.goto(f"{PROJECT}/sources/~new").status == 200, "a role counts at once"
    page.get_by_role("link", name="Manage Bob").click()
    page.get_by_role("button", name="Make a sign-in address").click()
    again = re.search(r"http://\S+/sign-in/sli_[\w-]+", page.inner_text("main"))[0]
    assert again != address
    page.goto("/members")
    page.get_by_role("link", name="Manage Bob").click()
    page.get_by_role("link", name="Remove Bob").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove Bob").click()
    page.get_by_role("dialog").wait_for(state="detached")
    page.wait_for_url("**/members")
    bob.goto("/account")
    assert "/sign-in" in bob.url
    assert bob.goto(again).status == 404
    narrow.goto("/members")
    check(narrow)


def test_the_only_admin_stays_one(tmp_path, new_page, shoot):
    with Server(tmp_path) as fresh:
        page = new_page(base_url=fresh.address)
        page.goto(re.search(r"http://\S+/sign-in/sli_\S+", fresh.output)[0])
        page.get_by_label("Your name").fill("Ada")
        page.get_by_label("E-mail").fill("ada@example.com")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/toolsets")
        page.goto("/members")
        page.get_by_role("link", name="Manage Ada").click()
        assert "the only admin who has signed in" in page.inner_text("main")
        assert page.get_by_label("Reader").is_disabled() and page.get_by_role("link", name="Remove").count() == 0
        check(page)
        shoot(page, "only admin")
        # Whoever sends it all the same is told why it is refused.
        page.get_by_label("Reader").evaluate("radio => { radio.disabled = false; radio.checked = true; }")
        page.get_by_role("button", name="Save member").click()
        assert "Ada is the only admin who has signed in" in page.get_by_role("alert").inner_text()


def test_the_audit_log_is_filtered(page, sign_in, management, shoot, narrow):
    management.post("templates.create", {"name": "audited", "prompt": "x"})
    sign_in(page)
    page.goto(f"{PROJECT}/audit")
    check(page)
    shoot(page, "audit")
    page.get_by_label("About").select_option("prompts")
    page.get_by_role("button", name="Filter").click()
    rows = page.locator("tbody tr").all_inner_texts()
    assert rows and all("the prompt" in row for row in rows)
    assert "Created the prompt audited" in rows[0]
    page.get_by_role("link", name="audited").click()
    page.wait_for_url("**/prompts/audited")
    page.goto(f"{PROJECT}/audit")
    page.get_by_label("By").fill("nobody")
    page.get_by_role("button", name="Filter").click()
    assert "Nothing matches." in page.inner_text("main")
    narrow.goto(f"{PROJECT}/audit")
    check(narrow)


def test_a_key_is_revoked_by_keyboard_alone(page, sign_in, management):
    management.post("keys.create", {"name": "typed", "scopes": ["reader"]})
    sign_in(page)
    page.goto(f"{PROJECT}/keys")
    link = page.get_by_role("link", name="Revoke typed")
    for _ in range(60):
        if link.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert link.evaluate("element => element === document.activeElement"), "the focus is back where it was"
    page.keyboard.press("Enter")
    dialog.wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Cancel", "what undoes nothing comes first"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/keys")
    page.get_by_text("The key typed is revoked").wait_for()


def test_many_tools_come_in_parts(page, sign_in, management):
    paths = {
        f"/things/{number}": {"get": {"operationId": f"getThing{number}", "responses": {"200": {"description": "ok"}}}}
        for number in range(500)
    }
    document = {"openapi": "3.1.0", "info": {"title": "Many", "version": "1"}, "servers": [{"url": "https://x.example"}], "paths": paths}
    push(management, "many", json.dumps(document))
    sign_in(page)
    answer = page.goto(f"{PROJECT}/sources?source=many")
    assert len(answer.body()) < 100_000
    assert page.locator("tbody tr").count() == 50
    page.get_by_role("link", name="Show more").click()
    assert "getThing50" in page.locator("tbody tr").first.inner_text()
    answer = page.goto(f"{PROJECT}/sources/deployments/{management.get('deployments.active')['deployment']['id']}")
    assert len(answer.body()) < 100_000
