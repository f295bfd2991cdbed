import JSON
import JSONSchema

/// Writes schemas in other words: the meaning stays.
struct SchemaRewriting {
    var generator: SeededGenerator
    private var definitions = JSONObject()

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// A document in other words.
    mutating func rewritten(_ document: JSONValue) -> JSONValue {
        guard var root = document.object else { return document }
        definitions = root["$defs"]?.object ?? [:]
        root["$defs"] = nil
        let known = definitions
        for (name, definition) in known { definitions[name] = schema(definition) }
        var result = schema(.object(root), isRoot: true).object ?? [:]
        if generator.chance(2) { definitions["unused"] = ["type": "string"] }
        result["$defs"] = .object(definitions)
        return .object(result)
    }

    private mutating func schema(_ schema: JSONValue, isRoot: Bool = false) -> JSONValue {
        guard case .object(let original) = schema else {
            return schema == true && generator.chance(2) ? [:] : schema
        }
        var object = JSONObject()
        for (keyword, value) in original { object[keyword] = inside(keyword, value) }
        writeDefaults(&object)
        writeValues(&object)
        writeNumbers(&object)
        if generator.chance(4), let nullable = nullable(object) { object = nullable }
        if generator.chance(5) { object = parts(object) }
        object = JSONObject(object.shuffled(using: &generator).map { ($0.key, $0.value) })
        if isRoot || !generator.chance(4) { return .object(object) }
        let name = "moved\(definitions.count)"
        definitions[name] = .object(object)
        return ["$ref": .string("#/$defs/\(name)")]
    }

    private mutating func inside(_ keyword: String, _ value: JSONValue) -> JSONValue {
        switch (keyword, value) {
        case ("items", _), ("contains", _), ("additionalProperties", _), ("propertyNames", _), ("not", _), ("if", _),
            ("then", _), ("else", _):
            return schema(value)
        case ("allOf", .array(let items)), ("anyOf", .array(let items)), ("oneOf", .array(let items)):
            return .array(items.map { schema($0) }.shuffled(using: &generator))
        case ("prefixItems", .array(let items)): return .array(items.map { schema($0) })
        case ("properties", .object(let members)), ("patternProperties", .object(let members)),
            ("dependentSchemas", .object(let members)):
            let parts = members.map { ($0.key, schema($0.value)) }
            return .object(JSONObject(parts.shuffled(using: &generator)))
        case ("required", .array(let items)), ("enum", .array(let items)), ("type", .array(let items)):
            return .array(items.shuffled(using: &generator))
        default: return value
        }
    }

    private mutating func writeDefaults(_ object: inout JSONObject) {
        let defaults: [(String, JSONValue)] = [
            ("additionalProperties", true), ("minItems", 0), ("minLength", 0), ("minProperties", 0), ("required", []),
            ("uniqueItems", false), ("properties", [:]), ("items", true), ("dependentRequired", [:]),
            ("deprecated", false),
        ]
        for (keyword, value) in defaults where object[keyword] == nil && generator.chance(6) { object[keyword] = value }
    }

    private mutating func writeValues(_ object: inout JSONObject) {
        if case .string(let name)? = object["type"], generator.chance(2) { object["type"] = [.string(name)] }
        if let value = object["const"], object["enum"] == nil, generator.chance(2) {
            object["const"] = nil
            object["enum"] = [value]
        }
        if object["type"] == nil, case .array(let values)? = object["enum"], generator.chance(2) {
            object["type"] = JSONValue(Array(Set(values.map(\.kind))).sorted())
        }
        if case .array(let values)? = object["enum"], let first = values.first, generator.chance(3) {
            object["enum"] = .array(values + [first])
        }
    }

    private mutating func writeNumbers(_ object: inout JSONObject) {
        for (keyword, value) in object {
            guard case .number(let number) = value, let whole = number.integer, generator.chance(2) else { continue }
            if let other = JSONNumber("\(whole).0") ?? JSONNumber("\(whole)e0") { object[keyword] = .number(other) }
        }
        guard object["type"] == "integer" || object["type"] == ["integer"] else { return }
        if let least = object["minimum"]?.integer, object["exclusiveMinimum"] == nil, generator.chance(2) {
            object["minimum"] = nil
            object["exclusiveMinimum"] = .number(JSONNumber(least - 1))
        }
        if object["multipleOf"] == nil, generator.chance(2) {
            object["type"] = "number"
            object["multipleOf"] = 1
        }
    }

    /// `null` as a form of its own, where the schema allows it.
    private func nullable(_ object: JSONObject) -> JSONObject? {
        guard case .array(let types)? = object["type"], types.contains { $0 != "null" }, types.contains("null"), object["$ref"] == nil
        else { return nil }
        var document = object
        document["$defs"] = .object(definitions)
        guard let compiled = try? CompiledSchema(.object(document)), compiled.isValid(.null) else { return nil }
        var form = object
        form["type"] = .array(types.filter { $0 != "null" })
        return ["anyOf": [.object(form), ["type": "null"]]]
    }

    /// The schema as the sum of its parts.
    private mutating func parts(_ object: JSONObject) -> JSONObject {
        let together = [
            ["properties", "patternProperties", "additionalProperties"], ["prefixItems", "items"],
            ["contains", "minContains", "maxContains"], ["if", "then", "else"],
        ]
        var parts: [JSONObject] = []
        for (keyword, value) in object {
            let group = together.first { $0.contains(keyword) } ?? [keyword]
            if let index = parts.firstIndex(where: { part in group.contains { part[$0] != nil } }) {
                parts[index][keyword] = value
            } else {
                parts.append([keyword: value])
            }
        }
        return ["allOf": .array(parts.map(JSONValue.object).shuffled(using: &generator))]
    }
}
