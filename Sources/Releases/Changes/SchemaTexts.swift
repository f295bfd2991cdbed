import JSON

/// What a model reads in a schema, with its places.
struct SchemaTexts {
    struct Text {
        let pointer: String
        let text: String
    }

    /// Titles and descriptions, wherever they stand; values that a schema only names are no schemas.
    private(set) var sentences: [Text] = []
    /// Everything else that somebody may have written into it: the names of properties and of definitions; the texts in values
    /// that it lists, and in its defaults and examples; patterns, formats, comments and keywords of somebody's own.
    private(set) var words: [Text] = []

    /// `place` is where the schema stands.
    init(in schema: JSONValue?, at place: [String] = []) {
        var open = schema.map { [Part(value: $0, place: place)] } ?? []
        while let part = open.popLast() {
            var inside: [Part] = []
            switch part.value {
            case .array(let items):
                for (position, item) in items.enumerated() {
                    inside.append(Part(value: item, place: part.place + [String(position)]))
                }
            case .object(let members):
                for (key, member) in members { if let part = read(key, member, of: part) { inside.append(part) } }
            default: break
            }
            open += inside.reversed()
        }
    }

    /// A schema, a list of some, or a map from names to some.
    private struct Part {
        let value: JSONValue
        let place: [String]
        var isMap = false
    }

    /// What is still to be read of a member, where it holds schemas.
    private mutating func read(_ key: String, _ member: JSONValue, of part: Part) -> Part? {
        let place = part.place + [key]
        if part.isMap {
            note([key], at: place)
            return Part(value: member, place: place)
        }
        switch key {
        case "title", "description":
            guard let text = member.string else { return nil }
            sentences.append(Text(pointer: JSONPointer(place).description, text: text))
            return nil
        case "properties", "patternProperties", "$defs", "definitions", "dependentSchemas":
            return Part(value: member, place: place, isMap: true)
        case "enum", "const", "default", "example", "examples", "required", "dependentRequired", "$comment", "format",
            "pattern", "contentMediaType", "contentEncoding", "$anchor", "$dynamicAnchor", "$id":
            note(member.texts, at: place)
            return nil
        case _ where key.hasPrefix("x-"):
            note(member.texts, at: place)
            return nil
        default: return Part(value: member, place: place)
        }
    }

    private mutating func note(_ found: [String], at place: [String]) {
        guard !found.isEmpty else { return }
        let pointer = JSONPointer(place).description
        words += found.map { Text(pointer: pointer, text: $0) }
    }
}

extension JSONValue {
    /// Every text in the value, names of members among them.
    fileprivate var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let items): items.flatMap(\.texts)
        case .object(let members): members.flatMap { [$0.key] + $0.value.texts }
        case .null, .bool, .number: []
        }
    }
}
