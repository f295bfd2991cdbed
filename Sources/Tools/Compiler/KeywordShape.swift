import JSON

/// What the value of a keyword must be (JSON Schema 2020-12, Validation, sections 6 and 9). Model APIs refuse a whole
/// list of tools for one schema with another.
enum KeywordShape {
    /// What the keyword's value must be, in words, where it is not that.
    static func fault(of keyword: String, _ value: JSONValue) -> String? {
        switch keyword {
        case "type": isType(value) ? nil : "the name of a type, or a list of them"
        case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minContains",
            "maxContains":
            isCount(value) ? nil : "a whole number, not below 0"
        case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum": isNumber(value) ? nil : "a number"
        case "multipleOf": isNumber(value) && !value.text.hasPrefix("-") ? nil : "a number above 0"
        case "pattern", "format", "title", "description", "contentEncoding", "contentMediaType":
            value.string == nil ? "text" : nil
        case "uniqueItems", "deprecated", "readOnly", "writeOnly": value.bool == nil ? "true or false" : nil
        case "enum", "examples": value.array == nil ? "a list" : nil
        case "required": value.array?.allSatisfy { $0.string != nil } == true ? nil : "a list of names"
        default: nil
        }
    }

    private static let types: Set = ["null", "boolean", "object", "array", "number", "string", "integer"]

    private static func isType(_ value: JSONValue) -> Bool {
        if let name = value.string { return types.contains(name) }
        guard let names = value.array, !names.isEmpty else { return false }
        return names.allSatisfy { $0.string.map(types.contains) ?? false }
            && Set(names.compactMap(\.string)).count == names.count
    }

    private static func isNumber(_ value: JSONValue) -> Bool {
        if case .number = value { true } else { false }
    }

    private static func isCount(_ value: JSONValue) -> Bool {
        guard case .number = value else { return false }
        return !value.text.hasPrefix("-") && value.integer != nil
    }
}
