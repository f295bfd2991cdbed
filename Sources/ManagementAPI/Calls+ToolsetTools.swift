import Accounts
import JSON

extension Calls {
    private static let slug = Field.required("slug", FieldSchema.slug, "The toolset.")
    private static let view = Field.optional(
        "view",
        FieldSchema.view,
        "The side; in staging mode staging where left out."
    )

    /// The calls that tell how the tools of a toolset are served, and what they are made of.
    static let toolsetTools = [
        Call(
            .get,
            "toolsets.listTools",
            scope: .reader,
            "Lists the tools of a side of a toolset as they are served, in their order, with what was overridden or changed.",
            fields: [
                slug, view,
                .optional(
                    "q",
                    ["type": "string", "maxLength": 200],
                    "Only tools whose name, title, description, tags, URN or address holds this text."
                ),
                .optional("source", FieldSchema.slug, "Only the tools of this source."),
                .optional("mark", ["type": "string", "enum": marks], "Only tools that have this mark."),
                .optional("hint", ["type": "string", "enum": hints], "Only tools that give this hint."),
                .optional(
                    "skip",
                    ["type": "integer", "minimum": 0, "maximum": 1_000_000],
                    "How many of the matching tools to leave out at the start; in place of a cursor."
                ),
            ] + .page,
            answer: JSONObject.list("tools", of: "ToolsetTool").merging([
                "matching": ["type": "integer"], "total": ["type": "integer"], "tokens": ["type": "integer"],
                "sources": ["type": "array", "items": ["type": "string"]], "etag": ["type": "string"],
            ])
        ),
        Call(
            .get,
            "toolsets.getTool",
            scope: .reader,
            "Tells everything about a tool of a toolset: as it is served, as each layer has it, its schemas and its call.",
            fields: [slug, view, .required("urn", FieldSchema.urn, "The tool: tools:http:<source>:<name>.")],
            answer: ["tool": FieldSchema.reference("ToolsetTool"), "etag": ["type": "string"]]
        ),
    ]

    private static let marks: JSONValue = [
        "new", "changed", "overridden", "overridden_in_project", "orphan", "deprecated", "renamed", "confirmed",
    ]
    private static let hints: JSONValue = ["read_only", "writes", "destructive", "idempotent", "open_world"]
}

extension JSONObject {
    fileprivate func merging(_ other: JSONObject) -> JSONObject {
        var merged = self
        for (key, value) in other { merged[key] = value }
        return merged
    }
}
