package import JSON

/// Keywords that say nothing of any value: what is written out though it is what holds anyway (JSON Schema 2020-12, Core,
/// sections 10 and 11, and Validation, sections 6 to 9; OpenAPI 3.0.4, Schema Object).
///
/// They are silent in the schema in which they stand. Only `unevaluatedProperties` and `unevaluatedItems` beside or around them
/// can tell `properties`, `items` and their like that accept anything from ones that are not there.
package enum SilentKeyword {
    /// Whether a keyword of a schema could as well not be there.
    package static func isSilent(_ keyword: String, in schema: JSONObject) -> Bool {
        guard let value = schema[keyword] else { return true }
        return isOfOtherType(keyword, in: schema) || isSilent(keyword, value, in: schema)
    }

    /// Whether a schema takes any value, and says nothing of it.
    package static func saysNothing(_ schema: JSONValue) -> Bool {
        switch schema {
        case .bool(let accepts): accepts
        case .object(let object): object.allSatisfy { isSilent($0.key, in: object) }
        default: false
        }
    }

    private static func isSilent(_ keyword: String, _ value: JSONValue, in schema: JSONObject) -> Bool {
        switch keyword {
        // Validation, section 6: what counts begins at nothing, and what is not asked for is not unique.
        case "minLength", "minItems", "minProperties": value.integer == 0
        case "uniqueItems": value == false
        case "minContains", "maxContains": schema["contains"] == nil
        case "pattern": value == ""
        case "type": value.array.map { Set($0.compactMap(\.string)).isSuperset(of: everyType) } ?? false
        case "required": value == []
        case "dependentRequired": value.object?.allSatisfy { $0.value == [] } ?? false
        // Section 9, and what OpenAPI 3.0 adds: annotations that are false, and texts without a letter.
        case "deprecated", "readOnly", "writeOnly", "nullable", "exclusiveMinimum", "exclusiveMaximum": value == false
        case "title", "description": value == ""
        case "examples": value == []
        case "$comment": true
        case "$defs", "definitions": value == [:]
        default: isSilentApplicator(keyword, value, in: schema)
        }
    }

    /// Core, sections 10 and 11.
    private static func isSilentApplicator(_ keyword: String, _ value: JSONValue, in schema: JSONObject) -> Bool {
        switch keyword {
        case "additionalProperties", "unevaluatedProperties", "propertyNames", "items", "additionalItems",
            "unevaluatedItems":
            saysNothing(value)
        case "properties", "patternProperties", "dependencies": value == [:]
        case "dependentSchemas": value.object?.allSatisfy { saysNothing($0.value) } ?? false
        case "prefixItems", "allOf": value.array?.allSatisfy(saysNothing) ?? false
        case "contains": schema["minContains"]?.integer == 0 && schema["maxContains"] == nil
        // No list of choices is empty; one that is says as little as none.
        case "anyOf": value.array.map { $0.isEmpty || $0.contains(where: saysNothing) } ?? false
        case "oneOf": value.array.map { $0.isEmpty || $0.count == 1 && saysNothing($0[0]) } ?? false
        case "not": value == false
        case "if": ["then", "else"].allSatisfy { schema[$0].map(saysNothing) ?? true }
        case "then", "else": schema["if"] == nil || saysNothing(value)
        default: false
        }
    }

    private static let everyType: Set = ["null", "boolean", "object", "array", "number", "string"]

    // MARK: - Keywords of other types

    /// Whether a keyword speaks of values of one type, and the schema takes none of that type: `minLength` where the type
    /// is `object`.
    private static func isOfOtherType(_ keyword: String, in schema: JSONObject) -> Bool {
        guard let types = types(of: schema), let speaksOf = speakers[keyword] else { return false }
        return types.isDisjoint(with: speaksOf)
    }

    private static func types(of schema: JSONObject) -> Set<String>? {
        if let type = schema["type"]?.string { return [type] }
        guard let types = schema["type"]?.array else { return nil }
        return Set(types.compactMap(\.string))
    }

    /// The types of which a keyword says something.
    private static let speakers: [String: Set<String>] = {
        let keywords: [(Set<String>, [String])] = [
            (["string"], ["minLength", "maxLength", "pattern"]),
            (
                ["number", "integer"],
                ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]
            ),
            (
                ["array"],
                [
                    "items", "prefixItems", "additionalItems", "unevaluatedItems", "contains", "minContains",
                    "maxContains", "minItems", "maxItems", "uniqueItems",
                ]
            ),
            (
                ["object"],
                [
                    "properties", "patternProperties", "additionalProperties", "unevaluatedProperties",
                    "propertyNames", "minProperties", "maxProperties", "required", "dependentRequired",
                    "dependentSchemas",
                ]
            ),
        ]
        return Dictionary(uniqueKeysWithValues: keywords.flatMap { types, names in names.map { ($0, types) } })
    }()
}
