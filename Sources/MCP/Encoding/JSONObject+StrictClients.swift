import JSON

extension JSONObject {
    /// This schema, meaning the same, without what the TypeScript SDK before 2026-07-28 refuses: Boolean schemas as
    /// properties, and a `required` that is no list of names.
    ///
    /// Only schemas are looked at: what stands under `default`, `enum` or `const` is data and stays as it is.
    var readableByStrictClients: JSONObject {
        var schema = self
        for (keyword, value) in self {
            switch keyword {
            case "required":
                let names = value.array?.compactMap(\.string)
                if names == nil || names?.count != value.array?.count { schema[keyword] = nil }
            case "properties":
                schema[keyword] = value.mappingMembers { $0.asObjectSchema.readableByStrictClients }
            case "$defs", "definitions", "patternProperties", "dependentSchemas":
                schema[keyword] = value.mappingMembers(\.readableByStrictClients)
            case "allOf", "anyOf", "oneOf", "prefixItems":
                schema[keyword] = value.array.map { .array($0.map(\.readableByStrictClients)) } ?? value
            case "items", "additionalItems", "contains", "additionalProperties", "propertyNames", "unevaluatedItems",
                "unevaluatedProperties", "not", "if", "then", "else", "contentSchema":
                schema[keyword] = value.readableByStrictClients
            default:
                break
            }
        }
        return schema
    }
}

extension JSONValue {
    fileprivate var readableByStrictClients: JSONValue {
        object.map { .object($0.readableByStrictClients) } ?? self
    }

    /// `true` and `false` as the objects that mean the same.
    fileprivate var asObjectSchema: JSONValue {
        switch self {
        case .bool(true): [:]
        case .bool(false): ["not": [:]]
        default: self
        }
    }

    fileprivate func mappingMembers(_ transform: (JSONValue) -> JSONValue) -> JSONValue {
        guard let object else { return self }
        return .object(JSONObject(object.map { ($0.key, transform($0.value)) }))
    }
}
