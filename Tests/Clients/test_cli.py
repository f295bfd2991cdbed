"""The command line against a running server, as a person and as a program use it."""

import json
import os
import re
import secrets
import shlex
import subprocess

import pytest

from documents import bytes_of, document
from raw import everything, listed, names_in
from server import BINARY, Management, Server, free_port
from upstream import Upstream

SECRET = re.compile(r"slw_[A-Za-z0-9_-]{20,}")


class Terminal:
    """A folder with documents, and a shell that knows where the server is."""

    def __init__(self, server: Server, folder, upstream: Upstream):
        self.server, self.folder, self.upstream = server, folder, upstream
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("SLIPWAY_")}
        key = server.settings["SLIPWAY_ADMIN_KEY"]
        self.environment |= {"SLIPWAY_SERVER": server.address, "SLIPWAY_KEY": key, "HOME": str(folder)}
        self.management = Management(server.address, key, "default")

    def write(self, name: str, operations: dict[str, str]):
        (self.folder / name).write_bytes(bytes_of(document(operations, server=self.upstream.address)))

    def run(self, *arguments: str, status=0, stdin="", **environment: str | None) -> subprocess.CompletedProcess:
        variables = {k: v for k, v in (self.environment | environment).items() if v is not None}
        done = subprocess.run(
            [BINARY, *arguments],
            env=variables,
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
        )
        told = f"slipway {shlex.join(arguments)} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
        assert done.returncode == status, told
        for debris in ("Optional(", "Fatal error", "Error Domain", "\x1b["):
            assert debris not in done.stdout + done.stderr, told
        return done

    def json(self, *arguments: str, status=0, **environment):
        """What a program reads: standard output is one JSON value and nothing else."""
        return json.loads(self.run(*arguments, "--json", status=status, **environment).stdout)

    def fail(self, *arguments: str, status=1, **environment) -> str:
        """What standard error says about a failure; standard output stays empty for pipes."""
        done = self.run(*arguments, status=status, **environment)
        assert done.stderr.startswith("slipway: "), done.stderr
        assert done.stdout == ""
        return done.stderr

    def staged(self) -> str:
        """A toolset in staging mode with a second release, from a document of its own."""
        name = f"shop-{secrets.token_hex(4)}"
        self.write(f"{name}.json", {"order": "Reads an order", "invoice": "Reads an invoice"})
        self.run("push", f"{name}.json")
        self.run("toolsets", "create", name, "--source", name, "--public")
        self.run("mode", name, "staging")
        self.run("toolsets", "edit", name, "--remove", f"tools:http:{name}:invoice")
        self.publish(name, "-m", "One tool is enough")
        return name

    def publish(self, name: str, *arguments: str) -> subprocess.CompletedProcess:
        """Publishes by the command that the refusal prints, which acknowledges what is breaking."""
        asked = self.run("publish", name, *arguments, status=2)
        [command] = re.findall(r"slipway (publish .*)", asked.stderr)
        return self.run(*shlex.split(command))

    def address(self, name: str) -> str:
        return f"{self.server.address}/mcp/{name}"


@pytest.fixture(scope="module")
def terminal(tmp_path_factory):
    with Upstream() as upstream:
        settings = {"SLIPWAY_ADMIN_KEY": secrets.token_urlsafe(32), "SLIPWAY_ALLOWED_UPSTREAMS": upstream.host}
        with Server(tmp_path_factory.mktemp("cli"), **settings) as server:
            yield Terminal(server, tmp_path_factory.mktemp("folder"), upstream)


def test_the_whole_way_from_a_document_to_a_rollback_and_back(terminal):
    terminal.write("way.json", {"order": "Reads an order", "invoice": "Reads an invoice"})
    assert "2 tools" in terminal.run("push", "way.json").stdout
    assert terminal.address("way") in terminal.run("toolsets", "create", "way", "--source", "way", "--public").stdout
    assert names_in(listed(terminal.address("way"))) == ["order", "invoice"]
    assert "release 1" in terminal.run("mode", "way", "staging").stdout
    first = everything(terminal.address("way"))

    terminal.run("toolsets", "edit", "way", "--remove", "tools:http:way:invoice")
    assert everything(terminal.address("way")) == first
    status = terminal.run("status", "way")
    assert "2 changes" in status.stdout and "slipway publish way" in status.stderr
    published = terminal.publish("way", "--notes", "Without invoices")
    assert "release 2" in published.stdout
    second = everything(terminal.address("way"))
    assert names_in(listed(terminal.address("way"))) == ["order"]

    terminal.run("rollback", "way", "1", "--reason", "Invoices are needed")
    assert everything(terminal.address("way")) == first
    releases = terminal.run("releases", "way").stdout.splitlines()
    assert re.match(r"2 +was live .*Without invoices", releases[1]) and re.match(r"1 +live ", releases[2])
    assert "Invoices are needed" in terminal.run("activations", "way").stdout

    terminal.run("toolsets", "edit", "way", "--name", "Another name")
    assert "Discarded" in terminal.run("discard", "way").stdout
    assert terminal.json("status", "way")["toolset"]["staging"]["changes"] == 0
    assert everything(terminal.address("way")) == first
    terminal.run("rollback", "way", "2")
    assert everything(terminal.address("way")) == second


