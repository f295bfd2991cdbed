"""The same bytes, in every revision: what live serves changes by publish and rollback, and by nothing else."""

import json
import secrets
import threading
import time

import pytest

from conftest import create_toolset
from documents import bytes_of, document, large_document
from raw import MODERN, REVISIONS, call, call_tool, everything, exchange, listed, mcp, names_in
from server import Management, Refused, Server, secret_in
from upstream import Upstream

THINGS = {"listOrders": "Reads an order", "getInvoice": "Reads an invoice", "getParcel": "Reads a parcel"}


class Shop:
    """A server with one source, a prompt, a resource, and a toolset in staging mode for each test."""

    def __init__(self, server: Server, upstream: Upstream):
        self.server = server
        self.upstream = upstream
        self.management = Management(server.address, server.settings["SLIPWAY_ADMIN_KEY"])
        self.management.choose_project()
        self.reader = self.management.create_key("reader")
        self.consumer = self.management.create_key("consumer")
        self.slug = self.source = self.prompt = self.resource = ""
        self.tools: list[dict] = []

    def begin(self):
        """Makes a source, a prompt, a resource and a toolset that no other test knows."""
        name = secrets.token_hex(4)
        self.slug, self.source, self.prompt = f"shop-{name}", f"source-{name}", f"prompt-{name}"
        self.resource = f"resource-{name}"
        self.deploy(THINGS)
        self.post("templates.create", name=self.prompt, description="Greets", prompt="Hello {{who}}", **ARGUMENTS)
        self.post("resources.create", slug=self.resource, mime_type="text/markdown", text="Open from 9 to 5.")
        content = {"prompt_names": [self.prompt], "resource_urns": [f"resources:asset:{self.resource}"]}
        create_toolset(self.management, self.slug, self.urns, is_public=True, **content)

    def deploy(self, operations: dict[str, str], version="1.0.0"):
        content = document(operations, server=self.upstream.address, version=version)
        self.tools = self.management.import_document(self.source, content)

    def post(self, call: str, **body) -> dict:
        return self.management.post(call, body)

    def stage(self):
        self.post("toolsets.switchEditingMode", slug=self.slug, mode="staging")

    def edit(self, **fields) -> dict:
        return self.post("toolsets.update", slug=self.slug, **fields)["toolset"]

    def publish(self, notes="notes") -> int:
        return self.management.publish(self.slug, notes=notes)["number"]

    def roll_back(self, number: int, reason="because"):
        self.post("toolsets.rollbackToRelease", slug=self.slug, number=number, reason=reason)

    @property
    def urns(self) -> list[str]:
        return [tool["urn"] for tool in self.tools]

    @property
    def live(self) -> str:
        return f"{self.server.address}/mcp/{self.slug}"

    @property
    def staging(self) -> str:
        return f"{self.live}/staging"

    def served(self) -> dict:
        return everything(self.live)

    def staged(self) -> dict:
        return everything(self.staging, self.reader)


ARGUMENTS = {"arguments": [{"name": "who", "description": "Whom to greet", "required": True}]}


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with Upstream() as upstream:
        settings = {"SLIPWAY_ADMIN_KEY": secrets.token_urlsafe(32), "SLIPWAY_ALLOWED_UPSTREAMS": upstream.host}
        with Server(tmp_path_factory.mktemp("bytes"), **settings) as server:
            yield Shop(server, upstream)


@pytest.fixture
def shop(running):
    running.begin()
    running.upstream.requests.clear()
    return running


def test_the_whole_way_from_create_to_rollback_serves_what_each_step_says(shop):
    created = shop.served()
    assert names_in(created[MODERN, "tools"]) == [tool["name"] for tool in shop.tools]

    shop.edit(tool_urns=shop.urns[:2])  # in iteration mode: live at once
    edited = shop.served()
    assert names_in(edited[MODERN, "tools"]) == [tool["name"] for tool in shop.tools[:2]]

    shop.stage()
    assert shop.served() == edited == shop.staged()

    override = {"toolset_slug": shop.slug, "tool_urn": shop.urns[0], "description": "Staged words"}
    shop.post("variations.upsert", **override)
    assert shop.served() == edited
    assert b"Staged words" in shop.staged()[MODERN, "tools"]
    second = shop.staged()
    assert shop.publish() == 2
    assert shop.served() == second == shop.staged()

    shop.edit(tool_urns=[shop.urns[2]], prompt_names=[])
    third = shop.staged()
    assert shop.served() == second != third
    assert shop.publish() == 3
    assert shop.served() == third

    shop.roll_back(2)
    assert shop.served() == second
    assert shop.staged() == third, "a rollback leaves staging alone"
    shop.roll_back(1)
    assert shop.served() == edited


