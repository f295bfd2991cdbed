"""The styles and scripts of the pages, as browsers ask for them."""

import gzip
import re

import pytest

from raw import exchange


@pytest.fixture(scope="module")
def assets(server):
    page = exchange("GET", f"{server.address}/sign-in").body.decode()
    return [server.address + path for path in re.findall(r'(?:href|src)="(/assets/slipway-[0-9a-f]{12}\.(?:css|js))"', page)]


@pytest.mark.parametrize(
    ("accepted", "is_compressed"),
    [
        (None, False),
        ("gzip, deflate, br", True),
        ("br;q=1.0, GZIP;q=0.8, *;q=0.1", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("identity", False),
    ],
)
def test_gzip_goes_to_those_who_take_it(assets, accepted, is_compressed):
    assert len(assets) == 2
    for address in assets:
        plain = exchange("GET", address)
        answer = exchange("GET", address, {"Accept-Encoding": accepted} if accepted else {})
        assert answer.status == 200
        assert answer.headers.get("vary") == "Accept-Encoding"
        assert answer.headers.get("content-encoding") == ("gzip" if is_compressed else None)
        assert (gzip.decompress(answer.body) if is_compressed else answer.body) == plain.body
        assert is_compressed == (len(answer.body) * 3 < len(plain.body))
