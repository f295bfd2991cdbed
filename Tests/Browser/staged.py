"""A toolset in staging mode, made by the management API, and its pages."""

import itertools
import re

numbers = itertools.count(1)


def operation(name: str, **more) -> dict:
    return {
        "operationId": name,
        "description": f"Does {name}.",
        "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 50}}],
        "responses": {"200": {"description": "Done."}},
    } | more


def document(names: list[str], **more) -> dict:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Books", "version": "1"},
        "servers": [{"url": "https://books.example"}],
        "paths": {f"/{name}": {"get": operation(name, **more)} for name in names},
    }


class Staged:
    """A toolset of a source of its own, whose release 1 is live."""

    def __init__(self, management, names=("find", "get", "lend")):
        self.management = management
        self.slug = f"books{next(numbers)}"
        self.names = list(names)
        management.import_document(self.slug, document(self.names))
        tools = management.all("tools.list", "tools", source=self.slug)
        self.urns = {tool["name"]: tool["urn"] for tool in tools}
        self.post("toolsets.create", name="Books", tool_urns=list(self.urns.values()))
        self.post("toolsets.switchEditingMode", mode="staging")

    def post(self, call: str, **fields) -> dict:
        return self.management.post(call, {"slug": self.slug} | fields)

    def vary(self, tool: str, **fields):
        self.management.post("variations.upsert", {"toolset_slug": self.slug, "tool_urn": self.urns[tool]} | fields)

    def leave_out(self, *names: str):
        """Takes tools out of staging, which breaks callers."""
        self.post("toolsets.update", tool_urns=[urn for name, urn in self.urns.items() if name not in names])

    def publish(self, **fields) -> dict:
        return self.management.publish(self.slug, **fields)

    def deploy(self, **more):
        """Changes every operation of the source."""
        self.management.import_document(self.slug, document(self.names, **more))

    def get(self, view: str = "staging") -> dict:
        return self.management.get("toolsets.get", slug=self.slug, view=view)["toolset"]

    @property
    def live(self) -> int:
        return self.get("live")["current_release"]["number"]

    def address(self, page: str = "") -> str:
        return f"/projects/{self.management.project}/toolsets/{self.slug}/{page}"


def notice(page) -> str:
    return page.get_by_role("status").filter(has_text=re.compile(r"\w")).first.inner_text()
