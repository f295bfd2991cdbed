import JSON

/// Goes through two schemas side by side and notes what differs.
///
/// What a node asks is a list of things that must all hold. So it is enough to look at each thing for itself: nothing
/// is lost where each thing that is asked now was asked before, or follows from something that was.
struct SchemaWalk {
    var inclusion: SchemaInclusion
    let limits: SchemaComparison.Limits
    private(set) var differences: [SchemaDifference] = []
    private(set) var newTexts: [SchemaComparison.NewText] = []
    private var visits: Int
    /// What is being compared, with how deep in the value.
    private var open: [SchemaInclusion.Pair: Int] = [:]
    private var depth = 0
    private var isCutShort = false

    init(_ graph: SchemaGraph, _ classes: SchemaClasses, limits: SchemaComparison.Limits) {
        inclusion = SchemaInclusion(graph, classes, steps: limits.proof)
        self.limits = limits
        visits = limits.visits
    }

    var classes: SchemaClasses { inclusion.classes }

    func facts(_ node: Int) -> SchemaFacts { inclusion.graph.facts[node] }

    /// Compares the schemas as wholes.
    mutating func walkRoots() {
        walk(0, 1, at: JSONPointer())
        if classes.isRecursive[1], !classes.isRecursive[0] {
            add(.recursionAdded, [], inclusion.graph.recursion(from: 1, classes.meaning) ?? JSONPointer())
        }
        guard isCutShort else { return }
        let sources = inclusion.graph.sources
        differences.append(.undecided(before: sources[0].document, after: sources[1].document))
    }

    /// Compares two nodes. `isInside` says that they are about something inside the value that was compared last.
    mutating func walk(
        _ old: Int,
        _ new: Int,
        at place: JSONPointer,
        isInside: Bool = true,
        ignoringNull: Bool = false
    ) {
        guard classes.whole[old] != classes.whole[new] else { return }
        visits -= 1
        guard visits >= 0, !isCutShort, place.tokens.count <= 2 * limits.depth else { return cut() }
        depth += isInside ? 1 : 0
        defer { depth -= isInside ? 1 : 0 }
        let pair = SchemaInclusion.Pair(left: classes.whole[old], right: classes.whole[new])
        if let outer = open[pair] {
            // What leads to itself inside the value was told already; what leads to itself at once says nothing.
            return outer < depth ? () : cut()
        }
        open[pair] = depth
        defer { open[pair] = nil }
        let (before, after) = (facts(old), facts(new))
        walkAnnotations(before.annotations, after.annotations, at: place)
        walkValueTexts(before, after, at: place)
        if classes.meaning[old] != classes.meaning[new], walkNever(before, after, new, at: place) { return }
        let isTold = !ignoringNull && !(before.isAny && after.isTyped) && !(after.isAny && before.isTyped)
        if isTold, before.allowsNull != after.allowsNull {
            let kind: SchemaDifference.Kind = after.allowsNull ? .nullAllowed : .nullForbidden
            add(kind, after.allowsNull ? .widens : .narrows, place.appending("type"))
        }
        guard let common = walkTypes(before, after, old, new, at: place) else { return }
        if walkIntoForm(before, after, old, new, at: place) { return }
        if common.contains(.integer) { walkNumbers(before.numbers, after.numbers, at: place) }
        if common.contains(.string) { walkStrings(before.strings, after.strings, at: place) }
        if common.contains(.array) { walkArrays(before.arrays, after.arrays, at: place) }
        if common.contains(.object) { walkObjects(before.objects, after.objects, at: place) }
        walkUnions(before, after, old, new, at: place)
        walkConditions(before, after, at: place)
    }

    /// One side accepts nothing at all.
    private mutating func walkNever(
        _ before: SchemaFacts,
        _ after: SchemaFacts,
        _ new: Int,
        at place: JSONPointer
    ) -> Bool {
        switch (before.isNever, after.isNever) {
        case (false, false): return false
        case (true, true): return true
        case (true, false):
            add(.typeWidened, .widens, place.appending("type"), [], after.typesWithNull)
            noteTexts(in: new, at: place)
        case (false, true): add(.typeNarrowed, .narrows, place.appending("type"), before.typesWithNull, [])
        }
        return true
    }

    // MARK: - Notes

    /// Notes a difference.
    mutating func add(
        _ kind: SchemaDifference.Kind,
        _ effect: SchemaDifference.Effect,
        _ place: JSONPointer,
        _ before: JSONValue? = nil,
        _ after: JSONValue? = nil
    ) {
        guard differences.count < limits.differences else { return cut() }
        differences.append(
            SchemaDifference(kind: kind, effect: effect, pointer: place, before: before, after: after)
        )
    }

    /// Gives up: that something differs is said at the end.
    mutating func cut() {
        isCutShort = true
    }

    /// What the differences that were noted since do to values.
    func effect(since count: Int) -> SchemaDifference.Effect {
        differences[count...].reduce([]) { $0.union($1.effect) }
    }

    /// Notes the texts of a node that is new, and of all inside it.
    mutating func noteTexts(in node: Int, at place: JSONPointer, types: JSONTypes? = nil) {
        var pending = [(node: node, place: place)]
        var seen: Set<Int> = [node]
        if let types { pending = inclusion.graph.steps(from: node, types: types, at: place) }
        while let next = pending.popLast() {
            let said = facts(next.node).annotations
            let examples = said.examples + [said.standard].compactMap(\.self)
            for text in (said.titles + said.descriptions).map(\.text) + examples.compactMap(\.string) {
                note(text, at: next.place)
            }
            for value in said.values.values.sorted(by: { $0.path.lexicographicallyPrecedes($1.path) }) {
                for text in value.texts { note(text.text, at: value.path.reduce(next.place) { $0.appending($1) }) }
            }
            guard newTexts.count < 5_000, seen.count < 5_000 else { return cut() }
            for step in inclusion.graph.steps(from: next.node, at: next.place) where seen.insert(step.node).inserted {
                pending.append(step)
            }
        }
    }

    /// Notes a text that is new with what it is about.
    mutating func note(_ text: String, at place: JSONPointer) {
        newTexts.append(SchemaComparison.NewText(pointer: place, text: text))
    }

    /// A node as a reader sees it.
    func shown(_ node: Int) -> JSONValue? {
        let key = inclusion.graph.keys[node]
        let source = inclusion.graph.sources[key.source]
        let parts = key.seeds.compactMap { source.inlined($0) }
        guard parts.count == key.seeds.count else { return key.seeds.first.map { source.text(of: $0) } }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? true : ["allOf": .array(parts)]
    }
}

extension SchemaFacts {
    /// Whether the types, or the values, are limited.
    var isTyped: Bool { types != .allButNull || values != nil }

    /// The types, as a schema writes them.
    var typesWithNull: JSONValue { (allowsNull ? types.union(.null) : types).json }
}
