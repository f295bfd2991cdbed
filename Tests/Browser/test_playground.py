"""The playground: tools are called for real, on the side that was chosen."""

import pytest

from accessibility import check

PLAYGROUND = "/projects/default/toolsets/shop/playground"


@pytest.fixture(scope="module")
def shop(management, upstream):
    """A toolset in staging mode, with a nested order, a secret in the query, and a prompt."""
    text = {"type": "string"}
    order = {
        "type": "object",
        "required": ["customer", "payment"],
        "properties": {
            "customer": {"type": "object", "required": ["name"], "properties": {"name": text, "vip": {"type": "boolean"}}},
            "items": {"type": "array", "items": {"type": "object", "required": ["sku"], "properties": {
                "sku": text, "count": {"type": "integer", "minimum": 1}}}},
            "payment": {"oneOf": [
                {"title": "Card", "type": "object", "required": ["number"], "properties": {"number": text}},
                {"title": "Invoice", "type": "object", "required": ["vat"], "properties": {"vat": text}},
            ]},
        },
    }
    document = upstream.document
    document["paths"]["/orders"] = {"post": {
        "operationId": "createOrder",
        "summary": "Create an order",
        "requestBody": {"required": True, "content": {"application/json": {"schema": order}}},
        "responses": {"201": {"description": "Made"}},
    }}
    document["components"] = {"securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "api_key"}}}
    document["security"] = [{"key": []}]
    urns = {tool["name"]: tool["urn"] for tool in management.import_document("shop", document)}
    [variable] = management.get("tools.get", urn=urns["getPet"])["tool"]["call"]["security"][0][0]["variables"]
    entry = {"name": variable, "value": "very-secret-value", "secret": True}
    management.post("environments.create", {"slug": "shop", "name": "Shop", "entries": [entry]})
    management.post("templates.create", {
        "name": "greet", "description": "Greets somebody", "prompt": "Say hello to {{who}}.",
        "arguments": [{"name": "who", "description": "Whom", "required": True}],
    })
    management.post("toolsets.create", {
        "slug": "shop", "name": "Shop", "tool_urns": list(urns.values()), "prompt_names": ["greet"],
        "default_environment_slug": "shop",
    })
    management.post("toolsets.switchEditingMode", {"slug": "shop", "mode": "staging"})
    management.post("toolsets.update", {"slug": "shop", "tool_urns": [urn for name, urn in urns.items() if name != "listPets"]})
    return management


def fill_order(page):
    page.get_by_label("name required").fill("Ada & Söhne")
    page.get_by_label("vip").select_option("true")
    page.get_by_role("button", name="Add to items").click()
    page.get_by_label("sku required").fill("A-1")
    page.get_by_role("button", name="Add another to items").click()
    page.get_by_label("sku required").nth(1).wait_for()
    page.get_by_label("sku required").nth(1).fill("B-2")
    page.get_by_label("count").nth(1).fill("3")


ORDER = {
    "customer": {"name": "Ada & Söhne", "vip": True},
    "items": [{"sku": "A-1"}, {"sku": "B-2", "count": 3}],
    "payment": {"vat": "DE1"},
}


def test_a_nested_form_becomes_the_request(page, sign_in, shop, upstream, shoot):
    sign_in(page)
    page.goto(PLAYGROUND)
    check(page)
    shoot(page, "choose")
    page.get_by_role("link", name="createOrder").click()
    check(page)
    fill_order(page)
    page.get_by_label("Shape of payment").select_option("1")
    page.get_by_label("vat required").fill("DE1")
    check(page)
    shoot(page, "form")
    page.get_by_role("button", name="Call on staging", exact=True).click()
    page.locator("#result article").wait_for()
    assert upstream.requests[-1].json == ORDER
    assert upstream.requests[-1].query["api_key"] == ["very-secret-value"]
    text = page.inner_text("#result")
    assert "Done" in text and "HTTP 201" in text and " ms" in text
    page.get_by_text("Request to the API").click()
    assert "/orders?api_key=••••" in page.inner_text("#result")
    assert "very-secret-value" not in page.content()
    page.get_by_text("JSON-RPC, as a client").click()
    assert '"method": "tools/call"' in page.inner_text("#result")
    check(page)
    shoot(page, "answer")
    assert page.get_by_label("vat required").input_value() == "DE1", "the form is kept"


def test_what_does_not_fit_is_said_beside_its_field(page, sign_in, shop, upstream, shoot):
    sign_in(page)
    page.goto(f"{PLAYGROUND}?view=staging&tool=createPet")
    before = len(upstream.requests)
    page.get_by_role("button", name="Call on staging", exact=True).click()
    page.get_by_text("Not called").first.wait_for()
    assert len(upstream.requests) == before
    check(page)
    shoot(page, "refused")
    page.goto(f"{PLAYGROUND}?view=staging&tool=getPet")
    page.get_by_label("petId").fill("seven")
    page.get_by_role("button", name="Call on staging", exact=True).click()
    page.get_by_text("must be a whole number").wait_for()
    assert page.get_by_label("petId").input_value() == "seven"
    assert page.evaluate("document.activeElement.id") == page.get_by_label("petId").get_attribute("id")
    assert len(upstream.requests) == before


def test_json_and_form_are_two_views_of_one_thing(page, sign_in, shop, upstream):
    sign_in(page)
    page.goto(f"{PLAYGROUND}?view=staging&tool=createOrder")
    page.get_by_role("button", name="Edit as JSON").click()
    area = page.get_by_label("Arguments, as JSON")
    area.fill('{"customer": ')
    page.get_by_role("button", name="Edit in a form").click()
    page.get_by_text("This is not JSON").wait_for()
    assert area.input_value() == '{"customer": '
    area.fill('{"customer": {"name": "Ada"}, "payment": {"number": "1"}}')
    page.get_by_role("button", name="Edit in a form").click()
    assert page.get_by_label("name required").input_value() == "Ada"
    assert page.get_by_label("number required").input_value() == "1", "the shape is found by the value"
    page.get_by_role("button", name="Call on staging", exact=True).click()
    page.locator("#result article").wait_for()
    assert upstream.requests[-1].json == {"customer": {"name": "Ada"}, "payment": {"number": "1"}}


def test_live_and_staging_are_compared(page, sign_in, shop, upstream, shoot):
    sign_in(page)
    page.goto(f"{PLAYGROUND}?view=live&tool=getPet")
    page.get_by_label("petId").fill("7")
    before = len(upstream.requests)
    page.get_by_role("button", name="Call on live and staging, and compare").click()
    page.get_by_text("Both sides answered the same").wait_for()
    assert len(upstream.requests) == before + 2
    page.goto(f"{PLAYGROUND}?view=live&tool=listPets")
    page.get_by_role("button", name="Call on live and staging, and compare").click()
    page.locator("#result del").first.wait_for()
    assert "serves no tool" in page.inner_text("#result ins"), "staging has it no more"
    check(page)
    shoot(page, "difference")


def test_calls_of_this_tab_are_kept_and_come_back(page, sign_in, shop):
    sign_in(page)
    page.goto(f"{PLAYGROUND}?view=staging&tool=getPet")
    page.get_by_label("petId").fill("404")
    page.get_by_label("petId").press("Enter")
    page.locator("#result article").wait_for()
    assert "Error" in page.inner_text("#result") and "HTTP 404" in page.inner_text("#result")
    page.goto(PLAYGROUND)
    page.locator("call-history a").first.click()
    assert page.get_by_label("petId").input_value() == "404"
    page.get_by_role("button", name="Clear the list").click()
    assert page.locator("call-history a").count() == 0


def test_a_release_is_called_whatever_is_live(page, sign_in, shop):
    sign_in(page)
    page.goto(f"{PLAYGROUND}?view=staging&tool=getPet")
    page.get_by_label("Call", exact=True).select_option("1")
    page.wait_for_url("**release=1*")
    page.get_by_label("petId").fill("7")
    page.get_by_role("button", name="Call on release 1").click()
    page.locator("#result article").wait_for()
    assert "release 1" in page.inner_text("#result")


def test_a_prompt_shows_its_messages(page, sign_in, shop, shoot):
    sign_in(page)
    page.goto(f"{PLAYGROUND}?view=staging&prompt=greet")
    page.get_by_role("button", name="Show messages").click()
    page.get_by_text("is required").wait_for()
    page.get_by_label("who").fill("<Ada>")
    page.get_by_role("button", name="Show messages").click()
    page.get_by_text("Say hello to <Ada>.").wait_for()
    check(page)
    shoot(page, "prompt")


def test_it_works_without_scripts(new_page, sign_in, shop, upstream):
    page = sign_in(new_page(scripts=False))
    page.goto(f"{PLAYGROUND}?view=staging&tool=createOrder")
    fill_order(page)
    page.get_by_label("Shape of payment").select_option("1")
    page.get_by_role("button", name="Use this shape").click()
    page.get_by_label("vat required").fill("DE1")
    page.get_by_role("button", name="Remove items 1").click()
    assert page.get_by_label("sku required").count() == 1
    page.get_by_role("button", name="Call on staging", exact=True).click()
    assert upstream.requests[-1].json == ORDER | {"items": [{"sku": "B-2", "count": 3}]}
    assert "HTTP 201" in page.inner_text("#result")


def test_a_tool_is_called_by_keyboard_alone(page, sign_in, shop, upstream):
    sign_in(page)
    page.goto(PLAYGROUND)
    page.get_by_role("link", name="getPet").focus()
    page.keyboard.press("Enter")
    page.get_by_label("petId").wait_for()
    page.get_by_label("petId").focus()
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "call-button"
    page.keyboard.press("Enter")
    page.locator("#result article").wait_for()
    assert page.evaluate("document.activeElement.id") == "result", "focus goes to the answer"
    assert "Done" in page.inner_text("#announcements")


def test_enter_calls_nothing_that_may_change_data(page, sign_in, shop, upstream):
    sign_in(page)
    page.goto(f"{PLAYGROUND}?view=staging&tool=createPet")
    before = len(upstream.requests)
    field = page.locator("#chosen input[type=text]").first
    field.fill("Rex")
    with page.expect_response("**/playground/call*"):
        field.press("Enter")
    assert len(upstream.requests) == before
    assert page.locator("#result article").count() == 0


def test_a_phone_shows_all_of_it(new_page, sign_in, shop, shoot):
    page = sign_in(new_page(width=360))
    page.goto(f"{PLAYGROUND}?view=staging&tool=createOrder")
    check(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto(f"{PLAYGROUND}?view=live&tool=getPet")
    page.get_by_label("petId").fill("7")
    page.get_by_role("button", name="Call on live", exact=True).click()
    page.locator("#result article").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    shoot(page, "phone")


def test_readers_are_told_why_they_may_not_call(new_page, sign_in, shop):
    page = sign_in(new_page(), key=shop.create_key("reader"))
    page.goto(f"{PLAYGROUND}?view=staging&tool=getPet")
    assert "needs the role producer" in page.inner_text("#chosen")
    assert page.get_by_role("button", name="Call on staging").count() == 0


def test_an_empty_row_is_not_left_out_in_silence(page, sign_in, shop, upstream):
    sign_in(page)
    page.goto(f"{PLAYGROUND}?view=staging&tool=createOrder")
    fill_order(page)
    page.get_by_role("button", name="Add another to items").click()
    page.get_by_label("sku required").nth(2).wait_for()
    before = len(upstream.requests)
    page.get_by_role("button", name="Call on staging", exact=True).click()
    page.get_by_text("Fill this in, or remove it").wait_for()
    assert len(upstream.requests) == before, "nothing was called"
    assert page.get_by_label("sku required").count() == 3, "the rows stay"
