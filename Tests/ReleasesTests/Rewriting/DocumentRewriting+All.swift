import JSON

extension DocumentRewriting {
    static let all: [DocumentRewriting] = texts + orders + references + defaults + schemaForms + dialects

    private static let json: Set<Version> = [.v31, .v32]
    private static let open: Set<Version> = [.v30, .v31, .v32]

    private static let texts: [DocumentRewriting] = [
        DocumentRewriting("as JSON on one line"),
        DocumentRewriting("as JSON with CRLF", text: { Array($0.prettyText.replacing("\n", with: "\r\n").utf8) }),
        DocumentRewriting("as YAML", text: { Array($0.blockText.utf8) }),
        .whole("with 1.0 for 1") { (document: JSONValue, _: DocumentRewriting.Version) -> JSONValue in
            document.mapped { value in
                guard case .number(let number) = value, let whole = number.integer,
                    let other = JSONNumber("\(whole).0")
                else { return value }
                return .number(other)
            }
        },
    ]

    private static let orders: [DocumentRewriting] = [
        .whole("with all keys in another order") { (document: JSONValue, _: DocumentRewriting.Version) -> JSONValue in
            document.mapped { value in
                guard case .object(let object) = value else { return value }
                return .object(JSONObject(object.reversed().map { ($0.key, $0.value) }))
            }
        },
        .parts("with tags and parameters in another order", .operation) { (operation: JSONObject) -> JSONObject in
            JSONObject(
                operation.map { key, value in
                    let isOrdered = key == "tags" || key == "parameters"
                    return (key, isOrdered ? .array((value.array ?? []).reversed()) : value)
                }
            )
        },
        .schemas("with lists in another order") { (schema: JSONObject, _: DocumentRewriting.Version) -> JSONValue in
            .object(
                JSONObject(
                    schema.map { key, value in
                        let isSet = ["required", "enum", "type", "anyOf", "oneOf", "allOf"].contains(key)
                        return (key, isSet ? value.array.map { .array($0.reversed()) } ?? value : value)
                    }
                )
            )
        },
        .parts("with the parameters of lone operations at their path", .pathItem, in: open) {
            (item: JSONObject) -> JSONObject in
            let methods = item.filter { DocumentWalk.methods.contains($0.key) }
            guard methods.count == 1, item["parameters"] == nil, let lone = methods.first,
                let parameters = lone.value["parameters"]
            else { return item }
            var item = item
            item["parameters"] = parameters
            item[lone.key] = .object((lone.value.object ?? [:]).without("parameters"))
            return item
        },
        .whole("with a slash at the end of servers", in: open) {
            (document: JSONValue, _: DocumentRewriting.Version) -> JSONValue in
            document.withServers { $0.hasSuffix("/") ? $0 : $0 + "/" }
        },
        .whole("with the port that is the scheme's own", in: open) {
            (document: JSONValue, _: DocumentRewriting.Version) -> JSONValue in
            document.withServers { url in
                guard let sign = url.firstRange(of: "://"), !url.contains("{") else { return url }
                let rest = url[sign.upperBound...]
                let host = rest.prefix { $0 != "/" }
                guard !host.isEmpty, !host.contains(":") else { return url }
                let port = url.hasPrefix("https") ? ":443" : ":80"
                return url[..<sign.upperBound] + host + port + rest.dropFirst(host.count)
            }
        },
    ]

    private static let references: [DocumentRewriting] = [
        .whole("with references to schemas written in", in: open) {
            (document: JSONValue, version: DocumentRewriting.Version) -> JSONValue in
            document.inlined(keepingSiblings: version.hasJSONSchema)
        },
        .whole("with schemas that are referred to", in: open) {
            (document: JSONValue, _: DocumentRewriting.Version) -> JSONValue in document.hoisted()
        },
    ]

