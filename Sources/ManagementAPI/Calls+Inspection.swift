import Accounts
import JSON

extension Calls {
    private static let slug = Field.required("slug", FieldSchema.slug, "The toolset.")

    /// The calls that look closer at what would go live.
    static let inspections = [
        Call(
            .get,
            "toolsets.compareItem",
            scope: .reader,
            "Tells what two sides of a toolset say about one tool, prompt or resource: its definition, and how it is called.",
            fields: [
                slug,
                .required("from", FieldSchema.side, "The side before: a release's number or label, live or staging."),
                .required("to", FieldSchema.side, "The side after: a release's number or label, live or staging."),
                .required("subject", FieldSchema.urn, "The subject of a change: a URN, or toolset."),
            ],
            answer: .one("item", "ComparedItem")
        ),
        Call(
            .get,
            "toolsets.preflightRelease",
            scope: .reader,
            "Tells what making a release live would be checked against.",
            fields: [slug] + .releaseName,
            answer: .one("preflight", "Preflight")
        ),
    ]
}
