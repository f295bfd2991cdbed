"""The flag toolset_staging turned off: pages hide new staging work, and what is live goes on."""

import re

import pytest

from accessibility import check
from staged import Staged


@pytest.fixture
def off(management):
    toolset = Staged(management)
    toolset.vary("find", title="Waiting")
    management.post("features.set", {"name": "toolset_staging", "on": False})
    yield toolset
    management.post("features.set", {"name": "toolset_staging", "on": True})


def test_pages_offer_no_new_staging_work_and_a_way_out(page, sign_in, off, shoot):
    sign_in(page)
    page.goto(off.address(""))
    page.get_by_text("Staging is turned off for the organization").wait_for()
    check(page)
    shoot(page, "off")
    assert page.get_by_role("link", name=re.compile("^Review")).count() == 0
    assert page.get_by_role("link", name=re.compile("^Edit")).count() == 0
    page.get_by_role("link", name="Switch to iteration mode").first.click()
    page.get_by_role("heading", name=re.compile("iteration mode")).first.wait_for()


def test_a_toolset_in_iteration_mode_is_not_offered_staging(page, sign_in, off):
    sign_in(page)
    page.goto("/projects/default/toolsets/slipway")
    assert page.get_by_role("link", name="Switch to staging mode").count() == 0
    assert page.get_by_role("link", name="Edit assets_get").count() == 1
