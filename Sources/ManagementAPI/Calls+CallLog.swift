import Accounts
import JSON

extension Calls {
    static let toolCalls = [
        Call(
            .get,
            "toolCalls.list",
            scope: .reader,
            "Lists tool calls, newest first, without arguments and results.",
            fields: which + [outcome] + .page,
            answer: .list("tool_calls", of: "ToolCall")
        ),
        Call(
            .get,
            "toolCalls.stats",
            scope: .reader,
            "Counts tool calls over time, by release, tool and toolset, and tells which release does worse than before.",
            fields: which,
            answer: [
                "stats": [
                    "type": "object",
                    "properties": [
                        "since": ["type": "string"], "until": ["type": "string"],
                        "bucket": ["type": "string", "enum": ["hour", "day"]],
                        "total": FieldSchema.reference("CallCounts"),
                        "over_time": counts, "by_release": counts, "by_tool": counts, "by_toolset": counts,
                    ],
                    "required": [
                        "since", "until", "bucket", "total", "over_time", "by_release", "by_tool", "by_toolset",
                    ],
                ]
            ]
        ),
    ]

    /// Counts with what they are of.
    private static let counts: JSONValue = ["type": "array", "items": FieldSchema.reference("CallCounts")]

    private static let which: [Field] = [
        .optional("toolset_slug", FieldSchema.slug, "The toolset."),
        .optional("tool", FieldSchema.toolName, "The name that clients called."),
        .optional("view", FieldSchema.view, "The side that was called."),
        .optional("release", FieldSchema.number, "The release that served the call; takes toolset_slug as well."),
        .optional(
            "since",
            ["type": "string", "format": "date-time", "maxLength": 40],
            "Not before. Statistics begin a week ago where it is left out; calls are kept for 30 days."
        ),
    ]

    private static let outcome = Field.optional(
        "outcome",
        ["type": "string", "enum": ["ok", "tool_error", "refused"]],
        "How the call ended; refused is one that was not made."
    )
}
