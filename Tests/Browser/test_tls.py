"""Behind a proxy that ends TLS: cookies ask for TLS, and forms of the public address are taken."""

import http.client
import secrets
import socket
import ssl
import subprocess
import threading
from contextlib import contextmanager
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPSHandler, Request, build_opener
from urllib.error import HTTPError

import pytest

from accessibility import check
from server import Server, free_port


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for `localhost` that signs itself."""
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"],
        check=True, capture_output=True,
    )
    return folder


@contextmanager
def tls_proxy(port: int, certificate, target: int):
    """Takes TLS at the port and passes what comes on, as it stands, to a port without TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "certificate.pem", certificate / "key.pem")
    listener = socket.create_server(("127.0.0.1", port))

    def copy(source, sink):
        try:
            while part := source.recv(65536):
                sink.sendall(part)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def serve():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=relay, args=(connection,), daemon=True).start()

    def relay(connection):
        try:
            with context.wrap_socket(connection, server_side=True) as near, \
                    socket.create_connection(("127.0.0.1", target)) as far:
                back = threading.Thread(target=copy, args=(far, near), daemon=True)
                back.start()
                copy(near, far)
                back.join(30)
        except OSError:
            pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield
    finally:
        listener.close()


@pytest.fixture(scope="module")
def behind_tls(tmp_path_factory, certificate):
    """A server that is told of its public address, and that address."""
    port = free_port()
    address = f"https://localhost:{port}"
    settings = {"SLIPWAY_ADMIN_KEY": secrets.token_urlsafe(32), "SLIPWAY_PUBLIC_URL": address}
    with Server(tmp_path_factory.mktemp("tls"), **settings) as server, tls_proxy(port, certificate, server.port):
        yield server, address


def token_in(page: bytes, name: str) -> str:
    return page.decode().split(f'name="{name}" value="')[1].split('"')[0]


def test_a_client_signs_in_and_sends_a_form_over_tls(behind_tls, certificate):
    server, address = behind_tls
    jar = CookieJar()
    trust = ssl.create_default_context(cafile=certificate / "certificate.pem")
    opener = build_opener(HTTPSHandler(context=trust), HTTPCookieProcessor(jar))

    def get(path):
        return opener.open(f"{address}{path}", timeout=30)

    def post(path, origin=address, **fields):
        request = Request(f"{address}{path}", urlencode(fields).encode(), {"Origin": origin})
        return opener.open(request, timeout=30)

    visitor = token_in(get("/sign-in").read(), "visitor_token")
    answer = post("/sign-in", visitor_token=visitor, key=server.settings["SLIPWAY_ADMIN_KEY"], next="/")
    assert answer.status == 200 and answer.url.endswith("/toolsets")
    cookies = {cookie.name: cookie for cookie in jar}
    session = cookies["__Host-slipway_session"]
    assert session.secure and session.path == "/" and not session.domain_specified
    assert all(cookie.secure for cookie in jar), "no cookie goes without TLS"

    page = get("/projects/default/prompts/~new").read()
    answer = post("/projects/default/prompts/~new", form_token=token_in(page, "form_token"), name="sent", prompt="Hello")
    assert answer.url.endswith("/prompts/sent") and b"The prompt sent is there" in answer.read()
    with pytest.raises(HTTPError) as refused:
        post("/projects/default/prompts/~new", origin="https://elsewhere.example", form_token="0", name="x", prompt="x")
    assert refused.value.code == 403

    # The cookie that a server without TLS would set is no session here.
    plain = http.client.HTTPSConnection(address.removeprefix("https://"), context=trust, timeout=30)
    plain.request("GET", "/account", headers={"Cookie": f"slipway_session={session.value}"})
    assert plain.getresponse().getheader("Location", "").startswith("/sign-in")
    plain.close()


def test_a_browser_keeps_the_cookies_and_uses_the_pages(behind_tls, new_page):
    server, address = behind_tls
    page = new_page(base_url=address, ignore_https_errors=True)
    page.goto("/sign-in")
    check(page)
    page.get_by_label("Key").fill(server.settings["SLIPWAY_ADMIN_KEY"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/toolsets")
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert cookies["__Host-slipway_session"]["secure"] and cookies["__Host-slipway_session"]["httpOnly"]
    page.goto("/projects/default/environments/~new")
    page.get_by_label("Name", exact=True).fill("Over TLS")
    page.get_by_role("button", name="Create environment").click()
    page.wait_for_url("**/environments/over-tls")
    assert f"{address}/mcp/slipway" in page.goto("/install/slipway").text()
    page.goto("/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in*")
    assert "__Host-slipway_session" not in {cookie["name"] for cookie in page.context.cookies()}
