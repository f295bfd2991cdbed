import OpenAPI

/// What people and models read about a tool.
struct ToolTexts {
    let title: String?
    /// The operation's description, else its summary, else `GET /pets`: never empty, never cut.
    let description: String

    init(operation: Operation) {
        let summary = Self.said(operation.summary)
        let text = Self.said(operation.description)
        description = text ?? summary ?? operation.key
        title = text == nil || summary == text ? nil : summary
    }

    /// The text, unless it is blank.
    private static func said(_ text: String?) -> String? {
        guard let text, text.contains(where: { !$0.isWhitespace }) else { return nil }
        return text
    }
}
