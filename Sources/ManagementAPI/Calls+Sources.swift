import Accounts
import JSON

extension Calls {
    private static let declaredArgument = FieldSchema.object([
        ("name", ["type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]{0,59}$"], true),
        ("description", FieldSchema.text, false),
        ("required", FieldSchema.flag, false),
    ])

    /// What tells people about a project before and after they change it.
    static let sources = [
        Call(
            .get,
            "sources.list",
            scope: .reader,
            "Lists the sources of the active deployment, each with its document and what became of it.",
            answer: ["sources": FieldSchema.references("Source")]
        ),
        Call(
            .get,
            "assets.inspect",
            scope: .reader,
            "Tells what an uploaded OpenAPI document says that it is, without deploying it.",
            fields: [.required("id", FieldSchema.id, "The asset.")],
            answer: .one("document", "Document")
        ),
        Call(
            .get,
            "deployments.effects",
            scope: .reader,
            "Tells what a completed deployment changed against the one before it, and where that is live or waits.",
            fields: [.required("id", FieldSchema.id, "The deployment.")],
            answer: .one("effects", "DeploymentEffects")
        ),
        Call(
            .get,
            "tools.uses",
            scope: .reader,
            "Lists the toolsets that have a tool, on the side that edits act on.",
            fields: [.required("urn", FieldSchema.urn, "The tool.")],
            answer: ["toolsets": FieldSchema.references("ToolUse")]
        ),
        Call(
            .get,
            "toolsets.listVariables",
            scope: .reader,
            "Lists the environment variables that a toolset's tools need, and which of them nobody supplies.",
            fields: [
                .required("slug", FieldSchema.slug, "The toolset."),
                .optional("view", FieldSchema.view, "The side; in staging mode the staging side where left out."),
            ],
            answer: [
                "variables": FieldSchema.references("RequiredVariable"),
                "environment_slug": ["type": ["string", "null"]],
            ]
        ),
        Call(
            .post,
            "templates.preview",
            scope: .reader,
            "Renders a prompt that was not written yet.",
            fields: [
                .required("prompt", ["type": "string", "minLength": 1, "maxLength": 100_000], "The template."),
                .optional("declared", FieldSchema.list(of: declaredArgument), "The arguments that it would have."),
                .optional(
                    "arguments",
                    ["type": "object", "additionalProperties": ["type": "string"]],
                    "Values by name."
                ),
            ],
            answer: [
                "text": ["type": "string"],
                "undeclared": [
                    "type": "array", "items": ["type": "string"],
                    "description": "Names that the template uses and declared has not: nothing stands there.",
                ],
            ]
        ),
    ]
}
