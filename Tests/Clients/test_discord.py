"""Eleven documents of one API, of three years, deployed one after the other: live never moves by itself."""

import json
import random
import secrets
import time
from contextlib import contextmanager

import pytest

from conftest import create_toolset
from raw import REVISIONS, everything, listed, names_in
from server import ROOT, Management, Server

FOLDER = ROOT.parent / "shared/specs/discord"
DOCUMENTS = sorted(FOLDER.glob("*.json"))

pytestmark = pytest.mark.skipif(len(DOCUMENTS) != 11, reason=f"the eleven documents are not in {FOLDER}")


class Clock:
    """How long things took, by what they were."""

    def __init__(self):
        self.seconds: dict[str, list[float]] = {}

    @contextmanager
    def measure(self, what: str):
        began = time.monotonic()
        yield
        self.seconds.setdefault(what, []).append(time.monotonic() - began)

    def report(self) -> str:
        return "\n".join(
            f"{what}: {len(all)} times, {sum(all) / len(all):.3f} s each, {max(all):.3f} s at most"
            for what, all in self.seconds.items()
        )


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """Everything happens once; the tests below look at what was seen."""
    with Server(tmp_path_factory.mktemp("discord"), SLIPWAY_ADMIN_KEY=secrets.token_urlsafe(32)) as server:
        management = Management(server.address, server.settings["SLIPWAY_ADMIN_KEY"])
        management.choose_project()
        story = Story(server, management)
        for path in DOCUMENTS:
            story.live_through(path)
        story.roll_back_to_everything()
        print(story.clock.report())
        yield story


class Story:
    def __init__(self, server: Server, management: Management):
        self.server = server
        self.management = management
        self.staged = f"{server.address}/mcp/staged"
        self.iterated = f"{server.address}/mcp/iterated"
        self.key = management.create_key("reader")
        self.clock = Clock()
        self.deployments: list[dict] = []
        # By number of release: what it served when it was published, and what staging served just before.
        self.served: dict[int, dict] = {}
        self.previewed: dict[int, dict] = {}
        self.names: dict[int, set[str]] = {}
        # By document: whether something was served that should not have been.
        self.moved: dict[str, bool] = {}
        self.stale: dict[str, bool] = {}
        self.apart: dict[str, bool] = {}
        self.returned: dict[int, dict] = {}
        self.numbers: list[int] = []

    def live_through(self, path):
        first = not self.deployments
        before = None if first else self.live()
        tools = self.deploy(path)
        urns = [tool["urn"] for tool in tools]
        if first:
            for slug in ("staged", "iterated"):
                create_toolset(self.management, slug, urns, is_public=True)
            self.management.post("toolsets.switchEditingMode", {"slug": "staged", "mode": "staging"})
            number = 1
        else:
            self.moved[path.stem] = self.live() != before
            chosen = set(names_in(self.previous_iterated))
            now = set(names_in(listed(self.iterated)))
            self.stale[path.stem] = now != chosen & {tool["name"] for tool in tools}
            for slug in ("staged", "iterated"):
                self.management.post("toolsets.update", {"slug": slug, "tool_urns": urns})
            preview = everything(f"{self.staged}/staging", self.key, parts=("tools",))
            with self.clock.measure("publish"):
                number = self.management.publish("staged", notes=f"Discord of {path.stem}")["number"]
            self.previewed[number] = preview
            self.apart[path.stem] = everything(self.iterated, parts=("tools",)) != preview
        self.previous_iterated = listed(self.iterated)
        self.numbers.append(number)
        self.served[number] = self.live()
        self.names[number] = {tool["name"] for tool in tools}

    def live(self) -> dict:
        return everything(self.staged, parts=("tools",))

    def deploy(self, path) -> list[dict]:
        with self.clock.measure("upload"):
            asset = self.management.post("assets.uploadOpenAPI", path.read_bytes(), name=path.name)["asset"]
        upsert = [{"slug": "discord", "kind": "openapi", "asset_id": asset["id"]}]
        with self.clock.measure("deployment"):
            deployment = self.management.post("deployments.evolve", {"upsert": upsert})["deployment"]
        self.deployments.append(deployment)
        with self.clock.measure("reading the list of tools"):
            return self.management.all("tools.list", "tools", source="discord")

    def roll_back_to_everything(self):
        order = [number for number in self.numbers if number != self.numbers[-1]] + [self.numbers[-1]]
        random.Random(7).shuffle(order)
        if order[0] == self.numbers[-1]:
            order.append(order.pop(0))
        for number in order:
            body = {"slug": "staged", "number": number, "reason": "to see it again"}
            with self.clock.measure("rollback"):
                self.management.post("toolsets.rollbackToRelease", body)
            with self.clock.measure("tools/list of one revision after it"):
                listed(self.staged)
            self.returned[number] = self.live()


def test_every_document_is_deployed_and_every_operation_is_a_tool_or_a_diagnostic(story):
    for path, deployment in zip(DOCUMENTS, story.deployments, strict=True):
        document = json.loads(path.read_text())
        methods = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
        operations = sum(len(methods & set(item)) for item in document["paths"].values())
        assert deployment["status"] == "completed"
        own = len(story.management.all("tools.list", "tools", source="discord", deployment_id=deployment["id"]))
        logs = story.management.all("deployments.logs", "logs", id=deployment["id"])
        errors = [entry for entry in logs if entry.get("level") == "error"]
        assert own + len(errors) >= operations, f"{path.stem}: {operations} operations, {own} tools"


def test_a_deployment_never_changes_live_by_itself(story):
    assert story.moved == {path.stem: False for path in DOCUMENTS[1:]}


def test_an_iteration_mode_toolset_on_the_same_source_follows_at_once(story):
    assert story.stale == {path.stem: False for path in DOCUMENTS[1:]}
    assert story.apart == {path.stem: False for path in DOCUMENTS[1:]}


def test_each_publish_serves_the_new_list_and_exactly_what_staging_served(story):
    assert story.numbers == list(range(1, 12))
    for number in story.numbers:
        for revision in REVISIONS:
            assert set(names_in(story.served[number][revision, "tools"])) == story.names[number]
        if number > 1:
            assert story.served[number] == story.previewed[number]
    assert len({served[REVISIONS[0], "tools"] for served in story.served.values()}) == 11


def test_rolling_back_to_any_number_serves_exactly_the_bytes_it_served_then(story):
    assert sorted(story.returned) == story.numbers
    for number, returned in story.returned.items():
        assert returned == story.served[number], f"release {number}"


def test_the_same_bytes_are_served_after_a_restart_and_after_the_source_is_gone(story):
    before = story.live()
    story.server.stop()
    story.server.start_again()
    assert story.live() == before
    story.management.post("deployments.evolve", {"remove": ["discord"]})
    assert story.live() == before
    assert names_in(listed(story.iterated)) == []
    story.management.post("toolsets.rollbackToRelease", {"slug": "staged", "number": 3, "reason": "older"})
    assert story.live() == story.served[3]


def test_deploying_an_unchanged_document_again_stores_almost_nothing(story):
    story.deploy(DOCUMENTS[-1])
    database = story.server.folder / "data"
    size = sum(file.stat().st_size for file in database.glob("slipway.db*"))
    story.deploy(DOCUMENTS[-1])
    grown = sum(file.stat().st_size for file in database.glob("slipway.db*")) - size
    assert grown < 600_000, f"{grown} bytes for {DOCUMENTS[-1].stat().st_size} that were there already"
