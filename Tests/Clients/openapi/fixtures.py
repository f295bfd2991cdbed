"""The documents of this folder, with the cases that stand in them under `x-cases`.

A case gives values by place and name (`path`, `query`, `querystring`, `header`, `cookie`, `formData`), a `body`, the
names of security schemes whose `credentials` are there, values of server `variables`, and an `outcome`: `sent` (where
left out), `refused`, or `either`. `{$file: base64, name: …}` is a file. The hosts `upstream.test` and `other.test`
stand for the recording APIs.
"""

import base64
import copy
import io
import json
import zipfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from openapi import styles
from reference import ABSENT, File, Operation, Reference

FOLDER = Path(__file__).parent
PLACES = ("path", "query", "querystring", "header", "cookie", "formData")
WRITTEN = ["places", "bodies30", "bodies31", "servers", "security", "references", "swagger20", "new32"]
GENERATED = {f"styles-{version}": version for version in styles.VERSIONS}
BUNDLE = "bundle"
NAMES = [*WRITTEN, *GENERATED, BUNDLE]


@dataclass
class Case:
    values: dict[tuple[str, str], Any]
    body: Any = ABSENT
    credentials: list[str] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    outcome: str = "sent"

    @property
    def shown(self) -> str:
        parts = [f"{place} {name}={value!r}" for (place, name), value in self.values.items()]
        parts += [] if self.body is ABSENT else [f"body={self.body!r}"]
        parts += [f"credentials={self.credentials}"] if self.credentials else []
        return ", ".join(parts + ([f"variables={self.variables}"] if self.variables else [])) or "nothing"


def case_of(written: dict) -> Case:
    known = {*PLACES, "body", "credentials", "variables", "outcome"}
    assert not written.keys() - known, f"a case has {written.keys() - known}"
    values = {(place, name): with_files(value) for place in PLACES for name, value in written.get(place, {}).items()}
    return Case(
        values,
        with_files(written["body"]) if "body" in written else ABSENT,
        written.get("credentials", []),
        written.get("variables", {}),
        written.get("outcome", "sent"),
    )


@dataclass(frozen=True)
class DataURL(File):
    """A file that its caller writes as a `data:` URL."""

    url: str = ""


def with_files(value):
    if isinstance(value, dict) and "$file" in value:
        text = value["$file"]
        content = base64.b64decode(text.partition(",")[2] if text.startswith("data:") else text)
        if text.startswith("data:"):
            return DataURL(content, value.get("name"), text)
        return File(content, value.get("name"))
    if isinstance(value, dict):
        return {key: with_files(item) for key, item in value.items()}
    return [with_files(item) for item in value] if isinstance(value, list) else value


class Fixture:
    """A document whose hosts are those of the recording APIs."""

    def __init__(self, name: str, hosts: dict[str, str] | None = None):
        self.name = name
        self.files = {path: replaced(value, hosts or {}) for path, value in read(name).items()}
        self.main = next(iter(self.files))
        others = {path: value for path, value in self.files.items() if path != self.main}
        self.reference = Reference(self.files[self.main], others, self.main)
        self.operations = {operation.name: operation for operation in self.reference.operations()}

    def cases(self, operation: Operation) -> list[Case]:
        return [case_of(written) for written in operation.node.get("x-cases", [])]

    @property
    def upload(self) -> tuple[str, bytes]:
        """A file name and the bytes to upload: of several files, a zip archive."""
        files = {path: without_cases(copy.deepcopy(value)) for path, value in self.files.items()}
        if len(files) == 1:
            return f"{self.name}.json", json.dumps(files[self.main]).encode()
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
            for path, value in files.items():
                target.writestr(path, json.dumps(value) if path.endswith(".json") else yaml.safe_dump(value))
        return f"{self.name}.zip", archive.getvalue()


@cache
def read(name: str) -> dict[str, Any]:
    """The files of a fixture; the first is the one to begin with."""
    if name in GENERATED:
        return {f"{name}.json": styles.document(GENERATED[name])}
    if name != BUNDLE:
        return {f"{name}.yaml": yaml.safe_load((FOLDER / f"{name}.yaml").read_text())}
    paths = sorted((FOLDER / name).rglob("*.*"), key=lambda path: path.name != "openapi.yaml")
    return {path.relative_to(FOLDER / name).as_posix(): yaml.safe_load(path.read_text()) for path in paths}


def replaced(value, hosts: dict[str, str]):
    if isinstance(value, str):
        for name, host in hosts.items():
            value = value.replace(name, host)
        return value
    if isinstance(value, dict):
        return {key: replaced(item, hosts) for key, item in value.items()}
    return [replaced(item, hosts) for item in value] if isinstance(value, list) else value


def without_cases(value):
    if isinstance(value, dict):
        return {key: without_cases(item) for key, item in value.items() if key != "x-cases"}
    return [without_cases(item) for item in value] if isinstance(value, list) else value
