import Endpoint
import JSON
import MCP
import Management
import Releases
import Upstream
import Vocabulary

/// What addresses serve, for the management API: people try tools by what clients would get.
struct ServedInstances: Sendable {
    let catalog: ServingCatalog
    let tools: ToolService

    /// - Throws: ``Problem`` `not_found` where nothing is served at the address.
    func entry(at mcpSlug: Slug, _ side: ServedSide) async throws -> ServingCatalog.Entry {
        if let entry = try await catalog.entry(ServingAddress(slug: mcpSlug, side: side)) { return entry }
        if case .release(let number) = side,
            try await catalog.entry(ServingAddress(slug: mcpSlug, side: .live)) != nil
        {
            throw Problem(
                .notFound,
                "The toolset has no release \(number) that can be called; toolsets.listReleases names those it has."
            )
        }
        throw Problem(.notFound, "Nothing is served at /mcp/\(mcpSlug) now; its toolset is turned off.")
    }

    /// Calls a tool.
    ///
    /// - Throws: ``Problem`` `not_found`.
    func invoke(_ invocation: ToolInvocation) async throws -> ToolInvocation.Result {
        let entry = try await entry(at: invocation.mcpSlug, invocation.side)
        do {
            let report = try await tools.report(
                invocation.tool,
                arguments: invocation.arguments,
                at: entry,
                by: invocation.caller,
                trace: TraceContext()
            )
            return ToolInvocation.Result(json: report.result.json(in: .newestLegacy), call: report.json)
        } catch CallFailure.unknownTool(let name) {
            throw Problem(.notFound, "The toolset serves no tool \"\(name)\"; toolsets.get names those it serves.")
        }
    }
}

extension ToolCallReport {
    fileprivate var json: JSONObject {
        [
            "outcome": .string(outcome), "status": JSONValue(status), "milliseconds": JSONValue(milliseconds),
            "release": JSONValue(release),
            "errors": .array(
                argumentErrors.map { ["pointer": .string($0.pointer), "message": .string($0.message)] }
            ),
            "request": request.map { .object($0.json) } ?? .null,
        ]
    }
}

extension ShownRequest {
    fileprivate var json: JSONObject {
        [
            "method": .string(method), "url": .string(url),
            "headers": .array(headers.map { ["name": .string($0.name), "value": .string($0.value)] }),
            "body": JSONValue(body), "body_length": JSONValue(bodyLength),
        ]
    }
}
