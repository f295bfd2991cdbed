import JSON

/// Goes through an OpenAPI document and puts something else in the place of each of its parts, the inner ones first.
struct DocumentWalk {
    /// What a part of a document is.
    enum Part: Hashable {
        case document, components, pathItem, operation, parameter, requestBody, response, mediaType, schema
    }

    /// What takes the place of a part.
    let visit: (_ part: Part, _ object: JSONObject, _ original: JSONObject) -> JSONValue

    func walked(_ root: JSONValue) -> JSONValue { walk(root, as: .document) }

    /// How a part holds others under a key.
    private enum Holding {
        case one(Part)
        case list(Part)
        case map(Part)
    }

    private func walk(_ value: JSONValue, as part: Part) -> JSONValue {
        guard let object = value.object else { return value }
        let inner = object.map { key, member -> (String, JSONValue) in
            switch Self.holding(key, in: part, member) {
            case .one(let kind): (key, walk(member, as: kind))
            case .list(let kind): (key, .array((member.array ?? []).map { walk($0, as: kind) }))
            case .map(let kind):
                (key, .object(JSONObject((member.object ?? [:]).map { ($0.key, walk($0.value, as: kind)) })))
            case nil: (key, member)
            }
        }
        return visit(part, JSONObject(inner), object)
    }

    private static func holding(_ key: String, in part: Part, _ value: JSONValue) -> Holding? {
        switch part {
        case .document:
            switch key {
            case "paths": .map(.pathItem)
            case "components": .one(.components)
            case "definitions": .map(.schema)
            case "parameters": .map(.parameter)
            case "responses": .map(.response)
            default: nil
            }
        case .components:
            switch key {
            case "schemas": .map(.schema)
            case "parameters", "headers": .map(.parameter)
            case "requestBodies": .map(.requestBody)
            case "responses": .map(.response)
            case "pathItems": .map(.pathItem)
            default: nil
            }
        case .pathItem: methods.contains(key) ? .one(.operation) : key == "parameters" ? .list(.parameter) : nil
        case .operation:
            switch key {
            case "parameters": .list(.parameter)
            case "requestBody": .one(.requestBody)
            case "responses": .map(.response)
            default: nil
            }
        case .parameter, .requestBody, .response, .mediaType:
            switch key {
            case "schema": .one(.schema)
            case "content": .map(.mediaType)
            case "headers": .map(.parameter)
            default: nil
            }
        case .schema: schemaHolding(key, value)
        }
    }

    static let methods: Set = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"]

    private static func schemaHolding(_ key: String, _ value: JSONValue) -> Holding? {
        switch key {
        case "properties", "patternProperties", "$defs", "definitions", "dependentSchemas": .map(.schema)
        case "allOf", "anyOf", "oneOf", "prefixItems": .list(.schema)
        case "items": value.array == nil ? .one(.schema) : .list(.schema)
        case "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames",
            "unevaluatedItems", "unevaluatedProperties":
            .one(.schema)
        default: nil
        }
    }
}

extension JSONValue {
    /// This with each object in it, the inner ones first, replaced.
    func mapped(_ change: (JSONValue) -> JSONValue) -> JSONValue {
        switch self {
        case .object(let object): change(.object(JSONObject(object.map { ($0.key, $0.value.mapped(change)) })))
        case .array(let items): change(.array(items.map { $0.mapped(change) }))
        default: change(self)
        }
    }
}

extension JSONObject {
    /// This with members that it does not have yet.
    func adding(_ members: [(String, JSONValue)]) -> JSONObject {
        var result = self
        for (key, value) in members where result[key] == nil { result[key] = value }
        return result
    }

    func without(_ keys: String...) -> JSONObject {
        JSONObject(filter { !keys.contains($0.key) }.map { ($0.key, $0.value) })
    }
}
