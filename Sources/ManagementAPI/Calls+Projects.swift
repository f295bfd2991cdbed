import Accounts
import JSON

/// Every call of the management API.
package enum Calls {
    package static let all: [Call] =
        (assets + deployments + tools + toolsets + toolsetTools + instances + releases + reviews + inspections + staging
        + retention + variations + templates + resources + environments + keys + members + projects + operations
        + sources + toolCalls).map { call in
            call.with {
                $0.takesEtag = takingEtags.contains(call.name) || stagingTakingEtags.contains(call.name)
                $0.isHarmlessTwice = call.service == "deployments"
            }
        }

    /// The call of that name.
    package static func named(_ name: String) -> Call? { byName[name] }

    /// The calls that change something whose etag was read before.
    static let takingEtags: Set<String> = [
        "toolsets.update", "toolsets.delete", "mcpMetadata.set", "toolsets.publishStagingVersion",
        "toolsets.discardStagingVersion", "toolsets.switchEditingMode", "toolsets.rollbackToRelease",
        "variations.upsert", "variations.delete", "templates.update", "templates.delete", "resources.update",
        "resources.delete", "environments.update", "environments.delete",
    ]

    private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    static let assets = [
        Call(
            .post,
            "assets.uploadOpenAPI",
            scope: .producer,
            "Uploads an OpenAPI document as it stands in the body: JSON, YAML, or a zip of several files.",
            fields: [.required("name", FieldSchema.name, "The document's name: petstore.yaml.")],
            answer: .one("asset", "Asset")
        ).with {
            $0.status = 201
            $0.creates = true
            $0.takesDocument = true
            $0.mediaTypes.append("application/zip")
        },
        Call(
            .post,
            "assets.importOpenAPI",
            scope: .producer,
            "Fetches an OpenAPI document, or a zip, from an address that the server may call, and keeps it.",
            fields: [
                .required(
                    "url",
                    ["type": "string", "minLength": 8, "maxLength": 2048],
                    "An http or https address; up to 3 redirects are followed, each to an address that may be called."
                ),
                .optional(
                    "name",
                    FieldSchema.name,
                    "The document's name; the last part of the address where left out."
                ),
            ],
            answer: .one("asset", "Asset")
        ).with {
            $0.status = 201
            $0.creates = true
        },
        Call(
            .post,
            "assets.uploadImage",
            scope: .producer,
            "Uploads a logo as it stands in the body: PNG, JPEG, GIF, WebP or SVG, at most 512 KiB.",
            fields: [.required("name", FieldSchema.name, "The image's name: logo.png.")],
            answer: .one("asset", "Asset")
        ).with {
            $0.status = 201
            $0.creates = true
            $0.takesDocument = true
            $0.mediaTypes = ["image/*", "application/octet-stream"]
            $0.largestBody = 512 << 10
        },
        Call(
            .get,
            "assets.get",
            scope: .reader,
            "Tells about an uploaded document or image.",
            fields: [.required("id", FieldSchema.id, "The asset.")],
            answer: .one("asset", "Asset")
        ),
        Call(
            .get,
            "assets.list",
            scope: .reader,
            "Lists uploaded documents and images, newest first.",
            fields: .page,
            answer: .list("assets", of: "Asset")
        ),
    ]

    private static let source = FieldSchema.object([
        ("slug", FieldSchema.slug.describing("The source: what its tools' URNs are named after."), true),
        ("kind", ["type": "string", "enum": ["openapi", "function"]], false),
        ("asset_id", FieldSchema.id.describing("The uploaded document."), true),
        (
            "output_schemas",
            FieldSchema.flag.describing(
                "Whether clients get output schemas of its tools, where neither a variation nor a toolset says it. Where left out, as the source had it last; false for a new one."
            ), false
        ),
    ])
    private static let wait = Field.optional(
        "wait",
        FieldSchema.flag,
        "Whether the answer comes when the deployment is done (the default), or at once with a pending one."
    )
    private static let deploymentID = Field.required("id", FieldSchema.id, "The deployment.")

    static let deployments = [
        Call(
            .post,
            "deployments.create",
            scope: .producer,
            "Compiles these sources to tools. When the deployment completes it is the project's active one.",
            fields: [
                .required("sources", FieldSchema.list(of: source), "Every source that the deployment has."), wait,
            ],
            answer: .one("deployment", "Deployment")
        ).with {
            $0.status = 201
            $0.creates = true
        },
        Call(
            .post,
            "deployments.evolve",
            scope: .producer,
            "Deploys the sources of the active deployment with some of them set or removed.",
            fields: [
                .optional("upsert", FieldSchema.list(of: source), "Sources to add, or to give another document."),
                .optional("remove", FieldSchema.list(of: FieldSchema.slug), "Sources to leave out."), wait,
            ],
            answer: .one("deployment", "Deployment")
        ).with {
            $0.status = 201
            $0.creates = true
        },
        Call(
            .post,
            "deployments.redeploy",
            scope: .producer,
            "Deploys the sources of an earlier deployment again.",
            fields: [deploymentID, wait],
            answer: .one("deployment", "Deployment")
        ).with {
            $0.status = 201
            $0.creates = true
        },
        Call(
            .get,
            "deployments.get",
            scope: .reader,
            "Tells about a deployment.",
            fields: [deploymentID],
            answer: .one("deployment", "Deployment")
        ),
        Call(
            .get,
            "deployments.list",
            scope: .reader,
            "Lists deployments, newest first.",
            fields: .page,
            answer: .list("deployments", of: "Deployment")
        ),
        Call(
            .get,
            "deployments.active",
            scope: .reader,
            "Tells about the active deployment: the newest completed one, or null.",
            answer: ["deployment": ["anyOf": [FieldSchema.reference("Deployment"), ["type": "null"]]]]
        ),
        Call(
            .get,
            "deployments.logs",
            scope: .reader,
            "Lists what happened in a deployment, with every diagnostic of its documents and its place.",
            fields: [deploymentID] + .page,
            answer: .list("logs", of: "DeploymentLog")
        ),
    ]

    static let tools = [
        Call(
            .get,
            "tools.list",
            scope: .reader,
            "Lists the tools of the active deployment, or of another one.",
            fields: [
                .optional("source", FieldSchema.slug, "Only the tools of this source."),
                .optional(
                    "q",
                    ["type": "string", "maxLength": 200],
                    "Only tools whose URN or address holds this text."
                ),
                .optional("deployment_id", FieldSchema.id, "The deployment to look into."),
            ] + .page,
            answer: .list("tools", of: "Tool")
        ),
        Call(
            .get,
            "tools.get",
            scope: .reader,
            "Tells everything about a tool: its schemas and how it is called.",
            fields: [
                .required("urn", FieldSchema.urn, "The tool: tools:http:<source>:<name>."),
                .optional("deployment_id", FieldSchema.id, "The deployment to look into."),
            ],
            answer: .one("tool", "Tool")
        ),
    ]

    static let projects = [
        Call(
            .post,
            "projects.create",
            scope: .admin,
            "Makes a project.",
            fields: [
                .required("slug", FieldSchema.slug, "The project's slug."),
                .optional("name", FieldSchema.name, "What people read; the slug where left out."),
            ],
            answer: .one("project", "Project")
        ).with {
            $0.status = 201
            $0.creates = true
            $0.needsProject = false
        },
        Call(
            .get,
            "projects.list",
            scope: .reader,
            "Lists the projects that the key may see.",
            fields: .page,
            answer: .list("projects", of: "Project")
        ).with { $0.needsProject = false },
        Call(
            .get,
            "projects.get",
            scope: .reader,
            "Tells about a project.",
            fields: [.required("slug", FieldSchema.slug, "The project.")],
            answer: .one("project", "Project")
        ).with { $0.needsProject = false },
    ]

    static let operations = [
        Call(
            .get,
            "features.list",
            scope: .reader,
            "Lists the flags of the organization.",
            answer: ["features": FieldSchema.references("Feature")]
        ).with { $0.needsProject = false },
        Call(
            .post,
            "features.set",
            scope: .admin,
            "Turns a flag on or off.",
            fields: [
                .required("name", ["type": "string", "enum": ["toolset_staging"]], "The flag."),
                .required("on", FieldSchema.flag, "Whether it is on."),
            ],
            answer: .one("feature", "Feature")
        ).with { $0.needsProject = false },
        Call(
            .get,
            "auditLogs.list",
            scope: .reader,
            "Lists who changed what, newest first.",
            fields: [
                .optional("actor", FieldSchema.name, "Only what this person or key did."),
                .optional(
                    "action",
                    FieldSchema.name,
                    "Only this action, toolset.update, or all of a subject: toolset."
                ),
            ] + .page,
            answer: .list("audit_logs", of: "AuditEvent")
        ),
    ]
}
