package import JSON

/// The schemas of OpenAPI 3.0, which are a dialect of their own (OpenAPI 3.0.4, Schema Object).
package enum OpenAPI30 {
    /// The same schema in JSON Schema 2020-12.
    ///
    /// `nullable` becomes the type `null`, a Boolean `exclusiveMinimum` or `exclusiveMaximum` becomes a number,
    /// `example` becomes `examples`; `xml` and `externalDocs` go, as do the siblings of `$ref`, which
    /// 3.0 ignores (but `nullable` beside it is honoured, since so many documents mean it). All else stays as it is
    /// and where it is. Only schemas are changed: never what stands in `enum`, `const`, `default` or `example`, and
    /// never a property that is named like a keyword. References still lead to where they led.
    package static func schema(_ schema: JSONValue) -> JSONValue {
        guard case .object(let object) = schema else { return schema }
        let isNullable = object["nullable"] == true
        if let reference = object["$ref"], reference.string != nil {
            let only: JSONValue = ["$ref": reference]
            return isNullable ? ["anyOf": [only, ["type": "null"]]] : only
        }
        let converted = keywords(of: object)
        return .object(isNullable ? nullable(converted) : converted)
    }

    private static func keywords(of object: JSONObject) -> JSONObject {
        var result = JSONObject()
        for (keyword, value) in numericBounds(object) {
            switch keyword {
            case "nullable", "xml", "externalDocs": continue
            case "example":
                if object["examples"] == nil { result["examples"] = [value] }
            default: result[keyword] = SubschemaPositions(keyword: keyword)?.map(value, schema) ?? value
            }
        }
        return result
    }

    /// The keywords of an object, in its order, that only 3.0 knows in this form: `nullable`, and Boolean bounds.
    /// Documents that say 3.1 have them too.
    package static func ownKeywords(of object: JSONObject) -> [String] {
        object.filter { bounds.contains($0.key) || $0.key == "nullable" }.filter { $0.value.bool != nil }.map(\.key)
    }

    private static let bounds: Set = ["exclusiveMinimum", "exclusiveMaximum"]

    /// The same object with a number in the place of a Boolean `exclusiveMinimum` or `exclusiveMaximum`; the schemas
    /// inside stay as they are.
    package static func numericBounds(_ object: JSONObject) -> JSONObject {
        guard bounds.contains(where: { object[$0]?.bool != nil }) else { return object }
        var result = JSONObject()
        for (keyword, value) in object {
            switch keyword {
            case "minimum" where object["exclusiveMinimum"] == true: result["exclusiveMinimum"] = value
            case "maximum" where object["exclusiveMaximum"] == true: result["exclusiveMaximum"] = value
            case "exclusiveMinimum" where value.bool != nil, "exclusiveMaximum" where value.bool != nil: continue
            default: result[keyword] = value
            }
        }
        return result
    }

    /// Lets a schema that is in 2020-12 already, but for this, accept `null` too.
    package static func nullable(_ object: JSONObject) -> JSONObject {
        let isCombined = combining.contains { object[$0] != nil }
        if isCombined { return alternative(object) }
        var result = object
        if case .string(let type)? = object["type"], type != "null" {
            result["type"] = [.string(type), "null"]
        } else if case .array(let types)? = object["type"], !types.contains(.null), !types.contains("null") {
            result["type"] = .array(types + ["null"])
        }
        if case .array(let values)? = object["enum"], !values.contains(.null) {
            result["enum"] = .array(values + [.null])
        }
        return result
    }

    /// Makes `null` the alternative to a whole schema.
    ///
    /// A schema whose parts must all hold cannot simply have a further type. What only describes stays outside, where
    /// readers look for it.
    private static func alternative(_ object: JSONObject) -> JSONObject {
        var outer = JSONObject()
        var inner = JSONObject()
        for (keyword, value) in object {
            if annotations.contains(keyword) { outer[keyword] = value } else { inner[keyword] = value }
        }
        outer["anyOf"] = [.object(inner), ["type": "null"]]
        return outer
    }

    private static let combining = ["allOf", "anyOf", "oneOf", "not", "if", "const", "$ref"]

    private static let annotations: Set = [
        "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly",
    ]
}
