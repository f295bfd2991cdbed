import JSON
import ManagementAPI
import Projects
import Vocabulary

/// `deployments.*`
struct DeploymentCalls: CallService {
    let deployments: any DeploymentStore
    let deployer: Deployer

    var handlers: [String: CallHandler] {
        [
            "deployments.create": create, "deployments.evolve": evolve, "deployments.redeploy": redeploy,
            "deployments.get": get, "deployments.list": list, "deployments.active": active, "deployments.logs": logs,
        ]
    }

    private func create(_ request: CallRequest) async throws -> CallAnswer {
        let pending = try await deployments.beginDeployment(
            of: try sources(in: request.input, "sources"),
            in: try request.projectID,
            by: request.actor
        )
        return try await finish(pending, request)
    }

    private func evolve(_ request: CallRequest) async throws -> CallAnswer {
        let upsert = try sources(in: request.input, "upsert")
        let remove = try (request.input.names("remove") ?? []).compactMap { Slug($0) }
        guard !upsert.isEmpty || !remove.isEmpty else {
            throw Problem(
                .invalid,
                "Say what changes: upsert or remove. deployments.redeploy deploys again what was deployed; nothing was done.",
                errors: [.init(pointer: "", message: "needs upsert or remove")]
            )
        }
        if let both = remove.first(where: { slug in upsert.contains { $0.slug == slug } }) {
            throw Problem(
                .invalid,
                "The source \"\(both)\" is to be set and removed at once; nothing was deployed.",
                errors: [.init(pointer: "/remove", message: "\(both) stands in upsert too")]
            )
        }
        let pending = try await deployments.evolveDeployment(
            setting: upsert,
            removing: remove,
            in: try request.projectID,
            by: request.actor
        )
        return try await finish(pending, request)
    }

    private func redeploy(_ request: CallRequest) async throws -> CallAnswer {
        let pending = try await deployments.beginDeployment(
            of: try await existing(request).sources,
            in: try request.projectID,
            by: request.actor
        )
        return try await finish(pending, request)
    }

    private func get(_ request: CallRequest) async throws -> CallAnswer {
        CallAnswer(["deployment": .object(try await existing(request).json)])
    }

    private func list(_ request: CallRequest) async throws -> CallAnswer {
        CallAnswer("deployments", try await deployments.deployments(in: try request.projectID, request.page), \.json)
    }

    private func active(_ request: CallRequest) async throws -> CallAnswer {
        let active = try await deployments.activeDeployment(in: try request.projectID)
        return CallAnswer(["deployment": active.map { .object($0.json) } ?? .null])
    }

    private func logs(_ request: CallRequest) async throws -> CallAnswer {
        let page = try await deployments.logs(
            of: try request.input.id("id"),
            in: try request.projectID,
            request.page
        )
        return CallAnswer("logs", page, \.json)
    }

    private func existing(_ request: CallRequest) async throws -> Deployment {
        let id: ID<Deployment> = try request.input.id("id")
        guard let deployment = try await deployments.deployment(id, in: try request.projectID) else {
            throw Problem.notFound("deployment", id, list: "deployments.list")
        }
        return deployment
    }

    private func finish(_ pending: Deployment, _ request: CallRequest) async throws -> CallAnswer {
        let project = try request.projectID
        guard request.input["wait"]?.bool ?? true else {
            try deployer.enqueue(pending.id, in: project)
            return CallAnswer(["deployment": .object(pending.json)])
        }
        return CallAnswer(["deployment": .object(try await deployer.finish(pending.id, in: project).json)])
    }

    private func sources(in input: JSONObject, _ name: String) throws -> [DeploymentSource] {
        var sources: [DeploymentSource] = []
        for (position, item) in (input[name]?.array ?? []).enumerated() {
            guard item["kind"]?.string != "function" else {
                throw Problem(
                    .notSupported,
                    "Sources of kind function are not supported yet; nothing was deployed.",
                    errors: [.init(pointer: "/\(name)/\(position)/kind", message: "not supported")]
                )
            }
            let object = item.object ?? [:]
            let source = DeploymentSource(
                slug: try object.slug("slug"),
                assetID: try object.id("asset_id"),
                servesOutputSchemas: object["output_schemas"]?.bool
            )
            guard !sources.contains(where: { $0.slug == source.slug }) else {
                throw Problem(
                    .invalid,
                    "The source \"\(source.slug)\" stands in the list twice; nothing was deployed.",
                    errors: [.init(pointer: "/\(name)/\(position)/slug", message: "stands in the list twice")]
                )
            }
            sources.append(source)
        }
        return sources
    }
}

extension Deployment {
    fileprivate var json: JSONObject {
        [
            "id": .string(id.text), "seq": JSONValue(seq), "status": .string(status.rawValue),
            "sources": .array(
                sources.map {
                    [
                        "slug": .string($0.slug.text), "kind": .string($0.kind), "asset_id": .string($0.assetID.text),
                        "output_schemas": .bool($0.servesOutputSchemas ?? false),
                    ]
                }
            ),
            "tool_count": JSONValue(toolCount),
            "diagnostics": ["error": JSONValue(errorCount), "warning": JSONValue(warningCount)],
            "created_at": .string(createdAt.description), "completed_at": JSONValue(completedAt?.description),
        ]
    }
}

extension DeploymentLog {
    fileprivate var json: JSONObject {
        [
            "level": .string(level.rawValue), "message": .string(message), "code": JSONValue(diagnostic?.code),
            "source": JSONValue(diagnostic?.source?.text), "file": JSONValue(diagnostic?.file),
            "pointer": JSONValue(diagnostic?.pointer),
            "line": JSONValue(diagnostic?.line), "column": JSONValue(diagnostic?.column),
        ]
    }
}
