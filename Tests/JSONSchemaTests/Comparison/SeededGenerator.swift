import JSON

/// Random numbers that are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    /// Keywords that schemas are to do without.
    var skipped: Set<String> = []

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True once in so many times.
    mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

    /// One of several.
    mutating func pick<Element>(_ items: [Element]) -> Element { items[Int.random(in: items.indices, using: &self)] }
}

/// Schemas and values of a small world, so that values often fit and often do not.
extension SeededGenerator {
    private static let names = ["a", "b", "c", "ab"]
    private static let texts = ["", "a", "b", "ab", "abc"]
    private static let patterns = ["^a", "b$", "^(a|b)$", "^(a|b|ab)$", "c"]
    static let types = ["string", "integer", "number", "boolean", "array", "object", "null"]

    /// Any value.
    mutating func value(depth: Int = 2) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 11 : 6), using: &self) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &self))
        case 2, 3: return number()
        case 4, 5: return .string(pick(Self.texts))
        case 6, 7: return .array((0..<Int.random(in: 0..<4, using: &self)).map { _ in value(depth: depth - 1) })
        default:
            let names = Self.names.filter { _ in Bool.random(using: &self) }
            return .object(JSONObject(names.map { ($0, value(depth: depth - 1)) }))
        }
    }

    private mutating func number() -> JSONValue {
        let value = Int.random(in: -2...5, using: &self)
        return chance(3) ? .number(JSONNumber("\(value).5") ?? JSONNumber(value)) : .number(JSONNumber(value))
    }

    /// A schema with two definitions, which may refer to one another.
    mutating func document(depth: Int = 3) -> JSONValue {
        var root = schema(depth: depth).object ?? [:]
        root["$defs"] = ["one": schema(depth: depth - 1), "two": schema(depth: depth - 1)]
        return .object(root)
    }

    /// A schema, with references into the definitions.
    mutating func schema(depth: Int) -> JSONValue {
        if chance(12) { return .bool(!chance(4)) }
        if chance(8) { return ["$ref": .string(chance(2) ? "#/$defs/one" : "#/$defs/two")] }
        var schema = JSONObject()
        if !chance(4) { schema["type"] = type() }
        for _ in 0..<Int.random(in: 0..<4, using: &self) {
            let keyword = pick(Self.keywords)
            if skipped.contains(keyword) { continue }
            schema[keyword] = value(of: keyword, depth: depth)
        }
        return .object(schema)
    }

    private mutating func type() -> JSONValue {
        chance(3) ? JSONValue([pick(Self.types), pick(Self.types)]) : .string(pick(Self.types + ["object", "array"]))
    }

    static let keywords = [
        "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "items", "prefixItems", "contains",
        "minProperties", "maxProperties", "required", "properties", "properties", "properties", "required",
        "additionalProperties", "additionalProperties", "patternProperties", "propertyNames", "dependentRequired",
        "dependentSchemas", "anyOf", "oneOf", "allOf", "not", "if", "then", "else", "unevaluatedProperties",
        "unevaluatedItems", "minContains", "maxContains", "anyOf", "oneOf",
    ]

    /// A value that makes sense for a keyword.
    mutating func value(of keyword: String, depth: Int) -> JSONValue {
        switch keyword {
        case "type": return type()
        case "enum": return .array((0..<Int.random(in: 1..<5, using: &self)).map { _ in value(depth: chance(4) ? 1 : 0) })
        case "const": return value(depth: chance(4) ? 1 : 0)
        case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum": return number()
        case "multipleOf": return pick([1, 2, 3, 4, .number(JSONNumber("0.5") ?? JSONNumber(1))])
        case "pattern": return .string(pick(Self.patterns))
        case "uniqueItems": return .bool(!chance(4))
        case "required": return JSONValue(Self.names.filter { _ in chance(3) })
        case "dependentRequired":
            return .object(JSONObject([(pick(Self.names), JSONValue([pick(Self.names), pick(Self.names)]))]))
        case "properties", "dependentSchemas":
            let names = Self.names.filter { _ in Bool.random(using: &self) }
            return .object(JSONObject(names.map { ($0, depth > 0 ? schema(depth: depth - 1) : true) }))
        case "patternProperties":
            return .object(JSONObject([(pick(Self.patterns), depth > 0 ? schema(depth: depth - 1) : true)]))
        case "prefixItems", "anyOf", "oneOf", "allOf":
            let count = Int.random(in: 1..<4, using: &self)
            return .array((0..<count).map { _ in depth > 0 ? schema(depth: depth - 1) : true })
        case "additionalProperties" where chance(2): return .bool(Bool.random(using: &self))
        case "items", "contains", "additionalProperties", "propertyNames", "not", "if", "then", "else",
            "unevaluatedProperties", "unevaluatedItems":
            return depth > 0 ? schema(depth: depth - 1) : .bool(chance(2))
        default: return .number(JSONNumber(Int.random(in: 0..<4, using: &self)))
        }
    }

    /// The schema with one thing changed somewhere.
    mutating func changed(_ schema: JSONValue, depth: Int = 3) -> JSONValue {
        guard case .object(var object) = schema, !object.isEmpty, !chance(10) else { return self.schema(depth: 1) }
        let inner = object.filter { $0.value.object != nil || $0.value.array?.contains { $0.object != nil } ?? false }
        if let member = inner.randomElement(using: &self), !chance(3) {
            object[member.key] = changed(inside: member.value, member.key, depth: depth - 1)
        } else if chance(3) {
            object[pick(object.map(\.key))] = nil
        } else {
            let keyword = chance(2) ? pick(Self.keywords) : pick(object.map(\.key))
            if keyword != "$defs", keyword != "$ref" { object[keyword] = value(of: keyword, depth: 1) }
        }
        return .object(object)
    }

    private static let maps = ["properties", "patternProperties", "dependentSchemas", "$defs"]

    private mutating func changed(inside value: JSONValue, _ keyword: String, depth: Int) -> JSONValue {
        switch value {
        case .array(var items) where !items.isEmpty && ["prefixItems", "anyOf", "oneOf", "allOf"].contains(keyword):
            let index = Int.random(in: items.indices, using: &self)
            switch Int.random(in: 0..<4, using: &self) {
            case 0 where items.count > 1: items.remove(at: index)
            case 1: items.append(schema(depth: 1))
            default: items[index] = changed(items[index], depth: depth)
            }
            return .array(items)
        case .object(var members) where !members.isEmpty && Self.maps.contains(keyword):
            let key = pick(members.map(\.key))
            if keyword != "$defs", chance(4) {
                members[key] = nil
            } else {
                members[key] = members[key].map { changed($0, depth: depth) }
            }
            return .object(members)
        case .object where keyword != "dependentRequired": return changed(value, depth: depth)
        default: return self.value(of: keyword, depth: 1)
        }
    }
}
