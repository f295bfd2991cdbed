import JSON

/// The schemas of schemas, for schemas that refer to them: what `https://json-schema.org/draft/2020-12/schema` accepts,
/// in one document instead of eight vocabularies, and those of the older drafts.
enum MetaSchema {
    /// The document at that address, where it is a meta-schema's.
    static func document(_ uri: String) -> JSONValue? {
        switch SchemaDraft.allCases.first(where: { $0.address == uri }) {
        case .draft4?, .draft6?, .draft7?: SchemaDraft(address: uri).map(old)
        case .draft201909?: of201909
        case .draft202012?: schema
        // Not `nil`, which would be the JSON value.
        case nil: .none
        }
    }

    private static let schema: JSONValue = [
        "$id": "https://json-schema.org/draft/2020-12/schema",
        "$dynamicAnchor": "meta",
        "type": ["object", "boolean"],
        "properties": .object(JSONObject(core + applicators + assertions + annotations + deprecated)),
        "$defs": [
            "schema": ["$dynamicRef": "#meta"],
            "schemas": ["type": "object", "additionalProperties": ["$dynamicRef": "#meta"]],
            "schemaArray": ["type": "array", "minItems": 1, "items": ["$dynamicRef": "#meta"]],
            "anchor": ["type": "string", "pattern": "^[A-Za-z_][-A-Za-z0-9._]*$"],
            "count": ["type": "integer", "minimum": 0],
            "texts": ["type": "array", "items": ["type": "string"], "uniqueItems": true],
            "type": ["enum": ["array", "boolean", "integer", "null", "number", "object", "string"]],
        ],
    ]

    private static func reference(_ name: String, _ keywords: String...) -> [(String, JSONValue)] {
        keywords.map { ($0, ["$ref": "#/$defs/\(name)"]) }
    }

    static func type(_ name: String, _ keywords: String...) -> [(String, JSONValue)] {
        keywords.map { ($0, ["type": .string(name)]) }
    }

    private static var core: [(String, JSONValue)] {
        [
            ("$id", ["type": "string", "pattern": "^[^#]*#?$"]),
            ("$vocabulary", ["type": "object", "additionalProperties": ["type": "boolean"]]),
        ] + type("string", "$schema", "$ref", "$dynamicRef", "$comment")
            + reference("anchor", "$anchor", "$dynamicAnchor") + reference("schemas", "$defs")
    }

    private static var applicators: [(String, JSONValue)] {
        reference("schemaArray", "prefixItems", "allOf", "anyOf", "oneOf")
            + reference("schemas", "properties", "patternProperties", "dependentSchemas")
            + reference("schema", "items", "contains", "additionalProperties", "propertyNames", "if", "then", "else")
            + reference("schema", "not", "unevaluatedItems", "unevaluatedProperties")
    }

    private static var assertions: [(String, JSONValue)] {
        [
            ("type", ["anyOf": [["$ref": "#/$defs/type"], typeArray]]),
            ("const", true),
            ("multipleOf", ["type": "number", "exclusiveMinimum": 0]),
            ("dependentRequired", ["type": "object", "additionalProperties": ["$ref": "#/$defs/texts"]]),
        ] + type("array", "enum") + type("number", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum")
            + reference("count", "maxLength", "minLength", "maxItems", "minItems", "maxContains", "minContains")
            + reference("count", "maxProperties", "minProperties")
            + reference("texts", "required") + type("string", "pattern") + type("boolean", "uniqueItems")
    }

    private static let typeArray: JSONValue = [
        "type": "array", "items": ["$ref": "#/$defs/type"], "minItems": 1, "uniqueItems": true,
    ]

    private static var annotations: [(String, JSONValue)] {
        type("string", "title", "description", "format", "contentEncoding", "contentMediaType")
            + reference("schema", "contentSchema") + type("boolean", "deprecated", "readOnly", "writeOnly")
            + type("array", "examples")
    }

    private static var deprecated: [(String, JSONValue)] {
        let either: JSONValue = ["anyOf": [["$dynamicRef": "#meta"], ["$ref": "#/$defs/texts"]]]
        return [("dependencies", ["type": "object", "additionalProperties": either])]
            + reference("schemas", "definitions") + reference("anchor", "$recursiveAnchor")
            + type("string", "$recursiveRef")
    }
}
