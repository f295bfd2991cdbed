import JSON

extension SchemaRule {
    /// The forms of a choice.
    var choices: [Int]? {
        switch self {
        case .any(let nodes), .one(let nodes): nodes
        default: nil
        }
    }

    /// Whether this is a choice of which several forms may match.
    var isAny: Bool {
        if case .any = self { true } else { false }
    }

    /// The values of an `enum` or a `const`.
    var listed: [JSONValue]? {
        switch self {
        case .enumeration(let values, _): values
        case .constant(let value): [value]
        default: nil
        }
    }
}

extension [JSONTypes] {
    /// Whether no two of these have a type in common.
    var areDisjoint: Bool {
        var seen: JSONTypes = []
        for types in self {
            guard types.isDisjoint(with: seen) else { return false }
            seen.formUnion(types)
        }
        return true
    }
}

extension SchemaSource {
    /// The types that each subschema can allow at most. Never too few, so a form without types cannot match.
    static func types(of table: SchemaTable) -> [JSONTypes] {
        var types = [JSONTypes](repeating: .allButNull, count: table.nodes.count)
        // References may lead around in circles; a few rounds find all that people write.
        for _ in 0..<8 {
            var changes = false
            for (id, node) in table.nodes.enumerated().reversed() {
                let found = node.rules.reduce(types[id]) { $0.intersection(Self.types(of: $1, table, types)) }
                if found != types[id] { changes = true }
                types[id] = found
            }
            if !changes { break }
        }
        return types
    }

    private static func types(of rule: SchemaRule, _ table: SchemaTable, _ known: [JSONTypes]) -> JSONTypes {
        switch rule {
        case .never: []
        case .type(let types): types.comparable
        case .multiple(_, let value) where value.isWhole: JSONTypes.allButNull.subtracting(.number)
        case .enumeration, .constant:
            (rule.listed ?? []).reduce([]) { $0.union(JSONTypes(of: $1).subtracting(.null)) }
        case .all(let nodes): nodes.reduce(.allButNull) { $0.intersection(known[$1]) }
        case .any(let nodes), .one(let nodes): nodes.reduce([]) { $0.union(known[$1]) }
        case .reference(let number), .dynamicReference(let number, _): known[table.targets[number]]
        default: .allButNull
        }
    }

    /// Whether a form asks only what is asked of each type for itself.
    func isPlainForm(_ branch: Int) -> Bool {
        closure(of: [branch]).allSatisfy { atom in
            if case .object(let object) = text(of: atom) {
                let said = ["default", "x-mcp-header", "discriminator"]
                if object["deprecated"] == true || said.contains(where: { object[$0] != nil }) { return false }
            }
            return table.nodes[atom].rules.allSatisfy { rule in
                switch rule {
                case .any(let forms), .one(let forms): forms.count == 1
                case .enumeration, .constant, .not, .condition, .unevaluatedItems, .unevaluatedMembers: false
                default: true
                }
            }
        }
    }

    /// Whether no value matches two of these forms: they differ in type, or in a property that each has with values of
    /// its own.
    func areDisjoint(_ branches: [Int], _ types: [JSONTypes]) -> Bool {
        guard branches.count <= 64 else { return false }
        let tags = branches.map(tags)
        for (first, second) in branches.indices.pairs {
            let common = types[first].intersection(types[second])
            if common.isEmpty { continue }
            let isTold = tags[first].contains { name, values in
                tags[second][name].map { values.isDisjoint(with: $0) } ?? false
            }
            guard common == .object, isTold else { return false }
        }
        return true
    }

    /// The properties that a form always has, with the values that they may have, where those are listed.
    func tags(of branch: Int) -> [JSONName: Set<ValueKey>] {
        var required: Set<JSONName> = []
        var tags: [JSONName: Set<ValueKey>] = [:]
        for rule in closure(of: [branch]).flatMap({ table.nodes[$0].rules }) {
            switch rule {
            case .required(let names): required.formUnion(names.map(JSONName.init))
            case .members(let members):
                for (name, node) in members.named where tags[name] == nil {
                    let rules = closure(of: [node]).flatMap { table.nodes[$0].rules }
                    if let values = rules.compactMap(\.listed).first { tags[name] = Set(values.map(ValueKey.init)) }
                }
            default: continue
            }
        }
        return tags.filter { required.contains($0.key) }
    }
}