def test_switching_to_staging_serves_the_same_bytes(shop):
    shop.post("variations.upsertGlobal", tool_urn=shop.urns[0], description="Global words", title="Global title")
    shop.post("variations.upsert", toolset_slug=shop.slug, tool_urn=shop.urns[0], title="Own title")
    shop.post("variations.upsert", toolset_slug=shop.slug, tool_urn=shop.urns[1], annotations={"read_only_hint": False})
    before = shop.served()
    shop.stage()
    assert shop.served() == before
    assert shop.staged() == before


def change_the_document(shop):
    shop.deploy(THINGS | {"getInvoice": "Reads another invoice", "getRefund": "Reads a refund"}, "2.0.0")


def take_tools_out_of_the_document(shop):
    shop.deploy({"getParcel": "Reads a parcel"}, "3.0.0")


def remove_the_source(shop):
    shop.post("deployments.evolve", remove=[shop.source])


def change_a_description_everywhere(shop):
    shop.post("variations.upsertGlobal", tool_urn=shop.urns[0], description="Other words", title="Other title")


def rename_a_tool_everywhere(shop):
    shop.post("variations.upsertGlobal", tool_urn=shop.urns[1], name="another_name")


def change_and_clear_a_description_everywhere(shop):
    change_a_description_everywhere(shop)
    shop.management.delete("variations.deleteGlobal", tool_urn=shop.urns[0])


def edit_the_prompt(shop):
    shop.post("templates.update", name=shop.prompt, description="Insults", prompt="Go away {{who}}", arguments=[])


def edit_the_resource(shop):
    shop.post("resources.update", slug=shop.resource, title="Hours", mime_type="text/plain", text="Closed.")


def edit_the_toolset(shop):
    shop.edit(name="Other", description="Other", instructions="Other", tool_urns=shop.urns[:1], prompt_names=[], resource_urns=[])


def override_in_the_toolset(shop):
    shop.post("variations.upsert", toolset_slug=shop.slug, tool_urn=shop.urns[0], name="own_name", summary="Own")


def take_an_override_off(shop):
    shop.management.delete("variations.delete", toolset_slug=shop.slug, tool_urn=shop.urns[2])


def edit_and_discard(shop):
    edit_the_toolset(shop)
    override_in_the_toolset(shop)
    shop.management.delete("toolsets.discardStagingVersion", slug=shop.slug)
    assert shop.staged() == shop.served()


def make_an_environment_and_use_it(shop):
    shop.post("environments.create", slug=shop.slug, name="Env", entries=[])
    shop.edit(default_environment_slug=shop.slug)


def start_the_server_again(shop):
    shop.server.stop()
    shop.server.start_again()


def set_the_metadata(shop):
    shop.post("mcpMetadata.set", toolset_slug=shop.slug, instructions="Others", documentation_url="https://example.org")


def fail_a_deployment(shop):
    asset = shop.management.post("assets.uploadOpenAPI", b'{"swagger": "2.0"}', name="old.json")["asset"]
    source = {"slug": shop.source, "kind": "openapi", "asset_id": asset["id"]}
    try:
        shop.post("deployments.evolve", upsert=[source])
    except Refused:
        pass


