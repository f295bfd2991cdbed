package import JSON

/// A value in which text was replaced by what the text says.
package struct RepairedValue: Sendable, Hashable {
    /// The value; the one that was given where nothing was replaced.
    package let value: JSONValue
    /// Where something was replaced: the places in ``value``, each before those inside it.
    package let places: [JSONPointer]
}

extension CompiledSchema {
    /// A value with its stringified parts undone: models like to send `"{\"a\":1}"` for an object, `"[1]"` for an array,
    /// `"5"` for a number, `"true"` for a Boolean and `"null"` for `null`.
    ///
    /// A string is replaced only where there is no doubt: the schema of its place accepts no string at all, in none of
    /// its forms; the text is JSON, and no string again; and what it says, itself repaired, is valid there. All else
    /// stays as it is and keeps its error. Nothing is ever turned into a string, and numbers keep their text.
    ///
    /// The schema of a place is what `properties`, `patternProperties`, `additionalProperties`, `prefixItems` and
    /// `items` say, through `$ref`, `allOf` and `dependentSchemas`; inside `anyOf` and `oneOf` where one form alone can
    /// be had by repairing. What only `if` or `unevaluated…` say of a place is not looked at.
    ///
    /// Does at most the work of one check (``SchemaLimits/steps``) and reads at most ``SchemaLimits/repairedBytes``;
    /// beyond that, nothing is replaced.
    package func repaired(_ instance: JSONValue) -> RepairedValue {
        var repair = SchemaRepair(table: table, limits: limits)
        if repair.accept([root], instance) { return RepairedValue(value: instance, places: []) }
        let value = repair.repaired(instance, by: [root])
        if repair.isExhausted { return RepairedValue(value: instance, places: []) }
        return RepairedValue(value: value, places: repair.places)
    }
}

/// One walk through a value and the subschemas that apply to its parts.
private struct SchemaRepair {
    let table: SchemaTable
    let limits: SchemaLimits
    var places: [JSONPointer] = []
    private var path: [String] = []
    private var steps: Int
    private var bytes: Int
    private var depth = 0
    /// What ``mayBeText(_:depth:)`` found out; for those that are being looked at, that it cannot be told.
    private var texts: [Int: Bool] = [:]

    /// How deep text in text, and parts of values, are followed.
    private static let deepest = 128

    init(table: SchemaTable, limits: SchemaLimits) {
        self.table = table
        self.limits = limits
        steps = limits.steps
        bytes = limits.repairedBytes
    }

    var isExhausted: Bool { steps < 0 || bytes < 0 }

    /// Whether a value is valid by all of some subschemas.
    mutating func accept(_ nodes: [Int], _ value: JSONValue) -> Bool {
        for node in nodes {
            guard !isExhausted else { return false }
            var evaluator = SchemaEvaluator(table: table, limits: limits, collects: false)
            evaluator.steps = steps
            let isValid = evaluator.accepts(value, node)
            steps = evaluator.steps
            if !isValid { return false }
        }
        return true
    }

    /// A value, repaired as far as it can be by subschemas that must all hold.
    mutating func repaired(_ value: JSONValue, by nodes: [Int]) -> JSONValue {
        guard !isExhausted, depth < Self.deepest else { return value }
        depth += 1
        defer { depth -= 1 }
        let all = closure(of: nodes, for: value)
        let result: JSONValue
        switch value {
        case .string(let text): return unquoted(text, nodes, all) ?? value
        case .array(let items): result = .array(repaired(items, by: all))
        case .object(let object): result = .object(repaired(object, by: all))
        case .null, .bool, .number: return value
        }
        return all.reduce(result) { chosen($1, for: $0) }
    }

    // MARK: - Text

    /// What a text says, where it is meant to be read.
    private mutating func unquoted(_ text: String, _ nodes: [Int], _ all: [Int]) -> JSONValue? {
        guard all.contains(where: { !mayBeText($0) }) else { return nil }
        bytes -= text.utf8.count
        guard !isExhausted, let value = try? JSONValue(parsing: text, depthLimit: Self.deepest), value.string == nil
        else { return nil }
        let outer = places
        places.append(JSONPointer(path))
        if accept(nodes, value) { return value }
        let result = repaired(value, by: nodes)
        if accept(nodes, result) { return result }
        places = outer
        return nil
    }

