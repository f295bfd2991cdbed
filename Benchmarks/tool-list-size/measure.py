"""Loads OpenAPI documents into Slipway and into FastMCP, lists the tools of both by one client, and prints their sizes.

Called by `run`. What is counted is the array `tools` as a client gets it, written as compact JSON.
"""

import argparse
import asyncio
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Clients"))
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
RELEASE, DEBUG = ROOT / ".build/release/slipway", ROOT / ".build/debug/slipway"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
FASTMCP_SECONDS = 900


@dataclass
class Measured:
    tools: list[dict]
    seconds: float
    peak: int

    @property
    def bytes(self) -> int:
        return len(compact(self.tools))

    @property
    def bytes_without_outputs(self) -> int:
        return len(
            compact([{key: value for key, value in tool.items() if key != "outputSchema"} for tool in self.tools])
        )

    @property
    def tokens(self) -> int:
        """The estimate that the server shows (docs/reference/tokens.md), here for both."""
        return sum(map(estimate, self.tools))


# docs/reference/tokens.md: what counts together, and how many characters of it are a token.
RUNS = [
    (re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+"), lambda run: 1 if len(run) <= 8 else -(-len(run) // 6)),
    (re.compile(r"[0-9]+"), lambda run: -(-len(run) // 3)),
    (re.compile(r" +"), lambda run: 1 if len(run) > 1 else 0),
    (re.compile(r"[\x00-\x1f\x7f]+"), lambda run: 1),
    (re.compile(r"[^\x00-\x7f]+"), lambda run: -(-len(run.encode()) // 3)),
    (re.compile(r"[!-/:-@\[-`{-~]+"), lambda run: -(-len(run) // 3)),
]


def estimate(tool: dict) -> int:
    """Tokens of a tool as it stands in a list, but for what no model reads."""
    text = compact({name: value for name, value in tool.items() if name not in ("_meta", "icons")}).decode()
    tokens = position = 0
    while position < len(text):
        for pattern, weight in RUNS:
            if match := pattern.match(text, position):
                tokens += weight(match.group())
                position = match.end()
                break
    return tokens


def compact(value) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def peak_memory(process: int | str) -> int:
    """The most memory that a process had at once, in bytes."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    return 0


def load(path: Path) -> dict:
    content = path.read_text()
    if path.suffix == ".json":
        return json.loads(content)
    import yaml

    return yaml.load(content, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def operations_in(document: dict) -> int:
    items = document.get("paths", {}).values()
    return sum(method in METHODS for item in items if isinstance(item, dict) for method in item)


async def listed(transport) -> list[dict]:
    """Every tool, over every page, by the FastMCP client."""
    import fastmcp

    async with fastmcp.Client(transport, timeout=600) as client:
        tools = await client.list_tools()
    return [tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in tools]


def slipway(binary: Path, path: Path) -> Measured:
    os.environ["SLIPWAY_TEST_BINARY"] = str(binary)
    import server as clients

    clients.BINARY = binary
    with tempfile.TemporaryDirectory() as folder:
        key = secrets.token_urlsafe(32)
        settings = {"SLIPWAY_ADMIN_KEY": key, "SLIPWAY_MAX_DOCUMENT_MIB": "256"}
        with clients.Server(Path(folder), **settings) as server:
            management = clients.Management(server.address, key)
            management.choose_project()
            begun = time.monotonic()
            asset = management.post("assets.uploadOpenAPI", path.read_bytes(), name=path.name)["asset"]
            sources = [{"slug": "measured", "kind": "openapi", "asset_id": asset["id"]}]
            deployment = management.post("deployments.evolve", {"upsert": sources})["deployment"]
            while deployment["status"] == "pending":
                time.sleep(0.05)
                deployment = management.get("deployments.get", id=deployment["id"])["deployment"]
            seconds = time.monotonic() - begun
            if deployment["status"] != "completed":
                raise SystemExit(f"Slipway did not import {path}: {deployment}")
            peak = peak_memory(server.process.pid)
            tools = management.all("tools.list", "tools", source="measured")
            toolset = {
                "slug": "measured", "name": "measured", "mcp_slug": "measured", "mcp_enabled": True,
                "mcp_is_public": True, "tool_urns": [tool["urn"] for tool in tools],
            }  # fmt: skip
            management.post("toolsets.create", toolset)
            return Measured(asyncio.run(listed(f"{server.address}/mcp/measured")), seconds, peak)


def fastmcp_child(path: Path):
    """Runs in a process of its own, so that its memory is measured alone, and prints what it found."""
    import httpx2
    from fastmcp import FastMCP

    begun = time.monotonic()
    document = load(path)
    client = httpx2.AsyncClient(base_url="http://127.0.0.1:9")
    server = FastMCP.from_openapi(openapi_spec=document, client=client)
    seconds = time.monotonic() - begun
    tools = asyncio.run(listed(server))
    print(json.dumps({"tools": tools, "seconds": seconds, "peak": peak_memory("self")}))


def fastmcp(path: Path) -> Measured | str:
    command = [sys.executable, __file__, "--fastmcp-child", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=FASTMCP_SECONDS)
    except subprocess.TimeoutExpired:
        return f"no list after {FASTMCP_SECONDS} s"
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        return (lines or [f"ended with {done.returncode}"])[-1].strip()[:160]
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def tokenizer():
    """tiktoken's count, where the package and its tables are on this machine; nothing is downloaded for it."""
    if "TIKTOKEN_CACHE_DIR" not in os.environ:
        return None
    try:
        import tiktoken

        encoding = tiktoken.get_encoding("o200k_base")
    except Exception as error:  # noqa: BLE001 - whatever is missing, the table is printed without this column
        print(f"tiktoken does not work here: {error}", file=sys.stderr)
        return None
    return lambda tools: len(encoding.encode(compact(tools).decode(), disallowed_special=()))


def report(path: Path, title: str, binary: Path, count_tokens) -> None:
    document = load(path)
    size = path.stat().st_size
    print(f"\n### {title}: {operations_in(document)} operations, {size / 1e6:.1f} MB\n")
    head = ["server", "tools", "bytes", "tokens (estimate)", "bytes without output schemas", "import", "peak memory"]
    if count_tokens:
        head.insert(4, "tokens (o200k)")
    rows, found = [], {}
    for name, outcome in (("Slipway", slipway(binary, path)), ("FastMCP", fastmcp(path))):
        if isinstance(outcome, str):
            rows.append([name, outcome] + ["-"] * (len(head) - 2))
            continue
        found[name] = outcome
        row = [name, f"{len(outcome.tools):,}", f"{outcome.bytes:,}", f"{outcome.tokens:,}"]
        row += [f"{count_tokens(outcome.tools):,}"] if count_tokens else []
        row += [f"{outcome.bytes_without_outputs:,}", f"{outcome.seconds:.2f} s", f"{outcome.peak / 2**20:.0f} MiB"]
        rows.append(row)
    for row in [head, ["---"] * len(head), *rows]:
        print("| " + " | ".join(row) + " |")
    if len(found) == 2:
        ours, theirs = found["Slipway"], found["FastMCP"]
        without = theirs.bytes_without_outputs / ours.bytes_without_outputs
        per_tool = (theirs.bytes / len(theirs.tools)) / (ours.bytes / len(ours.tools))
        print(
            f"\n**Factor: {theirs.bytes / ours.bytes:.2f}** "
            f"(without output schemas {without:.2f}, per tool {per_tool:.2f})"
        )


def import_large(binary: Path) -> None:
    """A document of 5 MB and 1,000 operations: seconds from upload to tools, and the server's peak memory."""
    import generate

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.json"
        path.write_bytes(compact(generate.document(1000, 5_000_000)))
        small = Path(folder) / "small.json"
        small.write_bytes(compact(generate.document(1)))
        before = slipway(binary, small)
        measured = slipway(binary, path)
        size = path.stat().st_size / 1e6
    print(f"\n### Import of {size:.1f} MB and 1,000 operations ({binary.parent.name} build)\n")
    print("| | tools | import | peak memory |\n| --- | --- | --- | --- |")
    for name, one in (("a document of 1 operation", before), ("the large document", measured)):
        print(f"| {name} | {len(one.tools):,} | {one.seconds:.2f} s | {one.peak / 2**20:.0f} MiB |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="*", type=Path, help="OpenAPI documents, besides the generated one")
    parser.add_argument("--operations", type=int, default=500, help="of the generated document; 0 leaves it out")
    parser.add_argument("--no-import", action="store_true", help="leave out the import of 5 MB and 1,000 operations")
    parser.add_argument("--binary", type=Path, help="the slipway to measure; a release build where there is one")
    parser.add_argument("--fastmcp-child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fastmcp_child:
        return fastmcp_child(options.fastmcp_child)
    import generate

    binary = (options.binary or (RELEASE if RELEASE.exists() else DEBUG)).resolve()
    print(f"Slipway: {binary.parent.name} build")
    count_tokens = tokenizer()
    if options.operations:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "generated.json"
            path.write_bytes(compact(generate.document(options.operations)))
            report(path, "Generated", binary, count_tokens)
    for path in options.documents:
        report(path, path.name, binary, count_tokens)
    if not options.no_import:
        import_large(binary)


if __name__ == "__main__":
    main()
