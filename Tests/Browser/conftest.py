"""A server with a toolset, and a browser that a person would use: Debian's chromium, headless.

Screenshots of every test are kept in `.build/screenshots`.
"""

import re
import secrets
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from server import BINARY, ROOT, Management, Server
from upstream import Upstream

SCREENSHOTS = ROOT / ".build" / "screenshots"


@pytest.fixture(scope="session", autouse=True)
def binary():
    assert BINARY.exists(), f"{BINARY} is not there: run bin/test, or swift build --build-tests"


@pytest.fixture(scope="session")
def upstream():
    """The recording API that tools call."""
    with Upstream() as upstream:
        yield upstream


@pytest.fixture(scope="module")
def server(tmp_path_factory, upstream):
    """A server of its own for each file of tests."""
    settings = {"SLIPWAY_ADMIN_KEY": secrets.token_urlsafe(32), "SLIPWAY_ALLOWED_UPSTREAMS": upstream.host}
    with Server(tmp_path_factory.mktemp("server"), **settings) as server:
        yield server


@pytest.fixture(scope="module")
def management(server):
    """The management API, as an administrator: for what a test needs and does not test."""
    management = Management(server.address, server.settings["SLIPWAY_ADMIN_KEY"])
    management.choose_project()
    return management


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium, server, request):
    """Makes pages in browsers of their own: `new_page(width=360)`, `new_page(scripts=False)`.

    A page that logs an error, throws one or breaks its Content-Security-Policy fails the test.
    """
    contexts, faults = [], []

    def make(width=1280, height=900, scripts=True, dark=False, **options):
        context = chromium.new_context(
            base_url=options.pop("base_url", server.address),
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            **options,
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("console", lambda line: faults.append(f"{page.url}: {line.text}") if is_fault(line) else None)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def is_fault(line) -> bool:
    """Answers of 4xx are part of what is tested; everything else that a browser calls an error is a fault."""
    return line.type == "error" and "status of 4" not in line.text


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def sign_in(server):
    """Signs a page in, as the first admin does."""

    def sign_in(page, key=None):
        page.goto("/sign-in")
        page.get_by_label("Key").fill(key or server.settings["SLIPWAY_ADMIN_KEY"])
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    return sign_in


@pytest.fixture
def shoot(request):
    """Keeps a picture of the whole page, light and dark, by the test's name and a word."""

    def shoot(page, word):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"\W+", "-", f"{request.node.name} {word}").strip("-")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=SCREENSHOTS / f"{name}-{scheme}.png", full_page=True)
        page.emulate_media(color_scheme="light")

    return shoot
