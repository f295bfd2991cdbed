import JSON

/// Proves that every value that is valid for one node is valid for another.
///
/// Only what is proved counts: false says that there is no proof, not that there is a value.
struct SchemaInclusion {
    private(set) var graph: SchemaGraph
    let classes: SchemaClasses
    private var steps: Int
    /// What is being shown, with how deep in the value.
    private var assumed: [Pair: Int] = [:]
    private var depth = 0

    /// The classes of two nodes.
    struct Pair: Hashable {
        let left: Int
        let right: Int
    }

    init(_ graph: SchemaGraph, _ classes: SchemaClasses, steps: Int) {
        self.graph = graph
        self.classes = classes
        self.steps = steps
    }

    /// Whether all that is valid on the left is valid on the right; none is where anything is valid.
    mutating func holds(_ left: Int?, in right: Int?) -> Bool {
        guard let right else { return true }
        guard let left else { return graph.facts[right].isAny }
        if classes.meaning[left] == classes.meaning[right] { return true }
        steps -= 1
        guard steps >= 0, assumed.count < 100 else { return false }
        // A value is finite: what leads to itself further inside holds. What leads to itself at once shows nothing.
        let pair = Pair(left: classes.meaning[left], right: classes.meaning[right])
        if let outer = assumed[pair] { return outer < depth }
        assumed[pair] = depth
        defer { assumed[pair] = nil }
        let inner = graph.facts[left]
        let outer = graph.facts[right]
        if inner.isNever || outer.isAny { return true }
        if inner.allowsNull, !outer.allowsNull { return false }
        if let values = inner.listed { return values.allSatisfy { graph.accepts($0, right) ?? false } }
        guard outer.values == nil, outer.types.isSuperset(of: inner.types) else { return false }
        return holdsPlain(inner, outer) && holdsArrays(inner, outer) && holdsObjects(inner, outer)
            && holdsChoices(inner, outer, left)
            && Set(outer.negations.map { classes.meaning[$0] }).isSubset(
                of: inner.negations.map { classes.meaning[$0] }
            )
            && holdsConditions(inner, outer) && holdsUnevaluated(inner, outer)
    }

    /// The same for what stands inside the value.
    private mutating func holdsInside(_ left: Int?, in right: Int?) -> Bool {
        depth += 1
        defer { depth -= 1 }
        return holds(left, in: right)
    }

    private func holdsPlain(_ inner: SchemaFacts, _ outer: SchemaFacts) -> Bool {
        if inner.types.contains(.integer), !inner.numbers.holds(in: outer.numbers) { return false }
        if inner.types.contains(.string), !inner.strings.holds(in: outer.strings) { return false }
        return true
    }

    private mutating func holdsArrays(_ inner: SchemaFacts, _ outer: SchemaFacts) -> Bool {
        guard inner.types.contains(.array) else { return true }
        let (inner, outer) = (inner.arrays, outer.arrays)
        let most = inner.maximum ?? .max
        guard inner.minimum >= outer.minimum, most <= outer.maximum ?? .max else { return false }
        if outer.isUnique, !inner.isUnique, most > 1 { return false }
        for index in 0..<max(inner.prefix.count, outer.prefix.count) where index < most {
            guard holdsInside(inner.item(at: index), in: outer.item(at: index)) else { return false }
        }
        if most > max(inner.prefix.count, outer.prefix.count), !holdsInside(inner.rest, in: outer.rest) { return false }
        return outer.contains.allSatisfy { wanted in
            inner.contains.contains { given in
                given.least >= wanted.least && given.most ?? .max <= wanted.most ?? .max
                    && classes.meaning[given.node] == classes.meaning[wanted.node]
            }
        }
    }

    private mutating func holdsObjects(_ inner: SchemaFacts, _ outer: SchemaFacts) -> Bool {
        guard inner.types.contains(.object) else { return true }
        let (inner, outer) = (inner.objects, outer.objects)
        guard inner.effectiveMinimum >= outer.minimum, inner.maximum ?? .max <= outer.maximum ?? .max,
            inner.required.isSuperset(of: outer.required), holdsInside(inner.names, in: outer.names)
        else { return false }
        for (trigger, names) in outer.dependentRequired {
            let given = inner.required.union(inner.dependentRequired[trigger] ?? [])
            guard given.isSuperset(of: names) else { return false }
        }
        for (trigger, node) in outer.dependentSchemas {
            guard let given = inner.dependentSchemas[trigger], holds(given, in: node) else { return false }
        }
        for name in outer.order {
            guard holdsInside(member(name, of: inner), in: outer.named[name]) else { return false }
        }
        for (pattern, node) in outer.patterns where !holds(inner, pattern, in: node) { return false }
        guard let extra = outer.extra else { return true }
        for (name, node) in inner.named where outer.named[name] == nil && !isPattern(name, outer) {
            guard holdsInside(node, in: extra) else { return false }
        }
        for (pattern, node) in inner.patterns where outer.patterns[pattern] == nil {
            guard holdsInside(node, in: extra) else { return false }
        }
        return holdsInside(inner.extra, in: extra)
    }

