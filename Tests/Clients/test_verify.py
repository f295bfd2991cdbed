"""`slipway verify`, `export` and `prune` as a person uses them: beside a running server, and on files that were changed."""

import json
import os
import random
import secrets
import shutil
import sqlite3
import subprocess

import pytest

from conftest import create_toolset
from documents import document
from server import BINARY, Management, Server


def slipway(*words, folder, status=0, **variables):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SLIPWAY_")}
    done = subprocess.run(
        [BINARY, *words],
        env=environment | variables | {"HOME": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == status, f"{words} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    assert "Fatal error" not in done.stderr
    return done


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A server with a toolset of three releases, of which the first is live again."""
    folder = tmp_path_factory.mktemp("verify")
    with Server(folder, SLIPWAY_ADMIN_KEY=secrets.token_urlsafe(32)) as server:
        management = Management(server.address, server.settings["SLIPWAY_ADMIN_KEY"])
        management.choose_project()
        tools = management.import_document("things", document({f"thing{n}": f"Reads thing {n}" for n in range(40)}))
        urns = [tool["urn"] for tool in tools]
        create_toolset(management, "things", urns, True)
        management.post("toolsets.switchEditingMode", {"slug": "things", "mode": "staging"})
        for name in ("First", "Second"):
            management.post("variations.upsert", {"toolset_slug": "things", "tool_urn": urns[0], "title": name})
            management.publish("things", notes=name)
        management.post("toolsets.rollbackToRelease", {"slug": "things", "number": 1, "reason": "Test"})
        yield server, management, urns


@pytest.fixture
def copy(running, tmp_path):
    """A backup of the database, made while the server runs."""
    server, _, _ = running
    with sqlite3.connect(server.folder / "data/slipway.db") as database:
        with sqlite3.connect(tmp_path / "copy.db") as backup:
            database.backup(backup)
            backup.execute("PRAGMA journal_mode = DELETE")
    return tmp_path / "copy.db"


def test_a_database_is_verified_beside_its_server(running, tmp_path):
    server, management, _ = running
    done = slipway("verify", "--data-dir", str(server.folder / "data"), folder=tmp_path)
    assert "3 releases of" in done.stdout and "no differences" in done.stdout
    answer = json.loads(slipway("verify", str(server.folder / "data/slipway.db"), "--json", folder=tmp_path).stdout)
    assert answer["differences"] == [] and answer["releases"] == 3 and answer["activations"] == 4
    # The server goes on.
    assert management.get("toolsets.get", slug="things")["toolset"]["current_release"]["number"] == 1


def test_a_backup_is_verified_and_left_as_it_was(copy, tmp_path):
    before = copy.read_bytes()
    slipway("verify", str(copy), folder=tmp_path)
    assert copy.read_bytes() == before


def change(path, statement):
    with sqlite3.connect(path) as database:
        assert database.execute(statement).rowcount > 0


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE objects SET content = replace(CAST(content AS TEXT), 'Reads', 'Readz')", "object"),
        ("UPDATE toolset_releases SET notes = 'other' WHERE release_number = 2", "record"),
        ("UPDATE activations SET actor = 'nobody' WHERE seq = 2", "activation"),
        ("UPDATE tool_definitions SET content = CAST('{}' AS BLOB)", "tool definition"),
        ("UPDATE tool_variations SET title = 'x' WHERE title = 'Second'", "references"),
        ("UPDATE manifest_lists SET digest = replace(digest, 'a', 'b')", "served list"),
        ("DELETE FROM object_references", "object"),
    ],
)
def test_what_was_changed_is_told(copy, tmp_path, statement, what):
    change(copy, statement.replace("SET content = replace(CAST(content AS TEXT), 'Reads', 'Readz')",
                                   "SET content = CAST(replace(CAST(content AS TEXT), 'Reads', 'Readz') AS BLOB)"))
    done = slipway("verify", str(copy), folder=tmp_path, status=2)
    assert f": {what} in " in done.stdout or done.stdout.startswith(f"{what} in "), done.stdout
    answer = json.loads(slipway("verify", str(copy), "--json", folder=tmp_path, status=2).stdout)
    assert answer["differences"] and set(answer["differences"][0]) == {
        "project", "toolset", "release", "what", "place", "expected", "found",
    }


# Checkpoints of toolsets in iteration mode have content of their own, which belongs to no release.
CONTENT_OF_RELEASES = """
    SELECT m.content FROM manifests m JOIN toolset_releases r ON r.manifest_digest = m.digest
    UNION
    SELECT o.content FROM toolset_releases r JOIN manifest_objects p ON p.manifest_digest = r.manifest_digest
    JOIN objects o ON o.digest = p.object_digest
    UNION
    SELECT o.content FROM toolset_releases r JOIN manifest_objects p ON p.manifest_digest = r.manifest_digest
    JOIN object_references c ON c.object_digest = p.object_digest JOIN objects o ON o.digest = c.child_digest
"""


def test_a_flipped_byte_of_the_file_ends_in_a_difference_or_changes_no_release(copy, tmp_path):
    """Wherever the byte is: no crash, and where all is said to be well, every release is what it was."""
    seed = secrets.randbelow(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    whole = copy.read_bytes()
    with sqlite3.connect(copy) as database:
        contents = [row[0] for row in database.execute(CONTENT_OF_RELEASES) if whole.count(row[0][:60]) == 1]
    # In content that a release serves, every flip is found; the places that a page leaves free are nobody's.
    for content in chance.sample(contents, 6):
        place = whole.find(content[:60])
        assert place > 0
        flipped = bytearray(whole)
        flipped[place + chance.randrange(60)] ^= 1 << chance.randrange(7)
        copy.write_bytes(flipped)
        slipway("verify", str(copy), folder=tmp_path, status=2)
    for _ in range(12):
        flipped = bytearray(whole)
        flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        copy.write_bytes(flipped)
        done = subprocess.run([BINARY, "verify", str(copy)], capture_output=True, text=True, timeout=120)
        assert done.returncode in (0, 1, 2) and "Fatal error" not in done.stderr, done.stderr


def test_what_cannot_be_verified_is_an_error(tmp_path):
    assert "There is no database" in slipway("verify", str(tmp_path / "no.db"), folder=tmp_path, status=1).stderr
    with sqlite3.connect(tmp_path / "other.db") as database:
        database.execute("CREATE TABLE notes (id INTEGER)")
    assert "no database of Slipway" in slipway("verify", str(tmp_path / "other.db"), folder=tmp_path, status=1).stderr
    (tmp_path / "text.db").write_text("This is no database at all, and long enough to be asked about. " * 40)
    slipway("verify", str(tmp_path / "text.db"), folder=tmp_path, status=2)


def test_a_release_is_exported_and_verified_without_its_database(running, tmp_path):
    server, _, _ = running
    variables = {"SLIPWAY_SERVER": server.address, "SLIPWAY_KEY": server.settings["SLIPWAY_ADMIN_KEY"]}
    slipway("export", "things", "2", "--documents", "-o", "two.json", folder=tmp_path, **variables)
    text = (tmp_path / "two.json").read_text()
    assert slipway("export", "things", "2", "--documents", folder=tmp_path, **variables).stdout == text
    assert "no differences" in slipway("verify", "two.json", folder=tmp_path).stdout
    (tmp_path / "two.json").write_text(text.replace("Reads thing 7", "Reads thing 8", 1))
    done = slipway("verify", "two.json", folder=tmp_path, status=2)
    assert "object in /objects/" in done.stdout
    (tmp_path / "two.json").write_text("{}")
    slipway("verify", "two.json", folder=tmp_path, status=1)


def test_pruning_says_what_would_go(running, tmp_path):
    server, _, _ = running
    variables = {"SLIPWAY_SERVER": server.address, "SLIPWAY_KEY": server.settings["SLIPWAY_ADMIN_KEY"]}
    done = slipway("prune", "--dry-run", folder=tmp_path, **variables)
    assert "Nothing to take away" in done.stdout
    answer = json.loads(slipway("prune", "--json", folder=tmp_path, **variables).stdout)
    assert answer["prune"] == {"dry_run": False, "count": 0, "bytes": 0, "kinds": [], "releases": []}


def test_a_label_stands_where_a_number_does(running, tmp_path):
    server, management, _ = running
    variables = {"SLIPWAY_SERVER": server.address, "SLIPWAY_KEY": server.settings["SLIPWAY_ADMIN_KEY"]}
    slipway("label", "things", "2", "v1", folder=tmp_path, **variables)
    assert "digest" in json.loads(slipway("export", "things", "v1", folder=tmp_path, **variables).stdout)
    slipway("compare", "things", "v1", "3", folder=tmp_path, status=2, **variables)
    assert "Release 2" in slipway("releases", "things", "V1", folder=tmp_path, **variables).stdout
    done = slipway("rollback", "things", "v1", folder=tmp_path, **variables)
    assert "Returned to release 2" in done.stdout
    back = slipway("rollback", "things", "1", "-m", "Test", folder=tmp_path, **variables)
    assert "Rolled back to release 1" in back.stdout
    details = management.get("toolsets.getReleaseDetails", slug="things", label="v1")
    assert details["release"]["number"] == 2
    other = slipway("label", "things", "3", "V1", folder=tmp_path, status=1, **variables)
    assert 'Release 2 has the label "v1" already' in other.stderr
    missing = slipway("rollback", "things", "v2", folder=tmp_path, status=1, **variables)
    assert 'no release with the label "v2"' in missing.stderr


def test_a_stopped_server_leaves_a_folder_that_can_be_verified(running, tmp_path):
    server, _, _ = running
    shutil.copytree(server.folder / "data", tmp_path / "data")
    slipway("verify", folder=tmp_path, SLIPWAY_DATA_DIR=str(tmp_path / "data"))


def test_redaction_through_the_api(running, tmp_path):
    server, management, urns = running
    answer = management.post(
        "toolsets.redactRelease",
        {"slug": "things", "number": 2, "tool_urn": urns[0], "reason": "A secret stood there"},
    )
    assert answer["releases"] == ["things release 2"] and len(answer["remains"]) == 2
    assert answer["release"]["redaction"]["reason"] == "A secret stood there"
    done = slipway("verify", str(server.folder / "data/slipway.db"), folder=tmp_path)
    assert "was redacted" in done.stderr
