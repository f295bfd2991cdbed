"""Review, publish and hold with the built program, end to end: what is reviewed is what goes live, or nothing does."""

import json
import re
import secrets
import shlex
import subprocess

import pytest

from clients import tool_names
from server import BINARY, Management, Refused, secret_in


@pytest.fixture
def staged(pets, management, make_toolset):
    """A toolset in staging mode, with one tool fewer on its staging side."""
    slug, address = make_toolset()
    management.post("toolsets.switchEditingMode", {"slug": slug, "mode": "staging"})
    management.post("toolsets.update", {"slug": slug, "tool_urns": pets.urns[1:]})
    return slug, address


@pytest.fixture
def slipway(server):
    """Runs a command against the server; returns what it printed."""

    def run(*arguments: str, status=0, key=None) -> subprocess.CompletedProcess:
        environment = {"SLIPWAY_SERVER": server.address, "SLIPWAY_PROJECT": "default"}
        environment["SLIPWAY_KEY"] = key or server.settings["SLIPWAY_ADMIN_KEY"]
        done = subprocess.run(
            [BINARY, *arguments], env=environment, cwd=server.folder, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    return run


def review_of(management: Management, slug: str) -> dict:
    return management.get("toolsets.reviewStagingVersion", slug=slug)["review"]


def seen(review: dict) -> dict:
    """What a publish sends back of a review."""
    return {
        "expected_activation_seq": review["activation_seq"],
        "staging_etag": review["staging_etag"],
        "review_digest": review["review_digest"],
        "acknowledge": review["acknowledge"],
    }


def refused(management: Management, call: str, **fields) -> dict:
    with pytest.raises(Refused) as refusal:
        management.post(call, fields)
    return refusal.value.problem


def automation_key(management: Management) -> str:
    fields = {"name": f"ci {secrets.token_hex(4)}", "scopes": ["publisher"], "automation": True}
    return secret_in(management.post("keys.create", fields))


@pytest.mark.anyio
async def test_what_was_reviewed_goes_live_and_what_moved_since_does_not(pets, management, staged):
    slug, address = staged
    before = await tool_names(address)
    review = review_of(management, slug)
    [removed] = [change for change in review["yours"] if change["rule"] == "set.tool.removed"]
    assert removed["subject"] == pets.urns[0] and removed["level"] == "breaking"
    assert review["acknowledge"] == [removed["fingerprint"]]

    management.post("toolsets.update", {"slug": slug, "description": "Edited after the review"})
    problem = refused(management, "toolsets.publishStagingVersion", slug=slug, **seen(review))
    assert (problem["status"], problem["code"]) == (409, "staging_moved")
    assert await tool_names(address) == before

    answer = management.post("toolsets.publishStagingVersion", {"slug": slug} | seen(review_of(management, slug)))
    assert list(answer) == ["activated", "release"] and answer["activated"] is True
    assert answer["release"]["verdicts"]["breaking"] == 1
    assert await tool_names(address) == before - {pets.tools[0]["name"]}
    details = management.get("toolsets.getReleaseDetails", slug=slug, number=2)["release"]
    assert [entry["fingerprint"] for entry in details["acknowledgements"]] == [removed["fingerprint"]]


def test_a_breaking_change_is_told_and_wants_its_fingerprint(management, staged):
    slug, _ = staged
    problem = refused(management, "toolsets.publishStagingVersion", slug=slug)
    assert (problem["status"], problem["code"]) == (422, "unacknowledged")
    assert [change["rule"] for change in problem["changes"]] == ["set.tool.removed"]
    unknown = refused(management, "toolsets.publishStagingVersion", slug=slug, acknowledge=["0" * 16])
    assert (unknown["status"], unknown["code"]) == (422, "invalid")


def test_after_a_rollback_automations_wait_and_the_change_is_asked_about_again(management, staged, server):
    slug, _ = staged
    management.publish(slug)
    management.post("toolsets.rollbackToRelease", {"slug": slug, "number": 1, "reason": "They are needed"})
    hold = management.get("toolsets.get", slug=slug)["toolset"]["hold"]
    assert (hold["from"], hold["to"], hold["reason"]) == (2, 1, "They are needed")

    automation = Management(server.address, automation_key(management), management.project)
    review = review_of(management, slug)
    assert [change["rolled_back"]["from"] for change in review["brings_back"]]
    problem = refused(automation, "toolsets.publishStagingVersion", slug=slug, acknowledge=review["acknowledge"])
    assert (problem["status"], problem["code"]) == (409, "held_after_rollback")
    assert refused(automation, "toolsets.liftHold", slug=slug)["status"] == 403
    management.post("toolsets.liftHold", {"slug": slug})
    again = refused(automation, "toolsets.publishStagingVersion", slug=slug)
    assert again["code"] == "unacknowledged" and any("rolled_back" in change for change in again["changes"])
    automation.post("toolsets.publishStagingVersion", {"slug": slug, "acknowledge": review["acknowledge"]})
    assert review_of(management, slug)["brings_back"] == []


@pytest.mark.anyio
async def test_a_release_is_made_first_and_goes_live_later(pets, management, staged):
    slug, address = staged
    before = await tool_names(address)
    body = {"slug": slug, "activate": False, "label": "fewer"} | seen(review_of(management, slug))
    made = management.post("toolsets.publishStagingVersion", body)
    assert made["activated"] is False and made["release"]["state"] == "never_live"
    assert await tool_names(address) == before
    management.post("toolsets.activateRelease", {"slug": slug, "number": 2})
    assert await tool_names(address) == before - {pets.tools[0]["name"]}
    assert management.get("toolsets.get", slug=slug)["toolset"]["staging"]["base_release"] == 2


def test_the_command_line_reviews_publishes_and_lifts(pets, management, staged, slipway):
    slug, _ = staged
    told = slipway("review", slug, "--exit-code", status=2)
    assert "Your changes" in told.stdout and "set.tool.removed" in told.stdout
    [proposed] = re.findall(r"slipway (publish .*)", told.stderr)
    asked = slipway("publish", slug, "-m", "fewer", status=2)
    assert "set.tool.removed" in asked.stdout
    published = slipway(*shlex.split(proposed))
    assert "Published release 2" in published.stdout and "1 breaking" in published.stdout
    assert slipway("review", slug, "--exit-code").stdout.count("No change for callers.") == 1
    assert "set.tool.added" in slipway("compare", slug, "2", "1", status=2).stdout
    slipway("compare", slug, "2", "live")

    back = slipway("rollback", slug, "1", "-m", "needed")
    assert "slipway lift-hold" in back.stdout and "Automations wait" in back.stdout
    assert "rolled back from release 2 to 1" in slipway("status", slug).stdout
    held = slipway("publish", slug, "-m", "again", status=1, key=automation_key(management))
    assert "held_after_rollback" in held.stderr
    slipway("lift-hold", slug)
    assert "Hold" not in slipway("status", slug).stdout

    slipway("label", slug, "2", "fewer")
    assert re.search(r"^2 +fewer +was live +1 breaking", slipway("releases", slug).stdout, re.MULTILINE)
    slipway("rules", slug, "--profile", "typed", "--set", "set.tool.removed=risky")
    rules = json.loads(slipway("rules", slug, "--json").stdout)["toolset"]["change_rules"]
    assert (rules["profile"], rules["rules"]) == ("typed", {"set.tool.removed": "risky"})
    refusal = slipway("rules", slug, "--set", "no.such.rule=safe", status=1)
    assert "no.such.rule" in refusal.stderr


def test_a_release_that_only_was_made_goes_live_by_a_command(management, staged, slipway):
    slug, _ = staged
    [fingerprint] = review_of(management, slug)["acknowledge"]
    made = slipway("publish", slug, "-m", "later", "--create-only", "--acknowledge", fingerprint)
    assert "It is not live." in made.stdout
    [command] = re.findall(r"slipway (activate .*)", made.stderr)
    live = slipway(*shlex.split(command))
    assert live.stdout.startswith("Release 2 of") and "slipway rollback" in live.stderr
