package import JSON

extension ToolResult {
    /// The result as clients of that revision can read it.
    func payload(in revision: Revision) -> Payload {
        var payload = Payload()
        payload.add("content", .array(blocks.map { .object($0.object(in: revision)) }))
        payload.add("structuredContent", structuredContent(in: revision))
        payload.add("isError", isError ? true : nil)
        payload.meta = meta
        return payload
    }

    /// Data is said as text too, for clients that read no structured content (2025-06-18, Tools: Structured Content).
    private var blocks: [ContentBlock] {
        guard content.isEmpty, let structuredContent else { return content }
        return [.text(structuredContent.text)]
    }

    private func structuredContent(in revision: Revision) -> JSONValue? {
        guard revision.hasStructuredContent else { return nil }
        return revision.allowsAnySchema || structuredContent?.object != nil ? structuredContent : nil
    }
}

extension PromptResult {
    /// The result as clients of that revision can read it.
    func payload(in revision: Revision) -> Payload {
        var payload = Payload()
        payload.add("description", description.map(JSONValue.string))
        let messages = messages.map { message -> JSONValue in
            ["role": .string(message.role.rawValue), "content": .object(message.content.object(in: revision))]
        }
        payload.add("messages", .array(messages))
        return payload
    }
}

extension ToolResult {
    /// The result as JSON, for callers that do not speak JSON-RPC.
    package func json(in revision: Revision) -> JSONObject {
        var writer = JSONWriter()
        payload(in: revision).write(to: &writer)
        // What this room wrote is JSON.
        return (try? JSONValue(parsing: writer.bytes))?.object ?? [:]
    }
}
