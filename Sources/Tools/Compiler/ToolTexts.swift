import OpenAPI

/// What people and models read about a tool.
struct ToolTexts {
    let title: String?
    /// The operation's description, else its summary, else `GET /pets`: never empty, never cut. What is deprecated
    /// begins by saying so; what the document says of a body that is taken apart stands at the end.
    let description: String

    init(operation: Operation, extensions: ToolExtensions, body: BodyPlan?) {
        let summary = Self.said(operation.summary)
        let text = Self.said(extensions.description) ?? Self.said(operation.description)
        var description = text ?? summary ?? operation.key
        if operation.isDeprecated { description = "Deprecated. " + description }
        if let body, body.isTakenApart, !body.descriptions.isEmpty {
            let said = body.descriptions.filter { !description.contains($0) }.joined(separator: "\n\n")
            if !said.isEmpty { description += "\n\nBody: " + said }
        }
        self.description = description
        // A name that had to lose letters is still there to be read.
        let lost = operation.operationID.flatMap { $0.utf8.contains { $0 >= 0x80 } ? $0 : nil }
        title = Self.said(extensions.title) ?? (text == nil || summary == text ? lost : summary ?? lost)
    }

    /// The text, unless it is blank.
    private static func said(_ text: String?) -> String? {
        guard let text, text.contains(where: { !$0.isWhitespace }) else { return nil }
        return text
    }
}
