import JSON
import MCP
import Projects
import Releases
import Vocabulary

/// One address as one request meets it: an image, and who is asking.
struct Serving: ServedContent {
    let entry: ServingCatalog.Entry
    let tools: ToolService
    let contents: ResourceContents
    let person: String?
    /// Those of the request: a caller's variables, and the trace where `_meta` has none.
    var headers = HeaderFields()

    var implementation: Implementation {
        let metadata = entry.image.content.manifest.metadata
        return Implementation(
            name: entry.served.mcpSlug.text,
            title: metadata.name,
            version: entry.served.releaseNumber.map { "release \($0)" }
                ?? (entry.served.side == .staging ? "staging" : "iteration"),
            description: metadata.description.isEmpty ? nil : metadata.description,
            websiteURL: metadata.documentationURL,
            icons: metadata.logo.map { logo in
                [Icon(source: "\(entry.publicURL)/images/\(logo.digest.hex)", mimeType: logo.mimeType)]
            } ?? []
        )
    }

    var instructions: String? {
        let text = entry.image.content.manifest.metadata.instructions
        return text.isEmpty ? nil : text
    }

    var caching: Caching { ListLifetime.caching(of: entry.served, now: .now()) }

    var meta: JSONObject {
        ToolResult.meta(release: entry.served.releaseNumber, digest: entry.image.content.digest)
    }

    /// A release never becomes another one, so at its address there is nothing to tell.
    var tellsChanges: Bool {
        if case .release = entry.served.side { false } else { true }
    }

    func etag(of list: ListKind, in revision: Revision) -> String? {
        "\"\(revision.rawValue).\(list.rawValue).\(entry.image.digest(of: list, in: revision))\""
    }

    var offersTools: Bool { true }
    var offersPrompts: Bool { !entry.image.content.prompts.isEmpty }
    var offersResources: Bool { !entry.image.content.resources.isEmpty }

    func toolsJSON(for revision: Revision) -> [UInt8] { entry.image.toolsJSON(for: revision) }
    func promptsJSON(for revision: Revision) -> [UInt8] { entry.image.promptsJSON(for: revision) }
    func resourcesJSON(for revision: Revision) -> [UInt8] { entry.image.resourcesJSON(for: revision) }
    /// In its grace time the release before may know a name that live does not.
    func hasTool(named name: String) -> Bool {
        entry.image.tool(name) != nil || entry.former?.takesCalls(at: .now()) == true
    }

    func headerParameters(ofTool name: String) -> [HeaderParameter] { entry.image.headerParameters(of: name) }

    func call(_ name: String, arguments: JSONObject, context: CallContext) async throws -> ToolResult {
        try await tools.call(
            name,
            arguments: arguments,
            at: entry,
            by: person,
            headers: headers,
            trace: context.trace.completed(by: headers)
        )
    }

    func prompt(_ name: String, arguments: [String: String]) throws -> PromptResult {
        guard let prompt = entry.image.prompt(name) else { throw MCP.PromptFailure.unknownPrompt(name) }
        do throws(Projects.PromptFailure) {
            return PromptResult(
                description: prompt.description,
                messages: [PromptResult.Message(role: .user, content: .text(try prompt.render(arguments)))]
            )
        } catch {
            switch error {
            case .missingArgument(let argument): throw MCP.PromptFailure.missingArgument(argument, ofPrompt: name)
            case .unknownArgument(let argument): throw MCP.PromptFailure.unknownArgument(argument, ofPrompt: name)
            case .template: throw error
            }
        }
    }

    func resource(_ uri: String) async throws -> EmbeddedResource? {
        guard let resource = entry.image.resource(uri) else { return nil }
        let bytes = try await contents.bytes(resource.digest)
        guard resource.isText else { return EmbeddedResource(uri: uri, mimeType: resource.mimeType, bytes: bytes) }
        return EmbeddedResource(
            uri: uri,
            mimeType: resource.mimeType,
            contents: .text(String(decoding: bytes, as: UTF8.self))
        )
    }
}

extension TraceContext {
    /// The trace of a request that `_meta` says, else that of its HTTP headers. `_meta` goes first: it is what the client
    /// wrote for this message, while gateways on the way write headers of their own. A state stays with its parent.
    func completed(by headers: HeaderFields) -> TraceContext {
        // W3C Trace Context, section 3.2.1: one traceparent, or none counts; a tracestate may come in several lines.
        let parents = headers.values("traceparent")
        let list = { (name: String) -> String? in
            let lines = headers.values(name)
            return lines.isEmpty ? nil : lines.joined(separator: ",")
        }
        let carried = TraceContext(
            traceparent: parents.count == 1 ? parents.first : nil,
            tracestate: list("tracestate"),
            baggage: list("baggage")
        )
        let own = traceparent == nil ? carried : self
        return TraceContext(
            traceparent: own.traceparent,
            tracestate: own.tracestate,
            baggage: baggage ?? carried.baggage
        )
    }
}