@pytest.mark.parametrize("by_flags", [False, True], ids=["with variables", "with flags"])
def test_the_command_that_a_rollback_prints_undoes_it(terminal, by_flags):
    name = terminal.staged()
    before = everything(terminal.address(name))
    flags = ["--server", terminal.server.address, "--project", "default"] if by_flags else []
    nowhere = {"SLIPWAY_SERVER": None} if by_flags else {}
    done = terminal.run("rollback", name, "1", "-m", 'it\'s "wrong"', *flags, **nowhere)
    assert everything(terminal.address(name)) != before
    [command] = re.findall(r"slipway (rollback .*)", done.stdout + done.stderr)
    undone = terminal.run(*shlex.split(command), **nowhere)
    assert everything(terminal.address(name)) == before
    # Which can be undone as well: an older release needs a reason, so one is in the command.
    [command] = re.findall(r"slipway (rollback .*)", undone.stdout + undone.stderr)
    terminal.run(*shlex.split(command), **nowhere)
    assert everything(terminal.address(name)) != before


def test_the_command_that_a_publish_prints_undoes_it(terminal):
    name = terminal.staged()
    terminal.run("toolsets", "edit", name, "--add", f"tools:http:{name}:invoice")
    before = everything(terminal.address(name))
    done = terminal.run("publish", name, "-m", "both")
    [command] = re.findall(r"slipway (rollback .*)", done.stdout + done.stderr)
    terminal.run(*shlex.split(command))
    assert everything(terminal.address(name)) == before


def test_the_undo_is_told_to_people_who_ask_for_json_too(terminal):
    name = terminal.staged()
    done = terminal.run("rollback", name, "1", "-m", "x", "--json")
    assert json.loads(done.stdout)["toolset"]["current_release"]["number"] == 1
    assert f"slipway rollback {name} 2" in done.stderr


def test_every_listing_and_every_action_answers_json(terminal):
    name = terminal.staged()
    assert terminal.json("toolsets")["toolsets"]
    assert terminal.json("toolsets", "show", name)["toolset"]["slug"] == name
    assert terminal.json("status")
    assert [release["number"] for release in terminal.json("releases", name)["releases"]] == [2, 1]
    assert terminal.json("releases", name, "1")["release"]["number"] == 1
    assert [entry["seq"] for entry in terminal.json("activations", name)["activations"]] == [2, 1]
    assert terminal.json("push", f"{name}.json")["deployment"]["status"] == "completed"
    assert terminal.json("toolsets", "edit", name, "--name", "Other")["toolset"]["name"] == "Other"
    assert terminal.json("publish", name, "-m", "x")["release"]["number"] == 3
    assert terminal.json("discard", name)["toolset"]["slug"] == name
    assert terminal.json("call", name, "order", '{"id":7}')
    assert terminal.json("keys")["keys"]


def test_failures_are_json_for_programs_as_well(terminal):
    done = terminal.run("status", "nobody", "--json", status=1)
    told = json.loads(done.stdout or done.stderr)
    assert told["code"] == "not_found" and told["status"] == 404


def test_status_2_says_that_somebody_has_to_agree_and_the_printed_command_agrees(terminal):
    name = terminal.staged()
    terminal.run("toolsets", "edit", name, "--add", f"tools:http:{name}:invoice")
    before = everything(terminal.address(name))
    done = terminal.run("mode", name, "iteration", status=2)
    assert "+ tool invoice" in done.stdout
    assert everything(terminal.address(name)) == before
    [command] = re.findall(r"slipway (mode .*)", done.stderr)
    terminal.run(*shlex.split(command))
    assert terminal.json("status", name)["toolset"]["editing_mode"] == "iteration"
    assert names_in(listed(terminal.address(name))) == ["order", "invoice"]


