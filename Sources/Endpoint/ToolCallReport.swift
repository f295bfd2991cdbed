import JSON
import JSONSchema
package import MCP
package import Upstream

/// How a call went: for people who try a tool. Clients get its result.
package struct ToolCallReport: Sendable {
    package internal(set) var result: ToolResult
    /// `ok`, `tool_error` or `refused`, as the tool call log has it.
    package let outcome: String
    /// The upstream's HTTP status, where it answered.
    package let status: Int?
    package internal(set) var milliseconds = 0
    /// The release that took the call; none in iteration mode and for staging.
    package internal(set) var release: Int?
    /// The request to the upstream, without secrets; none where none was made.
    package let request: ShownRequest?
    private let errors: [ValidationError]

    init(
        _ result: ToolResult,
        outcome: String,
        status: Int? = nil,
        request: ShownRequest? = nil,
        errors: [ValidationError] = []
    ) {
        self.result = result
        self.outcome = outcome
        self.status = status
        self.request = request
        self.errors = errors
    }

    /// What is wrong with the arguments, by JSON pointers into them.
    package var argumentErrors: [(pointer: String, message: String)] {
        errors.map { ($0.instancePointer.description, $0.message) }
    }
}
