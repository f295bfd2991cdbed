"""Merge, discard with undo, load, pins, and undo in iteration mode: of the built program, seen from its addresses."""

import os
import secrets
import subprocess
import time

import pytest

from conftest import create_toolset
from documents import document
from raw import listed
from server import BINARY, Management, Refused, Server


@pytest.fixture
def staged(management, pets, make_toolset):
    """A toolset of all pets in staging mode; its slug, and what live and staging list."""
    slug, address = make_toolset()
    management.post("toolsets.switchEditingMode", {"slug": slug, "mode": "staging"})
    key = management.create_key("reader")
    return slug, lambda: listed(address), lambda: listed(f"{address}/staging", key=key)


def edit(management, slug: str, **fields):
    return management.post("toolsets.update", {"slug": slug, **fields})["toolset"]


def vary(management, slug: str, urn: str, **fields):
    management.post("variations.upsert", {"toolset_slug": slug, "tool_urn": urn, **fields})


def discard(management, slug: str):
    management.delete("toolsets.discardStagingVersion", slug=slug)


def move_live(management, slug: str, live, staging):
    """Live serves release 2 with the edit `live`, while staging is based on release 1 and holds the edit `staging`."""
    staging()
    discard(management, slug)
    live()
    management.publish(slug, notes="Live moved")
    management.post("toolsets.undoDiscard", {"slug": slug, "replace": True})


def test_what_live_gained_is_merged_and_live_does_not_move(management, pets, staged):
    slug, live, staging = staged
    move_live(
        management,
        slug,
        live=lambda: vary(management, slug, pets.urns[0], description="Of live"),
        staging=lambda: vary(management, slug, pets.urns[1], description="Of staging"),
    )
    before = live()
    assert b"Of live" in before and b"Of live" not in staging()
    answer = management.post("toolsets.mergeLiveIntoStaging", {"slug": slug})
    assert answer["merged"] == {"base_release": 1, "live_release": 2}
    assert b"Of live" in staging() and b"Of staging" in staging()
    assert live() == before
    again = management.post("toolsets.mergeLiveIntoStaging", {"slug": slug})
    assert again["merged"] is None and again["toolset"]["etag"] == answer["toolset"]["etag"]
    release = management.publish(slug, notes="Both")
    assert release["number"] == 3
    assert b"Of live" in live() and b"Of staging" in live()


def test_the_same_item_asks_and_the_command_line_answers(server, management, pets, staged):
    slug, live, staging = staged
    move_live(
        management,
        slug,
        live=lambda: vary(management, slug, pets.urns[0], title="Live"),
        staging=lambda: vary(management, slug, pets.urns[0], description="Staging"),
    )
    before = staging()
    with pytest.raises(Refused) as refused:
        management.post("toolsets.mergeLiveIntoStaging", {"slug": slug})
    assert refused.value.code == "merge_conflicts"
    items = [conflict["item"] for conflict in refused.value.problem["conflicts"]]
    assert items == [f"variation/{pets.urns[0]}/description", f"variation/{pets.urns[0]}/title"]
    assert staging() == before

    asked = slipway(server, management, "merge", slug, status=2)
    assert all(item in asked.stdout for item in items)
    slipway(server, management, "merge", slug, "--item", f"{items[0]}=staging", "--take", "live")
    assert b'"Live"' in staging() and b'"Staging"' in staging()
    slipway(server, management, "discard", slug, "--undo")
    assert staging() == before


def slipway(server, management, *arguments: str, status=0) -> subprocess.CompletedProcess:
    variables = {name: value for name, value in os.environ.items() if not name.startswith("SLIPWAY_")}
    variables |= {
        "SLIPWAY_SERVER": server.address,
        "SLIPWAY_KEY": management.key,
        "SLIPWAY_PROJECT": management.project,
    }
    done = subprocess.run([BINARY, *arguments], env=variables, capture_output=True, text=True, timeout=60)
    assert done.returncode == status, f"{done.stdout}\n{done.stderr}"
    return done


def test_a_discard_is_undone_to_the_byte_and_back(management, pets, staged):
    slug, live, staging = staged
    edit(management, slug, tool_urns=pets.urns[:1])
    vary(management, slug, pets.urns[0], description="Unpublished")
    edited, published = staging(), live()
    discard(management, slug)
    assert staging() == published
    for expected in (edited, published, edited):
        management.post("toolsets.undoDiscard", {"slug": slug})
        assert staging() == expected
    assert live() == published


