"""The install pages: what strangers, members and clients are told of a toolset."""

import base64
import json
import shlex
import tomllib
from urllib.parse import parse_qs, unquote, urlsplit
from urllib.request import Request, urlopen

import pytest

from accessibility import check


@pytest.fixture(scope="module")
def toolsets(management, upstream):
    """A public toolset in staging mode, and a private one with a name from right to left."""
    urns = [tool["urn"] for tool in management.import_document("pets", upstream.document)]
    management.post("toolsets.create", {
        "slug": "pets", "name": "Pets & friends", "description": "All about pets.", "tool_urns": urns, "mcp_is_public": True,
    })
    management.post("toolsets.switchEditingMode", {"slug": "pets", "mode": "staging"})
    management.post("variations.upsert", {"toolset_slug": "pets", "tool_urn": urns[0], "title": "Only in staging"})
    management.post("toolsets.create", {
        "slug": "secret", "name": "مجموعه خصوصی", "description": "Hidden words.", "tool_urns": urns,
    })
    return management


def test_a_stranger_installs_a_public_toolset(page, toolsets, shoot, server):
    page.goto("/mcp/pets")
    assert page.url == f"{server.address}/install/pets"
    check(page)
    assert page.get_by_role("heading", name="Pets & friends").is_visible()
    assert page.locator("nav.sections").count() == 0, "no navigation of the project"
    text = page.inner_text("main")
    assert "All about pets." in text and "listPets" in text and "Only in staging" not in text
    assert page.get_by_text("claude mcp add --transport http pets").is_visible(), "the first client is open"
    assert page.get_by_role("link", name="Back to the toolset").count() == 0
    page.get_by_text("Cursor", exact=True).click()
    link = page.get_by_role("link", name="Add to Cursor").get_attribute("href")
    config = parse_qs(urlsplit(link).query)["config"][0]
    assert json.loads(base64.b64decode(config)) == {"url": f"{server.address}/mcp/pets"}
    shoot(page, "cursor open")
    page.get_by_text("VS Code", exact=True).click()
    link = page.get_by_role("link", name="Add to VS Code", exact=True).get_attribute("href")
    assert json.loads(unquote(link.split("?", 1)[1])) == {
        "name": "pets", "type": "http", "url": f"{server.address}/mcp/pets",
    }
    assert not page.get_by_role("link", name="Add to Cursor").is_visible(), "one client is open at a time"


