"""Each operation of each document in `openapi/`: what arrives is what the reference client works out.

Nothing here knows how the server does it. A document is pushed, its tools are listed by a real client, and each is
called with arguments that stand in its input schema.
"""

import base64
import json
import re
import secrets
import subprocess
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.parse import quote_plus, unquote
from urllib.request import Request, urlopen

import anyio.to_thread
import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some
from jsonschema import Draft202012Validator

from clients import connect
from conftest import create_toolset
from openapi import styles
from openapi.fixtures import FOLDER, NAMES, Case, DataURL, Fixture
from openapi.recording import PNG, TOKEN, WAV, Recording
from raw import call_tool
from reference import (
    ABSENT, Arrived, File, Operation, Part, Piece, Reference, compare_form, compare_multipart, encode, expand,
    form_pairs, mismatch, parse_form, query_piece,
)  # fmt: skip
from server import BINARY, ROOT, Management, Refused, Server

CREDENTIALS = {
    "headerKey": "header-secret", "queryKey": "query secret/+&", "cookieKey": "cookie-secret",
    "basicAuth": ("user", "pass:word"), "bearerAuth": "bearer-secret", "clientCredentials": TOKEN, "openId": TOKEN,
    "authorizationCode": "code-secret", "device": "device-secret",
    "key": "key-secret", "user": ("user", "pass"), "app": TOKEN,
}  # fmt: skip
CLIENT = ("client-id", "client secret&")


class Unanswerable(Exception):
    """A value that the tool has no argument for."""


@dataclass
class Suite:
    """A document that was pushed, and its tools as a client lists them."""

    fixture: Fixture
    address: str
    slug: str
    tools: dict[tuple[str, str], dict]
    schemas: dict[str, dict]

    def tool(self, operation: Operation) -> dict:
        key = (operation.method, operation.path)
        assert key in self.tools, f"{operation.method} {operation.path} made no tool"
        return self.tools[key]


