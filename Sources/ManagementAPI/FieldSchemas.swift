import JSON
import Vocabulary

/// The schemas that fields of calls share.
enum FieldSchema {
    static let text: JSONObject = ["type": "string", "maxLength": 100_000]
    static let name: JSONObject = ["type": "string", "minLength": 1, "maxLength": 200]
    static let slug: JSONObject = [
        "type": "string", "minLength": 1, "maxLength": 60, "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
    ]
    static let toolName: JSONObject = ["type": "string", "pattern": "^[A-Za-z0-9_-]{1,60}$"]
    static let id: JSONObject = ["type": "string", "format": "uuid", "minLength": 36, "maxLength": 36]
    static let urn: JSONObject = ["type": "string", "maxLength": 200]
    static let variable: JSONObject = ["type": "string", "pattern": "^[A-Z][A-Z0-9_]{0,99}$"]
    static let flag: JSONObject = ["type": "boolean"]
    static let number: JSONObject = ["type": "integer", "minimum": 1]
    static let label: JSONObject = ["type": "string", "pattern": "^[A-Za-z0-9._+-]{1,60}$"]
    static let fingerprint: JSONObject = ["type": "string", "pattern": "^[0-9a-f]{16}$"]
    static let side: JSONObject = ["type": "string", "pattern": "^[A-Za-z0-9._+-]{1,60}$"]
    static let view: JSONObject = ["type": "string", "enum": ["live", "staging"]]

    static func list(of items: JSONObject) -> JSONObject {
        ["type": "array", "items": .object(items), "maxItems": 10_000]
    }

    /// The schema, or `null`: which takes the value away.
    static func nullable(_ schema: JSONObject) -> JSONObject {
        var schema = schema
        if let type = schema["type"] { schema["type"] = [type, "null"] }
        if let values = schema["enum"]?.array { schema["enum"] = .array(values + [.null]) }
        return schema
    }

    static func object(_ properties: [(String, JSONObject, required: Bool)]) -> JSONObject {
        var schema: JSONObject = [
            "type": "object",
            "properties": .object(JSONObject(properties.map { ($0.0, .object($0.1)) })),
            "additionalProperties": false,
        ]
        let required = properties.filter(\.required).map(\.0)
        if !required.isEmpty { schema["required"] = JSONValue(required) }
        return schema
    }

    /// What an answer holds under a name.
    static func reference(_ component: String) -> JSONValue {
        ["$ref": .string("#/components/schemas/\(component)")]
    }

    static func references(_ component: String) -> JSONValue {
        ["type": "array", "items": reference(component)]
    }
}

extension [Field] {
    /// How a call names a release of its toolset: by one of the two.
    static let releaseName: [Field] = [
        .optional("number", FieldSchema.number, "The release's number; or label."),
        .optional("label", FieldSchema.label, "The release's label, in place of its number."),
    ]

    /// The fields of a list.
    static let page: [Field] = [
        .optional("cursor", ["type": "string", "maxLength": 500], "Where the part before ended: its next_cursor."),
        .optional(
            "limit",
            ["type": "integer", "minimum": 1, "maximum": .number(JSONNumber(PageRequest.largest))],
            "How many items at most; \(PageRequest.usual) where left out."
        ),
    ]
}

extension JSONObject {
    /// The answer of a list.
    static func list(_ name: String, of component: String) -> JSONObject {
        [name: FieldSchema.references(component), "next_cursor": ["type": ["string", "null"]]]
    }

    /// The answer that holds one thing under its name.
    static func one(_ name: String, _ component: String) -> JSONObject {
        [name: FieldSchema.reference(component)]
    }
}
