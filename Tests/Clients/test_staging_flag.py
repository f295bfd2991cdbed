"""The flag `toolset_staging` turned off: what stops, what goes on, and the ways out, of the built program."""

import os
import secrets
import subprocess

import pytest

from conftest import create_toolset
from documents import document
from raw import listed, mcp
from server import BINARY, Management, Refused, Server


@pytest.fixture
def running(tmp_path):
    """A server of its own, since the flag is the whole organization's, with the toolset `things` in staging mode.

    Live serves release 1, with two tools; in staging it has one."""
    with Server(tmp_path, SLIPWAY_ADMIN_KEY=secrets.token_urlsafe(32)) as server:
        management = Management(server.address, server.settings["SLIPWAY_ADMIN_KEY"])
        management.choose_project()
        tools = management.import_document("things", document({f"thing{n}": f"Thing {n}" for n in range(2)}))
        urns = [tool["urn"] for tool in tools]
        create_toolset(management, "things", urns, is_public=True, pinned_addresses=True)
        management.post("toolsets.switchEditingMode", {"slug": "things", "mode": "staging"})
        management.post("toolsets.update", {"slug": "things", "tool_urns": urns[:1]})
        yield server, management, urns


def turn(management, on: bool):
    management.post("features.set", {"name": "toolset_staging", "on": on})


def refused(attempt) -> Refused:
    with pytest.raises(Refused) as caught:
        attempt()
    return caught.value


def test_staging_work_is_refused_and_nothing_of_it_is_done(running):
    server, management, urns = running
    before = management.get("toolsets.get", slug="things")["toolset"]
    turn(management, on=False)
    variation = {"toolset_slug": "things", "tool_urn": urns[0], "title": "T"}
    for attempt in (
        lambda: management.post("toolsets.update", {"slug": "things", "name": "Other"}),
        lambda: management.post("toolsets.update", {"slug": "things", "tool_urns": urns, "grace_seconds": 60}),
        lambda: management.post("variations.upsert", variation),
        lambda: management.get("toolsets.reviewStagingVersion", slug="things"),
        lambda: management.get("toolsets.compareReleases", slug="things", **{"from": "live", "to": "staging"}),
        lambda: management.post("toolsets.publishStagingVersion", {"slug": "things"}),
        lambda: management.post("toolsets.publishStagingVersion", {"slug": "things", "activate": False}),
        lambda: management.post("toolsets.setReleaseLabel", {"slug": "things", "number": 1, "label": "one"}),
        lambda: management.post("toolsets.loadReleaseIntoStaging", {"slug": "things", "number": 1}),
        lambda: management.post("toolsets.switchEditingMode", {"slug": "slipway", "mode": "staging"}),
    ):
        problem = refused(attempt).problem
        assert (problem["status"], problem["code"]) == (403, "feature_disabled")
        assert "features.set" in problem["detail"]
    turn(management, on=True)
    assert management.get("toolsets.get", slug="things")["toolset"] == before


def test_live_and_releases_answer_the_same_bytes_and_staging_is_shut_at_once(running):
    server, management, urns = running
    address = f"{server.address}/mcp/things"
    reader = management.create_key("reader")
    live, pinned, staging = listed(address), listed(f"{address}/releases/1"), listed(f"{address}/staging", key=reader)
    assert live == pinned != staging
    turn(management, on=False)
    shut = mcp(f"{address}/staging", "tools/list", key=reader)
    assert shut.status == 403 and shut.json["code"] == "feature_disabled"
    assert mcp(f"{server.address}/mcp/nothing/staging", "tools/list", key=reader).json["code"] == "feature_disabled"
    assert mcp(f"{address}/staging", "tools/list").status == 401
    assert listed(address) == live and listed(f"{address}/releases/1") == pinned
    management.post("toolsets.update", {"slug": "things", "mcp_is_public": False})
    assert mcp(address, "tools/list").status == 401
    assert listed(address, key=reader) == live
    turn(management, on=True)
    assert listed(f"{address}/staging", key=reader) == staging


def test_a_rollback_a_return_and_the_end_of_a_hold_go_on(running):
    server, management, urns = running
    address = f"{server.address}/mcp/things"
    first = listed(address)
    management.publish("things", notes="Fewer")
    second = listed(address)
    turn(management, on=False)
    loading = {"slug": "things", "number": 1, "reason": "Missed", "staging": "load"}
    assert refused(lambda: management.post("toolsets.rollbackToRelease", loading)).code == "feature_disabled"
    assert listed(address) == second
    management.post("toolsets.rollbackToRelease", {"slug": "things", "number": 1, "reason": "Missed"})
    assert listed(address) == first
    assert management.post("toolsets.liftHold", {"slug": "things"})["toolset"]["hold"] is None
    assert refused(lambda: management.post("toolsets.liftHold", {"slug": "things"})).code == "not_held"
    management.post("toolsets.rollbackToRelease", {"slug": "things", "number": 2})
    assert listed(address) == second


def slipway(server, management, *arguments: str) -> subprocess.CompletedProcess:
    variables = {name: value for name, value in os.environ.items() if not name.startswith("SLIPWAY_")}
    variables |= {
        "SLIPWAY_SERVER": server.address,
        "SLIPWAY_KEY": management.key,
        "SLIPWAY_PROJECT": management.project,
    }
    return subprocess.run([BINARY, *arguments], env=variables, capture_output=True, text=True, timeout=60)


def test_the_command_line_leads_out_of_staging(running):
    server, management, urns = running
    address = f"{server.address}/mcp/things"
    live = listed(address)
    turn(management, on=False)
    for arguments in (("publish", "things", "-m", "No"), ("review", "things"), ("mode", "slipway", "staging")):
        done = slipway(server, management, *arguments)
        assert done.returncode == 1 and "[feature_disabled]" in done.stderr
    assert slipway(server, management, "discard", "things").returncode == 0
    asked = refused(lambda: management.post("toolsets.switchEditingMode", {"slug": "things", "mode": "iteration"}))
    done = slipway(server, management, "mode", "things", "iteration", "--confirm", asked.problem["confirm_digest"])
    assert done.returncode == 0, done.stderr
    assert listed(address) == live
    management.post("toolsets.update", {"slug": "things", "tool_urns": urns[:1]})
    assert listed(address) != live
