"""What surrounds import and call: documents of several files, addresses, logos, output schemas, clones and tokens."""

import io
import json
import secrets
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from clients import MODES, connect, connect_fastmcp
from conftest import create_toolset
from documents import bytes_of, document
from raw import call, exchange, listed, mcp
from server import Management, Refused, Server
from test_cli import Terminal
from upstream import Upstream

PNG = bytes.fromhex("89504e470d0a1a0a") + b"a picture"
ROOT = """
openapi: 3.1.0
info: {title: Split, version: "1"}
servers: [{url: "https://split.example"}]
paths:
  /pets: {$ref: "paths/pets.yaml"}
"""
PETS = """
get:
  operationId: listPets
  summary: List pets
  responses:
    "200":
      description: ok
      content: {application/json: {schema: {$ref: "../schemas.json#/Pets"}}}
"""
SCHEMAS = json.dumps({"Pets": {"type": "object", "properties": {"names": {"type": "array"}}}})


class Pages:
    """A web server on loopback that serves documents and redirects. Use it in a `with` statement."""

    def __init__(self):
        self.requests: list[str] = []
        pages = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                pages.requests.append(self.path)
                status, headers, body = pages.answer(self.path)
                self.send_response(status)
                for name, value in (headers | {"Content-Length": str(len(body))}).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.address = f"http://{self.host}"
        self.forbidden = "http://localhost:9/private.json"

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        # What the header says is wrong on purpose: nobody should rely on it.
        html = {"Content-Type": "text/html"}
        path, _, hops = path.partition("?hops=")
        if path == "/fetched.json":
            return 200, html, bytes_of(document({"thing": "Reads a thing"}))
        if path == "/split.zip":
            return 200, html, packed({"root.yaml": ROOT, "paths/pets.yaml": PETS, "schemas.json": SCHEMAS})
        if path == "/moved":
            if int(hops or 1) > 1:
                return 302, {"Location": f"/moved?hops={int(hops) - 1}"}, b""
            return 302, {"Location": "fetched.json"}, b""
        if path == "/docs":
            return 301, {"Location": "docs/"}, b""
        if path == "/docs/":
            return 302, {"Location": "../fetched.json"}, b""
        if path == "/docs/../fetched.json":
            return self.answer("/fetched.json")
        if path == "/away":
            return 302, {"Location": self.forbidden}, b""
        if path == "/large.json":
            return 200, html, b" " * (2 << 20)
        return 404, html, b"nothing here"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def packed(files: dict[str, str]) -> bytes:
    """The files as a zip that another program than Slipway made."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


@pytest.fixture(scope="module")
def pages():
    with Pages() as pages:
        yield pages


@pytest.fixture(scope="module")
def terminal(tmp_path_factory, pages):
    with Upstream() as upstream:
        settings = {
            "SLIPWAY_ADMIN_KEY": secrets.token_urlsafe(32),
            "SLIPWAY_ALLOWED_UPSTREAMS": f"{upstream.host},{pages.host}",
            "SLIPWAY_MAX_DOCUMENT_MIB": "1",
        }
        with Server(tmp_path_factory.mktemp("settings"), **settings) as server:
            yield Terminal(server, tmp_path_factory.mktemp("folder"), upstream)


@pytest.fixture(scope="module")
def manager(terminal):
    manager = Management(terminal.server.address, terminal.server.settings["SLIPWAY_ADMIN_KEY"])
    manager.choose_project()
    return manager


def write(terminal, files: dict[str, str]):
    """A folder of its own with these files."""
    folder = terminal.folder / f"api-{secrets.token_hex(4)}"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def names(manager, source: str) -> list[str]:
    return [tool["name"] for tool in manager.get("tools.list", source=source)["tools"]]


SPLIT = {"root.yaml": ROOT, "paths/pets.yaml": PETS, "schemas.json": SCHEMAS, "README.md": "no document"}


def test_a_folder_is_pushed_as_one_document(terminal, manager):
    folder = write(terminal, SPLIT)
    pushed = terminal.json("push", folder.name)
    assert [asset["content_type"] for asset in pushed["assets"]] == ["application/zip"]
    assert names(manager, folder.name) == ["listPets"]
    again = terminal.json("push", folder.name)
    assert again["assets"][0]["sha256"] == pushed["assets"][0]["sha256"]


def test_a_file_is_pushed_with_those_that_it_refers_to(terminal, manager):
    folder = write(terminal, SPLIT)
    pushed = terminal.run("push", f"{folder.name}/root.yaml", "--source", folder.name)
    assert "1 tool" in pushed.stdout and "tokens" in pushed.stdout
    tool = manager.get("tools.get", urn=f"tools:http:{folder.name}:listPets")["tool"]
    assert "names" in json.dumps(tool["output_schema"])


def test_a_zip_that_another_program_made_is_pushed(terminal, manager):
    name = f"zip-{secrets.token_hex(4)}"
    (terminal.folder / f"{name}.zip").write_bytes(packed(SPLIT))
    terminal.run("push", f"{name}.zip")
    assert names(manager, name) == ["listPets"]
    (terminal.folder / "broken.zip").write_bytes(packed(SPLIT)[:-30])
    assert "[invalid]" in terminal.fail("push", "broken.zip")


def test_a_main_document_is_named_where_a_folder_has_several(terminal, manager):
    folder = write(terminal, SPLIT | {"other.yaml": ROOT.replace("Split", "Other")})
    failed = terminal.run("push", folder.name, status=1)
    assert "ambiguous_root" in failed.stdout
    terminal.run("push", folder.name, "--main", "root.yaml")
    assert names(manager, folder.name) == ["listPets"]


def test_an_address_is_fetched_by_the_command(terminal, manager, pages):
    terminal.run("push", f"{pages.address}/fetched.json")
    assert names(manager, "fetched") == ["thing"]
    terminal.run("push", f"{pages.address}/moved?hops=3", "--source", "moved")
    assert names(manager, "moved") == ["thing"]
    terminal.run("push", f"{pages.address}/docs", "--source", "docs")
    assert names(manager, "docs") == ["thing"]
    assert "more than 3 redirects" in terminal.fail("push", f"{pages.address}/moved?hops=4")
    assert "answers 404" in terminal.fail("push", f"{pages.address}/none.json")


def test_an_address_is_fetched_by_the_server_where_it_may_call(manager, pages):
    asset = manager.post("assets.importOpenAPI", {"url": f"{pages.address}/fetched.json"})["asset"]
    assert asset["name"] == "fetched.json"
    manager.post("assets.importOpenAPI", {"url": f"{pages.address}/moved?hops=3", "name": "moved"})
    manager.post("assets.importOpenAPI", {"url": f"{pages.address}/docs"})
    archive = manager.post("assets.importOpenAPI", {"url": f"{pages.address}/split.zip"})["asset"]
    source = {"slug": "imported", "kind": "openapi", "asset_id": archive["id"]}
    assert manager.post("deployments.evolve", {"upsert": [source]})["deployment"]["status"] == "completed"
    assert names(manager, "imported") == ["listPets"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/away", "upstream_refused"),
        ("/moved?hops=4", "upstream_failed"),
        ("/none.json", "upstream_failed"),
        ("/large.json", "too_large"),
    ],
)
def test_what_the_server_may_not_fetch_is_refused_and_not_kept(manager, pages, path, code):
    before = manager.all("assets.list", "assets")
    with pytest.raises(Refused) as refused:
        manager.post("assets.importOpenAPI", {"url": pages.address + path})
    assert refused.value.code == code
    assert manager.all("assets.list", "assets") == before


@pytest.mark.parametrize("url", ["http://169.254.169.254/x", "http://10.0.0.1/x", "http://[::1]:1/x", "file:///etc"])
def test_private_addresses_are_not_fetched(manager, url):
    with pytest.raises(Refused) as refused:
        manager.post("assets.importOpenAPI", {"url": url})
    assert refused.value.code in ("upstream_refused", "invalid")


# A client that takes its revision for granted asks nobody who the server is.
@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_clients_see_logo_and_link(server, management, make_toolset, mode):
    slug, address = make_toolset()
    upload = call(management, "POST", "assets.uploadImage", PNG, query="name=logo.png", Content_Type="image/png")
    assert upload.status == 201, upload.text
    asset = upload.json["asset"]
    async with connect(address, mode) as client:
        assert not client.server_info.icons
    management.post(
        "mcpMetadata.set",
        {"toolset_slug": slug, "logo_asset_id": asset["id"], "documentation_url": "https://example.com/pets"},
    )
    async with connect(address, mode) as client:
        info = client.server_info
        assert info.website_url == "https://example.com/pets"
        assert [icon.mime_type for icon in info.icons] == ["image/png"]
        source = info.icons[0].src
    assert source == f"{server.address}/images/{asset['sha256']}"
    answer = exchange("GET", source)
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, PNG, "image/png")
    async with connect_fastmcp(address) as client:
        assert (await client.list_tools())


def test_older_clients_are_not_given_icons(management, make_toolset):
    slug, address = make_toolset()
    upload = call(management, "POST", "assets.uploadImage", PNG, query="name=logo.png", Content_Type="image/png")
    management.post("mcpMetadata.set", {"toolset_slug": slug, "logo_asset_id": upload.json["asset"]["id"]})
    for revision, has_icons in (("2025-03-26", False), ("2025-06-18", False), ("2025-11-25", True)):
        params = {
            "protocolVersion": revision,
            "capabilities": {},
            "clientInfo": {"name": "raw", "version": "1"},
        }
        answer = mcp(address, "initialize", params, revision)
        assert ("icons" in answer.json["result"]["serverInfo"]) == has_icons


def test_a_logo_of_a_release_goes_on_being_served(server, management, make_toolset):
    slug, address = make_toolset()
    upload = call(management, "POST", "assets.uploadImage", PNG + b"2", query="name=l.png", Content_Type="image/png")
    management.post("mcpMetadata.set", {"toolset_slug": slug, "logo_asset_id": upload.json["asset"]["id"]})
    management.post("toolsets.switchEditingMode", {"slug": slug, "mode": "staging"})
    first = listed(address)
    management.post("mcpMetadata.set", {"toolset_slug": slug, "logo_asset_id": None})
    management.publish(slug)
    info = management.get("mcpMetadata.get", toolset_slug=slug, view="live")["metadata"]
    assert info["logo"] is None
    management.post("toolsets.rollbackToRelease", {"slug": slug, "number": 1, "reason": "the logo is missed"})
    logo = management.get("mcpMetadata.get", toolset_slug=slug, view="live")["metadata"]["logo"]
    assert exchange("GET", logo["url"]).body == PNG + b"2"
    assert listed(address) == first


@pytest.mark.anyio
@pytest.mark.parametrize("mode", MODES)
async def test_output_schemas_are_given_only_where_somebody_asks(server, management, upstream, mode):
    source = f"out-{secrets.token_hex(4)}"
    tools = management.import_document(source, upstream.document)
    slug = source
    create_toolset(management, slug, [tool["urn"] for tool in tools], is_public=True)
    address = f"{server.address}/mcp/{slug}"

    async def served() -> set[str]:
        async with connect(address, mode) as client:
            return {tool.name for tool in (await client.list_tools()).tools if tool.output_schema}

    def tokens() -> int:
        toolset = management.get("toolsets.get", slug=slug)["toolset"]
        assert toolset["tokens"] == sum(tool["tokens"] for tool in toolset["tools"])
        return toolset["tokens"]

    everything = {tool["name"] for tool in tools}
    assert await served() == set()
    plain = tokens()
    management.post("toolsets.update", {"slug": slug, "output_schemas": True})
    assert await served() == everything
    assert tokens() > plain
    one = tools[0]
    management.post("variations.upsert", {"toolset_slug": slug, "tool_urn": one["urn"], "output_schema": False})
    assert await served() == everything - {one["name"]}
    management.post("toolsets.update", {"slug": slug, "output_schemas": None})
    management.post("variations.upsert", {"toolset_slug": slug, "tool_urn": one["urn"], "output_schema": None})
    assert await served() == set()
    asset = management.get("deployments.active")["deployment"]["sources"]
    mine = next(item for item in asset if item["slug"] == source)
    wish = {"slug": source, "asset_id": mine["asset_id"], "output_schemas": True}
    management.post("deployments.evolve", {"upsert": [wish]})
    assert await served() == everything


def test_a_push_says_whether_output_schemas_are_served(terminal, manager):
    folder = write(terminal, SPLIT)
    terminal.run("push", folder.name, "--output-schemas")
    terminal.run("toolsets", "create", folder.name, "--source", folder.name, "--public")
    address = terminal.address(folder.name)
    assert b"outputSchema" in listed(address)
    terminal.run("push", folder.name)
    assert b"outputSchema" in listed(address)
    terminal.run("push", folder.name, "--no-output-schemas")
    assert b"outputSchema" not in listed(address)
    assert "as each source says" in terminal.run("status", folder.name).stdout


def test_a_name_that_is_offered_is_told(terminal, manager):
    name = f"offer-{secrets.token_hex(4)}"
    terminal.write(f"{name}.json", {"order": "Reads an order"})
    terminal.run("push", f"{name}.json")
    path = terminal.folder / f"{name}.json"
    path.write_text(path.read_text().replace('"operationId": "order"', '"operationId": "readOrder"'))
    assert "the operationId of 1 tool changed" in terminal.run("push", f"{name}.json").stdout
    tool = manager.get("tools.get", urn=f"tools:http:{name}:order")["tool"]
    assert tool["offered_name"] == "readOrder"
    assert "TOKENS" in terminal.run("toolsets").stdout.splitlines()[0]


def test_a_clone_serves_what_live_serves(server, management, make_toolset):
    slug, address = make_toolset()
    management.post("toolsets.switchEditingMode", {"slug": slug, "mode": "staging"})
    management.post("toolsets.update", {"slug": slug, "tool_urns": []})
    copy = f"{slug}-copy"
    made = management.post("toolsets.clone", {"slug": slug, "new_slug": copy, "mcp_is_public": True})["toolset"]
    assert (made["editing_mode"], made["mcp_slug"], made["current_release"]) == ("iteration", copy, None)
    assert listed(f"{server.address}/mcp/{copy}") == listed(address)
    assert management.get("toolsets.listReleases", slug=copy)["releases"] == []
    private = management.post("toolsets.clone", {"slug": slug, "new_slug": f"{slug}-two"})["toolset"]
    assert private["mcp_is_public"] is False


def test_no_caller_may_say_where_calls_go(management, make_toolset):
    slug, _ = make_toolset()
    management.post("toolsets.update", {"slug": slug, "mcp_caller_variables": ["PETS_TOKEN"]})
    toolset = management.get("toolsets.get", slug=slug)["toolset"]
    assert toolset["mcp_caller_variables"] == ["PETS_TOKEN"]
    for name in ("PETS_SERVER_URL", "PETS_SERVER_REGION", "pets_token"):
        with pytest.raises(Refused) as refused:
            management.post("toolsets.update", {"slug": slug, "mcp_caller_variables": [name]})
        assert refused.value.code == "invalid"
