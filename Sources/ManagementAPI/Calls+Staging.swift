import Accounts
import JSON

extension Calls {
    private static let slug = Field.required("slug", FieldSchema.slug, "The toolset.")

    /// The calls that change what editors of a toolset work on, other than by an edit.
    static let staging = [
        Call(
            .post,
            "toolsets.mergeLiveIntoStaging",
            scope: .producer,
            "Puts into staging what live gained since the release that staging is based on.",
            fields: [
                slug,
                .optional(
                    "resolutions",
                    FieldSchema.list(of: resolution),
                    "What becomes of each item that both sides changed: take live, staging or base, or a value."
                ),
            ],
            answer: [
                "toolset": FieldSchema.reference("Toolset"),
                "merged": [
                    "type": ["object", "null"],
                    "properties": ["base_release": ["type": "integer"], "live_release": ["type": "integer"]],
                ],
            ]
        ),
        Call(
            .post,
            "toolsets.loadReleaseIntoStaging",
            scope: .producer,
            "Makes staging show what a release serves. Live stays; the edits that staging held are kept for 30 days.",
            fields: [slug] + .releaseName,
            answer: .one("toolset", "Toolset")
        ),
        Call(
            .post,
            "toolsets.undoDiscard",
            scope: .producer,
            "Puts back what the last discard, load or merge of staging replaced; called again, it goes forward.",
            fields: [
                slug,
                .optional(
                    "replace",
                    FieldSchema.flag,
                    "Whether edits that staging got since may go; they are kept in turn."
                ),
            ],
            answer: .one("toolset", "Toolset")
        ),
        Call(
            .post,
            "toolsets.pinDeployment",
            scope: .producer,
            "Makes staging stay on a state of the project, or follow it again; what is left out stays as it is.",
            fields: [
                slug,
                .optional(
                    "deployment_id",
                    FieldSchema.nullable(FieldSchema.id),
                    "The completed deployment to stay on; null follows the active one."
                ),
                .optional(
                    "prompts",
                    projectState,
                    "Prompts and resources: live stays on those of the live release, newest follows the project."
                ),
                .optional(
                    "variations",
                    projectState,
                    "The project's variations: live holds them as the live release has them, by own overrides."
                ),
            ],
            answer: .one("toolset", "Toolset")
        ),
        Call(
            .post,
            "toolsets.undoLastChange",
            scope: .producer,
            "Takes back the last edit of a toolset in iteration mode; called again, the one before it.",
            fields: [slug],
            answer: .one("toolset", "Toolset")
        ),
        Call(
            .get,
            "toolsets.listCheckpoints",
            scope: .reader,
            "Lists the states after edits in iteration mode, newest first; the last 50 are kept.",
            fields: [slug] + .page,
            answer: .list("checkpoints", of: "Checkpoint")
        ),
    ]

    /// Those of them that change something whose etag was read before.
    static let stagingTakingEtags: Set<String> = [
        "toolsets.mergeLiveIntoStaging", "toolsets.loadReleaseIntoStaging", "toolsets.undoDiscard",
        "toolsets.pinDeployment", "toolsets.undoLastChange",
    ]

    private static let projectState: JSONObject = ["type": "string", "enum": ["live", "newest"]]

    private static let resolution: JSONObject = {
        var schema = FieldSchema.object([
            ("item", ["type": "string", "minLength": 1, "maxLength": 400], required: true),
            ("take", ["type": "string", "enum": ["live", "staging", "base"]], required: false),
            ("value", ["description": "Another value; null for none."], required: false),
        ])
        schema["oneOf"] = [["required": ["take"]], ["required": ["value"]]]
        return schema
    }()
}
