package import JSON

/// What a tool answers (2026-07-28, Tools: Tool Result).
package struct ToolResult: Sendable, Hashable {
    package var content: [ContentBlock]
    /// The answer as data; conforms to the tool's output schema where it declares one.
    package var structuredContent: JSONValue?
    /// Whether the tool failed, in a way that a model can read and act on.
    package var isError: Bool
    package var meta: JSONObject

    package init(
        content: [ContentBlock],
        structuredContent: JSONValue? = nil,
        isError: Bool = false,
        meta: JSONObject = [:]
    ) {
        self.content = content
        self.structuredContent = structuredContent
        self.isError = isError
        self.meta = meta
    }

    /// A failure told in one sentence.
    package static func error(_ message: String) -> ToolResult {
        ToolResult(content: [.text(message)], isError: true)
    }
}
