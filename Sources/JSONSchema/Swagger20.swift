package import JSON

/// The schemas of Swagger 2.0, which are a dialect of their own (OpenAPI Specification 2.0, Schema Object): that of
/// draft 4 with other words.
package enum Swagger20 {
    /// The same schema in JSON Schema 2020-12.
    ///
    /// `x-nullable` becomes the type `null`, the type `file` (of parameters and responses) a string of format `binary`,
    /// `example` (also as `x-example`, which is in wide use) becomes `examples`, and a Boolean `exclusiveMinimum` or `exclusiveMaximum` a number. `discriminator`,
    /// `xml`, `externalDocs` and `collectionFormat` go, as do the siblings of `$ref`; `x-nullable` beside it is honoured.
    /// What 2.0 leaves out of JSON Schema (`oneOf`, `anyOf`, `not`, `additionalItems`, several `items`) is read as draft
    /// 4 has it, since documents that say it mean it. Only schemas are changed, references still lead to where they led.
    package static func schema(_ schema: JSONValue) -> JSONValue {
        guard case .object(let object) = schema else { return schema }
        let isNullable = object["x-nullable"] == true
        if let reference = object["$ref"], reference.string != nil {
            let only: JSONValue = ["$ref": reference]
            return isNullable ? ["anyOf": [only, ["type": "null"]]] : only
        }
        let converted = keywords(of: object)
        return .object(isNullable ? OpenAPI30.nullable(converted) : converted)
    }

    private static func keywords(of object: JSONObject) -> JSONObject {
        var result = JSONObject()
        for (keyword, value) in OpenAPI30.numericBounds(object) {
            switch keyword {
            case "x-nullable", "discriminator", "xml", "externalDocs", "collectionFormat": continue
            case "type" where value == "file":
                result["type"] = "string"
                if object["format"] == nil { result["format"] = "binary" }
            case "example", "x-example":
                if object["examples"] == nil { result["examples"] = [value] }
            case "items" where value.array != nil:
                result["prefixItems"] = SubschemaPositions.list.map(value, schema)
            case "additionalItems":
                let isUsed = object["items"]?.array != nil
                if isUsed { result["items"] = SubschemaPositions.one.map(value, schema) }
            default: result[keyword] = SubschemaPositions(keyword: keyword)?.map(value, schema) ?? value
            }
        }
        return result
    }
}