extension Range<Int> {
    /// All pairs of two different numbers, the smaller first.
    fileprivate var pairs: [(Int, Int)] {
        flatMap { first in (first + 1..<Swift.max(first + 1, upperBound)).map { (first, $0) } }
    }
}

// MARK: - As text

extension SchemaSource {
    /// A subschema with its references replaced by what they lead to; a way back into what is being written stays a
    /// reference, `../` for each level. Nothing where the text would be large.
    func inlined(_ atom: Int, withTexts: Bool = true) -> JSONValue? {
        var budget = 400
        return inlined(atom, withTexts, &budget, [])
    }

    private func inlined(_ atom: Int, _ withTexts: Bool, _ budget: inout Int, _ path: [Int]) -> JSONValue? {
        if let index = path.firstIndex(of: atom) {
            return ["$ref": .string(String(repeating: "../", count: path.count - index))]
        }
        budget -= 1
        guard budget >= 0, path.count < 64 else { return nil }
        guard case .object(let object) = text(of: atom) else { return text(of: atom) }
        let draft = table.resources[table.nodes[atom].resource].draft
        let path = path + [atom]
        var result = JSONObject()
        for (keyword, value) in object {
            if ["$defs", "definitions", "$ref", "$dynamicRef", "$recursiveRef"].contains(keyword) { continue }
            if !withTexts, Self.texts.contains(keyword) { continue }
            guard let position = draft.position(of: keyword, value) else {
                result[keyword] = value
                continue
            }
            let place = table.nodes[atom].location.appending(keyword)
            guard let inner = inlined(value, position, place, withTexts, &budget, path) else { return nil }
            result[keyword] = inner
        }
        for target in table.nodes[atom].rules.compactMap(target) {
            guard let inner = inlined(target, withTexts, &budget, path) else { return nil }
            result = Self.joined(result, inner)
        }
        return .object(result)
    }

    private func inlined(
        _ value: JSONValue,
        _ position: SubschemaPositions,
        _ place: JSONPointer,
        _ withTexts: Bool,
        _ budget: inout Int,
        _ path: [Int]
    ) -> JSONValue? {
        func part(_ value: JSONValue, _ place: JSONPointer) -> JSONValue? {
            guard let atom = subschema(at: place) else { return value }
            return inlined(atom, withTexts, &budget, path)
        }
        switch (position, value) {
        case (.one, _): return part(value, place)
        case (.list, .array(let items)):
            let parts = items.enumerated().compactMap { part($1, place.appending($0)) }
            return parts.count == items.count ? .array(parts) : nil
        case (.map, .object(let members)):
            var parts = JSONObject()
            for (name, member) in members { parts[name] = part(member, place.appending(name)) }
            return parts.count == members.count ? .object(parts) : nil
        default: return value
        }
    }

    /// What stands beside a reference, with what the reference leads to.
    private static func joined(_ siblings: JSONObject, _ target: JSONValue) -> JSONObject {
        var result = siblings
        if let object = target.object, siblings.keys.allSatisfy(texts.contains) {
            for (keyword, value) in object where result[keyword] == nil { result[keyword] = value }
        } else {
            result["allOf"] = .array((result["allOf"]?.array ?? []) + [target])
        }
        return result
    }

    private static let texts: Set = [
        "title", "description", "$comment", "examples", "example", "default", "deprecated",
    ]
}

extension JSONValue {
    /// The canonical text; the text as written where there is none, such as for numbers beyond it.
    var canonicalText: String { String(decoding: (try? canonicalBytes) ?? bytes, as: UTF8.self) }
}