class Desk:
    """A server, and the two APIs that the documents name."""

    def __init__(self, server: Server, upstream: Recording, other: Recording):
        self.server, self.upstream, self.other = server, upstream, other
        self.management = Management(server.address, server.settings["SLIPWAY_ADMIN_KEY"])
        self.management.choose_project()
        self.suites: dict[str, Suite] = {}

    @property
    def arrived(self) -> list[Arrived]:
        return self.upstream.requests + self.other.requests

    def clear(self):
        for recording in (self.upstream, self.other):
            recording.requests.clear()
            recording.token_requests.clear()

    async def suite(self, name: str) -> Suite:
        if name not in self.suites:
            self.suites[name] = await self.push(Fixture(name, self.hosts))
        return self.suites[name]

    @property
    def hosts(self) -> dict[str, str]:
        return {"upstream.test": self.upstream.host, "other.test": self.other.host}

    async def push(self, fixture: Fixture) -> Suite:
        slug = re.sub("[^a-z0-9]", "-", fixture.name) + "-" + secrets.token_hex(3)
        try:
            asset = self.upload(*fixture.upload)
        except Refused as refusal:
            if refusal.code == "unsupported_media_type" and len(fixture.files) > 1:
                pytest.skip("the server takes no zip archives yet")
            raise
        sources = [{"slug": slug, "kind": "openapi", "asset_id": asset["id"]}]
        deployment = self.management.post("deployments.evolve", {"upsert": sources})["deployment"]
        assert deployment["status"] == "completed", self.management.get("deployments.logs", id=deployment["id"])
        listed = self.management.all("tools.list", "tools", source=slug)
        tools = {
            (tool["method"], tool["path"]): self.management.get("tools.get", urn=tool["urn"])["tool"] for tool in listed
        }
        self.management.post("environments.create", {"slug": slug, "entries": []})
        urns = [tool["urn"] for tool in tools.values()]
        create_toolset(self.management, slug, urns, True, default_environment_slug=slug)
        address = f"{self.server.address}/mcp/{slug}"
        async with connect(address) as client:
            schemas = {tool.name: tool.input_schema for tool in (await client.list_tools()).tools}
        return Suite(fixture, address, slug, tools, schemas)

    def upload(self, name: str, content: bytes) -> dict:
        kind = "application/zip" if name.endswith(".zip") else "application/json"
        headers = {"Authorization": f"Bearer {self.management.key}", "Content-Type": kind}
        headers["Slipway-Project"] = self.management.project
        address = f"{self.server.address}/rpc/assets.uploadOpenAPI?name={name}"
        try:
            with urlopen(Request(address, content, headers, method="POST"), timeout=30) as answer:
                return json.load(answer)["asset"]
        except HTTPError as error:
            raise Refused(error.code, error.read().decode(errors="replace")) from None

    def set_variables(self, suite: Suite, recipe: dict, case: Case):
        """The environment has what the case says is there, and nothing else of what the operation may need."""
        wanted: dict[str, str] = {}
        possible: set[str] = set()
        for scheme in (scheme for alternative in recipe.get("security", []) for scheme in alternative):
            names = scheme["variables"]
            possible |= set(names)
            if scheme["name"] not in case.credentials:
                continue
            credential = CREDENTIALS[scheme["name"]]
            if credential == TOKEN:
                wanted |= dict(zip(names[1:], CLIENT, strict=True))
            else:
                wanted |= dict(zip(names, credential if isinstance(credential, tuple) else [credential], strict=False))
        for variable in recipe.get("serverVariables", []):
            possible.add(variable["variable"])
            if variable["name"] in case.variables:
                wanted[variable["variable"]] = case.variables[variable["name"]]
        if possible:
            there = self.management.get("environments.get", slug=suite.slug)["environment"]["entries"]
            remove = sorted({entry["name"] for entry in there} & possible - wanted.keys())
            entries = [{"name": name, "value": value, "secret": True} for name, value in wanted.items()]
            self.management.post("environments.update", {"slug": suite.slug, "entries": entries, "remove": remove})


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with Recording() as upstream, Recording() as other:
        environment = {
            "SLIPWAY_ADMIN_KEY": secrets.token_urlsafe(32),
            "SLIPWAY_ALLOWED_UPSTREAMS": f"{upstream.host},{other.host}",
        }
        with Server(tmp_path_factory.mktemp("openapi"), **environment) as server:
            yield Desk(server, upstream, other)


@pytest.fixture
def desk(running):
    running.clear()
    return running


# Which argument a value is given as


def arguments_for(case: Case, recipe: dict) -> dict:
    """The arguments that carry the values of a case.

    Only names are taken from the recipe: which argument stands for which parameter or member. What becomes of the value
    is the server's to know and the reference's to judge.
    """
    arguments = {}
    given_names = {(one["in"], one["name"]): one["argument"] for one in recipe.get("parameters", [])}
    body = recipe.get("body", {})
    members = {one["name"]: one["argument"] for one in body.get("members", [])}
    file_names = {one["name"]: one["fileName"] for one in body.get("parts", []) if "fileName" in one}
    values = dict(case.values)
    whole = case.body
    form = {name: values.pop((place, name)) for place, name in list(values) if place == "formData"}
    if form:
        whole = form
    for key, value in values.items():
        if key not in given_names:
            raise Unanswerable(f"no argument for {' '.join(key)}")
        arguments[given_names[key]] = value
    if whole is ABSENT:
        return arguments
    if "argument" in body:
        arguments[body["argument"]] = whole
    elif not isinstance(whole, dict) or not body:
        raise Unanswerable("no argument for the body")
    else:
        for name, value in whole.items():
            if name not in members:
                raise Unanswerable(f"no argument for the body's member {name}")
            arguments[members[name]] = value
            if isinstance(value, File) and value.name:
                if name not in file_names:
                    raise Unanswerable(f"no argument for the name of the file {name}")
                arguments[file_names[name]] = value.name
    return {name: as_argument(value) for name, value in arguments.items()}


