package import JSON
import JSONSchema
package import MCP
package import Projects
import Releases
package import Upstream
import Vocabulary

/// Runs tools: arguments are checked, the call goes out, and the log is told.
package struct ToolService: Sendable {
    private let caller: ToolCaller
    private let log: @Sendable (ToolCallRecord) -> Void

    /// - Parameters:
    ///   - caller: Makes the calls.
    ///   - log: Takes a line for the tool call log; must return at once.
    package init(caller: ToolCaller, log: @escaping @Sendable (ToolCallRecord) -> Void) {
        self.caller = caller
        self.log = log
    }

    /// Calls a tool of an address. What goes wrong is a result that tells a model what to change.
    ///
    /// - Throws: `CallFailure.unknownTool`.
    package func call(
        _ name: String,
        arguments: JSONObject,
        at entry: ServingCatalog.Entry,
        by person: String?,
        trace: TraceContext
    ) async throws -> ToolResult {
        guard let tool = entry.image.tool(name) else { throw CallFailure.unknownTool(name) }
        let start = ContinuousClock.now
        let (result, outcome, status) = await run(tool, arguments: arguments, at: entry, trace: trace)
        log(
            ToolCallRecord(
                projectID: entry.served.projectID,
                toolsetID: entry.served.toolsetID.text,
                releaseID: entry.served.releaseID?.text,
                view: entry.served.view.rawValue,
                toolName: name,
                urn: tool.urn.description,
                outcome: outcome,
                status: status,
                milliseconds: Int((ContinuousClock.now - start) / .milliseconds(1)),
                caller: person,
                at: Timestamp.now()
            )
        )
        return result
    }

    private func run(
        _ tool: CompiledTool,
        arguments: JSONObject,
        at entry: ServingCatalog.Entry,
        trace: TraceContext
    ) async -> (ToolResult, outcome: String, status: Int?) {
        var arguments = arguments
        do {
            let schema = try entry.image.schema(of: tool)
            var errors = schema.validate(.object(arguments))
            // Models like to send `"{\"a\":1}"` for an object.
            if !errors.isEmpty, case let repaired = schema.repaired(.object(arguments)), !repaired.places.isEmpty {
                errors = schema.validate(repaired.value)
                arguments = repaired.value.object ?? arguments
            }
            guard errors.isEmpty else { return (.wrongArguments(errors, of: tool.name), "refused", nil) }
        } catch {
            let message = "The tool \(tool.name) has an input schema that cannot be read (\(error)); it was not called."
            return (.error(message), "refused", nil)
        }
        let outcome = await caller.call(
            tool.call,
            arguments: arguments,
            variables: entry.variables,
            trace: TraceHeaders(
                traceparent: trace.traceparent,
                tracestate: trace.tracestate,
                baggage: trace.baggage
            )
        )
        return (ToolResult(outcome), outcome.isError ? "tool_error" : "ok", outcome.status)
    }
}

extension ToolResult {
    /// What a model is told that gave wrong arguments.
    fileprivate static func wrongArguments(_ errors: [ValidationError], of tool: String) -> ToolResult {
        let sentences = errors.map { "- \($0.message)" }.joined(separator: "\n")
        return .error("The call of \(tool) was not made, because its arguments do not fit:\n\(sentences)")
    }

    fileprivate init(_ outcome: ToolCallOutcome) {
        self.init(
            content: outcome.content.map { content in
                switch content {
                case .text(let text): .text(text)
                case .image(let bytes, let type): ContentBlock(.image(Media(bytes, mimeType: type)))
                case .audio(let bytes, let type): ContentBlock(.audio(Media(bytes, mimeType: type)))
                case .binary(let bytes, let type):
                    ContentBlock(.resource(EmbeddedResource(uri: "slipway:answer", mimeType: type, bytes: bytes)))
                }
            },
            isError: outcome.isError
        )
    }
}
