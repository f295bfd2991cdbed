"""Signing in and out: by a key, by the address that `serve` prints, by an invitation."""

import re
from urllib.request import Request, urlopen
from urllib.error import HTTPError

import pytest

from accessibility import check
from server import Server


def test_a_key_signs_in_and_signing_out_ends_it(page, sign_in, shoot, server):
    page.goto("/projects/default/toolsets")
    assert "/sign-in" in page.url
    check(page)
    shoot(page, "sign-in")
    page.get_by_label("Key").fill("slw_wrong")
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_role("alert").is_visible()
    page.get_by_label("Key").fill(server.settings["SLIPWAY_ADMIN_KEY"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/projects/default/toolsets")
    check(page)
    shoot(page, "toolsets")
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    session = cookies["slipway_session"]
    assert session["httpOnly"] and session["sameSite"] == "Lax"
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in*")
    page.goto("/account")
    assert "/sign-in" in page.url
    page.context.add_cookies([session])
    page.goto("/account")
    assert "/sign-in" in page.url, "the session ended on the server, not only in the browser"


def test_sign_out_everywhere_ends_the_other_browser_too(new_page, sign_in):
    one, other = sign_in(new_page()), sign_in(new_page())
    one.goto("/account")
    check(one)
    one.get_by_role("button", name="Sign out everywhere").click()
    other.goto("/account")
    assert "/sign-in" in other.url


def test_the_printed_address_makes_the_first_admin_once(tmp_path, chromium, new_page, shoot):
    with Server(tmp_path) as fresh:
        address = re.search(r"http://\S+/sign-in/sli_\S+", fresh.output)[0]
        page = new_page()
        page.goto(address)
        check(page)
        page.get_by_label("Your name").fill("system")
        page.get_by_label("E-mail").fill("ada@example.com")
        page.get_by_role("button", name="Sign in").click()
        assert page.get_by_label("E-mail").input_value() == "ada@example.com", "what was typed is kept"
        assert page.locator("#error-name").is_visible()
        shoot(page, "welcome")
        page.get_by_label("Your name").fill("Ada Lovelace")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/toolsets")
        page.goto(f"{fresh.address}/account")
        assert "Ada Lovelace" in page.inner_text("main") and "admin" in page.inner_text("main")
        other = new_page()
        assert other.goto(address).status == 404
        check(other)
        # A picture that is still asked for must not find the server gone.
        for opened in (page, other):
            opened.close()


def test_a_form_without_its_token_is_refused(page, sign_in, server):
    sign_in(page)
    cookie = "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())
    request = Request(
        f"{server.address}/account/sign-out-everywhere",
        data=b"form_token=0",
        headers={"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"},
        method="POST",
    )
    with pytest.raises(HTTPError) as refused:
        urlopen(request, timeout=20)
    assert refused.value.code == 403
    page.goto("/account")
    assert "/sign-in" not in page.url


def test_a_page_that_is_not_there_says_so(page, sign_in, shoot):
    sign_in(page)
    assert page.goto("/projects/default/nothing").status == 404
    check(page)
    shoot(page, "not-found")
