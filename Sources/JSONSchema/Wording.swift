import JSON

/// How messages name things.
enum Wording {
    /// The values of an `enum`, as many as a reader can use.
    static func choice(_ values: [JSONValue]) -> String {
        if values.count == 1, let only = values.first { return only.clipped }
        let shown = values.prefix(20).map(\.clipped).joined(separator: ", ")
        return "one of \(shown)" + (values.count > 20 ? " and \(values.count - 20) more" : "")
    }

    /// Which of many values is spelled most like the one that came, where the choice does not show it.
    static func nearest(_ value: JSONValue, _ values: [JSONValue]) -> String {
        guard values.count > 20, let text = value.string,
            let nearest = SpellingDistance.nearest(to: text, among: values.lazy.compactMap(\.string))
        else { return "" }
        return "; the nearest is \(nearest.clipped(60))"
    }

    /// `property "a"` or `properties "a", "b" and "c"`.
    static func properties(_ names: [String]) -> String {
        let shown = names.prefix(20).map(\.quoted)
        if names.count > 20 { return "properties \(shown.joined(separator: ", ")) and \(names.count - 20) more" }
        return (names.count == 1 ? "property " : "properties ") + list(shown, "and")
    }

    /// What may stand instead of an unknown name: the one that it may be a wrong spelling of, and all.
    static func known(_ names: [String], insteadOf name: String, beside object: JSONObject) -> String {
        if names.isEmpty { return "; none are known" }
        let free = names.lazy.filter { object[$0] == nil }
        let nearest = SpellingDistance.nearest(to: name, among: free).map { " (did you mean \($0.quoted)?)" } ?? ""
        return nearest + known(names)
    }

    private static func known(_ names: [String]) -> String {
        let shown = names.prefix(20).map(\.quoted).joined(separator: ", ")
        return "; known are \(shown)" + (names.count > 20 ? " and \(names.count - 20) more" : "")
    }

    /// `a, b or c`.
    static func list(_ words: [String], _ conjunction: String) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }
}

extension SchemaEvaluator {
    /// The value that is being checked, as a sentence begins: `filter.tags[2]`.
    var subject: String { path.isEmpty ? "the value" : Self.label(path[...]) }

    /// ` in filter`, or nothing at the root.
    var place: String { path.isEmpty ? "" : " in \(subject)" }

    /// The same for what holds the value that is being checked.
    var outerPlace: String { path.count < 2 ? "" : " in \(Self.label(path.dropLast()))" }

    private static func label(_ path: ArraySlice<InstanceStep>) -> String {
        // Of a long way the end says most.
        var text = path.count > 8 ? "…" : ""
        for step in path.suffix(8) {
            switch step {
            case .member(let name):
                text += (text.isEmpty ? "" : ".") + (name.isPlainName ? name.shortened(80) : name.quoted)
            case .item(let index): text += (text.isEmpty ? "item " : "") + (text.isEmpty ? "\(index)" : "[\(index)]")
            }
        }
        return text
    }

    /// What a subschema asks for in a few words, where it is simple enough to say.
    func description(of node: Int) -> String? {
        var node = node
        for _ in 0..<8 {
            let rules = table.nodes[node].rules
            for rule in rules {
                switch rule {
                case .constant(let value): return value.clipped
                case .enumeration(let values, _): return Wording.choice(values)
                case .bound(let bound): return bound.phrase
                case .multiple(let divisor, _): return "a multiple of \(divisor.text)"
                case .length(let bound): return "a string with \(bound.phrase("character"))"
                case .pattern(let source, _): return "a string like \(source.clipped(60))"
                case .required(let names):
                    return "an object with \(Wording.list(names.prefix(6).map(\.quoted), "and"))"
                default: continue
                }
            }
            if rules.count == 1, case .type(let types)? = rules.first { return types.phrase }
            guard rules.count == 1, case .reference(let number)? = rules.first else { return nil }
            node = table.targets[number]
        }
        return nil
    }
}

extension SchemaEvaluator {
    /// `; for example "p-1"`, where the schema has an example and it is one.
    func example(of node: Int, where isRight: (JSONValue) -> Bool) -> String {
        guard let example = table.nodes[node].example, isRight(example.value) else { return "" }
        return "; for example \(example.text)"
    }

    /// How a form of a choice is named: by its title, or by what it asks for.
    func name(of node: Int) -> String? {
        if let title = table.nodes[node].title { return title.quoted }
        if case .reference(let number)? = table.nodes[node].rules.first,
            let title = table.nodes[table.targets[number]].title
        {
            return title.quoted
        }
        return description(of: node)
    }
}

extension SchemaNode.Example {
    /// Nothing where there is no example, or one that is too long for a sentence.
    init?(_ value: JSONValue?) {
        guard let value, value.weight <= 40 else { return nil }
        let text = value.text
        guard text.utf8.count <= 200 else { return nil }
        self.init(value: value, text: text)
    }
}

extension JSONTypes {
    /// `a string or null`.
    var phrase: String {
        let names = Self.named.filter { contains($0.type) }.map { name, _ in
            switch name {
            case "null": "null"
            case "integer", "array", "object": "an \(name)"
            default: "a \(name)"
            }
        }
        return Wording.list(names, "or")
    }
}

extension NumberBound {
    /// `at most 100`.
    var phrase: String {
        let shown = JSONValue.number(number).clipped
        return switch (isUpper, isExclusive) {
        case (true, false): "at most \(shown)"
        case (true, true): "less than \(shown)"
        case (false, false): "at least \(shown)"
        case (false, true): "greater than \(shown)"
        }
    }
}

extension CountBound {
    /// `at least 1 item`.
    func phrase(_ one: String, _ many: String? = nil) -> String {
        "\(isUpper ? "at most" : "at least") \(count) \(count == 1 ? one : many ?? one + "s")"
    }
}

extension JSONValue {
    /// The value as JSON, cut short.
    var clipped: String {
        switch self {
        case .string(let text): text.clipped(60)
        default: text.shortened(60)
        }
    }

    /// The value as one says what it is: `the string "a"`, `250`, `an object`.
    var phrase: String {
        switch self {
        case .null, .bool, .number: clipped
        case .string: "the string \(clipped)"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension String {
    /// The text in double quotes, cut short.
    var quoted: String { clipped(80) }

    /// Whether the text is a name that needs no quotes in a sentence.
    var isPlainName: Bool {
        !isEmpty
            && unicodeScalars.prefix(80).allSatisfy {
                $0.properties.isAlphabetic || "0123456789_-$@".unicodeScalars.contains($0)
            }
    }

    /// The text as a JSON string of at most so many code points.
    func clipped(_ count: Int) -> String { JSONValue.string(shortened(count)).text }

    /// The first code points of a text that is longer.
    func shortened(_ count: Int) -> String {
        let scalars = unicodeScalars
        guard let end = scalars.index(startIndex, offsetBy: count, limitedBy: endIndex), end < endIndex else {
            return self
        }
        return String(scalars[..<end]) + "…"
    }
}