EVENTS = [
    change_the_document, take_tools_out_of_the_document, remove_the_source, change_a_description_everywhere,
    rename_a_tool_everywhere, change_and_clear_a_description_everywhere, edit_the_prompt, edit_the_resource,
    edit_the_toolset, override_in_the_toolset, take_an_override_off, edit_and_discard, make_an_environment_and_use_it,
    start_the_server_again, set_the_metadata, fail_a_deployment,
]  # fmt: skip


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_in_staging_mode_nothing_but_a_publish_changes_a_byte_of_live(shop, event):
    shop.post("variations.upsert", toolset_slug=shop.slug, tool_urn=shop.urns[2], description="Own words")
    shop.stage()
    before = shop.served(), envelope(shop)
    event(shop)
    assert (shop.served(), envelope(shop)) == before


def envelope(shop) -> list:
    """What clients learn besides the lists; without what may differ."""
    prompt = mcp(shop.live, "prompts/get", {"name": shop.prompt, "arguments": {"who": "you"}}).json
    discovery = mcp(shop.live, "server/discover").json["result"]
    resource = mcp(shop.live, "resources/read", {"uri": f"slipway://default/resources/{shop.resource}"}).json
    return [prompt, resource, discovery["capabilities"], discovery.get("instructions"), initialize(shop.live).json["result"]]


def initialize(address: str, revision="2025-11-25", key=None):
    params = {"protocolVersion": revision, "capabilities": {}, "clientInfo": {"name": "raw", "version": "1"}}
    return mcp(address, "initialize", params, revision, key)


def test_every_release_serves_its_bytes_after_everything_has_changed(shop):
    shop.stage()
    served = {1: shop.served()}
    for event in (change_a_description_everywhere, change_the_document, edit_the_prompt, override_in_the_toolset):
        event(shop)
        shop.edit(tool_urns=shop.urns)
        number = shop.publish()
        served[number] = shop.served()
    assert len({content[MODERN, "tools"] for content in served.values()}) >= 4
    for event in (
        rename_a_tool_everywhere, edit_the_resource, edit_the_toolset, take_tools_out_of_the_document, remove_the_source,
    ):  # fmt: skip
        event(shop)
    start_the_server_again(shop)
    for number in [3, 1, 5, 2, 4]:
        if number != 5 or shop.served() != served[5]:
            shop.roll_back(number)
        assert shop.served() == served[number], f"release {number}"


def test_returning_to_a_newer_release_serves_its_bytes_and_is_noted_as_a_return(shop):
    shop.stage()
    first = shop.served()
    shop.edit(tool_urns=shop.urns[:1])
    shop.publish()
    second = shop.served()
    shop.roll_back(1)
    assert shop.served() == first
    shop.post("toolsets.rollbackToRelease", slug=shop.slug, number=2)  # no reason is needed to return
    assert shop.served() == second
    activations = shop.management.all("toolsets.listActivations", "activations", slug=shop.slug)
    told = [(entry["seq"], entry["release"], entry["previous_release"], entry["kind"]) for entry in activations]
    assert told == [(4, 2, 1, "roll_forward"), (3, 1, 2, "rollback"), (2, 2, 1, "publish"), (1, 1, None, "publish")]


def test_a_rollback_without_a_reason_is_refused_and_changes_nothing(shop):
    shop.stage()
    shop.edit(tool_urns=shop.urns[:1])
    shop.publish()
    before = shop.served()
    with pytest.raises(Refused) as refusal:
        shop.post("toolsets.rollbackToRelease", slug=shop.slug, number=1)
    assert refusal.value.status == 422
    assert "reason" in refusal.value.problem["detail"]
    assert shop.served() == before


def test_a_call_takes_the_way_that_the_served_release_knows(shop):
    shop.stage()
    name = shop.tools[0]["name"]

    def path(address, key=None):
        shop.upstream.requests.clear()
        call_tool(address, name, {"id": 7}, key)
        [request] = shop.upstream.requests
        return request.path

    moved = document(THINGS, server=shop.upstream.address)
    moved["paths"] = {f"/v2{path}": item for path, item in moved["paths"].items()}
    shop.management.import_document(shop.source, moved)
    assert path(shop.live) == "/listOrders/7"
    assert path(shop.staging, shop.reader) == "/v2/listOrders/7"
    shop.publish()
    assert path(shop.live) == "/v2/listOrders/7"
    shop.roll_back(1)
    assert path(shop.live) == "/listOrders/7"


