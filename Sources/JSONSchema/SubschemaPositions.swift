import JSON

/// Where a keyword of JSON Schema holds other schemas.
///
/// What stands under any other keyword is data.
enum SubschemaPositions: Sendable {
    case one
    case list
    case map

    /// The form of a keyword's value, where it holds schemas.
    init?(keyword: String) {
        switch keyword {
        case "items", "contains", "additionalProperties", "propertyNames", "not", "if", "then", "else",
            "unevaluatedItems", "unevaluatedProperties", "additionalItems", "contentSchema":
            self = .one
        case "allOf", "anyOf", "oneOf", "prefixItems": self = .list
        case "properties", "patternProperties", "dependentSchemas", "$defs", "definitions": self = .map
        default: return nil
        }
    }

    /// The same value with its schemas changed; as it is where it has another form.
    func map(_ value: JSONValue, _ transform: (JSONValue) -> JSONValue) -> JSONValue {
        switch (self, value) {
        case (.one, .object): transform(value)
        case (.list, .array(let items)): .array(items.map(transform))
        case (.map, .object(let members)): .object(JSONObject(members.map { ($0.key, transform($0.value)) }))
        default: value
        }
    }
}
