import JSON

/// A tool in words, in the order in which a model reads its definition: name, title, description, arguments, result,
/// hints.
struct ToolText: Sendable {
    let text: String

    /// How deep arguments in arguments are told.
    private static let deepest = 4

    /// - Parameter tool: An entry of `tools/list`.
    init(_ tool: JSONObject) {
        var lines = [tool["name"]?.string ?? ""]
        if let title = tool["title"]?.string { lines.append(title) }
        lines += ["", tool["description"]?.string ?? ""]
        let input = Self.members(of: tool["inputSchema"], depth: 0)
        lines += ["", input.isEmpty ? "No arguments" : "Arguments"] + input
        if let output = tool["outputSchema"] {
            let result = Self.members(of: output, depth: 0)
            lines += ["", "Result: \(Self.type(of: output))"] + result
        }
        let hints = (tool["annotations"]?.object ?? [:]).map { "\($0.key): \($0.value.text)" }
        if !hints.isEmpty { lines += ["", "Hints"] + hints.map { "  \($0)" } }
        text = lines.joined(separator: "\n")
    }

    private static func members(of schema: JSONValue?, depth: Int) -> [String] {
        guard depth < deepest, let properties = schema?["properties"]?.object else { return [] }
        let required = Set(schema?["required"]?.array?.compactMap(\.string) ?? [])
        let indent = String(repeating: "  ", count: depth + 1)
        return properties.flatMap { name, member in
            let facts = [type(of: member), required.contains(name) ? "required" : ""] + limits(of: member)
            let about = member["description"]?.string.map { ": \($0.replacing("\n", with: " "))" } ?? ""
            return ["\(indent)\(name) (\(facts.filter { !$0.isEmpty }.joined(separator: ", ")))\(about)"]
                + members(of: member, depth: depth + 1) + members(of: member["items"], depth: depth + 1)
        }
    }

    private static func type(of schema: JSONValue) -> String {
        if let values = schema["enum"]?.array {
            return "one of \(values.prefix(30).map(\.text).joined(separator: ", "))\(values.count > 30 ? ", …" : "")"
        }
        if let items = schema["items"], schema["type"]?.string == "array" { return "array of \(type(of: items))" }
        if let type = schema["type"]?.string { return type }
        if let types = schema["type"]?.array { return types.compactMap(\.string).joined(separator: " or ") }
        for word in ["anyOf", "oneOf", "allOf"] {
            guard let parts = schema[word]?.array else { continue }
            return parts.prefix(8).map(type).joined(separator: word == "allOf" ? " and " : " or ")
        }
        return schema["$ref"]?.string.map { "as \($0)" } ?? "anything"
    }

    /// The words by which a schema narrows a value, as they stand.
    private static func limits(of schema: JSONValue) -> [String] {
        let words = [
            "default", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
            "maxLength", "pattern", "format", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties",
        ]
        return words.compactMap { word in schema[word].map { "\(word) \($0.text)" } }
    }
}