def test_a_difference_that_is_another_one_by_now_is_shown_again(terminal):
    name = terminal.staged()
    terminal.run("toolsets", "edit", name, "--add", f"tools:http:{name}:invoice")
    done = terminal.run("mode", name, "iteration", status=2)
    [command] = re.findall(r"slipway (mode .*)", done.stderr)
    terminal.run("toolsets", "edit", name, "--remove", f"tools:http:{name}:order")
    again = terminal.run(*shlex.split(command), status=2)
    assert "- tool order" in again.stdout
    assert terminal.json("status", name)["toolset"]["editing_mode"] == "staging"
    terminal.run("mode", name, "iteration", "--yes")


def test_a_discard_says_what_still_differs_because_the_project_changed(terminal):
    name = terminal.staged()
    terminal.write(f"{name}.json", {"order": "Reads quite another order"})
    terminal.run("push", f"{name}.json")
    terminal.run("toolsets", "edit", name, "--name", "Other")
    told = terminal.run("discard", name)
    assert terminal.json("status", name)["toolset"]["staging"]["changes"] == 1
    assert "equal to release" not in told.stdout, "the document's change is still there"


def test_a_document_that_is_broken_is_named_with_its_line_and_code_once(terminal):
    (terminal.folder / "broken.json").write_text('{"openapi": "3.1.0",\n "info": ]}')
    done = terminal.run("push", "broken.json", status=1)
    assert "broken.json:2:" in done.stdout
    assert done.stdout.count("[syntax_error]") == 1, done.stdout
    assert "push again" in done.stderr
    assert "nothing that is served has changed" in done.stderr


def test_a_document_that_is_too_large_is_refused_in_a_sentence(terminal):
    with open(terminal.folder / "large.json", "wb") as file:
        file.truncate(200 << 20)
    told = terminal.fail("push", "large.json")
    assert "16 MiB" in told or "too_large" in told, told


def test_two_documents_are_pushed_in_one_deployment(terminal):
    terminal.write("one.json", {"first": "Reads one"})
    (terminal.folder / "two.yaml").write_text(
        "openapi: 3.0.3\ninfo: {title: Two, version: '1'}\nservers: [{url: https://api.example.com}]\n"
        "paths:\n  /two:\n    get:\n      operationId: second\n      responses: {'200': {description: Two}}\n"
    )
    before = len(terminal.management.all("deployments.list", "deployments"))
    terminal.run("push", "one.json", "two.yaml")
    deployment = terminal.management.get("deployments.active")["deployment"]
    assert len(terminal.management.all("deployments.list", "deployments")) == before + 1
    assert {"one", "two"} <= {source["slug"] for source in deployment["sources"]}


def test_a_call_prints_the_answer_and_its_status_tells_whether_it_worked(terminal):
    name = terminal.staged()
    assert json.loads(terminal.run("call", name, "order", '{"id":7}').stdout) == {"id": 7, "name": "Rex"}
    assert json.loads(terminal.run("call", name, "order", "-", stdin='{"id":7}').stdout)["name"] == "Rex"
    assert "404" in terminal.run("call", name, "order", '{"id":404}', status=1).stdout
    assert "id" in terminal.run("call", name, "order", "{}", status=1).stdout
    assert "not_found" in terminal.fail("call", name, "invoice", '{"id":7}')
    terminal.run("toolsets", "edit", name, "--add", f"tools:http:{name}:invoice")
    assert json.loads(terminal.run("call", name, "invoice", '{"id":7}', "--staging").stdout)["id"] == 7
    assert "JSON" in terminal.fail("call", name, "order", "{bad")


def test_keys_are_made_shown_once_and_revoked(terminal):
    done = terminal.run("keys", "create", "robot", "--scope", "reader")
    secret = done.stdout.strip()
    assert SECRET.fullmatch(secret), "a script reads the secret from standard output, and nothing else"
    [revoke] = re.findall(r"slipway (keys revoke .*)", done.stderr)
    assert secret not in terminal.run("keys").stdout
    terminal.run("toolsets", SLIPWAY_KEY=secret)
    assert "insufficient_scope" in terminal.fail("keys", SLIPWAY_KEY=secret)
    terminal.run(*shlex.split(revoke))
    assert "unauthorized" in terminal.fail("toolsets", SLIPWAY_KEY=secret)


