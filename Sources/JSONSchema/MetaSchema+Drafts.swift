import JSON

/// The meta-schemas of the older drafts, each in its own words and with the names that others refer to.
extension MetaSchema {
    /// The meta-schema of drafts 4, 6 and 7.
    static func old(_ draft: SchemaDraft) -> JSONValue {
        var schema: JSONObject = [
            "$schema": .string(draft.address + "#"),
            "definitions": .object(JSONObject(oldDefinitions(draft))),
            "properties": .object(JSONObject(oldProperties(draft))),
            "type": draft == .draft4 ? "object" : ["object", "boolean"],
        ]
        schema[draft == .draft4 ? "id" : "$id"] = .string(draft.address + "#")
        if draft == .draft4 {
            schema["dependencies"] = ["exclusiveMaximum": ["maximum"], "exclusiveMinimum": ["minimum"]]
        }
        return .object(schema)
    }

    private static func oldDefinitions(_ draft: SchemaDraft) -> [(String, JSONValue)] {
        let (count, default0) =
            draft == .draft4
            ? ("positiveInteger", "positiveIntegerDefault0") : ("nonNegativeInteger", "nonNegativeIntegerDefault0")
        var texts: JSONObject = ["type": "array", "items": ["type": "string"], "uniqueItems": true]
        if draft == .draft4 { texts["minItems"] = 1 }
        return [
            ("schemaArray", ["type": "array", "minItems": 1, "items": ["$ref": "#"]]),
            (count, ["type": "integer", "minimum": 0]),
            (default0, ["allOf": [["$ref": .string("#/definitions/\(count)")], ["default": 0]]]),
            ("simpleTypes", ["enum": ["array", "boolean", "integer", "null", "number", "object", "string"]]),
            ("stringArray", .object(texts)),
        ]
    }

    private static func oldProperties(_ draft: SchemaDraft) -> [(String, JSONValue)] {
        let schema: JSONValue = ["$ref": "#"]
        let schemas: JSONValue = ["type": "object", "additionalProperties": schema]
        let count = draft == .draft4 ? "positiveInteger" : "nonNegativeInteger"
        let texts: JSONValue = ["$ref": "#/definitions/stringArray"]
        let orBoolean: JSONValue = draft == .draft4 ? ["anyOf": [["type": "boolean"], schema]] : schema
        var result: [(String, JSONValue)] =
            type(
                "string",
                draft == .draft4 ? "id" : "$id",
                "$schema",
                "$ref",
                "title",
                "description",
                "format",
                "pattern"
            )
            + type("number", "maximum", "minimum")
            + type(draft == .draft4 ? "boolean" : "number", "exclusiveMaximum", "exclusiveMinimum")
            + type("boolean", "uniqueItems")
        for keyword in ["maxLength", "maxItems", "maxProperties", "minLength", "minItems", "minProperties"] {
            let name = keyword.hasPrefix("max") ? count : count + "Default0"
            result.append((keyword, ["$ref": .string("#/definitions/\(name)")]))
        }
        for keyword in ["definitions", "properties", "patternProperties"] { result.append((keyword, schemas)) }
        for keyword in ["allOf", "anyOf", "oneOf"] { result.append((keyword, ["$ref": "#/definitions/schemaArray"])) }
        result += [
            ("multipleOf", multiple(draft)), ("not", schema), ("required", texts),
            ("additionalItems", orBoolean), ("additionalProperties", orBoolean),
            ("items", ["anyOf": [schema, ["$ref": "#/definitions/schemaArray"]]]),
            ("dependencies", ["type": "object", "additionalProperties": ["anyOf": [schema, texts]]]),
            ("enum", draft == .draft4 ? ["type": "array", "minItems": 1, "uniqueItems": true] : ["type": "array"]),
            ("type", oldTypes),
        ]
        if draft >= .draft6 {
            result += [
                ("contains", schema), ("propertyNames", schema), ("const", true), ("examples", ["type": "array"]),
            ]
        }
        if draft >= .draft7 {
            result += [("if", schema), ("then", schema), ("else", schema)]
            result += type("string", "$comment", "contentMediaType", "contentEncoding")
            result += type("boolean", "readOnly", "writeOnly")
        }
        return result
    }

    private static func multiple(_ draft: SchemaDraft) -> JSONValue {
        draft == .draft4
            ? ["type": "number", "minimum": 0, "exclusiveMinimum": true] : ["type": "number", "exclusiveMinimum": 0]
    }

    private static let oldTypes: JSONValue = [
        "anyOf": [
            ["$ref": "#/definitions/simpleTypes"],
            [
                "type": "array", "items": ["$ref": "#/definitions/simpleTypes"], "minItems": 1, "uniqueItems": true,
            ],
        ]
    ]

    /// That of 2020-12 in the words of 2019-09.
    static let of201909: JSONValue = {
        let current = inWords201909(document(SchemaDraft.draft202012.address) ?? true)
        guard var schema = current.object, var members = schema["properties"]?.object else { return current }
        let itself: JSONValue = ["$recursiveRef": "#"]
        members["prefixItems"] = nil
        members["$dynamicRef"] = nil
        members["$dynamicAnchor"] = nil
        members["items"] = ["anyOf": [itself, ["$ref": "#/$defs/schemaArray"]]]
        members["additionalItems"] = itself
        members["$recursiveAnchor"] = ["type": "boolean"]
        schema["properties"] = .object(members)
        schema["$schema"] = .string(SchemaDraft.draft201909.address)
        schema["$id"] = .string(SchemaDraft.draft201909.address)
        schema["$recursiveAnchor"] = true
        schema["$dynamicAnchor"] = nil
        return .object(schema)
    }()

    private static func inWords201909(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let items): return .array(items.map(inWords201909))
        case .object(let object):
            if object["$dynamicRef"] == "#meta" { return ["$recursiveRef": "#"] }
            return .object(JSONObject(object.map { ($0.key, inWords201909($0.value)) }))
        default: return value
        }
    }
}
