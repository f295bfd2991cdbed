import JSON

/// The schemas of parameters of Swagger 2.0, which say of their value beside their name what a schema says (Swagger 2.0,
/// Parameter Object).
enum SwaggerSchema {
    /// What a parameter says of its value, which in Swagger 2.0 stands beside its name; at the parameter's own place.
    static func schema(ofParameter parameter: Place) -> Place {
        guard let object = parameter.value.object else { return parameter }
        // Not of the standard for what is no body, but it says what is meant.
        if object["type"] == nil, let schema = parameter["schema"] { return schema }
        var schema = JSONObject(object.filter { keywords.contains($0.key) }.map { ($0.key, $0.value) })
        // A file, as every later version says it.
        if schema["type"] == "file" {
            schema["type"] = "string"
            schema["format"] = "binary"
        }
        return Place(.object(schema), at: parameter.pointer)
    }

    private static let keywords: Set = [
        "type", "format", "items", "default", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum",
        "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "enum", "multipleOf",
        "x-nullable", "x-example", "example",
    ]
}
