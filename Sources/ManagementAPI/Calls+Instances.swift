import Accounts
import JSON

extension Calls {
    /// What a toolset serves at one of its sides, and calls of it.
    static let instances = [
        Call(
            .post,
            "instances.invokeTool",
            scope: .producer,
            "Calls a tool of a toolset, as a client would.",
            fields: [toolset] + side + [
                .required("tool", FieldSchema.toolName, "The name that clients see."),
                .optional("arguments", ["type": "object"], "The tool's arguments."),
            ],
            answer: ["result": ["type": "object"], "call": FieldSchema.reference("InvokedCall")]
        ),
        Call(
            .get,
            "instances.listTools",
            scope: .reader,
            "Lists the tools that clients see at a side of a toolset, in their order.",
            fields: [toolset] + side + [
                .optional("q", ["type": "string", "maxLength": 200], "What name, title or description must hold."),
                .optional("schemas", FieldSchema.flag, "Whether the schemas are told as well; not where left out."),
            ] + .page,
            answer: .list("tools", of: "ServedTool")
        ),
        Call(
            .get,
            "instances.getTool",
            scope: .reader,
            "Tells everything that clients see of a tool at a side of a toolset.",
            fields: [toolset] + side + [.required("tool", FieldSchema.toolName, "The name that clients see.")],
            answer: .one("tool", "ServedTool")
        ),
        Call(
            .get,
            "instances.listPrompts",
            scope: .reader,
            "Lists the prompts that clients see at a side of a toolset.",
            fields: [toolset] + side,
            answer: ["prompts": ["type": "array", "items": ["type": "object"]]]
        ),
        Call(
            .post,
            "instances.getPrompt",
            scope: .reader,
            "Gives the messages of a prompt of a toolset, as a client would get them.",
            fields: [toolset] + side + [
                .required("prompt", FieldSchema.toolName, "The name that clients see."),
                .optional(
                    "arguments",
                    ["type": "object", "additionalProperties": ["type": "string"]],
                    "The prompt's arguments."
                ),
            ],
            answer: ["description": ["type": "string"], "messages": ["type": "array", "items": ["type": "object"]]]
        ),
    ]

    private static let toolset = Field.required("toolset_slug", FieldSchema.slug, "The toolset.")

    private static let side: [Field] = [
        .optional("view", FieldSchema.view, "The side; live where left out."),
        .optional("release", FieldSchema.number, "A release by its number, in place of a side."),
    ]
}
