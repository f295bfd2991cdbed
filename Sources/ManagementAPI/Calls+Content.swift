import Accounts
import JSON

extension Calls {
    private static let toolURN = Field.required("tool_urn", FieldSchema.urn, "The tool.")
    private static let toolsetSlug = Field.required("toolset_slug", FieldSchema.slug, "The toolset.")
    private static let hints = FieldSchema.object([
        ("read_only_hint", FieldSchema.nullable(FieldSchema.flag), false),
        ("destructive_hint", FieldSchema.nullable(FieldSchema.flag), false),
        ("idempotent_hint", FieldSchema.nullable(FieldSchema.flag), false),
        ("open_world_hint", FieldSchema.nullable(FieldSchema.flag), false),
    ])
    private static let overrides: [Field] = [
        .optional("name", FieldSchema.nullable(FieldSchema.toolName), "The name that clients see."),
        .optional("title", FieldSchema.nullable(FieldSchema.name), "The title that people see."),
        .optional(
            "summary",
            FieldSchema.nullable(FieldSchema.text),
            "A short description, served where no layer overrides the description itself."
        ),
        .optional("description", FieldSchema.nullable(FieldSchema.text), "What models read."),
        .optional("tags", FieldSchema.nullable(FieldSchema.list(of: FieldSchema.name)), "The tool's tags."),
        .optional("annotations", hints, "Hints about what a call does."),
        .optional(
            "confirm",
            FieldSchema.nullable(["type": "string", "enum": ["never", "session", "always"]]),
            "When a person is asked before the call."
        ),
        .optional("confirm_prompt", FieldSchema.nullable(FieldSchema.text), "What that person is asked."),
        .optional("output_schema", FieldSchema.nullable(FieldSchema.flag), "Whether clients get its output schema."),
    ]

    static let variations = [
        Call(
            .post,
            "variations.upsert",
            scope: .producer,
            "Overrides what a tool says in one toolset; null takes an override off, what is left out stays.",
            fields: [toolsetSlug, toolURN] + overrides,
            answer: .one("variation", "Variation")
        ),
        Call(
            .get,
            "variations.list",
            scope: .reader,
            "Lists a toolset's own overrides.",
            fields: [toolsetSlug] + .page,
            answer: .list("variations", of: "Variation")
        ),
        Call(
            .delete,
            "variations.delete",
            scope: .producer,
            "Takes off all of a toolset's overrides of a tool.",
            fields: [toolsetSlug, toolURN],
            answer: .one("variation", "Variation")
        ),
        Call(
            .get,
            "variations.history",
            scope: .reader,
            "Lists every version of a tool's overrides, newest first.",
            fields: [
                toolURN, .optional("toolset_slug", FieldSchema.slug, "The toolset; the whole project where left out."),
            ] + .page,
            answer: .list("variations", of: "Variation")
        ),
        Call(
            .post,
            "variations.upsertGlobal",
            scope: .producer,
            "Overrides what a tool says in the whole project.",
            fields: [toolURN] + overrides,
            answer: .one("variation", "Variation")
        ),
        Call(
            .get,
            "variations.listGlobal",
            scope: .reader,
            "Lists the overrides of the whole project.",
            fields: .page,
            answer: .list("variations", of: "Variation")
        ),
        Call(
            .delete,
            "variations.deleteGlobal",
            scope: .producer,
            "Takes off all of the project's overrides of a tool.",
            fields: [toolURN],
            answer: .one("variation", "Variation")
        ),
    ]

    private static let argument = FieldSchema.object([
        ("name", ["type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]{0,59}$"], true),
        ("description", FieldSchema.text, false),
        ("required", FieldSchema.flag, false),
    ])
    private static let promptName = Field.required("name", FieldSchema.toolName, "The prompt.")
    private static let promptFields: [Field] = [
        promptName,
        .optional("description", FieldSchema.text, "What the prompt is for."),
        .optional("arguments", FieldSchema.list(of: argument), "What the template may name."),
        .required("prompt", ["type": "string", "minLength": 1, "maxLength": 100_000], "The template, in Mustache."),
    ]

    static let templates = [
        Call(
            .post,
            "templates.create",
            scope: .producer,
            "Makes a prompt.",
            fields: promptFields,
            answer: .one("template", "Template")
        ).with {
            $0.status = 201
            $0.creates = true
        },
        Call(
            .post,
            "templates.update",
            scope: .producer,
            "Writes the next version of a prompt.",
            fields: promptFields,
            answer: .one("template", "Template")
        ),
        Call(
            .get,
            "templates.get",
            scope: .reader,
            "Tells about a prompt.",
            fields: [promptName],
            answer: .one("template", "Template")
        ),
        Call(
            .get,
            "templates.list",
            scope: .reader,
            "Lists prompts by name.",
            fields: .page,
            answer: .list("templates", of: "Template")
        ),
        Call(
            .get,
            "templates.history",
            scope: .reader,
            "Lists every version of a prompt, newest first.",
            fields: [promptName] + .page,
            answer: .list("templates", of: "Template")
        ),
        Call(
            .delete,
            "templates.delete",
            scope: .producer,
            "Deletes a prompt; refused while a toolset or a release needs it.",
            fields: [promptName],
            answer: [:]
        ),
        Call(
            .post,
            "templates.render",
            scope: .reader,
            "Renders a prompt with arguments.",
            fields: [
                promptName,
                .optional(
                    "arguments",
                    ["type": "object", "additionalProperties": ["type": "string"]],
                    "Values by name."
                ),
            ],
            answer: ["text": ["type": "string"]]
        ),
    ]

