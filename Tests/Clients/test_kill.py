"""SIGKILL at random instants: what was acknowledged is there after the next start, and nothing is half there."""

import http.client
import random
import secrets
import sqlite3
import threading
import time
from urllib.error import URLError

import pytest

from conftest import create_toolset
from documents import bytes_of, document, large_document
from raw import REVISIONS, call, everything, listed
from server import Management, Server

KILLS = 14
GONE = (URLError, OSError, http.client.HTTPException)


@pytest.fixture(scope="module")
def seed():
    """Printed where a test fails; to try it again, put it here."""
    return secrets.randbelow(2**32)


@pytest.fixture
def chance(seed):
    print(f"seed {seed}")
    return random.Random(seed)


@pytest.fixture
def victim(tmp_path):
    """A server of its own, with a source of ten tools."""
    with Server(tmp_path, SLIPWAY_ADMIN_KEY=secrets.token_urlsafe(32)) as server:
        management = Management(server.address, server.settings["SLIPWAY_ADMIN_KEY"])
        management.choose_project()
        tools = management.import_document("things", document({f"thing{n}": f"Reads thing {n}" for n in range(10)}))
        server.urns = [tool["urn"] for tool in tools]
        yield server, management
    check_database(server)


def check_database(server: Server):
    """Nothing refers to a row that is not there. Looked at after the end, since looking repairs what a kill left."""
    with sqlite3.connect(server.folder / "data/slipway.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


class Writer(threading.Thread):
    """Edits, publishes and rolls back until the server is gone, and notes what the server acknowledged."""

    def __init__(self, history: "History", chance: random.Random):
        super().__init__(daemon=True)
        self.history = history
        self.chance = chance
        self.error = None

    def run(self):
        try:
            while True:
                self.step()
        except GONE:
            pass
        except BaseException as error:
            self.error = error

    def step(self):
        history, chance = self.history, self.chance
        if chance.random() < 0.65:
            history.edit(chance)
            history.publish()
        elif chance.random() < 0.2:
            history.edit(chance)
            history.discard()
        else:
            number = chance.choice(list(history.released))
            if number != history.live:
                history.roll_back(number)


class History:
    """What the server said that it did, and what each release served."""

    def __init__(self, management: Management, slug: str, urns: list[str]):
        self.management = management
        self.slug = slug
        self.urns = urns
        self.address = f"{management.address}/mcp/{slug}"
        self.released: dict[int, str] = {}
        self.served: dict[int, bytes] = {}
        self.reasons: list[str] = []
        self.activations = 0
        self.live = None
        self.count = 0

    def text(self) -> str:
        self.count += 1
        return f"step {self.count} of {self.slug}"

    def edit(self, chance: random.Random):
        chosen = chance.sample(self.urns, chance.randint(1, len(self.urns)))
        self.management.post("toolsets.update", {"slug": self.slug, "tool_urns": chosen, "description": self.text()})
        override = {"toolset_slug": self.slug, "tool_urn": chosen[0], "description": self.text()}
        self.management.post("variations.upsert", override)

    def publish(self):
        if self.management.get("toolsets.reviewStagingVersion", slug=self.slug)["review"]["merge_pending"]:
            # Live went on without staging, which starts from there again.
            self.discard()
            self.management.post("toolsets.update", {"slug": self.slug, "description": self.text()})
        release = self.management.publish(self.slug, notes=self.text())
        assert release["number"] not in self.released, "a number was given twice"
        self.released[release["number"]] = release["digest"]
        self.activations += 1
        self.live = release["number"]
        self.served[self.live] = listed(self.address)

    def discard(self):
        self.management.delete("toolsets.discardStagingVersion", slug=self.slug)
        assert listed(self.address) == self.served[self.live]

    def roll_back(self, number: int):
        reason = self.text()
        self.management.post("toolsets.rollbackToRelease", {"slug": self.slug, "number": number, "reason": reason})
        self.reasons.append(reason)
        self.activations += 1
        self.live = number
        assert listed(self.address) == self.served[number]

    def check(self, chance: random.Random):
        """Compares the server that was just started with what it said before.

        What it did and had no time to say counts from now on.
        """
        releases = self.management.all("toolsets.listReleases", "releases", slug=self.slug)
        digests = {release["number"]: release["digest"] for release in releases}
        assert len(digests) == len(releases), "two releases have one number"
        assert self.released.items() <= digests.items(), "an acknowledged publish is not there as it was"

        activations = self.management.all("toolsets.listActivations", "activations", slug=self.slug)
        assert [entry["seq"] for entry in activations] == list(range(len(activations), 0, -1))
        assert {entry["release"] for entry in activations} == set(digests), "a release was never live, or is not there"
        assert set(self.reasons) <= {entry["reason"] for entry in activations}, "an acknowledged rollback is not there"
        assert self.activations <= len(activations) <= self.activations + 1, "more happened than was asked for"
        for entry, before in zip(activations, activations[1:]):
            assert entry["previous_release"] == before["release"]

        self.live = activations[0]["release"]
        toolset = self.management.get("toolsets.get", slug=self.slug, view="live")["toolset"]
        assert number_of(toolset["current_release"]) == self.live
        [live] = [release["number"] for release in releases if release["state"] == "live"]
        assert live == self.live
        assert listed(self.address) == self.served.setdefault(self.live, listed(self.address))

        self.activations = len(activations)
        unseen = set(digests) - set(self.released)
        self.released = digests
        for number in unseen | set(chance.sample(sorted(digests), min(3, len(digests)))):
            self.check_release(number)
        self.check_staging()

    def check_release(self, number: int):
        """It is whole: it tells about itself, and serves what it says."""
        release = self.management.get("toolsets.getReleaseDetails", slug=self.slug, number=number)["release"]
        assert release["digest"] == self.released[number]
        if self.live != number:
            self.served.setdefault(number, None)
            before = self.served[number]
            body = {"slug": self.slug, "number": number, "reason": self.text()}
            self.management.post("toolsets.rollbackToRelease", body)
            self.activations += 1
            self.live = number
            self.served[number] = listed(self.address)
            assert before in (None, self.served[number]), f"release {number} serves something else than before"
        assert self.served[number].count(b'"inputSchema"') == release["tool_count"] == len(release["tools"])

    def check_staging(self):
        text = self.text()
        body = {"slug": self.slug, "description": text}
        toolset = self.management.post("toolsets.update", body)["toolset"]
        assert (toolset["view"], toolset["description"], toolset["editing_mode"]) == ("staging", text, "staging")


def number_of(release):
    return release["number"] if isinstance(release, dict) else release


def test_every_acknowledged_publish_and_rollback_outlives_kills_at_random_instants(victim, chance):
    server, management = victim
    create_toolset(management, "victim", server.urns[:3], is_public=True)
    management.post("toolsets.switchEditingMode", {"slug": "victim", "mode": "staging"})
    history = History(management, "victim", server.urns)
    [first] = management.all("toolsets.listReleases", "releases", slug="victim")
    history.released[1], history.activations, history.live = first["digest"], 1, 1
    history.served[1] = listed(history.address)

    starts = []
    # On a busy machine less happens between two kills, so there are more of them there.
    while len(starts) < KILLS or len(history.released) <= KILLS:
        assert len(starts) < 6 * KILLS, "too little happened between the kills"
        writer = Writer(history, random.Random(chance.random()))
        writer.start()
        writer.join(chance.uniform(0.005, 0.7))  # the random instant
        server.kill()
        writer.join(30)
        assert writer.error is None, f"before kill {len(starts) + 1}: {writer.error!r}"
        began = time.monotonic()
        server.start_again()
        starts.append(time.monotonic() - began)
        history.check(chance)

    for number in chance.sample(sorted(history.released), len(history.released)):
        history.check_release(number)
    print(f"{len(history.released)} releases, {history.activations} activations, slowest start {max(starts):.2f} s")


def test_readers_see_whole_releases_only_while_releases_come_and_go(victim, chance):
    server, management = victim
    create_toolset(management, "busy", server.urns[:3], is_public=True)
    management.post("toolsets.switchEditingMode", {"slug": "busy", "mode": "staging"})
    history = History(management, "busy", server.urns)
    history.released[1] = management.all("toolsets.listReleases", "releases", slug="busy")[0]["digest"]
    history.live, history.served[1] = 1, listed(history.address)
    seen, done = set(), threading.Event()

    def read():
        while not done.is_set():
            seen.add(listed(history.address))

    readers = [threading.Thread(target=read, daemon=True) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        writer = Writer(history, chance)
        for _ in range(25):
            writer.step()
    finally:
        done.set()
        for reader in readers:
            reader.join(30)
    assert seen <= set(history.served.values()), "a list was served that belongs to no release"
    assert len(seen) > 1


def test_a_deployment_that_a_kill_ended_is_failed_at_the_next_start_and_the_active_one_stays(victim, chance):
    server, management = victim
    address = create_toolset(management, "steady", server.urns, is_public=True) and f"{management.address}/mcp/steady"
    before = everything(address, parts=("tools",))
    outcomes = []
    for kill in range(5):
        active = management.get("deployments.active")["deployment"]
        content = bytes_of(large_document(600, version=f"1.0.{kill}"))
        asset = management.post("assets.uploadOpenAPI", content, name="large.json")["asset"]
        upsert = [{"slug": "large", "kind": "openapi", "asset_id": asset["id"]}]
        pending = management.post("deployments.evolve", {"upsert": upsert, "wait": False})["deployment"]
        assert pending["status"] == "pending"
        threading.Event().wait(chance.uniform(0, 0.3) if kill else 0)  # the random instant
        server.kill()
        server.start_again()

        deployment = management.get("deployments.get", id=pending["id"])["deployment"]
        outcomes.append(deployment["status"])
        assert deployment["status"] in ("completed", "failed")
        assert [entry["status"] for entry in management.all("deployments.list", "deployments")].count("pending") == 0
        active_now = management.get("deployments.active")["deployment"]["id"]
        if deployment["status"] == "failed":
            assert active_now == active["id"]
            logs = management.get("deployments.logs", id=pending["id"])["logs"]
            assert any("stop" in entry["message"] or "ended" in entry["message"] for entry in logs), logs
        else:
            assert active_now == deployment["id"]
            assert len(management.all("tools.list", "tools", source="large")) == 600
        assert everything(address, parts=("tools",)) == before
    assert "failed" in outcomes, f"no kill hit a deployment: {outcomes}"
    print(f"deployments that were killed: {outcomes}")
    # And the project can be deployed to as before.
    assert len(management.import_document("large", large_document(3))) == 3


def test_a_kill_during_the_switch_to_staging_leaves_one_mode_or_the_other_whole(victim, chance):
    server, management = victim
    create_toolset(management, "measured", server.urns, is_public=True)
    began = time.monotonic()
    management.post("toolsets.switchEditingMode", {"slug": "measured", "mode": "staging"})
    usual = time.monotonic() - began

    modes = []
    for kill in range(8):
        slug = f"switched-{kill}"
        create_toolset(management, slug, server.urns, is_public=True)
        address = f"{management.address}/mcp/{slug}"
        before = everything(address, parts=("tools",))
        acknowledged = []

        def switch():
            try:
                acknowledged.append(management.post("toolsets.switchEditingMode", {"slug": slug, "mode": "staging"}))
            except GONE:
                pass

        switching = threading.Thread(target=switch, daemon=True)
        switching.start()
        switching.join(chance.uniform(0, 1.2 * usual))  # the random instant
        server.kill()
        switching.join(30)
        server.start_again()

        assert everything(address, parts=("tools",)) == before
        toolset = management.get("toolsets.get", slug=slug, view="live")["toolset"]
        releases = management.all("toolsets.listReleases", "releases", slug=slug)
        activations = management.all("toolsets.listActivations", "activations", slug=slug)
        modes.append(toolset["editing_mode"])
        if toolset["editing_mode"] == "iteration":
            assert not acknowledged
            assert (releases, activations, toolset["current_release"], toolset["staging"]) == ([], [], None, None)
        else:
            assert [release["number"] for release in releases] == [1]
            assert [(entry["seq"], entry["release"]) for entry in activations] == [(1, 1)]
            assert number_of(toolset["current_release"]) == 1
            assert toolset["staging"]["base_release"] is not None
        # The other half of the way can be gone.
        if toolset["editing_mode"] == "iteration":
            management.post("toolsets.switchEditingMode", {"slug": slug, "mode": "staging"})
        management.post("toolsets.update", {"slug": slug, "tool_urns": server.urns[:2]})
        assert everything(address, parts=("tools",)) == before
        management.publish(slug, notes="fewer")
        assert [listed(address, revision=revision).count(b'"inputSchema"') for revision in REVISIONS] == [2] * 4
    print(f"modes after the kills: {modes}")


def test_a_publish_that_is_sent_again_with_its_idempotency_key_after_a_kill_is_made_once(victim, chance):
    """A client that lost the answer sends the same request again, and learns the outcome instead of a riddle."""
    server, management = victim
    create_toolset(management, "again", server.urns[:2], is_public=True)
    management.post("toolsets.switchEditingMode", {"slug": "again", "mode": "staging"})
    for kill in range(6):
        management.post("toolsets.update", {"slug": "again", "description": f"edit {kill}"})
        before = len(management.all("toolsets.listReleases", "releases", slug="again"))
        body, key = {"slug": "again", "notes": f"publish {kill}"}, secrets.token_hex(8)

        def publish():
            return call(management, "POST", "toolsets.publishStagingVersion", body, Idempotency_Key=key)

        def try_to_publish():
            try:
                publish()
            except GONE:
                pass

        publishing = threading.Thread(target=try_to_publish, daemon=True)
        publishing.start()
        publishing.join(chance.uniform(0, 0.06))  # the random instant
        server.kill()
        publishing.join(30)
        server.start_again()
        answer = publish()
        after = len(management.all("toolsets.listReleases", "releases", slug="again"))
        told = f"{after - before} releases instead of one; the answer: {answer.status} {answer.text}"
        assert after == before + 1, told
        if answer.status == 201:
            assert answer.json["release"]["number"] == after
        else:  # killed after the publish and before its answer was kept: that it was carried out is in its transaction
            assert answer.json["code"] == "idempotency_conflict"
            assert "was carried out" in answer.json["detail"]


def test_a_request_that_a_kill_ended_can_be_sent_again_with_its_idempotency_key(victim):
    server, management = victim
    asset = management.post("assets.uploadOpenAPI", bytes_of(large_document(1500)), name="large.json")["asset"]
    body, key = {"upsert": [{"slug": "large", "kind": "openapi", "asset_id": asset["id"]}]}, secrets.token_hex(8)

    def deploy():
        return call(management, "POST", "deployments.evolve", body, Idempotency_Key=key)

    def try_to_deploy():
        try:
            deploy()
        except GONE:
            pass

    before = len(management.all("deployments.list", "deployments"))
    deploying = threading.Thread(target=try_to_deploy, daemon=True)
    deploying.start()
    deadline = time.monotonic() + 10
    while len(management.all("deployments.list", "deployments")) == before:  # until the request is being worked on
        assert time.monotonic() < deadline
    server.kill()
    deploying.join(30)
    server.start_again()
    answer = deploy()
    assert answer.status == 201, f"nothing is running, and the answer is {answer.status} {answer.text}"
    assert answer.json["deployment"]["status"] == "completed"