    private static let defaults: [DocumentRewriting] = [
        .parts("with the defaults of parameters", .parameter, in: open) { (parameter: JSONObject) -> JSONObject in
            guard let place = parameter["in"]?.string else { return parameter }
            var defaults: [(String, JSONValue)] = [("deprecated", false)]
            if place != "path" { defaults.append(("required", false)) }
            if parameter["schema"] != nil {
                let style = place == "query" || place == "cookie" ? "form" : "simple"
                let isExploded = ["form", "cookie"].contains(parameter["style"]?.string ?? style)
                defaults += [("style", .string(style)), ("explode", .bool(isExploded))]
                if place == "query" { defaults += [("allowReserved", false), ("allowEmptyValue", false)] }
            }
            return parameter.adding(defaults)
        },
        .parts("with the defaults of operations", .operation, in: open) { $0.adding([("deprecated", false)]) },
        .parts("with the defaults of bodies", .requestBody, in: open) { (body: JSONObject) -> JSONObject in
            body["$ref"] == nil ? body.adding([("required", false)]) : body
        },
        .schemas("with the defaults of schemas", in: [.v30]) {
            (schema: JSONObject, _: DocumentRewriting.Version) -> JSONValue in
            guard schema["$ref"] == nil else { return .object(schema) }
            var defaults: [(String, JSONValue)] = [
                ("nullable", false), ("deprecated", false), ("readOnly", false), ("writeOnly", false),
                ("uniqueItems", false), ("minLength", 0), ("minItems", 0), ("minProperties", 0),
                ("exclusiveMinimum", false), ("exclusiveMaximum", false), ("required", []),
            ]
            if schema["type"] == "object" { defaults += [("additionalProperties", true), ("properties", [:])] }
            return .object(schema.adding(defaults))
        },
        .schemas("with keywords that say nothing", in: json) {
            (schema: JSONObject, _: DocumentRewriting.Version) -> JSONValue in
            var defaults: [(String, JSONValue)] = [
                ("deprecated", false), ("readOnly", false), ("writeOnly", false), ("uniqueItems", false),
                ("minLength", 0), ("minItems", 0), ("minProperties", 0), ("required", []), ("dependentRequired", [:]),
                ("dependentSchemas", [:]), ("propertyNames", true), ("not", false), ("$comment", "nothing"),
                ("if", true), ("pattern", ""),
            ]
            if schema["allOf"] == nil { defaults.append(("allOf", [true])) }
            if schema["$ref"] == nil, schema["allOf"] == nil, schema["anyOf"] == nil, schema["oneOf"] == nil,
                schema["unevaluatedProperties"] == nil
            {
                defaults += [
                    ("properties", [:]), ("patternProperties", [:]), ("additionalProperties", true), ("items", [:]),
                ]
            }
            return .object(schema.adding(defaults))
        }.unless(["unevaluatedProperties", "unevaluatedItems"]),
    ]

    private static let schemaForms: [DocumentRewriting] = [
        .schemas("with a list of one type", in: json) { (schema: JSONObject, _) -> JSONValue in
            guard let type = schema["type"]?.string else { return .object(schema) }
            var schema = schema
            schema["type"] = [.string(type)]
            return .object(schema)
        },
        .schemas("with const for one value", in: json) {
            (schema: JSONObject, _: DocumentRewriting.Version) -> JSONValue in
            guard let values = schema["enum"]?.array, values.count == 1, schema["const"] == nil else {
                return .object(schema)
            }
            return .object(schema.without("enum").adding([("const", values[0])]))
        },
        .schemas("with enum for a const", in: json) { (schema: JSONObject, _: DocumentRewriting.Version) -> JSONValue in
            guard let value = schema["const"], schema["enum"] == nil else { return .object(schema) }
            return .object(schema.without("const").adding([("enum", [value])]))
        },
        .schemas("with null as a choice", in: json) { (schema: JSONObject, _: DocumentRewriting.Version) -> JSONValue in
            schema.withNullAsChoice() ?? .object(schema)
        },
        .schemas("within a list of one under allOf", in: open) {
            (schema: JSONObject, _: DocumentRewriting.Version) -> JSONValue in ["allOf": [.object(schema)]]
        }.unless(["unevaluatedProperties"]),
        .schemas("within a list of one under anyOf", in: open) {
            (schema: JSONObject, _: DocumentRewriting.Version) -> JSONValue in ["anyOf": [.object(schema)]]
        }.unless(["anyOf", "oneOf", "discriminator"]),
        .schemas("within a list of one under oneOf", in: open) {
            (schema: JSONObject, _: DocumentRewriting.Version) -> JSONValue in ["oneOf": [.object(schema)]]
        }.unless(["anyOf", "oneOf", "discriminator"]),
        .schemas("with nothing but a reference under allOf", in: open) {
            (schema: JSONObject, _: DocumentRewriting.Version) -> JSONValue in
            schema["$ref"] != nil && schema.count == 1 ? ["allOf": [.object(schema)]] : .object(schema)
        },
    ]

    private static let dialects: [DocumentRewriting] = [
        .whole("as OpenAPI 3.1", in: [.v30]) { (document: JSONValue, _: DocumentRewriting.Version) -> JSONValue in
            let walked = DocumentWalk { part, object, _ in
                switch part {
                case .schema: object.asOpenAPI31
                case .requestBody: object.bodyAsOpenAPI31
                default: .object(object)
                }
            }.walked(document)
            var root = walked.object ?? [:]
            root["openapi"] = "3.1.0"
            return .object(root)
        }
    ]
}
