import Accounts
import JSON

extension Calls {
    /// How a call names a release by itself, or one of a toolset.
    private static let releaseReference: [Field] =
        [
            .optional("release_id", FieldSchema.id, "The release; or slug and number, or slug and label."),
            .optional("slug", FieldSchema.slug, "The toolset."),
        ] + .releaseName

    private static let slug = Field.required("slug", FieldSchema.slug, "The toolset.")
    private static let content: [Field] = [
        .optional("description", FieldSchema.text, "What the server is for, for people and clients."),
        .optional(
            "tool_urns",
            FieldSchema.list(of: FieldSchema.urn),
            "Its tools, in the order in which clients see them."
        ),
        .optional("prompt_names", FieldSchema.list(of: FieldSchema.toolName), "Its prompts, in that order."),
        .optional(
            "resource_urns",
            FieldSchema.list(of: FieldSchema.urn),
            "Its resources (resources:asset:<slug>), in the order in which clients see them."
        ),
        .optional(
            "default_environment_slug",
            FieldSchema.nullable(FieldSchema.slug),
            "The environment that calls use; null for none."
        ),
        .optional(
            "staging_environment_slug",
            FieldSchema.nullable(FieldSchema.slug),
            "The environment that calls at the staging address use; null for the default one."
        ),
        .optional("mcp_slug", FieldSchema.slug, "The last part of the address /mcp/{mcp_slug}, unique in the server."),
        .optional("mcp_enabled", FieldSchema.flag, "Whether the addresses answer."),
        .optional("mcp_is_public", FieldSchema.flag, "Whether live may be called without a key."),
        .optional(
            "pinned_addresses",
            FieldSchema.flag,
            "Whether each release answers at an address of its own, /mcp/{mcp_slug}/releases/{number}."
        ),
        .optional(
            "grace_seconds",
            ["type": "integer", "minimum": 0, "maximum": 86400],
            "How long after a publish the release before takes calls that fit only it; 0 for not at all."
        ),
        .optional("instructions", FieldSchema.text, "What clients tell their model about the whole server."),
        .optional("documentation_url", FieldSchema.nullable(FieldSchema.text), "A page about the server."),
        .optional(
            "output_schemas",
            FieldSchema.nullable(FieldSchema.flag),
            "Whether clients get the output schemas of its tools; null leaves it to each tool's source."
        ),
        .optional(
            "mcp_caller_variables",
            ["type": "array", "items": .object(FieldSchema.variable), "maxItems": 100],
            "Environment variables that callers may bring themselves by headers: MCP-PETS-TOKEN for PETS_TOKEN."
        ),
        .optional("tool_selection_mode", ["type": "string", "enum": ["static"]], "How tools are chosen."),
    ]

    static let toolsets = [
        Call(
            .post,
            "toolsets.create",
            scope: .producer,
            "Makes a toolset in iteration mode.",
            fields: [slug, .optional("name", FieldSchema.name, "What people read; the slug where left out.")] + content,
            answer: .one("toolset", "Toolset")
        ).with {
            $0.status = 201
            $0.creates = true
        },
        Call(
            .get,
            "toolsets.list",
            scope: .reader,
            "Lists toolsets by slug; staging copies are not listed apart.",
            fields: .page,
            answer: .list("toolsets", of: "Toolset")
        ),
        Call(
            .get,
            "toolsets.get",
            scope: .reader,
            "Tells about a toolset from one of its sides: in staging mode from its staging side where view is left out.",
            fields: [slug, .optional("view", FieldSchema.view, "The side.")],
            answer: .one("toolset", "Toolset")
        ),
        Call(
            .post,
            "toolsets.update",
            scope: .producer,
            "Edits a toolset; in staging mode its staging side. Settings of its address act at once in both modes.",
            fields: [slug, .optional("name", FieldSchema.name, "What people read.")] + content,
            answer: [
                "toolset": FieldSchema.reference("Toolset"),
                // What an edit of settings changes for callers at once.
                "settings_changes": FieldSchema.references("Change"),
            ]
        ),
        Call(
            .delete,
            "toolsets.delete",
            scope: .producer,
            "Takes a toolset away: its addresses answer 404 and its slug is free; its releases are kept.",
            fields: [slug],
            answer: [:]
        ),
        Call(
            .post,
            "toolsets.clone",
            scope: .producer,
            "Makes a toolset in iteration mode of what live serves of another one. Releases stay with that one.",
            fields: [
                slug, .required("new_slug", FieldSchema.slug, "The new toolset."),
                .optional("name", FieldSchema.name, "What people read; as it was where left out."),
                .optional("mcp_slug", FieldSchema.slug, "The last part of its address; new_slug where left out."),
                .optional("mcp_enabled", FieldSchema.flag, "Whether its address answers; as it was where left out."),
                .optional("mcp_is_public", FieldSchema.flag, "Whether it may be called without a key; else not."),
            ],
            answer: .one("toolset", "Toolset")
        ).with {
            $0.status = 201
            $0.creates = true
        },
        Call(
            .get,
            "toolsets.checkMCPSlugAvailability",
            scope: .reader,
            "Tells whether an address is free.",
            fields: [.required("mcp_slug", FieldSchema.slug, "The last part of the address.")],
            answer: ["available": ["type": "boolean"]]
        ),
        Call(
            .get,
            "mcpMetadata.get",
            scope: .reader,
            "Tells what clients read about a toolset's server.",
            fields: [
                .required("toolset_slug", FieldSchema.slug, "The toolset."),
                .optional("view", FieldSchema.view, "The side; in staging mode staging where left out."),
            ],
            answer: .one("metadata", "Metadata")
        ),
        Call(
            .post,
            "mcpMetadata.set",
            scope: .producer,
            "Sets what clients read about a toolset's server; in staging mode on its staging side.",
            fields: [
                .required("toolset_slug", FieldSchema.slug, "The toolset."),
                .optional("instructions", FieldSchema.text, "What clients tell their model about the whole server."),
                .optional(
                    "documentation_url",
                    FieldSchema.nullable(FieldSchema.text),
                    "A page about the server; null for none."
                ),
                .optional(
                    "logo_asset_id",
                    FieldSchema.nullable(FieldSchema.id),
                    "The picture that clients show for the server, uploaded by assets.uploadImage; null for none."
                ),
            ],
            answer: .one("metadata", "Metadata")
        ),
    ]