def test_own_overrides_win_over_global_ones_and_global_ones_over_the_document(shop):
    urn = shop.urns[0]

    def title():
        return {revision: json.loads(listed(shop.live, revision=revision))[0].get("title") for revision in REVISIONS}

    shop.post("variations.upsertGlobal", tool_urn=urn, title="Global")
    assert title() == {MODERN: "Global", "2025-11-25": "Global", "2025-06-18": "Global", "2025-03-26": None}
    shop.post("variations.upsert", toolset_slug=shop.slug, tool_urn=urn, title="Own")
    assert title()[MODERN] == "Own"
    shop.post("variations.upsert", toolset_slug=shop.slug, tool_urn=urn, title=None)
    assert title()[MODERN] == "Global"
    shop.management.delete("variations.deleteGlobal", tool_urn=urn)
    assert title()[MODERN] not in ("Global", "Own")


def test_what_a_release_needs_cannot_be_deleted_and_the_refusal_names_the_release(shop):
    shop.stage()
    shop.edit(prompt_names=[])
    shop.publish()
    before = shop.served()
    with pytest.raises(Refused) as refusal:
        shop.management.delete("templates.delete", name=shop.prompt)
    assert (refusal.value.status, refusal.value.code) == (409, "in_use")
    assert shop.slug in refusal.value.problem["detail"] and "1" in refusal.value.problem["detail"]
    shop.roll_back(1)
    assert shop.prompt in names_in(listed(shop.live, "prompts"))
    assert shop.served() != before


def test_two_publishes_of_the_same_content_make_one_release(shop):
    shop.stage()
    with pytest.raises(Refused) as refusal:
        shop.publish()
    assert (refusal.value.status, refusal.value.code) == (409, "nothing_to_publish")
    shop.edit(tool_urns=shop.urns[:1])
    shop.publish()
    with pytest.raises(Refused) as refusal:
        shop.publish()
    assert (refusal.value.status, refusal.value.code) == (409, "nothing_to_publish")
    shop.roll_back(1)
    assert shop.publish() == 3, "staging differs from live again, so it can be published"


def test_a_rollback_to_what_is_live_or_to_no_release_is_refused(shop):
    shop.stage()
    for number, status, code in ((1, 409, "already_live"), (9, 404, "not_found")):
        with pytest.raises(Refused) as refusal:
            shop.roll_back(number)
        assert (refusal.value.status, refusal.value.code) == (status, code)
    assert len(shop.management.all("toolsets.listActivations", "activations", slug=shop.slug)) == 1


def test_going_back_to_iteration_mode_needs_the_digest_of_the_difference(shop):
    shop.stage()
    shop.edit(tool_urns=shop.urns[:1])
    before, staged = shop.served(), shop.staged()
    with pytest.raises(Refused) as refusal:
        shop.post("toolsets.switchEditingMode", slug=shop.slug, mode="iteration")
    assert (refusal.value.status, refusal.value.code) == (422, "confirm_required")
    assert shop.served() == before
    with pytest.raises(Refused):
        shop.post("toolsets.switchEditingMode", slug=shop.slug, mode="iteration", confirm_digest="0" * 64)
    assert shop.served() == before
    digest = find(refusal.value.problem, "confirm_digest")
    shop.post("toolsets.switchEditingMode", slug=shop.slug, mode="iteration", confirm_digest=digest)
    assert shop.served() == staged
    shop.edit(tool_urns=shop.urns)
    assert len(names_in(listed(shop.live))) == 3, "an edit is live at once again"
    shop.stage()
    numbers = [
        release["number"] for release in shop.management.all("toolsets.listReleases", "releases", slug=shop.slug)
    ]
    assert numbers == [2, 1], "a number is never given again"


def find(problem: dict, name: str):
    """A detail of a problem, as a member or in the list of errors."""
    if name in problem:
        return problem[name][0] if isinstance(problem[name], list) else problem[name]
    for value in problem.values():
        if isinstance(value, dict) and name in value:
            return value[name]
    for error in problem.get("errors", []):
        if error.get("pointer", "").endswith(name):
            return error["message"]
    raise AssertionError(f"no {name} in {problem}")