def as_argument(value):
    if isinstance(value, DataURL):
        return value.url
    if isinstance(value, File):
        return value.base64
    if isinstance(value, dict):
        return {key: as_argument(item) for key, item in value.items()}
    return [as_argument(item) for item in value] if isinstance(value, list) else value


# The requests


OPERATIONS = [(name, operation) for name in NAMES for operation in Fixture(name).operations]


@pytest.mark.anyio
@pytest.mark.parametrize(("document", "name"), OPERATIONS, ids=lambda value: value)
async def test_the_request_is_what_the_document_says(desk, document, name):
    suite = await desk.suite(document)
    operation = suite.fixture.operations[name]
    tool = suite.tool(operation)
    cases = suite.fixture.cases(operation)
    assert cases, "an operation without cases proves nothing"
    failures = []
    async with connect(suite.address) as client:
        for case in cases:
            failures += [
                f"{case.shown}: {line}" for line in await failures_of(desk, suite, tool, operation, case, client)
            ]
    shown = json.dumps({operation.method: operation.node | {"x-cases": None}}, ensure_ascii=False)
    assert not failures, f"{document} {operation.path}\n{shown}\n  " + "\n  ".join(failures)


async def failures_of(desk: Desk, suite: Suite, tool: dict, operation: Operation, case: Case, client) -> list[str]:
    recipe = tool["call"]
    try:
        arguments = arguments_for(case, recipe)
    except Unanswerable as reason:
        return [str(reason)]
    schema = suite.schemas[tool["name"]]
    if wrong := [error.message for error in Draft202012Validator(schema).iter_errors(arguments)]:
        return [f"the input schema refuses {json.dumps(arguments)}: {'; '.join(wrong)}"]
    desk.set_variables(suite, recipe, case)
    desk.clear()
    result = await client.call_tool(tool["name"], arguments)
    text = " ".join(getattr(block, "text", "") for block in result.content)
    if case.outcome == "refused" or result.is_error and case.outcome == "either":
        if desk.arrived:
            return [f"it was refused ({text}), and yet {desk.arrived} arrived"]
        return [] if result.is_error else ["it should be refused"]
    if result.is_error:
        return [f"{json.dumps(arguments, ensure_ascii=False)} was refused: {text}"]
    if len(desk.arrived) != 1:
        return [f"{len(desk.arrived)} requests arrived"]
    credentials = {name: CREDENTIALS[name] for name in case.credentials}
    expected = suite.fixture.reference.request(operation, case.values, case.body, credentials, case.variables)
    return expected.differences(desk.arrived[0])


@pytest.mark.anyio
@pytest.mark.parametrize("document", NAMES)
async def test_arguments_are_named_by_the_rule(desk, document):
    """One flat object: the first of path, query, header, cookie and body keeps a name, the others say their place."""
    suite = await desk.suite(document)
    wrong = []
    for operation in suite.fixture.operations.values():
        tool = suite.tool(operation)
        wanted = names_by_the_rule(suite.fixture.reference, operation)
        recipe = tool["call"]
        found = {(one["in"], one["name"]): one["argument"] for one in recipe.get("parameters", [])}
        found |= {("body", one["name"]): one["argument"] for one in recipe.get("body", {}).get("members", [])}
        wrong += [
            f"{operation.name}: {place} {name} should be {argument}, is {found[(place, name)]}"
            for (place, name), argument in wanted.items()
            if found.get((place, name), argument) != argument
        ]
        listed = suite.schemas[tool["name"]].get("properties", {})
        wrong += [f"{operation.name}: {one} is not in the schema" for one in found.values() if one not in listed]
        wrong += [
            f"{operation.name}: {one} is no name" for one in listed if not re.fullmatch("[A-Za-z0-9_.-]{1,64}", one)
        ]
        if len(set(found.values())) != len(found):
            wrong.append(f"{operation.name}: two values share an argument: {found}")
    assert not wrong, "\n".join(wrong)