    static let releases = [
        Call(
            .post,
            "toolsets.createStagingVersion",
            scope: .producer,
            "Gives the staging side of a toolset in staging mode; it is made when the mode is switched.",
            fields: [slug],
            answer: .one("toolset", "Toolset")
        ),
        Call(
            .post,
            "toolsets.publishStagingVersion",
            scope: .publisher,
            "Freezes the staging side as the next release and makes it live.",
            fields: publishing,
            answer: activated
        ).with {
            $0.status = 201
            $0.creates = true
        },
        Call(
            .delete,
            "toolsets.discardStagingVersion",
            scope: .producer,
            "Makes the staging side equal to live. Changes of the project go on being shown.",
            fields: [slug],
            answer: .one("toolset", "Toolset")
        ),
        Call(
            .post,
            "toolsets.switchEditingMode",
            scope: .publisher,
            "Switches between iteration mode (changes are live at once) and staging mode (changes are published).",
            fields: [
                slug,
                .required("mode", ["type": "string", "enum": ["iteration", "staging"]], "The mode to have."),
                .optional(
                    "confirm_digest",
                    ["type": "string", "maxLength": 64],
                    "On the way to iteration mode: the digest of the difference that the answer 422 confirm_required gave."
                ),
            ],
            answer: .one("toolset", "Toolset")
        ),
        Call(
            .get,
            "toolsets.listReleases",
            scope: .reader,
            "Lists the releases of a toolset, newest first.",
            fields: [slug] + .page,
            answer: .list("releases", of: "Release")
        ),
        Call(
            .get,
            "toolsets.getReleaseDetails",
            scope: .reader,
            "Tells everything about a release: what it pins, its tools, its manifest digest.",
            fields: releaseReference,
            answer: .one("release", "Release")
        ),
        Call(
            .post,
            "toolsets.rollbackToRelease",
            scope: .publisher,
            "Makes a release live again, exactly as it was. Staging stays as it is where nothing else is asked for.",
            fields: releaseReference + [
                .optional(
                    "reason",
                    FieldSchema.text,
                    "Why; may be left out where it returns to a release newer than live."
                ),
                .optional(
                    "staging",
                    ["type": "string", "enum": ["keep", "load"]],
                    "Whether staging stays as it is (the default), or is made to show that release."
                ),
                expectedActivationSeq,
                .optional(
                    "hold",
                    FieldSchema.flag,
                    "Whether going back to an older release stops automations; true where left out."
                ),
            ],
            answer: rolledBack
        ).with { $0.creates = true },
        Call(
            .get,
            "toolsets.listActivations",
            scope: .reader,
            "Lists which release went live when, by whom and why, newest first.",
            fields: [slug] + .page,
            answer: .list("activations", of: "Activation")
        ),
    ]
}
