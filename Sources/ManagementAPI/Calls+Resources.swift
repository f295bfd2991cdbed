import Accounts
import JSON

extension Calls {
    private static let slug = Field.required(
        "slug",
        FieldSchema.slug,
        "The resource: its URN is resources:asset:<slug>."
    )
    private static let mimeType: JSONObject = ["type": "string", "minLength": 3, "maxLength": 200]
    private static let content: [Field] = [
        .optional("title", FieldSchema.nullable(FieldSchema.name), "What people read; null for none."),
        .optional("description", FieldSchema.nullable(FieldSchema.text), "What the resource is for; null for none."),
        .optional("text", ["type": "string"], "What the resource says, as text; or blob. At most 4 MiB as UTF-8."),
        .optional(
            "blob",
            ["type": "string"],
            "The resource's bytes as standard base64 with padding; or text. At most 4 MiB of them."
        ),
    ]

    static let resources = [
        Call(
            .post,
            "resources.create",
            scope: .producer,
            "Makes a resource: a document of text or bytes that clients read by its URI.",
            fields: [
                slug, .required("mime_type", mimeType, "What the bytes are: text/markdown, image/png."),
                .optional("name", FieldSchema.name, "What clients call it; the slug where left out."),
            ] + content,
            answer: .one("resource", "Resource")
        ).with {
            $0.status = 201
            $0.creates = true
        },
        Call(
            .post,
            "resources.update",
            scope: .producer,
            "Writes the next version of a resource; what is left out stays.",
            fields: [
                slug, .optional("mime_type", mimeType, "What the bytes are."),
                .optional("name", FieldSchema.name, "What clients call it."),
            ] + content,
            answer: .one("resource", "Resource")
        ),
        Call(
            .get,
            "resources.get",
            scope: .reader,
            "Tells about a resource, and what it says where that is asked for.",
            fields: [
                slug,
                .optional(
                    "content",
                    FieldSchema.flag,
                    "Whether the answer has what the resource says, as text or as blob; false where left out."
                ),
            ],
            answer: .one("resource", "Resource")
        ),
        Call(
            .get,
            "resources.list",
            scope: .reader,
            "Lists resources by slug.",
            fields: .page,
            answer: .list("resources", of: "Resource")
        ),
        Call(
            .get,
            "resources.history",
            scope: .reader,
            "Lists every version of a resource, newest first.",
            fields: [slug] + .page,
            answer: .list("resources", of: "Resource")
        ),
        Call(
            .delete,
            "resources.delete",
            scope: .producer,
            "Deletes a resource; refused while a toolset or a release needs it.",
            fields: [slug],
            answer: [:]
        ),
    ]
}