def names_by_the_rule(reference: Reference, operation: Operation) -> dict[tuple[str, str], str]:
    """Of names that stay as they are: the rule for those that are cleaned or cut says less."""
    order = ["path", "query", "header", "cookie"]
    groups = [[(place, one["name"]) for one in operation.parameters if one["in"] == place] for place in order]
    body = reference.body_node(operation)
    kinds = [kind for kind in (body.value or {}).get("content", {}) if "json" in kind or "form" in kind]
    if kinds:
        schema = reference.member(body, "content", kinds[0], "schema").value or {}
        groups.append([("body", name) for name in schema.get("properties", {})])
    everything = [name for group in groups for _, name in group]
    names: dict[tuple[str, str], str] = {}
    # An argument that is a whole body is always called so.
    taken = set() if groups[4:] and groups[4] else {"body"} if kinds else set()
    for group in groups:
        for place, name in group:
            argument = f"{name}_{place}" if name in taken else name
            if re.fullmatch("[A-Za-z][A-Za-z0-9_.-]{0,50}", name) and (argument == name or argument not in everything):
                names[(place, name)] = argument
        taken |= {name for _, name in group}
    return names


@pytest.mark.anyio
async def test_what_is_read_only_is_no_argument(desk):
    suite = await desk.suite("bodies31")
    tool = suite.tool(suite.fixture.operations["readAndWriteOnly"])
    schema = suite.schemas[tool["name"]]
    text = json.dumps(schema)
    assert "secret" in text and "name" in text
    assert '"id"' not in text and '"at"' not in text, text


@pytest.mark.anyio
async def test_client_credentials_get_one_token_as_the_standard_says(desk):
    """RFC 6749, section 4.4.2, and 2.3.1 for the client's own credentials: in a header, or in the form."""
    suite = await desk.suite("security")
    operation = suite.fixture.operations["oauth"]
    tool = suite.tool(operation)
    case = Case({}, credentials=["clientCredentials"])
    desk.set_variables(suite, tool["call"], Case({}))
    desk.set_variables(suite, tool["call"], case)
    desk.clear()
    async with connect(suite.address) as client:
        for _ in range(3):
            result = await client.call_tool(tool["name"], {})
            assert not result.is_error, result.content
    assert [request.header("Authorization") for request in desk.arrived] == [[f"Bearer {TOKEN}"]] * 3
    # One that an earlier test got may still be good.
    assert len(desk.upstream.token_requests) <= 1
    for request in desk.upstream.token_requests:
        form = dict(parse_form(request.body))
        assert request.method == "POST"
        assert request.header("Content-Type")[0].startswith("application/x-www-form-urlencoded")
        assert form["grant_type"] == "client_credentials" and form["scope"] == "read:pets write:pets"
        basic = encode_basic(*CLIENT)
        assert request.header("Authorization") == [basic] or (form["client_id"], form["client_secret"]) == CLIENT


def encode_basic(name: str, secret: str) -> str:
    """Both are written as a form writes them, before they are joined (RFC 6749, section 2.3.1)."""
    return "Basic " + base64.b64encode(f"{quote_plus(name)}:{quote_plus(secret)}".encode()).decode()


@pytest.mark.anyio
async def test_a_missing_variable_is_an_error_that_names_it_before_the_call(desk):
    suite = await desk.suite("security")
    for name in ("header", "basic", "bearer", "andAll", "orFirst", "oauth", "openid"):
        tool = suite.tool(suite.fixture.operations[name])
        desk.set_variables(suite, tool["call"], Case({}))
        desk.clear()
        async with connect(suite.address) as client:
            result = await client.call_tool(tool["name"], {})
        variables = [
            name for alternative in tool["call"]["security"] for one in alternative for name in one["variables"]
        ]
        assert result.is_error and any(variable in result.content[0].text for variable in variables), (name, result)
        assert not desk.arrived and not desk.upstream.token_requests


# The answers


@pytest.fixture
async def answers(desk):
    return await desk.suite("responses")


