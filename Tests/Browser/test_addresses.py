"""Addresses that nobody would type but to do harm: they get a page, and the server goes on."""

from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from staged import Staged

HUGE = "9223372036854775807"
SMALL = "-9223372036854775808"


@pytest.mark.parametrize("number", [HUGE, SMALL])
def test_numbers_at_the_end_of_what_a_number_may_be(page, sign_in, management, server, number):
    toolset = Staged(management)
    toolset.post("toolsets.update", mcp_is_public=True)
    sign_in(page)
    deployment = management.get("deployments.active")["deployment"]["id"]
    for address in (
        toolset.address(f"?page={number}"),
        toolset.address(f"tools/add?page={number}"),
        toolset.address(f"releases?page={number}"),
        toolset.address(f"releases/1?page={number}"),
        toolset.address(f"releases/{number}"),
        toolset.address(f"review?page={number}"),
        toolset.address(f"calls?release={number}"),
        toolset.address(f"playground?release={number}"),
        f"/projects/default/sources/deployments/{deployment}?from={number}",
        f"/projects/default/sources?page={number}",
        f"/install/{toolset.slug}?from={number}",
    ):
        assert page.goto(address).status < 500, address
    with urlopen(f"{server.address}/install/{toolset.slug}?from={number}", timeout=20) as stranger:
        assert stranger.status == 200
    with urlopen(f"{server.address}/healthz", timeout=20) as answer:
        assert answer.status == 200


def test_a_sign_in_form_that_is_too_old_or_too_large_is_answered_by_a_page(server):
    for body, status in ((urlencode({"key": "slw_x"}), 403), ("key=" + "x" * 70_000, 413)):
        request = Request(f"{server.address}/sign-in", data=body.encode(), method="POST")
        with pytest.raises(HTTPError) as refused:
            urlopen(request, timeout=20)
        assert refused.value.code == status
        assert "text/html" in refused.value.headers["Content-Type"]
