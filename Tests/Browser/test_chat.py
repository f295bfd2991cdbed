"""The chat of the playground: a scripted model uses the tools of a toolset."""

import secrets

import pytest

from accessibility import check
from llm import Model, calling
from server import Management, Server
from staged import document

CHAT = "/projects/default/toolsets/pets/playground/chat"


@pytest.fixture(scope="module")
def model():
    with Model() as model:
        yield model


@pytest.fixture(scope="module")
def server(tmp_path_factory, upstream, model):
    """A server that knows a model."""
    settings = {
        "SLIPWAY_ADMIN_KEY": secrets.token_urlsafe(32), "SLIPWAY_ALLOWED_UPSTREAMS": upstream.host,
        "SLIPWAY_LLM_URL": model.address, "SLIPWAY_LLM_KEY": "model-key", "SLIPWAY_LLM_MODEL": "scripted",
    }
    with Server(tmp_path_factory.mktemp("server"), **settings) as server:
        management = Management(server.address, server.settings["SLIPWAY_ADMIN_KEY"])
        management.choose_project()
        urns = [tool["urn"] for tool in management.import_document("pets", upstream.document)]
        management.post("toolsets.create", {"slug": "pets", "name": "Pets", "tool_urns": urns})
        yield server


def say(page, text):
    page.get_by_label("Your message").fill(text)
    page.get_by_role("button", name="Send message").click()


def test_a_model_reads_by_itself(page, sign_in, model, upstream, shoot):
    model.script[:] = [calling("getPet", {"petId": 7}), {"content": "It is called Rex."}]
    sign_in(page)
    page.goto("/projects/default/toolsets/pets/playground")
    page.get_by_role("link", name="Chat with a model").click()
    check(page)
    before = len(upstream.requests)
    say(page, "What is pet 7 called?")
    page.get_by_text("It is called Rex.").wait_for()
    assert [request.path for request in upstream.requests[before:]] == ["/pets/7"]
    assert model.keys[-1] == "Bearer model-key"
    tools = {tool["function"]["name"]: tool["function"] for tool in model.requests[-1]["tools"]}
    assert tools["getPet"]["parameters"]["required"] == ["petId"]
    assert "Rex" in model.requests[-1]["messages"][-1]["content"]
    page.get_by_text("Called getPet").click()
    check(page)
    shoot(page, "answered")


@pytest.mark.parametrize("scripts", [True, False])
def test_somebody_is_asked_before_a_tool_writes(new_page, sign_in, model, upstream, shoot, scripts):
    model.script[:] = [calling("createPet", {"name": "Bello"}), {"content": "Done."}]
    page = sign_in(new_page(scripts=scripts))
    page.goto(CHAT)
    before = len(upstream.requests)
    say(page, "Make a pet")
    page.get_by_text("May the model call").wait_for()
    assert len(upstream.requests) == before, "nothing was called yet"
    assert "Bello" in page.inner_text("form.card")
    check(page) if scripts else None
    shoot(page, "asked")
    page.get_by_role("button", name="Call createPet", exact=True).click()
    page.get_by_text("Done.").wait_for()
    assert upstream.requests[-1].json == {"name": "Bello"}


def test_a_call_that_is_refused_is_not_made(page, sign_in, model, upstream):
    model.script[:] = [calling("createPet", {"name": "Bello"}), {"content": "As you wish."}]
    sign_in(page)
    page.goto(CHAT)
    before = len(upstream.requests)
    say(page, "Make a pet")
    page.get_by_role("button", name="Do not call createPet").click()
    page.get_by_text("As you wish.").wait_for()
    assert len(upstream.requests) == before
    assert "did not want" in model.requests[-1]["messages"][-1]["content"]


def test_a_model_that_fails_is_said_so_and_the_talk_is_kept(page, sign_in, model, shoot):
    model.script[:] = []
    sign_in(page)
    page.goto(CHAT)
    say(page, "Hello?")
    page.get_by_text("too much was asked").wait_for()
    assert "Hello?" in page.inner_text("#result")
    check(page)
    shoot(page, "failed")
    model.script[:] = [{"content": "Here I am."}]
    page.get_by_role("button", name="Ask again").click()
    page.get_by_text("Here I am.").wait_for()
    assert page.get_by_role("button", name="Ask again").count() == 0
    page.get_by_role("button", name="Send message").click()
    page.get_by_text("Write a message first.").wait_for()


def test_a_model_that_begins_anew_with_its_ids_is_asked_for_each_call(page, sign_in, model, upstream):
    model.script[:] = [
        calling("getPet", {"petId": 7}), {"content": "Rex."}, calling("createPet", {"name": "Bello"}), {"content": "Made."},
    ]
    sign_in(page)
    page.goto(CHAT)
    say(page, "Who is 7?")
    page.get_by_text("Rex.", exact=True).wait_for()
    say(page, "Make a pet")
    page.get_by_text("May the model call").wait_for()
    assert page.get_by_text("Called createPet").count() == 0, "it was not called yet"
    page.get_by_role("button", name="Call createPet", exact=True).click()
    page.get_by_text("Called createPet").wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_of_more_tools_than_a_model_takes_some_are_chosen(new_page, sign_in, model, server, management, shoot, scripts):
    slug = f"many{scripts}".lower()
    management.import_document(slug, document([f"{slug}Tool{number:03}" for number in range(140)]))
    urns = [tool["urn"] for tool in management.all("tools.list", "tools", source=slug)]
    management.post("toolsets.create", {"slug": slug, "tool_urns": urns})
    page = sign_in(new_page(scripts=scripts))
    page.goto(CHAT.replace("pets", slug))
    assert "the first 128 tools" in page.inner_text("main")
    page.get_by_label("Your message").fill("Kept")
    page.get_by_label("Tools for the model").fill("Tool13")
    page.get_by_role("button", name="Choose tools").click()
    page.get_by_text("The model gets 10 tools with “Tool13”.").wait_for()
    assert page.get_by_label("Your message").input_value() == "Kept"
    check(page) if scripts else None
    shoot(page, "chosen")
    model.script[:] = [{"content": "Hello."}]
    page.get_by_role("button", name="Send message").click()
    page.get_by_text("Hello.").wait_for()
    assert len(model.requests[-1]["tools"]) == 10
    assert page.get_by_label("Tools for the model").input_value() == "Tool13"
