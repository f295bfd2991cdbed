package import JSON

/// Writes tools as the clients of one revision can read them.
///
/// Parsers in the field refuse a whole `tools/list` for one tool they do not understand, so older revisions get less.
/// Equal tools give equal bytes: members stand in one order, and the tools in the order they come in.
package struct ToolEncoding: Sendable {
    package let revision: Revision

    package init(for revision: Revision) {
        self.revision = revision
    }

    /// The JSON array of these tools, for ``ServedContent/toolsJSON(for:)``.
    package func bytes(of tools: some Sequence<JSONObject>) -> [UInt8] {
        JSONValue.array(tools.map { .object(object(for: $0)) }).bytes
    }

    /// One tool, from the form in which it is stored: the members of 2026-07-28, Schema: Tool.
    package func object(for tool: JSONObject) -> JSONObject {
        var object: JSONObject = [:]
        object["name"] = tool["name"]
        if revision.hasTitles { object["title"] = tool["title"] }
        object["description"] = tool["description"]
        object["inputSchema"] = .object(inputSchema(tool["inputSchema"]))
        object["outputSchema"] = outputSchema(tool["outputSchema"])
        object["annotations"] = annotations(of: tool)
        if revision.hasIcons { object["icons"] = tool["icons"] }
        if revision.hasMetaOnDefinitions { object["_meta"] = tool["_meta"] }
        return object
    }

    /// The root is `"type":"object"` in every revision (2026-07-28, Tools: Tool).
    private func inputSchema(_ schema: JSONValue?) -> JSONObject {
        guard let schema else { return ["type": "object", "additionalProperties": false] }
        guard var root = schema.object else { return ["type": "object"] }
        if root["type"] != "object" {
            root["type"] = nil
            root = JSONObject([("type", "object")] + root.map { ($0.key, $0.value) })
        }
        return revision.allowsAnySchema ? root : root.readableByStrictClients
    }

    private func outputSchema(_ schema: JSONValue?) -> JSONValue? {
        guard revision.hasStructuredContent, let root = schema?.object else { return nil }
        if revision.allowsAnySchema { return .object(root) }
        return root["type"] == "object" ? .object(root.readableByStrictClients) : nil
    }

    private func annotations(of tool: JSONObject) -> JSONValue? {
        var annotations = tool["annotations"]?.object ?? [:]
        if !revision.hasTitles, annotations["title"] == nil, let title = tool["title"] {
            annotations = JSONObject([("title", title)] + annotations.map { ($0.key, $0.value) })
        }
        return annotations.isEmpty ? nil : .object(annotations)
    }
}