    private static let entry = FieldSchema.object([
        ("name", FieldSchema.variable.describing("PETSTORE_API_KEY."), true),
        ("value", FieldSchema.text, true),
        (
            "secret", FieldSchema.flag.describing("Whether the value is shown only redacted; true where left out."),
            false
        ),
    ])
    private static let environmentSlug = Field.required("slug", FieldSchema.slug, "The environment.")

    static let environments = [
        Call(
            .post,
            "environments.create",
            scope: .producer,
            "Makes an environment; its values are sealed at rest.",
            fields: [
                environmentSlug, .optional("name", FieldSchema.name, "What people read; the slug where left out."),
                .optional("entries", FieldSchema.list(of: entry), "Its variables."),
            ],
            answer: .one("environment", "Environment")
        ).with {
            $0.status = 201
            $0.creates = true
        },
        Call(
            .get,
            "environments.list",
            scope: .reader,
            "Lists environments by slug, secrets redacted.",
            fields: .page,
            answer: .list("environments", of: "Environment")
        ),
        Call(
            .get,
            "environments.get",
            scope: .reader,
            "Tells about an environment, secrets redacted.",
            fields: [environmentSlug],
            answer: .one("environment", "Environment")
        ),
        Call(
            .post,
            "environments.update",
            scope: .producer,
            "Sets and removes variables; what is not named stays. Acts at once in every release.",
            fields: [
                environmentSlug, .optional("name", FieldSchema.name, "What people read."),
                .optional("entries", FieldSchema.list(of: entry), "Variables to set."),
                .optional("remove", FieldSchema.list(of: FieldSchema.variable), "Variables to remove."),
            ],
            answer: .one("environment", "Environment")
        ),
        Call(
            .post,
            "environments.clone",
            scope: .producer,
            "Makes an environment of another one's variables. Secrets come along only where a key of scope admin asks.",
            fields: [
                environmentSlug, .required("new_slug", FieldSchema.slug, "The new environment."),
                .optional("name", FieldSchema.name, "What people read; new_slug where left out."),
                .optional(
                    "include_secrets",
                    FieldSchema.flag,
                    "Whether secrets are copied, which needs scope admin; else they are left out, and named in left_out."
                ),
            ],
            answer: [
                "environment": FieldSchema.reference("Environment"),
                "left_out": ["type": "array", "items": ["type": "string"]],
            ]
        ).with {
            $0.status = 201
            $0.creates = true
        },
        Call(
            .delete,
            "environments.delete",
            scope: .producer,
            "Deletes an environment; refused while a toolset calls with it.",
            fields: [environmentSlug],
            answer: [:]
        ),
    ]

    private static let scopeNames = JSONValue(Scope.allCases.map(\.rawValue))

    static let keys = [
        Call(
            .post,
            "keys.create",
            scope: .admin,
            "Makes a key. Its secret is in this answer and nowhere else.",
            fields: [
                .required("name", FieldSchema.name, "What the key is for."),
                .required(
                    "scopes",
                    ["type": "array", "items": ["type": "string", "enum": scopeNames], "minItems": 1, "maxItems": 5],
                    "What it may do; each scope includes those before it: consumer, reader, producer, publisher, admin."
                ),
                .optional("project_slug", FieldSchema.slug, "The one project it is for; all where left out."),
                .optional("automation", FieldSchema.flag, "Whether a program uses it, which a hold stops."),
            ],
            answer: ["key": FieldSchema.reference("Key"), "secret": ["type": "string"]]
        ).with {
            $0.status = 201
            $0.creates = true
            $0.needsProject = false
        },
        Call(
            .get,
            "keys.list",
            scope: .admin,
            "Lists keys, without their secrets.",
            fields: .page,
            answer: .list("keys", of: "Key")
        ).with { $0.needsProject = false },
        Call(
            .post,
            "keys.revoke",
            scope: .admin,
            "Ends a key at once.",
            fields: [.required("id", FieldSchema.id, "The key.")],
            answer: .one("key", "Key")
        ).with { $0.needsProject = false },
        Call(
            .get,
            "keys.verify",
            scope: .consumer,
            "Tells about the key that the request carries.",
            answer: .one("key", "Key")
        ).with { $0.needsProject = false },
    ]
}
