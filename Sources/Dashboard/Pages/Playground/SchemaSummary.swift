import JSON

/// What a schema asks for, in a few words.
enum SchemaSummary {
    /// `whole number, 1 to 100`, `text, up to 40 characters`
    static func text(of schema: JSONValue, _ shape: SchemaShape) -> String {
        let kind: String
        switch shape {
        case .fixed: kind = "always the same"
        case .choice(let values): kind = "one of \(values.count)"
        case .flag: kind = "true or false"
        case .number(let isWhole): kind = isWhole ? "whole number" : "number"
        case .text(.date): kind = "date"
        case .text: kind = schema["format"]?.string.map { "text, \($0)" } ?? "text"
        case .group: kind = "object"
        case .list: kind = "list"
        case .variants(let variants): kind = "one of \(variants.count) shapes"
        case .json: kind = "JSON"
        }
        return ([kind] + limits(of: schema)).joined(separator: ", ")
    }

    private static func limits(of schema: JSONValue) -> [String] {
        var limits: [String] = []
        let (least, most) = (schema["minimum"]?.text, schema["maximum"]?.text)
        switch (least, most) {
        case (let least?, let most?): limits.append("\(least) to \(most)")
        case (let least?, nil): limits.append("at least \(least)")
        case (nil, let most?): limits.append("at most \(most)")
        default: break
        }
        if let length = schema["maxLength"]?.integer { limits.append("up to \(length) characters") }
        if let count = schema["maxItems"]?.integer { limits.append("up to \(count)") }
        if let usual = schema["default"] { limits.append("\(usual.text) where left out") }
        return limits
    }

    /// Whether a value may be meant by a schema: enough to choose one of several.
    static func mayMean(_ value: JSONValue, _ schema: JSONValue) -> Bool {
        if let fixed = schema["const"] { return fixed == value }
        if let type = schema["type"]?.string {
            let kind = value.kind == "number" && value.integer != nil && type == "integer" ? "integer" : value.kind
            guard kind == type else { return false }
        }
        guard let object = value.object else { return true }
        let required = schema["required"]?.array?.compactMap(\.string) ?? []
        guard required.allSatisfy({ object[$0] != nil }) else { return false }
        return (schema["properties"]?.object ?? [:]).allSatisfy { name, property in
            guard let fixed = property["const"], let member = object[name] else { return true }
            return fixed == member
        }
    }

    /// What a schema says for where nothing is given: its defaults, as far as they are nested.
    static func defaults(of shapes: SchemaShapes) -> JSONObject {
        defaults(shapes.root, shapes, depth: 0)?.object ?? [:]
    }

    private static func defaults(_ schema: JSONValue, _ shapes: SchemaShapes, depth: Int) -> JSONValue? {
        if let usual = shapes.merged(schema)["default"] { return usual }
        guard case .group(let properties) = shapes.shape(of: schema, depth: depth) else { return nil }
        var object = JSONObject()
        for property in properties {
            // Defaults inside of what may be left out would make it be sent.
            if !property.isRequired, case .group = shapes.shape(of: property.schema, depth: depth + 1),
                shapes.merged(property.schema)["default"] == nil
            {
                continue
            }
            object[property.name] = defaults(property.schema, shapes, depth: depth + 1)
        }
        return object.isEmpty ? nil : .object(object)
    }
}
