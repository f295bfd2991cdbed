package import JSON

/// The schemas of Swagger 2.0, of definitions and of parameters (Swagger 2.0, Schema Object and Parameter Object).
package enum SwaggerSchema {
    /// The same schema as OpenAPI 3.0 writes it, with every part where it was: `type: file` is a binary string,
    /// `discriminator` an object, and `x-nullable` and `x-example`, which are not of the standard but in wide use, are
    /// `nullable` and `example`. Only schemas are changed, never what `enum`, `default` or `example` hold.
    package static func openAPI30(_ schema: JSONValue) -> JSONValue {
        guard case .object(let object) = schema else { return schema }
        var result = JSONObject()
        for (keyword, value) in object {
            switch (keyword, value) {
            case ("type", "file"):
                result["type"] = "string"
                result["format"] = "binary"
            case ("format", _) where object["type"] == "file", ("collectionFormat", .string): continue
            case ("discriminator", .string(let name)): result["discriminator"] = ["propertyName": .string(name)]
            case ("x-nullable", .bool):
                if object["nullable"] == nil { result["nullable"] = value }
            case ("x-example", _):
                if object["example"] == nil { result["example"] = value }
            case ("properties", .object(let members)), ("patternProperties", .object(let members)):
                result[keyword] = .object(JSONObject(members.map { ($0.key, openAPI30($0.value)) }))
            case ("allOf", .array(let items)), ("anyOf", .array(let items)), ("oneOf", .array(let items)),
                ("items", .array(let items)):
                result[keyword] = .array(items.map(openAPI30))
            case ("items", _), ("additionalProperties", _), ("not", _): result[keyword] = openAPI30(value)
            default: result[keyword] = value
            }
        }
        return .object(result)
    }

    /// What a parameter says of its value, which in Swagger 2.0 stands beside its name; at the parameter's own place.
    static func schema(ofParameter parameter: Place) -> Place {
        guard let object = parameter.value.object else { return parameter }
        // Not of the standard for what is no body, but it says what is meant.
        if object["type"] == nil, let schema = parameter["schema"] { return schema }
        let members = object.filter { keywords.contains($0.key) }
        return Place(.object(JSONObject(members.map { ($0.key, $0.value) })), at: parameter.pointer)
    }

    private static let keywords: Set = [
        "type", "format", "items", "default", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum",
        "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "enum", "multipleOf",
        "x-nullable", "x-example", "example",
    ]
}
