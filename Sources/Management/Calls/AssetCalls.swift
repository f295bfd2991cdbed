import JSON
import Projects
import Vocabulary

/// `assets.*`
struct AssetCalls: CallService {
    let deployments: any DeploymentStore

    var handlers: [String: CallHandler] {
        ["assets.uploadOpenAPI": upload, "assets.get": get, "assets.list": list]
    }

    private func upload(_ request: CallRequest) async throws -> CallAnswer {
        guard !request.document.isEmpty else {
            throw Problem(.invalid, "The body is empty: send the OpenAPI document as it stands.")
        }
        let asset = try await deployments.saveAsset(
            name: request.input.text("name") ?? "openapi",
            kind: "openapi",
            contentType: request.contentType.isEmpty ? "application/octet-stream" : request.contentType,
            content: request.document,
            in: try request.projectID,
            by: request.actor
        )
        return CallAnswer(["asset": .object(asset.json)])
    }

    private func get(_ request: CallRequest) async throws -> CallAnswer {
        let id: ID<Asset> = try request.input.id("id")
        guard let asset = try await deployments.asset(id, in: try request.projectID) else {
            throw Problem.notFound("asset", id, list: "assets.list")
        }
        return CallAnswer(["asset": .object(asset.json)])
    }

    private func list(_ request: CallRequest) async throws -> CallAnswer {
        CallAnswer("assets", try await deployments.assets(in: try request.projectID, request.page), \.json)
    }
}

extension Asset {
    fileprivate var json: JSONObject {
        [
            "id": .string(id.text), "name": .string(name), "kind": .string(kind), "sha256": .string(digest.hex),
            "content_type": .string(contentType), "content_length": JSONValue(contentLength),
            "created_at": .string(createdAt.description),
        ]
    }
}