def answer(suite: Suite, name: str) -> dict:
    operation = suite.fixture.operations[name]
    return call_tool(suite.address, suite.tool(operation)["name"])


@pytest.mark.anyio
async def test_json_answers_keep_the_text_of_their_numbers(answers):
    for name in ("json", "problem", "list"):
        result = answer(answers, name)
        assert not result.get("isError"), result
        [block] = result["content"]
        assert block["type"] == "text"
    text = answer(answers, "json")["content"][0]["text"]
    assert "1.10" in text and "9007199254740993" in text and "ü" in text


@pytest.mark.anyio
async def test_text_answers_are_text_in_the_letters_of_their_charset(answers):
    wanted = {"text": "Größe ⚓", "latin": "Größe", "csv": "a,b", "xml": "<pet><name>Rex</name></pet>"}
    for name, text in wanted.items():
        result = answer(answers, name)
        assert not result.get("isError") and text in result["content"][0]["text"], (name, result)


@pytest.mark.anyio
async def test_images_audio_and_other_bytes_keep_their_kind(answers):
    image, audio, binary = (answer(answers, name)["content"] for name in ("image", "audio", "binary"))
    pictures = [block for block in image if block["type"] == "image"]
    assert [(one["mimeType"], base64.b64decode(one["data"])) for one in pictures] == [("image/png", PNG)]
    sounds = [block for block in audio if block["type"] == "audio"]
    assert [(one["mimeType"], base64.b64decode(one["data"])) for one in sounds] == [("audio/wav", WAV)]
    blobs = [block["resource"] for block in binary if block["type"] == "resource"]
    assert [base64.b64decode(one["blob"]) for one in blobs] == [bytes(range(256))]
    assert blobs[0]["mimeType"] == "application/octet-stream"


@pytest.mark.anyio
async def test_an_empty_answer_is_no_error_and_no_null(answers):
    for name in ("nothing", "empty"):
        result = answer(answers, name)
        assert not result.get("isError"), (name, result)
        assert None not in result["content"] and "null" not in [block.get("text") for block in result["content"]]


@pytest.mark.anyio
async def test_errors_and_lies_are_told(answers):
    for name, words in {"wrong": ["422", "name is too long"], "broken": ["500", "It broke."]}.items():
        result = answer(answers, name)
        text = "\n".join(block.get("text", "") for block in result["content"])
        assert result["isError"] and all(word in text for word in words), result
    assert "this is no JSON" in answer(answers, "lies")["content"][0]["text"]


# Property tests: what was written is read back by the rules of the style


