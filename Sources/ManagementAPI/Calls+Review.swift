import Accounts
import JSON

extension Calls {
    private static let slug = Field.required("slug", FieldSchema.slug, "The toolset.")
    private static let number = Field.required("number", FieldSchema.number, "The release's number.")

    static let expectedActivationSeq = Field.optional(
        "expected_activation_seq",
        ["type": "integer", "minimum": 0],
        "The activation_seq that you have seen; refused by 409 live_moved where it is another one by now."
    )

    /// What whoever makes something live has seen of it.
    private static let reviewed: [Field] = [
        expectedActivationSeq,
        .optional(
            "review_digest",
            ["type": "string", "minLength": 1, "maxLength": 100],
            "The review_digest that you have seen; refused by 409 review_stale where it is another one by now."
        ),
        .optional(
            "acknowledge",
            ["type": "array", "items": .object(FieldSchema.fingerprint), "maxItems": 10_000],
            "Fingerprints of changes that are taken knowingly: of each breaking one, and of each that a rollback took back."
        ),
        .optional(
            "lift_hold",
            FieldSchema.flag,
            "Lifts the hold of a rollback; nothing that an automation may ask for."
        ),
    ]

    static let publishing: [Field] =
        [
            slug, .optional("notes", FieldSchema.text, "What changes, for people."),
            .optional(
                "label",
                FieldSchema.label,
                "What people call the release besides its number; unique in the toolset, and no number, live, staging or latest."
            ),
            .optional(
                "staging_etag",
                ["type": "string", "minLength": 1, "maxLength": 100],
                "The staging_etag that you have seen; refused by 409 staging_moved where it is another one by now."
            ),
            .optional(
                "activate",
                FieldSchema.flag,
                "Whether the release goes live (the default), or is only made."
            ),
        ] + reviewed

    /// A release, after whether it is live.
    static let activated: JSONObject = [
        "activated": ["type": "boolean"], "release": FieldSchema.reference("Release"),
    ]

    static let rolledBack: JSONObject = [
        "toolset": FieldSchema.reference("Toolset"), "previous_release": ["type": "integer"],
        "kind": ["type": "string", "enum": ["rollback", "roll_forward"]],
        "verdicts": FieldSchema.reference("Verdicts"), "warnings": FieldSchema.references("Check"),
    ]

    static let reviews = [
        Call(
            .get,
            "toolsets.reviewStagingVersion",
            scope: .reader,
            "Tells what changes for callers when staging goes live, with checks and with what a publish is checked against.",
            fields: [slug],
            answer: .one("review", "Review")
        ),
        Call(
            .get,
            "toolsets.compareReleases",
            scope: .reader,
            "Tells the changes between any two sides of a toolset, in either direction.",
            fields: [
                slug,
                .required("from", FieldSchema.side, "The side before: a release's number or label, live or staging."),
                .required("to", FieldSchema.side, "The side after: a release's number or label, live or staging."),
            ],
            answer: .one("comparison", "Comparison")
        ),
        Call(
            .post,
            "toolsets.activateRelease",
            scope: .publisher,
            "Makes a release live that was made and never was live.",
            fields: [slug] + .releaseName + [.optional("notes", FieldSchema.text, "Why now, for people.")] + reviewed,
            answer: activated
        ).with { $0.creates = true },
        Call(
            .post,
            "toolsets.setReleaseLabel",
            scope: .publisher,
            "Sets what people call a release, or takes that away by null.",
            fields: [
                slug, number,
                .required(
                    "label",
                    FieldSchema.nullable(FieldSchema.label),
                    "The label, or null: no number, live, staging or latest."
                ),
            ],
            answer: .one("release", "Release")
        ),
        Call(
            .get,
            "toolsets.listChangeRules",
            scope: .reader,
            "Lists the change rules by what they are about, with the level that each has where a toolset says nothing else.",
            answer: ["change_rules": FieldSchema.references("ChangeRule")]
        ).with { $0.needsProject = false },
        Call(
            .post,
            "toolsets.setChangeRules",
            scope: .publisher,
            "Sets which change rules count how much for a toolset; what is left out stays.",
            fields: [
                slug,
                .optional(
                    "profile",
                    ["type": "string", "enum": ["agent", "typed", "solo"]],
                    "The levels to begin with."
                ),
                .optional(
                    "rules",
                    [
                        "type": "object",
                        "additionalProperties": [
                            "type": ["string", "null"], "enum": ["breaking", "risky", "safe", "off", nil],
                        ],
                    ],
                    "Levels by the id of a rule, in place of the profile's; null takes the profile's again."
                ),
                .optional(
                    "deprecation_days",
                    ["type": ["integer", "null"], "minimum": 1, "maximum": 3650],
                    "For how many days a tool must have been deprecated so that its removal is risky, not breaking; null: never."
                ),
            ],
            answer: .one("toolset", "Toolset")
        ),
        Call(
            .post,
            "toolsets.liftHold",
            scope: .publisher,
            "Lets automations publish again after a rollback.",
            fields: [slug, .optional("reason", FieldSchema.text, "Why, for people.")],
            answer: .one("toolset", "Toolset")
        ),
    ]
}
