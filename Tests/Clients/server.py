"""The built program as a process, and calls of its management API."""

import json
import os
import secrets
import socket
import subprocess
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("SLIPWAY_TEST_BINARY", ROOT / ".build/debug/slipway")).resolve()
START_DEADLINE = 30
STOP_DEADLINE = 20
# A debug build compares large documents slowly, and other tests may run beside it.
PATIENCE = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """Slipway on a free loopback port, with its data in a folder. Use it in a `with` statement."""

    def __init__(self, folder: Path, port: int | None = None, **settings: str):
        self.folder = folder
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.settings = settings
        self.process: subprocess.Popen | None = None

    @property
    def output(self) -> str:
        """What the program printed since it was last started."""
        return (self.folder / "output.log").read_text(errors="replace")

    def start(self):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SLIPWAY_")}
        environment |= {"SLIPWAY_PORT": str(self.port), "SLIPWAY_DATA_DIR": str(self.folder / "data")}
        with open(self.folder / "output.log", "wb") as log:
            self.process = subprocess.Popen(
                [BINARY, "serve"],
                cwd=self.folder,
                env=environment | self.settings,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def wait_until_ready(self):
        deadline = time.monotonic() + START_DEADLINE
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.output}")
            try:
                with urlopen(f"{self.address}/readyz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (URLError, OSError):
                time.sleep(0.02)
        raise AssertionError(f"the server was not ready after {START_DEADLINE} s:\n{self.output}")

    def stop(self) -> int:
        """Asks the process to end and returns its exit status; a process that does not listen is killed."""
        self.process.terminate()
        try:
            return self.process.wait(STOP_DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"the server did not end {STOP_DEADLINE} s after SIGTERM:\n{self.output}") from None

    def kill(self):
        """Ends the process at once, as a power cut would."""
        self.process.kill()
        self.process.wait()

    def start_again(self):
        """Starts the ended process on the same port and data, and waits until it is ready."""
        self.__enter__()

    def __enter__(self):
        self.start()
        try:
            self.wait_until_ready()
        except BaseException:
            self.process.kill()
            self.process.wait()
            raise
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()


class Refused(Exception):
    """An answer of 400 or more."""

    def __init__(self, status: int, text: str):
        super().__init__(f"{status} {text}")
        self.status = status
        try:
            self.problem = json.loads(text)
            self.code = self.problem.get("code")
        except (ValueError, AttributeError):
            self.problem, self.code = {}, None


class Management:
    """Calls by their names: `management.post("toolsets.create", {...})`."""

    def __init__(self, address: str, key: str, project: str | None = None):
        self.address = address
        self.key = key
        self.project = project

    def get(self, call: str, **query) -> dict:
        return self.send("GET", call, None, query)

    def post(self, call: str, body: dict | bytes | None = None, **query) -> dict:
        return self.send("POST", call, {} if body is None else body, query)

    def delete(self, call: str, **query) -> dict:
        return self.send("DELETE", call, None, query)

    def send(self, method: str, call: str, body: dict | bytes | None, query: dict) -> dict:
        address = f"{self.address}/rpc/{call}" + (f"?{urlencode(query)}" if query else "")
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        if self.project:
            headers["Slipway-Project"] = self.project
        try:
            with urlopen(Request(address, data, headers, method=method), timeout=PATIENCE) as answer:
                return json.loads(answer.read() or b"{}")
        except HTTPError as error:
            raise Refused(error.code, error.read().decode(errors="replace")) from None

    def choose_project(self):
        """Works in the first project there is."""
        self.project = self.get("projects.list")["projects"][0]["slug"]

    def all(self, call: str, name: str, **query) -> list[dict]:
        """Every page of a list."""
        items, cursor = [], None
        while True:
            page = self.get(call, limit=200, **query, **({"cursor": cursor} if cursor else {}))
            items += page[name]
            cursor = page["next_cursor"]
            if cursor is None:
                return items

    def import_document(self, source: str, document: dict) -> list[dict]:
        """Makes tools of a document, and returns them."""
        asset = self.post("assets.uploadOpenAPI", json.dumps(document).encode(), name=f"{source}.json")["asset"]
        sources = [{"slug": source, "kind": "openapi", "asset_id": asset["id"]}]
        deployment = self.post("deployments.evolve", {"upsert": sources})["deployment"]
        assert deployment["status"] == "completed", deployment
        return self.get("tools.list", source=source)["tools"]

    def publish(self, slug: str, **fields) -> dict:
        """Makes staging live, with everything acknowledged that has to be; returns the release."""
        review = self.get("toolsets.reviewStagingVersion", slug=slug)["review"]
        body = {"slug": slug, "acknowledge": review["acknowledge"]} | fields
        return self.post("toolsets.publishStagingVersion", body)["release"]

    def create_key(self, *scopes: str) -> str:
        """A new key, as its bearer sends it."""
        answer = self.post("keys.create", {"name": f"test {secrets.token_hex(4)}", "scopes": list(scopes)})
        return secret_in(answer)


def secret_in(answer: dict) -> str:
    """The bearer's text in the answer to `keys.create`: the one string that is shown there and nowhere else."""
    for part in (answer, answer.get("key")):
        for name in ("secret", "token", "key"):
            if isinstance(part, dict) and isinstance(part.get(name), str):
                return part[name]
    raise AssertionError(f"no secret in the answer; it has {list(answer)}")