def test_a_release_is_loaded_while_live_stays(management, pets, staged):
    slug, live, staging = staged
    first = live()
    edit(management, slug, tool_urns=pets.urns[:1])
    management.publish(slug, notes="Fewer")
    second = live()
    vary(management, slug, pets.urns[0], description="Unpublished")
    edited = staging()
    management.post("toolsets.loadReleaseIntoStaging", {"slug": slug, "number": 1})
    assert (live(), staging()) == (second, first)
    management.post("toolsets.undoDiscard", {"slug": slug})
    assert staging() == edited
    management.post("toolsets.loadReleaseIntoStaging", {"slug": slug, "number": 1})
    release = management.publish(slug, notes="As it was")
    assert release["number"] == 3 and live() == first


@pytest.fixture
def own(tmp_path):
    """A server of its own with three tools, since what a project does reaches every toolset in it."""
    with Server(tmp_path, SLIPWAY_ADMIN_KEY=secrets.token_urlsafe(32)) as server:
        management = Management(server.address, server.settings["SLIPWAY_ADMIN_KEY"])
        management.choose_project()
        yield server, management


def deploy(management, text: str) -> list[str]:
    tools = management.import_document("things", document({f"thing{n}": f"{text} {n}" for n in range(3)}))
    return [tool["urn"] for tool in tools]


def test_project_changes_can_be_left_out_of_staging(own):
    server, management = own
    urns = deploy(management, "First")
    create_toolset(management, "things", urns, is_public=True)
    management.post("toolsets.switchEditingMode", {"slug": "things", "mode": "staging"})
    first = management.get("deployments.active")["deployment"]
    address = f"{server.address}/mcp/things"
    live, key = listed(address), management.create_key("reader")
    deploy(management, "Second")
    management.post("variations.upsertGlobal", {"tool_urn": urns[0], "title": "Of the project"})
    followed = listed(f"{address}/staging", key=key)
    assert b"Second" in followed and b"Of the project" in followed

    body = {"slug": "things", "deployment_id": first["id"], "variations": "live"}
    toolset = management.post("toolsets.pinDeployment", body)["toolset"]
    assert toolset["staging"]["pinned_deployment_seq"] == first["seq"]
    pinned = listed(f"{address}/staging", key=key)
    assert b"First" in pinned and b"Second" not in pinned and b"Of the project" not in pinned
    slipway(server, management, "pin", "things", "--follow")
    assert listed(f"{address}/staging", key=key) == followed
    assert listed(address) == live


def checkpoints(management, slug: str, count: int) -> list[dict]:
    """The checkpoints once there are so many: they are written behind the answers."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = management.get("toolsets.listCheckpoints", slug=slug)["checkpoints"]
        if len([entry for entry in found if not entry["undone"]]) >= count:
            return found
        time.sleep(0.01)
    raise AssertionError(f"{slug} has not {count} checkpoints after 30 s")


def test_undo_in_iteration_mode_walks_back_to_the_byte(management, pets, make_toolset):
    slug, address = make_toolset()
    states = [listed(address)]
    checkpoints(management, slug, 1)
    for number in range(1, 4):
        vary(management, slug, pets.urns[0], description=f"Edit {number}")
        states.append(listed(address))
        checkpoints(management, slug, number + 1)
    for state in reversed(states[:-1]):
        management.post("toolsets.undoLastChange", {"slug": slug})
        assert listed(address) == state
    with pytest.raises(Refused) as refused:
        management.post("toolsets.undoLastChange", {"slug": slug})
    assert refused.value.code == "not_found"


def test_a_kill_can_lose_checkpoints_but_never_an_edit_and_undo_goes_on_after_it(own):
    server, management = own
    urns = deploy(management, "A thing")
    create_toolset(management, "things", urns, is_public=True)
    address = f"{server.address}/mcp/things"
    states = [listed(address)]
    for number in range(20):
        vary(management, "things", urns[number % 3], description=f"Edit {number}")
        states.append(listed(address))
    server.kill()
    server.start_again()
    assert listed(address) == states[-1], "an edit that was answered is not there"
    # The start makes up for what was lost by one checkpoint of what is there now.
    newest = checkpoints(management, "things", 1)[0]
    management.post("variations.upsert", {"toolset_slug": "things", "tool_urn": urns[0], "description": "After"})
    checkpoints(management, "things", 2)
    management.post("toolsets.undoLastChange", {"slug": "things"})
    assert listed(address) in states, "an undo made a state that never was"
    assert newest["digest"]
