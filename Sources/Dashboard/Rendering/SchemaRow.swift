import JSON

/// One argument of a tool, as people read it.
struct SchemaRow: Sendable {
    /// `filter.author`; `tags[]` for the items of a list.
    let path: String
    /// `text`, `list of numbers`, `one of 3`
    let type: String
    let isRequired: Bool
    let description: String
    /// Allowed values, limits and the default, where there are any.
    let limits: String

    /// So deep objects are unfolded; below that the JSON tells.
    private static let depth = 3
    /// So many arguments are told; below that the JSON tells.
    static let most = 80

    /// The arguments of an input schema, objects unfolded.
    static func rows(of schema: JSONValue?) -> [SchemaRow] {
        guard let schema else { return [] }
        var rows: [SchemaRow] = []
        SchemaReader(root: schema).addRows(of: schema, under: "", depth: depth, to: &rows)
        return Array(rows.prefix(most))
    }
}

/// Reads schemas with their references.
private struct SchemaReader {
    let root: JSONValue

    func addRows(of schema: JSONValue, under path: String, depth: Int, to rows: inout [SchemaRow]) {
        let schema = resolved(schema)
        let required = Set(schema["required"]?.array?.compactMap(\.string) ?? [])
        for (name, value) in schema["properties"]?.object ?? [:] where rows.count <= SchemaRow.most {
            let own = path.isEmpty ? name : "\(path).\(name)"
            let member = resolved(value)
            rows.append(
                SchemaRow(
                    path: own,
                    type: type(of: member),
                    isRequired: required.contains(name),
                    description: ToolRow.shortened(value["description"]?.string ?? member["description"]?.string ?? ""),
                    limits: limits(of: member)
                )
            )
            guard depth > 1 else { continue }
            addRows(of: member, under: own, depth: depth - 1, to: &rows)
            if let items = member["items"] { addRows(of: items, under: "\(own)[]", depth: depth - 1, to: &rows) }
        }
    }

    /// What a reference within the schema names.
    private func resolved(_ schema: JSONValue) -> JSONValue {
        var schema = schema
        for _ in 0..<8 {
            guard let name = schema["$ref"]?.string, name.hasPrefix("#/$defs/"),
                let target = root["$defs"]?[String(name.dropFirst("#/$defs/".count))]
            else { return schema }
            schema = target
        }
        return schema
    }

    private func type(of schema: JSONValue) -> String {
        if schema["const"] != nil { return "one value" }
        if let values = schema["enum"]?.array { return "one of \(values.count)" }
        let names = schema["type"]?.array?.compactMap(\.string) ?? [schema["type"]?.string].compactMap(\.self)
        let words = names.map { name in
            switch name {
            case "string": schema["format"]?.string ?? "text"
            case "integer": "whole number"
            case "boolean": "yes or no"
            case "array":
                schema["items"].map { "list of \(type(of: resolved($0)))" } ?? "list"
            default: name
            }
        }
        if !words.isEmpty { return words.joined(separator: " or ") }
        let choices = (schema["oneOf"] ?? schema["anyOf"])?.array?.map { type(of: resolved($0)) } ?? []
        var seen: Set<String> = []
        return choices.isEmpty ? "any" : choices.filter { seen.insert($0).inserted }.joined(separator: " or ")
    }

    private func limits(of schema: JSONValue) -> String {
        var parts: [String] = []
        if let values = schema["enum"]?.array {
            let some = values.prefix(12).map { $0.string ?? $0.text }.joined(separator: ", ")
            parts.append(values.count > 12 ? "\(some) and \(values.count - 12) more" : some)
        }
        let names = [
            ("minimum", "from"), ("exclusiveMinimum", "above"), ("maximum", "to"), ("exclusiveMaximum", "below"),
            ("minLength", "length from"), ("maxLength", "length to"), ("minItems", "items from"),
            ("maxItems", "items to"), ("pattern", "pattern"), ("default", "default"),
        ]
        for (name, word) in names {
            if let value = schema[name] { parts.append("\(word) \(String((value.string ?? value.text).prefix(80)))") }
        }
        return parts.joined(separator: " · ")
    }
}
