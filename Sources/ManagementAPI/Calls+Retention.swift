import Accounts
import JSON

extension Calls {
    private static let slug = Field.required("slug", FieldSchema.slug, "The toolset.")

    /// What becomes of releases that are no longer wanted, and what leaves the server.
    static let retention = [
        Call(
            .post,
            "releases.prune",
            scope: .admin,
            "Takes away what nothing keeps any more: releases that were never live, old kept edits, content that nothing reaches.",
            fields: [
                .optional(
                    "dry_run",
                    FieldSchema.flag,
                    "Whether only to say what would go; true where left out."
                )
            ],
            answer: .one("prune", "Prune")
        ),
        Call(
            .post,
            "toolsets.redactRelease",
            scope: .admin,
            "Takes one item out of a release that must not be kept; every release that holds it can no longer be made live.",
            fields: [slug] + .releaseName + [
                .optional("tool_urn", FieldSchema.urn, "The tool; or prompt_name, or resource_urn."),
                .optional("prompt_name", FieldSchema.name, "The prompt."),
                .optional("resource_urn", FieldSchema.urn, "The resource."),
                .optional(
                    "text",
                    ["type": "string", "minLength": 4, "maxLength": 10_000, "pattern": "\\S"],
                    "The very text that must not be kept, so that remains names what still holds it and nothing else."
                ),
                .required(
                    "reason",
                    ["type": "string", "minLength": 1, "maxLength": 2000],
                    "Why, for whoever reads the release later. Do not repeat what was taken out."
                ),
            ],
            answer: [
                "release": FieldSchema.reference("Release"), "object": ["type": "string"],
                "releases": ["type": "array", "items": ["type": "string"]],
                "remains": ["type": "array", "items": ["type": "string"]],
            ]
        ),
        Call(
            .get,
            "toolsets.exportRelease",
            scope: .reader,
            "Gives a release as one document that can be verified offline.",
            fields: [slug] + .releaseName + [
                .optional(
                    "documents",
                    FieldSchema.flag,
                    "Whether the bytes of its source documents and resources are in it; false where left out."
                )
            ],
            answer: ["export": ["type": "object"]]
        ),
    ]
}