    /// Whether each member whose name matches a pattern is valid for a node.
    mutating func holds(_ inner: ObjectFacts, _ pattern: JSONName, in node: Int) -> Bool {
        if let given = inner.patterns[pattern], holdsInside(given, in: node) { return true }
        for (name, given) in inner.named where graph.matches(pattern, name) ?? true {
            guard holdsInside(given, in: node) else { return false }
        }
        return inner.patterns.values.allSatisfy { holdsInside($0, in: node) } && holdsInside(inner.extra, in: node)
    }

    /// What a member with that name must be, as far as one subschema says it; none where anything will do.
    mutating func member(_ name: JSONName, of facts: ObjectFacts) -> Int? {
        if let node = facts.named[name] { return node }
        for (pattern, node) in facts.patterns.sorted(by: { $0.value < $1.value }) {
            // Where that cannot be told, nothing is known of the member.
            guard let isMatch = graph.matches(pattern, name) else { return nil }
            if isMatch { return node }
        }
        return facts.extra
    }

    /// Whether a pattern speaks of a name, for sure.
    mutating func isPattern(_ name: JSONName, _ facts: ObjectFacts) -> Bool {
        facts.patterns.keys.contains { graph.matches($0, name) ?? false }
    }

    private mutating func holdsChoices(_ inner: SchemaFacts, _ outer: SchemaFacts, _ left: Int) -> Bool {
        for union in outer.unions {
            let signature = union.signature(classes.meaning)
            if inner.unions.contains(where: { $0.signature(classes.meaning) == signature }) { continue }
            guard !union.isExclusive else { return false }
            if union.branches.contains(where: { holds(left, withoutNullIn: $0.node) }) { continue }
            let isCovered = inner.unions.contains { given in
                given.branches.allSatisfy { form in union.branches.contains { holds(form.node, in: $0.node) } }
            }
            guard isCovered else { return false }
        }
        return true
    }

    /// The same for all values but `null`.
    mutating func holds(_ left: Int, withoutNullIn right: Int) -> Bool {
        guard graph.facts[left].allowsNull else { return holds(left, in: right) }
        let key = graph.keys[left]
        let other = SchemaGraph.Key(source: key.source, seeds: key.seeds, types: key.types, allowsNull: false)
        guard let node = graph.index(of: other) else { return false }
        return holds(node, in: right)
    }

    private mutating func holdsUnevaluated(_ inner: SchemaFacts, _ outer: SchemaFacts) -> Bool {
        outer.unevaluated.allSatisfy { wanted in inner.unevaluated.contains { holds($0, in: wanted) } }
    }

    private func holdsConditions(_ inner: SchemaFacts, _ outer: SchemaFacts) -> Bool {
        func signature(_ condition: SchemaCondition) -> [Int] {
            [condition.condition, condition.then, condition.otherwise].map { $0.map { classes.meaning[$0] } ?? -1 }
        }
        let given = Set(inner.conditions.map(signature))
        if !given.isSuperset(of: outer.conditions.map(signature)) { return false }
        let known = Set(inner.dependent.map { $0.signature(classes.meaning) })
        guard outer.dependent.allSatisfy({ known.contains($0.signature(classes.meaning)) }) else { return false }
        return outer.opaque.allSatisfy { inner.opaque[$0.key]?.isSuperset(of: $0.value) ?? false }
    }
}

extension NumberFacts {
    /// Whether every number that these allow is allowed by others.
    func holds(in other: NumberFacts) -> Bool {
        if let bound = other.lower {
            guard let lower, !bound.isStricter(asUpper: false, than: lower) else { return false }
        }
        if let bound = other.upper {
            guard let upper, !bound.isStricter(asUpper: true, than: upper) else { return false }
        }
        return other.multiples.allSatisfy { wanted in
            multiples.contains { $0.value.isMultiple(of: wanted.value) ?? false }
        }
    }
}

extension StringFacts {
    /// Whether every text that these allow is allowed by others.
    func holds(in other: StringFacts) -> Bool {
        minimum >= other.minimum && maximum ?? .max <= other.maximum ?? .max
            && patterns.isSuperset(of: other.patterns)
    }
}
