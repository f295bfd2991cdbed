"""The program as an operator meets it: what it prints, how it starts, stops and starts again."""

import os
import re
import signal
import socket

import pytest

from server import Management, Refused, Server


def working_keys(server: Server) -> set[str]:
    """The words in what the server printed that open its management API."""
    keys = set()
    for word in {word.strip(".") for word in re.findall(r"[A-Za-z0-9_.-]{20,}", server.output)}:
        try:
            Management(server.address, word).get("projects.list")
            keys.add(word)
        except Refused:
            pass
    return keys


def test_the_first_start_prints_what_to_do_next_and_the_second_keeps_the_key_to_itself(tmp_path):
    with Server(tmp_path) as server:
        assert server.address in server.output
        assert "/mcp/" in server.output
        [key] = working_keys(server)
    with Server(tmp_path, port=server.port) as server:
        assert server.address in server.output
        assert key not in server.output
        assert Management(server.address, key).get("projects.list")["projects"]


def test_a_key_that_the_operator_gave_is_not_printed(server):
    assert server.settings["SLIPWAY_ADMIN_KEY"] not in server.output


def test_a_consumer_key_opens_no_management(server, management, consumer_key):
    with pytest.raises(Refused) as refusal:
        Management(server.address, consumer_key, management.project).get("toolsets.list")
    assert refusal.value.status == 403


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(tmp_path, how):
    with Server(tmp_path) as server:
        os.kill(server.process.pid, how)
        assert server.process.wait(20) == 0


def test_what_was_written_outlives_a_kill(tmp_path):
    settings = {"SLIPWAY_ADMIN_KEY": "a-key-for-this-test-only-0123456789"}
    with Server(tmp_path, **settings) as server:
        management = Management(server.address, settings["SLIPWAY_ADMIN_KEY"])
        management.choose_project()
        management.post("environments.create", {"slug": "kept", "name": "Kept", "entries": []})
        server.process.kill()
        server.process.wait()
    with Server(tmp_path, port=server.port, **settings):
        listed = management.get("environments.list")["environments"]
    assert "kept" in {environment["slug"] for environment in listed}


@pytest.mark.parametrize(
    ("name", "value"), [("SLIPWAY_PORT", "lots"), ("SLIPWAY_DATABASE_URL", "mysql://x"), ("SLIPWAY_PUBLIC_URL", "::")]
)
def test_a_wrong_setting_stops_the_start_with_a_line_that_names_it(tmp_path, name, value):
    server = Server(tmp_path, **{name: value})
    server.start()
    assert server.process.wait(20) != 0
    assert name in server.output
    assert len(server.output.strip().splitlines()) == 1


def test_a_port_that_is_taken_stops_the_start_with_a_line_that_names_it(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        server = Server(tmp_path, port=taken.getsockname()[1])
        server.start()
        assert server.process.wait(20) != 0
        assert str(server.port) in server.output