    /// Whether a subschema can be satisfied by any string; true where that cannot be told.
    private mutating func mayBeText(_ node: Int, depth: Int = 0) -> Bool {
        if let known = texts[node] { return known }
        guard depth < Self.deepest else { return true }
        texts[node] = true
        let mayBe = isOpenToText(node, depth: depth + 1)
        texts[node] = mayBe
        return mayBe
    }

    private mutating func isOpenToText(_ node: Int, depth: Int) -> Bool {
        for rule in table.nodes[node].rules {
            let mayBe =
                switch rule {
                case .never: false
                case .type(let types): types.contains(.string)
                case .constant(let value): value.string != nil
                case .enumeration(let values, _): values.contains { $0.string != nil }
                case .reference(let number): mayBeText(table.targets[number], depth: depth)
                case .all(let nodes): nodes.allSatisfy { mayBeText($0, depth: depth) }
                case .any(let nodes), .one(let nodes): nodes.contains { mayBeText($0, depth: depth) }
                case .condition(_, let then?, let otherwise?):
                    mayBeText(then, depth: depth) || mayBeText(otherwise, depth: depth)
                default: true
                }
            if !mayBe { return false }
        }
        return true
    }

    // MARK: - Parts

    private mutating func repaired(_ items: [JSONValue], by nodes: [Int]) -> [JSONValue] {
        var result = items
        for index in items.indices {
            var inner: [Int] = []
            for node in nodes {
                for case .items(let prefix, let rest) in table.nodes[node].rules {
                    inner += index < prefix.count ? [prefix[index]] : rest.map { [$0] } ?? []
                }
            }
            if let part = repaired(part: items[index], at: String(index), by: inner) { result[index] = part }
            if isExhausted { return items }
        }
        return result
    }

    private mutating func repaired(_ object: JSONObject, by nodes: [Int]) -> JSONObject {
        var result = object
        for (name, value) in object {
            var inner: [Int] = []
            for node in nodes {
                for case .members(let rules) in table.nodes[node].rules {
                    var known = rules.named[JSONName(name)].map { [$0] } ?? []
                    for (pattern, node) in rules.patterns where pattern.matches(name, steps: &steps) {
                        known.append(node)
                    }
                    inner += known.isEmpty ? rules.others.map { [$0] } ?? [] : known
                }
            }
            if let part = repaired(part: value, at: name, by: inner) { result[name] = part }
            if isExhausted { return object }
        }
        return result
    }

    /// Nothing where no subschema speaks of the part.
    private mutating func repaired(part: JSONValue, at token: String, by nodes: [Int]) -> JSONValue? {
        steps -= 1
        if nodes.isEmpty { return nil }
        path.append(token)
        defer { path.removeLast() }
        return repaired(part, by: nodes)
    }

    // MARK: - Subschemas

    /// The subschemas that apply to a value where these do.
    private mutating func closure(of nodes: [Int], for value: JSONValue) -> [Int] {
        var seen: Set<Int> = []
        var result: [Int] = []
        var pending = Array(nodes.reversed())
        while let node = pending.popLast() {
            steps -= 1
            guard steps >= 0, seen.insert(node).inserted else { continue }
            result.append(node)
            for rule in table.nodes[node].rules {
                switch rule {
                case .reference(let number), .dynamicReference(let number, _): pending.append(table.targets[number])
                case .all(let inner): pending += inner
                case .dependentSchemas(let dependencies):
                    steps -= dependencies.count
                    pending += dependencies.filter { value[$0.key] != nil }.values.sorted()
                default: continue
                }
            }
        }
        return result
    }

    /// A value as the one form of a subschema's choices that it can be repaired to have.
    private mutating func chosen(_ node: Int, for value: JSONValue) -> JSONValue {
        var value = value
        for rule in table.nodes[node].rules {
            switch rule {
            case .any(let nodes): value = chosen(nodes, isExclusive: false, for: value)
            case .one(let nodes): value = chosen(nodes, isExclusive: true, for: value)
            default: continue
            }
        }
        return value
    }

    private mutating func chosen(_ branches: [Int], isExclusive: Bool, for value: JSONValue) -> JSONValue {
        if branches.contains(where: { accept([$0], value) }) { return value }
        let outer = places
        var found: (value: JSONValue, places: [JSONPointer])?
        for branch in branches where !isExhausted {
            places = outer
            let candidate = repaired(value, by: [branch])
            guard places.count > outer.count, accept([branch], candidate) else { continue }
            if let found, found.value != candidate || isExclusive {
                places = outer
                return value
            }
            found = (candidate, places)
        }
        places = found?.places ?? outer
        return found?.value ?? value
    }
}