def test_two_publishes_at_once_make_one_release_and_a_refusal(shop):
    shop.stage()
    for attempt in range(4):
        shop.edit(description=f"attempt {attempt}")
        answers = []

        def publish(answers=answers):
            answers.append(call(shop.management, "POST", "toolsets.publishStagingVersion", {"slug": shop.slug}))

        threads = [threading.Thread(target=publish) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert sorted(answer.status for answer in answers) == [201, 409], [answer.text for answer in answers]
    numbers = [
        release["number"] for release in shop.management.all("toolsets.listReleases", "releases", slug=shop.slug)
    ]
    assert numbers == [5, 4, 3, 2, 1]


def upload(shop, content: dict) -> str:
    return shop.management.post("assets.uploadOpenAPI", bytes_of(content), name="document.json")["asset"]["id"]


def wait_for(shop, *deployments: str):
    deadline = time.monotonic() + 30
    for id in deployments:
        while shop.management.get("deployments.get", id=id)["deployment"]["status"] == "pending":
            assert time.monotonic() < deadline, "the deployment does not end"
            time.sleep(0.02)


def test_a_switch_to_staging_while_a_deployment_runs_keeps_what_live_serves(shop):
    before = shop.served()
    changed = document(
        THINGS | {f"other{n}": "Reads another thing" for n in range(800)} | {"getParcel": "Reads it all"}
    )
    source = {"slug": shop.source, "kind": "openapi", "asset_id": upload(shop, changed)}
    pending = shop.post("deployments.evolve", upsert=[source], wait=False)["deployment"]
    shop.stage()
    switched = shop.management.get("deployments.get", id=pending["id"])["deployment"]["status"]
    wait_for(shop, pending["id"])
    assert shop.management.get("deployments.active")["deployment"]["id"] == pending["id"]
    if switched == "pending":
        assert shop.served() == before
    assert b"Reads it all" in shop.staged()[MODERN, "tools"], "it is a change of the project now"
    shop.post("deployments.evolve", remove=[shop.source])


def test_two_changes_of_different_sources_at_once_are_both_kept(shop):
    """Each evolves what is active; neither may undo the other."""
    for attempt in range(3):
        names = [f"{shop.source}-{attempt}-{n}" for n in range(3)]
        pending = []
        for name in names:
            source = {"slug": name, "kind": "openapi", "asset_id": upload(shop, document({f"get{attempt}": name}))}
            pending.append(shop.post("deployments.evolve", upsert=[source], wait=False)["deployment"]["id"])
        wait_for(shop, *pending)
        active = shop.management.get("deployments.active")["deployment"]["sources"]
        assert set(names) <= {source["slug"] for source in active}, "a source was lost"
        shop.post("deployments.evolve", remove=names)


def test_a_change_that_fails_does_not_take_the_one_behind_it_along(shop):
    cut = bytes_of(large_document(4000))[:-1]  # takes a while until it fails, at its very end
    bad = shop.management.post("assets.uploadOpenAPI", cut, name="cut.json")["asset"]["id"]
    good = upload(shop, document({"other": "Reads another thing"}))
    pending = [
        shop.post("deployments.evolve", upsert=[{"slug": f"{shop.source}-{name}", **one}], wait=False)["deployment"][
            "id"
        ]
        for name, one in (
            ("bad", {"kind": "openapi", "asset_id": bad}),
            ("good", {"kind": "openapi", "asset_id": good}),
        )
    ]
    wait_for(shop, *pending)
    told = [shop.management.get("deployments.get", id=id)["deployment"]["status"] for id in pending]
    assert told == ["failed", "completed"]
    shop.post("deployments.evolve", remove=[f"{shop.source}-good"])


def test_edits_at_once_without_an_etag_are_both_kept(shop):
    """Each names its own fields only."""
    for attempt in range(5):
        fields = [{"name": f"n{attempt}"}, {"description": f"d{attempt}"}, {"instructions": f"i{attempt}"}]
        threads = [threading.Thread(target=shop.edit, kwargs=one) for one in fields]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        toolset = shop.management.get("toolsets.get", slug=shop.slug)["toolset"]
        told = toolset["name"], toolset["description"], toolset["instructions"]
        assert told == (f"n{attempt}", f"d{attempt}", f"i{attempt}")


MARK = "zzstagedzz"


@pytest.fixture
def leaky(shop):
    """A public toolset whose staging side says a word everywhere that live may never say."""
    shop.stage()
    shop.deploy(THINGS | {f"{MARK}New": f"{MARK} summary"}, version=f"{MARK}-2")
    shop.post(
        "templates.create", name=f"{MARK}_{shop.slug}", description=MARK, prompt=f"{MARK} {{{{who}}}}", **ARGUMENTS
    )
    shop.post("templates.update", name=shop.prompt, description=MARK, prompt=MARK, arguments=[])
    said = {"name": MARK, "title": MARK, "description": MARK, "mime_type": "text/markdown", "text": MARK}
    shop.post("resources.create", slug=f"{MARK.lower()}-{shop.slug}", **said)
    shop.post("resources.update", slug=shop.resource, **said)
    shop.post("variations.upsert", toolset_slug=shop.slug, tool_urn=shop.urns[0], name=f"{MARK}_name", description=MARK)
    shop.edit(
        name=MARK,
        description=MARK,
        instructions=MARK,
        tool_urns=shop.urns,
        prompt_names=[shop.prompt, f"{MARK}_{shop.slug}"],
        resource_urns=[f"resources:asset:{shop.resource}", f"resources:asset:{MARK.lower()}-{shop.slug}"],
    )
    staged = shop.staged()
    assert all(MARK.encode() in staged[MODERN, part] for part in ("tools", "prompts", "resources"))
    return shop


def test_no_live_answer_says_a_word_of_staging(leaky):
    shop, answers = leaky, {}
    for revision in REVISIONS:
        for key in (None, shop.consumer):
            for method, params in {
                "tools/list": {}, "prompts/list": {}, "resources/list": {}, "resources/templates/list": {}, "ping": {},
                "server/discover": {}, "no/such": {}, "tools/call": {"name": "no_such", "arguments": {}},
                "prompts/get": {"name": "no_such", "arguments": {}}, "resources/read": {"uri": "no_such"},
            }.items():  # fmt: skip
                answers[revision, method, bool(key)] = mcp(shop.live, method, params, revision, key)
            answers[revision, "initialize", bool(key)] = initialize(shop.live, revision, key)
    for method in ("GET", "DELETE", "PUT"):
        answers[method] = exchange(method, shop.live)
    for what, answer in answers.items():
        assert MARK not in answer.text, f"{what}: {answer.text[:500]}"
        assert MARK not in str(answer.headers), f"{what}: {answer.headers}"


def test_calling_a_staged_name_at_live_answers_as_if_it_were_nowhere(leaky):
    for revision in REVISIONS:
        for method, staged in (("tools/call", f"{MARK}_name"), ("prompts/get", f"{MARK}_{leaky.slug}")):
            nowhere = "x" * len(staged)
            answers = [mcp(leaky.live, method, {"name": n, "arguments": {}}, revision) for n in (staged, nowhere)]
            assert answers[0].status == answers[1].status
            assert answers[0].text.replace(staged, nowhere) == answers[1].text
        staged = f"slipway://default/resources/{MARK.lower()}-{leaky.slug}"
        nowhere = "x" * len(staged)
        answers = [mcp(leaky.live, "resources/read", {"uri": uri}, revision) for uri in (staged, nowhere)]
        assert answers[0].status == answers[1].status
        assert answers[0].text.replace(staged, nowhere) == answers[1].text


def test_a_text_that_differs_by_code_points_alone_is_another_text(shop):
    """`é` and `e` with a combining accent are two texts to JSON, and one to Swift: no edit of that kind may be lost."""
    composed, decomposed = "caf\u00e9", "cafe\u0301"

    def write(text: str):
        shop.edit(instructions=text, description=text)
        tool = {"title": text, "description": text, "tags": [text], "confirm": "always", "confirm_prompt": text}
        shop.post("variations.upsert", toolset_slug=shop.slug, tool_urn=shop.urns[0], **tool)
        prompt = {"description": text, "prompt": text, "arguments": [{"name": "who", "description": text}]}
        shop.post("templates.update", name=shop.prompt, **prompt)
        shop.post("resources.update", slug=shop.resource, title=text, description=text)

    def said(address: str, key: str | None = None) -> list[str]:
        """Every text in the lists, in the instructions and in the prompt that looks like the word."""
        texts = [array.decode() for array in everything(address, key).values()]
        hello = mcp(address, "server/discover", key=key).json["result"]
        prompt = mcp(address, "prompts/get", {"name": shop.prompt, "arguments": {}}, key=key).json["result"]
        texts += [json.dumps(hello, ensure_ascii=False), json.dumps(prompt, ensure_ascii=False)]
        return texts

    def check(address: str, there: str, gone: str, key: str | None = None):
        texts = said(address, key)
        assert all(there in text and gone not in text for text in texts), ascii(texts)

    write(composed)  # in iteration mode
    check(shop.live, composed, decomposed)
    write(decomposed)
    check(shop.live, decomposed, composed)
    shop.stage()
    write(composed)
    check(shop.staging, composed, decomposed, shop.reader)
    check(shop.live, decomposed, composed)
    review = shop.management.get("toolsets.reviewStagingVersion", slug=shop.slug)["review"]
    rules = {change["rule"] for group in ("yours", "project") for change in review[group]}
    assert rules == {
        "tool.title.changed", "tool.description.changed", "tool.meta.changed", "confirm.policy.prompt-changed",
        "prompt.item.body-changed", "prompt.item.title-changed", "resource.item.description-changed",
        "server.instructions.changed", "server.endpoint.name-changed",
    }  # fmt: skip
    assert shop.publish() == 2
    check(shop.live, composed, decomposed)
    shop.roll_back(1)
    check(shop.live, decomposed, composed)


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_public_live_address_does_not_open_staging(shop, revision):
    shop.stage()
    assert mcp(shop.live, "tools/list", revision=revision).status == 200
    for key, status, code in (
        (None, 401, "unauthorized"), ("wrong", 401, "unauthorized"), (shop.consumer, 403, "insufficient_scope"),
    ):  # fmt: skip
        for address in (shop.staging, f"{shop.server.address}/mcp/no-such-slug/staging"):
            answer = mcp(address, "tools/list", revision=revision, key=key)
            assert (answer.status, answer.json["code"]) == (status, code)
    assert mcp(shop.staging, "tools/list", revision=revision, key=shop.reader).status == 200


def test_staging_is_not_cached_by_anybody(shop):
    shop.stage()
    result = mcp(shop.staging, "tools/list", key=shop.reader).json["result"]
    assert (result["ttlMs"], result["cacheScope"]) == (0, "private")


def test_there_is_no_staging_in_iteration_mode(shop):
    answer = mcp(shop.staging, "tools/list", key=shop.reader)
    assert (answer.status, answer.json["code"]) == (404, "not_found")
    with pytest.raises(Refused) as refusal:
        shop.post("toolsets.createStagingVersion", slug=shop.slug)
    assert (refusal.value.status, refusal.value.code) == (409, "wrong_mode")


def test_a_key_of_another_project_opens_neither_staging_nor_a_private_live(shop):
    shop.stage()
    shop.edit(mcp_is_public=False)
    other = f"other-{secrets.token_hex(4)}"
    shop.post("projects.create", slug=other, name="Other")
    key = shop.post("keys.create", name=other, scopes=["admin"], project_slug=other)
    for address in (shop.live, shop.staging):
        answer = mcp(address, "tools/list", key=secret_in(key))
        assert answer.status in (403, 404), answer.text
    assert mcp(shop.live, "tools/list", key=shop.consumer).status == 200


def test_a_deleted_toolset_answers_404_and_its_slug_is_free(shop):
    shop.stage()
    shop.management.delete("toolsets.delete", slug=shop.slug)
    assert mcp(shop.live, "tools/list").status == 404
    assert mcp(shop.staging, "tools/list", key=shop.reader).status == 404
    create_toolset(shop.management, shop.slug, shop.urns[:1], is_public=True)
    assert len(names_in(listed(shop.live))) == 1
    assert shop.management.get("toolsets.listReleases", slug=shop.slug)["releases"] == []
