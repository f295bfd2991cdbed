"""Publishes, rolls back, reviews and deploys again on the built program, and prints what each costs.

Called by `run`. It speaks the management API over loopback, as the command line does, so a time is what a person waits.
Bytes are the growth of the database file, with what is in its log moved into it and free pages taken off.
"""

import argparse
import json
import os
import secrets
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Clients"))
RELEASE, DEBUG = ROOT / ".build/release/slipway", ROOT / ".build/debug/slipway"


def document(operations: int) -> dict:
    """A document with so many operations of the size that people write: about 1.5 kB each."""
    paths = {}
    for number in range(operations):
        kind = f"record{number}"
        paths[f"/{kind}/{{id}}"] = {
            "get": {
                "operationId": f"get_{kind}",
                "summary": f"Tells about one {kind}.",
                "description": f"Gives the {kind} with everything that belongs to it. " * 3,
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "maxLength": 40}},
                    {
                        "name": "fields",
                        "in": "query",
                        "description": "Which parts of the record the answer has; all of them where it is left out.",
                        "schema": {"type": "array", "items": {"type": "string", "enum": ["name", "owner", "history"]}},
                    },
                    {
                        "name": "limit",
                        "in": "query",
                        "description": "How many lines of the history at most.",
                        "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
                    },
                ],
                "responses": {"200": {"description": "The record."}},
            }
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Records", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": paths,
    }


class Toolset:
    """A toolset of one size on a server of its own, in staging mode."""

    def __init__(self, server, management, operations: int):
        self.server, self.management, self.operations = server, management, operations
        self.edits = 0
        self.document = json.dumps(document(operations)).encode()
        self.deploy()
        tools = management.all("tools.list", "tools", source="records")
        self.urns = [tool["urn"] for tool in tools]
        management.post("toolsets.create", {"slug": "records", "tool_urns": self.urns})
        management.post("toolsets.switchEditingMode", {"slug": "records", "mode": "staging"})

    def deploy(self):
        asset = self.management.post("assets.uploadOpenAPI", self.document, name="records.json")["asset"]
        sources = [{"slug": "records", "kind": "openapi", "asset_id": asset["id"]}]
        answer = self.management.post("deployments.evolve", {"upsert": sources})["deployment"]
        assert answer["status"] == "completed", answer

    def edit(self):
        """One tool says something else: another tool each time, with a text that nothing said before."""
        self.edits += 1
        urn = self.urns[self.edits % len(self.urns)]
        text = f"Gives a record. Edit {self.edits}."
        self.management.post(
            "variations.upsert", {"toolset_slug": "records", "tool_urn": urn, "description": text}
        )

    def publish(self):
        self.management.post("toolsets.publishStagingVersion", {"slug": "records", "notes": f"Edit {self.edits}"})

    def review(self):
        self.management.get("toolsets.reviewStagingVersion", slug="records")

    def go_to(self, number: int):
        self.management.post(
            "toolsets.rollbackToRelease", {"slug": "records", "number": number, "reason": "Measured", "hold": False}
        )

    @property
    def newest(self) -> int:
        return self.management.get("toolsets.listReleases", slug="records", limit=1)["releases"][0]["number"]

    @property
    def bytes(self) -> int:
        path = self.server.folder / "data/slipway.db"
        with sqlite3.connect(path, timeout=30) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            pages, free, size = (
                database.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("page_count", "freelist_count", "page_size")
            )
        return (pages - free) * size


def seconds(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(toolset: Toolset, repeat: int) -> dict[str, tuple[float, float]]:
    """The median time and the mean growth of the database for each kind of work."""
    times = {"publish": [], "review": [], "rollback": [], "deploy again": []}
    grown = dict.fromkeys(times, 0)

    def timed(name, work):
        before = toolset.bytes
        times[name].append(seconds(work))
        grown[name] += toolset.bytes - before

    for _ in range(repeat):
        toolset.edit()
        timed("review", toolset.review)
        timed("publish", toolset.publish)
        newest = toolset.newest
        timed("rollback", lambda: toolset.go_to(newest - 1))
        toolset.go_to(newest)
        timed("deploy again", toolset.deploy)
    return {name: (statistics.median(times[name]), grown[name] / repeat) for name in times}


def measure_history(toolset: Toolset, releases: int) -> list[tuple[int, float, float]]:
    """Publish and rollback after so many releases: the median of ten each time."""
    rows = []
    for target in sorted({10, max(10, releases // 10), releases}):
        while toolset.newest < target - 10:
            toolset.edit()
            toolset.publish()
        publishes, rollbacks = [], []
        for _ in range(10):
            toolset.edit()
            publishes.append(seconds(toolset.publish))
            newest = toolset.newest
            rollbacks.append(seconds(lambda number=newest: toolset.go_to(number - 1)))
            toolset.go_to(newest)
        rows.append((toolset.newest, statistics.median(publishes), statistics.median(rollbacks)))
    return rows


def on_a_server(operations: int, work):
    from server import Management, Server

    key = f"slw_{secrets.token_hex(24)}"
    with tempfile.TemporaryDirectory() as folder:
        with Server(Path(folder), SLIPWAY_ADMIN_KEY=key, SLIPWAY_LOG_LEVEL="error") as server:
            management = Management(server.address, key)
            management.choose_project()
            return work(Toolset(server, management, operations))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10,100,1000,5000", help="tools in a toolset, with commas")
    parser.add_argument("--repeat", type=int, default=7, help="how often each is measured")
    parser.add_argument("--releases", type=int, default=300, help="how many releases the last part makes; 0 for none")
    parser.add_argument("--binary", type=Path, default=RELEASE if RELEASE.exists() else DEBUG)
    options = parser.parse_args()
    os.environ["SLIPWAY_TEST_BINARY"] = str(options.binary)
    print(f"{options.binary}, {os.cpu_count()} cores, median of {options.repeat}\n")
    print("| tools | publish after one edit | | rollback | | review | | same document again | |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for size in map(int, options.sizes.split(",")):
        found = on_a_server(size, lambda toolset: measure(toolset, options.repeat))
        cells = [
            f"{found[name][0] * 1000:.1f} ms | {found[name][1] / 1024:.1f} KiB"
            for name in ("publish", "rollback", "review", "deploy again")
        ]
        print(f"| {size} | {' | '.join(cells)} |", flush=True)
    if options.releases:
        print("\n| releases before, 100 tools | publish after one edit | rollback |\n| --- | --- | --- |")
        for number, publish, rollback in on_a_server(100, lambda toolset: measure_history(toolset, options.releases)):
            print(f"| {number} | {publish * 1000:.1f} ms | {rollback * 1000:.1f} ms |", flush=True)


if __name__ == "__main__":
    main()