REFUSALS = [
    (["status", "nobody"], "not_found"), (["publish", "nobody", "-m", "x"], "not_found"),
    (["releases", "nobody"], "not_found"), (["toolsets", "create", "Not A Slug"], "slug"),
    (["push", "not-there.json"], "not-there.json"), (["frobnicate"], "slipway --help"),
    (["rollback", "x", "one"], "no toolset"), (["mode", "x", "latest"], "latest"), (["publish", "x"], "notes"),
    (["keys", "create", "x", "--scope", "root"], "root"), (["releases", "x", "--limit", "0"], "--limit"),
    (["toolsets", "edit", "x"], "Say what changes"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "word"), REFUSALS, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_what_cannot_be_done_ends_with_1_and_a_sentence_on_standard_error(terminal, arguments, word):
    assert word in terminal.fail(*arguments)


def test_refusals_of_releases_end_with_1_and_their_code(terminal):
    name = terminal.staged()
    assert "nothing_to_publish" in terminal.fail("publish", name, "-m", "x")
    assert "already_live" in terminal.fail("rollback", name, "2", "-m", "x")
    assert "not_found" in terminal.fail("rollback", name, "9", "-m", "x")
    assert "why" in terminal.fail("rollback", name, "1")


COMMANDS = [
    ["toolsets"], ["status"], ["status", "x"], ["push", "here.json"], ["mode", "x", "staging"],
    ["publish", "x", "-m", "y"], ["rollback", "x", "1", "-m", "y"], ["releases", "x"], ["activations", "x"],
    ["discard", "x"], ["call", "x", "y"], ["keys"], ["review", "x"], ["compare", "x", "1", "2"], ["activate", "x", "1"],
    ["label", "x", "1", "y"], ["lift-hold", "x"], ["rules", "x"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_with_the_server_down_every_command_says_what_to_do(terminal, arguments):
    terminal.write("here.json", {"here": "Reads"})
    address = f"http://127.0.0.1:{free_port()}"
    told = terminal.fail(*arguments, SLIPWAY_SERVER=address)
    assert address in told and "slipway serve" in told


def test_without_a_key_and_with_a_wrong_one_the_message_says_where_to_give_it(terminal):
    told = terminal.fail("toolsets", SLIPWAY_KEY=None)
    assert "SLIPWAY_KEY" in told and "unauthorized" in told
    wrong = "wrong-key-that-nobody-made"
    told = terminal.fail("toolsets", SLIPWAY_KEY=wrong)
    assert "unauthorized" in told and wrong not in told


def test_something_else_that_listens_is_not_taken_for_a_server(terminal):
    told = terminal.fail("toolsets", SLIPWAY_SERVER=terminal.upstream.address)
    assert terminal.upstream.address in told


def test_the_profile_file_says_where_the_server_is(terminal, tmp_path):
    profile = tmp_path / ".config/slipway/profile.json"
    profile.parent.mkdir(parents=True)
    content = {"server": terminal.server.address, "key": terminal.environment["SLIPWAY_KEY"], "project": "default"}
    profile.write_text(json.dumps(content))
    gone = {"SLIPWAY_SERVER": None, "SLIPWAY_KEY": None, "HOME": str(tmp_path)}
    assert "TOOLSET" in terminal.run("toolsets", **gone).stdout
    profile.write_text("{")
    assert "profile.json" in terminal.fail("toolsets", **gone)


def test_text_from_the_server_cannot_steer_the_terminal(terminal):
    name = terminal.staged()
    terminal.management.post("toolsets.update", {"slug": name, "description": "x"})
    terminal.management.publish(name, notes="\x1b[31mred\x07\nsecond line")
    for arguments in (["releases", name], ["releases", name, "3"], ["status", name]):
        told = terminal.run(*arguments).stdout
        assert "\x1b" not in told and "\x07" not in told


def test_help_is_there_for_every_command(terminal):
    told = terminal.run("--help").stdout
    for command in (
        "serve",
        "push",
        "toolsets",
        "status",
        "mode",
        "review",
        "publish",
        "activate",
        "rollback",
        "lift-hold",
        "label",
        "compare",
        "rules",
        "releases",
        "discard",
        "call",
        "keys",
    ):
        assert command in told
        assert "USAGE: slipway " + command in terminal.run(command, "--help").stdout
    assert re.match(r"\d+\.\d+", terminal.run("--version").stdout)