NAMES_OF_MEMBERS = some.text(some.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)
TEXTS = some.text(some.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
LISTS = some.lists(TEXTS, min_size=1, max_size=5)
OBJECTS = some.dictionaries(NAMES_OF_MEMBERS, TEXTS, min_size=1, max_size=4)
QUICK = settings(
    max_examples=25, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


async def send(desk: Desk, document: str, name: str, values: dict) -> Arrived | None:
    """What arrives, or nothing where the call is refused with a reason."""
    suite = await desk.suite(document)
    operation = suite.fixture.operations[name]
    tool = suite.tool(operation)
    desk.clear()
    result = call_tool(suite.address, tool["name"], arguments_for(Case(values), tool["call"]))
    if result.get("isError"):
        assert not desk.arrived and result["content"][0]["text"]
        return None
    [arrived] = desk.arrived
    return arrived


def pairs_of(arrived: Arrived) -> list[tuple[str, str]]:
    """RFC 3986: what stands between `&` and `=`, with its triples decoded; these tests never send a plus sign."""
    assert "+" not in (arrived.query or "")
    pieces = [piece.partition("=") for piece in (arrived.query or "").split("&") if piece]
    return [(unquote(name, errors="strict"), unquote(value, errors="strict")) for name, _, value in pieces]


DOCUMENTS_OF_STYLES = [f"styles-{version}" for version in styles.VERSIONS[1:]]


@pytest.mark.anyio
@pytest.mark.parametrize("document", DOCUMENTS_OF_STYLES)
async def test_any_text_in_a_query_comes_back(desk, document):
    await desk.suite(document)

    @QUICK
    @given(TEXTS)
    @example("a+b&c=d;e,f%20%")
    def check(text):
        arrived = run(send(desk, document, "query_form_explode_primitive", {("query", "color"): text}))
        assert arrived and pairs_of(arrived) == [("color", text)]

    await in_a_thread(check)


@pytest.mark.anyio
@pytest.mark.parametrize("document", DOCUMENTS_OF_STYLES)
async def test_any_list_in_a_query_comes_back(desk, document):
    await desk.suite(document)

    @QUICK
    @given(LISTS)
    def check(items):
        exploded = run(send(desk, document, "query_form_explode_array", {("query", "color"): items}))
        assert exploded and pairs_of(exploded) == [("color", item) for item in items]
        joined = run(send(desk, document, "query_form_joined_array", {("query", "color"): items}))
        assert joined and joined.query.startswith("color=")
        assert [unquote(piece) for piece in joined.query[len("color=") :].split(",")] == items

    await in_a_thread(check)


@pytest.mark.anyio
@pytest.mark.parametrize("document", DOCUMENTS_OF_STYLES)
async def test_any_object_in_a_query_comes_back(desk, document):
    await desk.suite(document)

    @QUICK
    @given(OBJECTS)
    def check(members):
        exploded = run(send(desk, document, "query_form_explode_object", {("query", "color"): members}))
        assert exploded and sorted(pairs_of(exploded)) == sorted(members.items())
        deep = run(send(desk, document, "query_deepObject_explode_object", {("query", "color"): members}))
        assert deep and sorted(pairs_of(deep)) == sorted((f"color[{key}]", value) for key, value in members.items())

    await in_a_thread(check)


@pytest.mark.anyio
@pytest.mark.parametrize("document", DOCUMENTS_OF_STYLES)
async def test_any_text_in_a_path_stays_in_its_segment(desk, document):
    await desk.suite(document)

    @QUICK
    @given(TEXTS)
    @example("../../etc")
    @example("..")
    @example("a\r\nHost: evil")
    def check(text):
        for style, prefix in {"simple": "", "label": ".", "matrix": ";color="}.items():
            name = f"path_{style}_joined_primitive"
            arrived = run(send(desk, document, name, {("path", "color"): text}))
            if arrived is None:
                # A path's segment that is empty or dots is another path, and so are some that look like several.
                climbs = {".", ".."} & {*re.split(r"[/\\\\]", text)} and re.search(r"[/\\\\]", text)
                assert climbs or prefix + text in ("", ".", "..") or not text
                continue
            segments = arrived.path.split("/")
            assert segments[:5] + segments[6:] == ["", "path", style, "joined", "primitive", "end"]
            assert unquote(segments[5], errors="strict") == (prefix + text if text or prefix != ";color=" else ";color")
            assert segments[5] not in (".", "..")

    await in_a_thread(check)


@pytest.mark.anyio
async def test_any_form_and_any_multipart_body_comes_back(desk):
    suite = await desk.suite("bodies31")

    @QUICK
    @given(TEXTS, LISTS, some.binary(max_size=200))
    @example("x", ["--boundary"], b"\r\n--\r\n")
    def check(text, items, content):
        for name, value in {
            "formBody": {"id": text, "tags": items},
            "multipartBody": {"id": text, "tags": items, "photo": File(content, "f.bin")},
        }.items():
            operation = suite.fixture.operations[name]
            tool = suite.tool(operation)
            desk.clear()
            result = call_tool(suite.address, tool["name"], arguments_for(Case({}, value), tool["call"]))
            assert not result.get("isError"), result
            [arrived] = desk.arrived
            assert suite.fixture.reference.request(operation, {}, value).differences(arrived) == []

    await in_a_thread(check)


def run(coroutine):
    """Runs to its end a coroutine that never waits for anything but what is there already."""
    try:
        while True:
            coroutine.send(None)
    except StopIteration as end:
        return end.value


async def in_a_thread(check):
    await anyio.to_thread.run_sync(check)


# The judge, judged


@pytest.mark.parametrize(
    ("style", "explode", "value", "written"),
    [
        # OpenAPI 3.1.1, "Style Examples", and RFC 6570, sections 3.2.2 to 3.2.8.
        ("matrix", False, "blue", ";color=blue"),
        ("matrix", False, "", ";color"),
        ("matrix", False, ["blue", "black"], ";color=blue,black"),
        ("matrix", True, ["blue", "black"], ";color=blue;color=black"),
        ("matrix", False, {"R": 100, "G": 200}, ";color=R,100,G,200"),
        ("matrix", True, {"R": 100, "G": 200}, ";R=100;G=200"),
        ("label", False, "", "."),
        ("label", False, ["blue", "black"], ".blue,black"),
        ("label", True, ["blue", "black"], ".blue.black"),
        ("label", False, {"R": 100, "G": 200}, ".R,100,G,200"),
        ("label", True, {"R": 100, "G": 200}, ".R=100.G=200"),
        ("simple", False, ["a/b", "c,d"], "a%2Fb,c%2Cd"),
        ("simple", True, {"R": 100, "G": 200}, "R=100,G=200"),
        ("simple", False, {"R": True, "G": None}, "R,true"),
    ],
)
def test_the_reference_writes_the_examples_of_the_specification(style, explode, value, written):
    assert expand(style, explode, "color", value, encode) == written


@pytest.mark.parametrize(
    ("style", "explode", "value", "written"),
    [
        ("form", False, "", "color="),
        ("form", False, ["blue", "b,c"], "color=blue,b%2Cc"),
        ("form", True, ["blue", "black"], "color=blue&color=black"),
        ("form", False, {"R": 100, "G": 200}, "color=R,100,G,200"),
        ("form", True, {"a": "x+y", "b": "x/y", "c": "x^y"}, "a=x%2By&b=x%2Fy&c=x%5Ey"),
        ("spaceDelimited", False, ["blue", "black"], "color=blue%20black"),
        ("pipeDelimited", False, {"R": 100, "G": 200}, "color=R%7C100%7CG%7C200"),
        ("deepObject", True, {"R": 100, "G": 200}, "color%5BR%5D=100&color%5BG%5D=200"),
    ],
)
def test_the_reference_writes_the_query_examples_of_the_specification(style, explode, value, written):
    pairs = form_pairs(style, explode, "color", value)[0]
    assert "&".join(query_piece(pair, False, "") for pair in pairs) == written


def test_the_reference_notices_what_is_wrong():
    """A judge that never says no is worth nothing."""
    document = {
        "openapi": "3.1.1",
        "servers": [{"url": "http://api.test"}],
        "paths": {
            "/a/{b}": {
                "post": {
                    "operationId": "x",
                    "parameters": [
                        {"name": "b", "in": "path"},
                        {"name": "q", "in": "query"},
                        {"name": "H", "in": "header"},
                    ],
                    "requestBody": {"content": {"application/json": {}}},
                }
            }
        },
    }
    reference = Reference(document)
    expected = reference.request(
        reference.operation_named("x"),
        {("path", "b"): "c/d", ("query", "q"): ["1", "2"], ("header", "H"): "h"},
        {"n": 1},
    )
    headers = [("Host", "api.test"), ("H", "h"), ("Content-Type", "application/json")]
    assert expected.differences(Arrived("POST", "/a/c%2fd?q=1&q=2", headers, b'{"n":1}')) == []
    for wrong in (
        Arrived("PUT", "/a/c%2Fd?q=1&q=2", headers, b'{"n":1}'),
        Arrived("POST", "/a/c/d?q=1&q=2", headers, b'{"n":1}'),
        Arrived("POST", "/a/c%2Fd?q=2&q=1", headers, b'{"n":1}'),
        Arrived("POST", "/a/c%2Fd?q=1&q=2&r=3", headers, b'{"n":1}'),
        Arrived("POST", "/a/c%2Fd?q=1", headers, b'{"n":1}'),
        Arrived("POST", "/a/c%2Fd?q=1&q=2", headers, b'{"n":1.0}'),
        Arrived("POST", "/a/c%2Fd?q=1&q=2", headers, b""),
        Arrived("POST", "/a/c%2Fd?q=1&q=2", headers[1:], b'{"n":1}'),
        Arrived("POST", "/a/c%2Fd?q=1&q=2", [*headers, ("H", "i")], b'{"n":1}'),
        Arrived("POST", "/a/c%2Fd?q=1&q=2", [*headers, ("Cookie", "a=b")], b'{"n":1}'),
        Arrived("POST", "/a/c%2Fd?q=1&q=2", [*headers, ("Authorization", "Bearer x")], b'{"n":1}'),
        Arrived("POST", "/a/c%2Fd?q=1&q=2", [*headers[:2], ("Content-Type", "text/plain")], b'{"n":1}'),
    ):
        assert expected.differences(wrong), wrong


def test_the_reference_reads_bodies_strictly():
    assert compare_form([[("a", "b c")]], b"a=b+c") == [] == compare_form([[("a", "b c")]], b"a=b%20c")
    assert compare_form([[("a", "1"), ("a", "2")]], b"a=2&a=1")
    boundary = "multipart/form-data; boundary=x"
    good = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'
    assert compare_multipart([[Part("a", ["text/plain"], b"b")]], boundary, good) == []
    for wrong in (good.replace(b"\r\n", b"\n"), good.replace(b"--x--", b"--x"), good.replace(b'"a"', b'"c"')):
        assert compare_multipart([[Part("a", ["text/plain"], b"b")]], boundary, wrong)
    assert mismatch("query", ["a=1", "a=2"], [[Piece.exact("a=1"), Piece.exact("a=2")]]) == []


def test_the_page_names_every_diagnostic_code_and_no_other():
    source = (ROOT / "Sources/OpenAPI/DiagnosticCode.swift").read_text()
    codes = dict(re.findall(r'case (\w+) = "(\w+)"', source))
    meanings = {
        codes[name]: text.replace('\\"', '"') for name, text in re.findall(r'case \.(\w+): "((?:[^"\\]|\\.)*)"', source)
    }
    assert len(codes) == len(meanings) == len(set(codes.values())), "the source is written in another way by now"
    page = (ROOT / "docs/reference/openapi.md").read_text()
    before, _, table = page.partition("## Diagnostics")
    assert dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", table, re.MULTILINE)) == meanings
    named = set(re.findall(r"`([a-z]+(?:_[a-z0-9]+)+)`", before))
    assert named <= meanings.keys(), f"no such codes: {named - meanings.keys()}"
    # What is said of each in its place; these are no matter of one field.
    assert meanings.keys() - named <= {"diagnostics_omitted"}, f"only in the table: {meanings.keys() - named}"


def test_the_size_benchmark_runs(tmp_path):
    small = tmp_path / "small.yaml"
    small.write_text(
        """
        openapi: 3.1.1
        info: {title: Small, version: '1'}
        servers: [{url: 'https://api.example.com'}]
        paths: {/a: {get: {operationId: getA, responses: {'200': {description: Done}}}}}
        """
    )
    script = ROOT / "Benchmarks/tool-list-size/run"
    done = subprocess.run(
        [script, "--no-import", "--operations", "3", "--binary", BINARY, small],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("| Slipway |") == done.stdout.count("| FastMCP |") == done.stdout.count("**Factor: ") == 2


def test_every_document_has_a_version_and_operations():
    for path in sorted(FOLDER.glob("*.yaml")):
        document = yaml.safe_load(path.read_text())
        assert document.get("openapi") or document.get("swagger"), path
