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
    /// A call that live cannot take, and that the release before can, is run by that one in its grace time. Everything
    /// about the result says so.
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
        let start = ContinuousClock.now
        let taken = try await taken(name, arguments, at: entry)
        let (run, outcome, status) = await run(taken, at: entry, headers: headers, trace: trace)
        log(
            ToolCallRecord(
                projectID: entry.served.projectID,
                toolsetID: entry.served.toolsetID.text,
                releaseID: (taken.former?.id ?? entry.served.releaseID)?.text,
                view: entry.served.side.nameInLog,
                toolName: name,
                urn: taken.tool.urn.description,
                outcome: outcome,
                status: status,
                milliseconds: Int((ContinuousClock.now - start) / .milliseconds(1)),
                caller: person,
                at: Timestamp.now()
            )
        )
        var result = run
        let answered = ToolResult.meta(
            release: taken.former?.number ?? entry.served.releaseNumber,
            digest: taken.image.content.digest
        )
        for (key, value) in answered { result.meta[key] = value }
        if taken.former != nil { result.meta["slipway/grace"] = true }
        return result
    }

    private func run(
        _ taken: TakenCall,
        at entry: ServingCatalog.Entry,
        headers: HeaderFields,
        trace: TraceContext
    ) async -> (ToolResult, outcome: String, status: Int?) {
        let tool = taken.tool
        let arguments: JSONObject
        switch taken.fit {
        case .fits(let fitting): arguments = fitting
        case .errors(let errors): return (.wrongArguments(errors, of: tool.name), "refused", nil)
        case .unreadable(let error):
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
        let result = checked(outcome, of: tool, in: taken.image)
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

extension ServedSide {
    /// The `view` of the tool call log.
    fileprivate var nameInLog: String {
        switch self {
        case .live: "live"
        case .staging: "staging"
        case .release: "release"
        }
    }
}
