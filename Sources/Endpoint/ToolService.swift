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

    /// Calls a tool of an address. What goes wrong is a result that tells a model what to change. `headers` are the
    /// request's, which may bring the caller's own variables.
    ///
    /// - Throws: `CallFailure.unknownTool`.
    package func call(
        _ name: String,
        arguments: JSONObject,
        at entry: ServingCatalog.Entry,
        by person: String?,
        headers: HeaderFields = HeaderFields(),
        trace: TraceContext
    ) async throws -> ToolResult {
        guard let tool = entry.image.tool(name) else { throw CallFailure.unknownTool(name) }
        let start = ContinuousClock.now
        let (result, outcome, status) = await run(tool, arguments: arguments, at: entry, headers: headers, trace: trace)
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
        headers: HeaderFields,
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
        let variables: [String: String]
        do throws(CallerVariables.Refused) {
            let callers = CallerVariables(headers, allowed: entry.callerVariables)
            variables = try callers.merged(into: entry.variables, for: tool.call)
        } catch {
            return (.error("The call of \(tool.name) was not made. \(error.message)"), "refused", nil)
        }
        let outcome = await caller.call(
            tool.call,
            arguments: arguments,
            variables: variables,
            trace: TraceHeaders(
                traceparent: trace.traceparent,
                tracestate: trace.tracestate,
                baggage: trace.baggage
            )
        )
        let result = checked(outcome, of: tool, in: entry.image)
        return (result, result.isError ? "tool_error" : "ok", outcome.status)
    }

    /// The result of an answer: with its data where the tool promises some, and an error where it is not as promised.
    private func checked(_ outcome: ToolCallOutcome, of tool: CompiledTool, in image: ServingImage) -> ToolResult {
        guard tool.tool["outputSchema"] != nil, !outcome.isError else {
            return ToolResult(content: outcome.blocks, isError: outcome.isError)
        }
        return OutputCheck.result(outcome) { try image.outputSchema(of: tool)?.validate($0) ?? [] }
    }
}

extension ToolResult {
    /// What a model is told that gave wrong arguments.
    fileprivate static func wrongArguments(_ errors: [ValidationError], of tool: String) -> ToolResult {
        let sentences = errors.map { "- \($0.message)" }.joined(separator: "\n")
        return .error("The call of \(tool) was not made, because its arguments do not fit:\n\(sentences)")
    }
}
