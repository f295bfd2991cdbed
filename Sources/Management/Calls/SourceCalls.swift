import Archive
import JSON
import ManagementAPI
import NIOPosix
import OpenAPI
import Projects
import Releases
import Tools
import Vocabulary

/// `sources.*`, `assets.inspect`, `deployments.effects` and `tools.uses`
struct SourceCalls: CallService {
    let sources: any SourceStore

    var handlers: [String: CallHandler] {
        [
            "sources.list": list, "assets.inspect": inspect, "deployments.effects": effects, "tools.uses": uses,
        ]
    }

    private func list(_ request: CallRequest) async throws -> CallAnswer {
        let sources = try await sources.sources(in: try request.projectID)
        return CallAnswer(["sources": .array(sources.map { .object($0.json) })])
    }

    private func inspect(_ request: CallRequest) async throws -> CallAnswer {
        let id: ID<Asset> = try request.input.id("id")
        guard let (asset, content) = try await sources.document(id, in: try request.projectID),
            asset.kind == "openapi"
        else { throw Problem.notFound("document", id, list: "assets.list") }
        // Reading takes a processor for a while.
        let json = try await NIOThreadPool.singleton.runIfActive { Self.summary(of: content, named: asset.name) }
        return CallAnswer(["document": .object(json)])
    }

    private func effects(_ request: CallRequest) async throws -> CallAnswer {
        let effects = try await sources.effects(of: try request.input.id("id"), in: try request.projectID)
        return CallAnswer(["effects": .object(effects.json)])
    }

    private func uses(_ request: CallRequest) async throws -> CallAnswer {
        let uses = try await sources.uses(of: try request.input.urn("urn"), in: try request.projectID)
        return CallAnswer(["toolsets": .array(uses.map { .object($0.json) })])
    }

    private static let methods: Set<String> = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
    ]

    /// What a document says that it is; or its fault, where it cannot be read at all.
    private static func summary(of content: [UInt8], named name: String) -> JSONObject {
        let ofFile = Slug(ofDocumentNamed: name)?.text
        do {
            let document = try Deployer.read(content, limits: DocumentLimits(bytes: content.count), timeLimit: .none)
            let title = document.root["info"]?["title"]?.string
            let paths = document.root["paths"]?.object?.map(\.value) ?? []
            let operations = paths.map { $0.object?.count { methods.contains($0.key) } ?? 0 }.reduce(0, +)
            return [
                "title": JSONValue(title), "version": JSONValue(document.root["info"]?["version"]?.string),
                "openapi": .string(document.version.rawValue), "operation_count": JSONValue(operations),
                "suggested_slug": .string(ofFile ?? title.flatMap { Slug(nearest: $0) }?.text ?? "api"), "fault": .null,
            ]
        } catch {
            return [
                "title": .null, "version": .null, "openapi": .null, "operation_count": 0,
                "suggested_slug": .string(ofFile ?? "api"), "fault": .object(Self.fault(error)),
            ]
        }
    }

    private static func fault(_ error: any Error) -> JSONObject {
        switch error {
        case let error as DocumentError:
            [
                "message": .string(error.message), "code": .string(error.code.rawValue),
                "file": JSONValue(error.file), "line": JSONValue(error.line), "column": JSONValue(error.column),
            ]
        case let error as ArchiveError:
            [
                "message": .string(error.message), "code": .string(error.code.rawValue),
                "file": JSONValue(error.file), "line": .null, "column": .null,
            ]
        default:
            [
                "message": "The document cannot be read.", "code": "unreadable", "file": .null, "line": .null,
                "column": .null,
            ]
        }
    }
}

extension SourceSummary {
    fileprivate var json: JSONObject {
        [
            "slug": .string(source.slug.text), "kind": .string(source.kind), "asset": .object(asset.json),
            "built_in": .bool(isBuiltIn),
            "output_schemas": .bool(source.servesOutputSchemas ?? false), "tool_count": JSONValue(toolCount),
            "diagnostics": ["error": JSONValue(errorCount), "warning": JSONValue(warningCount)],
            "compiled_at": .string(compiledAt.description), "deployment_seq": JSONValue(deploymentSeq),
        ]
    }
}

extension ToolUse {
    fileprivate var json: JSONObject {
        [
            "slug": .string(slug.text), "name": .string(name), "editing_mode": .string(mode.rawValue),
            "has_own_variation": .bool(hasOwnVariation),
        ]
    }
}

extension DeploymentEffects {
    fileprivate var json: JSONObject {
        [
            "deployment_id": .string(deployment.text), "previous_deployment_id": JSONValue(previous?.text),
            "active": .bool(isActive), "added": Self.list(added), "removed": Self.list(removed),
            "changed": Self.list(changed),
            "offered_names": .array(
                offeredNames.map { ["urn": .string($0.urn.description), "name": .string($0.name)] }
            ),
            "toolsets": .array(
                toolsets.map {
                    [
                        "slug": .string($0.slug.text), "name": .string($0.name), "state": .string($0.state.rawValue),
                        "changed": Self.list($0.changed), "orphans": Self.list($0.orphans),
                    ]
                }
            ),
        ]
    }

    private static func list(_ urns: [ToolURN]) -> JSONValue { JSONValue(urns.map(\.description)) }
}
