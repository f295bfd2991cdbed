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
        try await report(name, arguments: arguments, at: entry, by: person, headers: headers, trace: trace).result
    }

    /// Calls a tool as ``call(_:arguments:at:by:headers:trace:)`` does, and tells how that went.
    ///
    /// - Throws: `CallFailure.unknownTool`.
    package func report(
        _ name: String,
        arguments: JSONObject,
        at entry: ServingCatalog.Entry,
        by person: String?,
        headers: HeaderFields = HeaderFields(),
        trace: TraceContext
    ) async throws -> ToolCallReport {
        let start = ContinuousClock.now
        let taken = try await taken(name, arguments, at: entry)
        var report = await run(taken, at: entry, headers: headers, trace: trace)
        report.milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
        report.release = taken.former?.number ?? entry.served.releaseNumber
        log(
            ToolCallRecord(
                projectID: entry.served.projectID,
                toolsetID: entry.served.toolsetID.text,
                releaseID: (taken.former?.id ?? entry.served.releaseID)?.text,
                view: entry.served.side.nameInLog,
                toolName: name,
                urn: taken.tool.urn.description,
                outcome: report.outcome,
                status: report.status,
                milliseconds: report.milliseconds,
                caller: person,
                at: Timestamp.now()
            )
        )
        let answered = ToolResult.meta(release: report.release, digest: taken.image.content.digest)
        for (key, value) in answered { report.result.meta[key] = value }
        if taken.former != nil { report.result.meta["slipway/grace"] = true }
        return report
    }

    private func run(
        _ taken: TakenCall,
        at entry: ServingCatalog.Entry,
        headers: HeaderFields,
        trace: TraceContext
    ) async -> ToolCallReport {
        let tool = taken.tool
        let arguments: JSONObject
        switch taken.fit {
        case .fits(let fitting): arguments = fitting
        case .errors(let errors):
            return ToolCallReport(.wrongArguments(errors, of: tool.name), outcome: "refused", errors: errors)
        case .unreadable(let error):
            let message = "The tool \(tool.name) has an input schema that cannot be read (\(error)); it was not called."
            return ToolCallReport(.error(message), outcome: "refused")
        }
        let variables: [String: String]
        do throws(CallerVariables.Refused) {
            let callers = CallerVariables(headers, allowed: entry.callerVariables)
            variables = try callers.merged(into: entry.variables, for: tool.call)
        } catch {
            let message = "The call of \(tool.name) was not made. \(error.message)"
            return ToolCallReport(.error(message), outcome: "refused")
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
        return ToolCallReport(
            result,
            outcome: result.isError ? "tool_error" : "ok",
            status: outcome.status,
            request: outcome.request?.masking(entry.secretNames.compactMap { entry.variables[$0] })
        )
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