def test_a_stranger_learns_of_a_private_toolset_no_more_than_its_name(page, toolsets, shoot, server, sign_in):
    assert page.goto("/install/secret").status == 200
    check(page)
    text = page.inner_text("main")
    assert "مجموعه خصوصی" in text and "SLIPWAY_SECRET_KEY" in text
    assert "Hidden words" not in page.content() and "listPets" not in page.content()
    page.get_by_text("ChatGPT", exact=True).click()
    assert "can send no key" in page.inner_text("#client-chatgpt")
    shoot(page, "stranger")
    page.get_by_role("link", name="Sign in").first.click()
    page.get_by_label("Key").fill(server.settings["SLIPWAY_ADMIN_KEY"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/install/secret")
    assert "Hidden words" in page.inner_text("main") and "listPets" in page.inner_text("main")
    assert page.get_by_role("link", name="Sign in").count() == 0, "who is signed in is not asked to do it again"
    page.get_by_role("link", name="Back to the toolset").click()
    page.wait_for_url("**/projects/default/toolsets/secret")


def told(page, client):
    """What the page tells of a client: links, commands as words of a shell, and files by their names."""
    box = page.locator(f"#client-{client}")
    links = [link.get_attribute("href") for link in box.locator("a.button").all()]
    commands, files = [], {}
    for part in box.locator(".stack:has(.snippet)").all():
        text, path = part.locator("pre").text_content(), part.locator("h4 code")
        if path.count():
            files[path.text_content()] = text
        else:
            commands.append(shlex.split(text))
    return links, commands, files


@pytest.mark.parametrize("slug, key", [("pets", None), ("secret", "SLIPWAY_SECRET_KEY")])
def test_each_client_reads_what_it_is_told(page, toolsets, server, slug, key):
    """Parsed as each program parses it: words of a shell, JSON, TOML, an address that is decoded."""
    page.goto(f"/install/{slug}")
    url = f"{server.address}/mcp/{slug}"

    def server_of(field, value=None, **more):
        headers = {"headers": {"Authorization": f"Bearer {value}"}} if key else {}
        return more | {field: url} | headers

    _, [command], files = told(page, "claude-code")
    header = ["--header", f"Authorization: Bearer ${key}"] if key else []
    assert command == ["claude", "mcp", "add", "--transport", "http", slug, url, *header]
    assert json.loads(files[".mcp.json"]) == {"mcpServers": {slug: server_of("url", f"${{{key}}}", type="http")}}

    [link], _, files = told(page, "cursor")
    parts = urlsplit(link)
    assert (parts.scheme, parts.netloc, parts.path) == ("cursor", "anysphere.cursor-deeplink", "/mcp/install")
    query = parse_qs(parts.query, strict_parsing=True)
    inner = server_of("url", f"${{env:{key}}}")
    assert query["name"] == [slug] and json.loads(base64.b64decode(query["config"][0], validate=True)) == inner
    assert json.loads(files["~/.cursor/mcp.json"]) == {"mcpServers": {slug: inner}}

    [link, insiders], [command], files = told(page, "vscode")
    inner = server_of("url", "${input:slipway-key}", type="http")
    prompt = [{"type": "promptString", "id": "slipway-key", "description": f"Key of {slug}", "password": True}]
    inputs = {"inputs": prompt} if key else {}
    for address, scheme in ((link, "vscode"), (insiders, "vscode-insiders")):
        assert address.startswith(f"{scheme}:mcp/install?")
        assert json.loads(unquote(address.split("?", 1)[1])) == {"name": slug} | inner | inputs
    assert command[:2] == ["code", "--add-mcp"] and json.loads(command[2]) == {"name": slug} | inner | inputs
    assert json.loads(files[".vscode/mcp.json"]) == inputs | {"servers": {slug: inner}}

    _, [command], files = told(page, "codex")
    assert command == ["codex", "mcp", "add", slug, "--url", url, *(["--bearer-token-env-var", key] if key else [])]
    table = tomllib.loads(files["~/.codex/config.toml"])["mcp_servers"][slug]
    assert table == {"url": url} | ({"bearer_token_env_var": key} if key else {})

    _, [command], files = told(page, "gemini-cli")
    header = ["--header", f"Authorization: Bearer ${key}"] if key else []
    assert command == ["gemini", "mcp", "add", "--scope", "user", "--transport", "http", *header, slug, url]
    assert json.loads(files["~/.gemini/settings.json"]) == {"mcpServers": {slug: server_of("httpUrl", f"${key}")}}

    _, _, files = told(page, "windsurf")
    inner = server_of("serverUrl", f"${{env:{key}}}")
    assert json.loads(files["~/.codeium/windsurf/mcp_config.json"]) == {"mcpServers": {slug: inner}}

    _, _, files = told(page, "json")
    assert json.loads(files["mcp.json"]) == {"mcpServers": {slug: server_of("url", "YOUR_KEY", type="http")}}
    if key:
        _, _, files = told(page, "claude")
        bridge = json.loads(files["claude_desktop_config.json"])["mcpServers"][slug]
        assert bridge["args"] == ["-y", "mcp-remote", url, "--header", "Authorization:${AUTHORIZATION}"]
        assert bridge["env"] == {"AUTHORIZATION": "Bearer YOUR_KEY"}


def test_staging_is_for_members_and_says_so(page, toolsets, sign_in, shoot):
    for address in ("/install/pets/staging", "/install/nothing/staging", "/mcp/pets/staging"):
        page.goto(address)
        assert "/sign-in" in page.url, "a stranger does not learn whether it is there"
    sign_in(page)
    page.goto("/mcp/pets/staging")
    check(page)
    assert page.title().startswith("Staging")
    assert "This is the staging side" in page.inner_text("main") and "Only in staging" in page.inner_text("main")
    assert "/mcp/pets/staging" in page.inner_text("main") and "SLIPWAY_PETS_STAGING_KEY" in page.inner_text("main")
    shoot(page, "staging")
    page.get_by_role("link", name="Live").click()
    assert page.url.endswith("/install/pets")
    assert page.goto("/install/nothing/staging").status == 404


def test_a_key_is_as_good_as_a_session_for_what_it_may_do(toolsets, server):
    def fetch(path, key):
        headers = {"Accept": "text/html", "Authorization": f"Bearer {key}"}
        with urlopen(Request(f"{server.address}{path}", headers=headers), timeout=20) as answer:
            return answer.url, answer.read().decode()

    consumer = toolsets.create_key("consumer")
    assert "Hidden words" in fetch("/install/secret", consumer)[1]
    with pytest.raises(Exception, match="404"):
        fetch("/install/pets/staging", consumer)
    assert "Only in staging" in fetch("/install/pets/staging", toolsets.create_key("reader"))[1]


def test_programs_get_no_page(toolsets, server):
    with urlopen(Request(f"{server.address}/install/pets"), timeout=20) as answer:
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    request = Request(f"{server.address}/mcp/pets", headers={"Accept": "text/event-stream"})
    with pytest.raises(Exception) as refused:
        urlopen(request, timeout=20)
    assert refused.value.code in (400, 405, 406)


def test_it_fits_a_phone_and_needs_no_scripts(new_page, toolsets, shoot):
    page = new_page(width=360, scripts=False)
    page.goto("/install/pets")
    page.get_by_text("Codex", exact=True).click()
    assert page.get_by_text("codex mcp add pets").is_visible()
    page.get_by_text("Claude Code", exact=True).click()
    assert page.get_by_text("claude mcp add --transport http pets").is_visible()
    shoot(page, "phone")
    phone = new_page(width=360)
    phone.goto("/install/pets?client=vscode")
    check(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.goto("/install/not-there").status == 404
    check(phone)
