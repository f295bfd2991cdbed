import JSON

/// Reads what a node asks from the rules of its subschemas.
struct FactsReading {
    let key: SchemaGraph.Key
    let source: SchemaSource
    var facts = SchemaFacts()
    /// All subschemas that hold for values other than `null`.
    private var atoms: [Int] = []
    /// Choices with the forms that can still match.
    private var live: [ChoicePlace: SchemaSource.Choice] = [:]
    /// Choices that ask nothing more: one form is left and is read with the rest, or was read already.
    private var settled: Set<ChoicePlace> = []

    struct ChoicePlace: Hashable {
        let atom: Int
        let rule: Int
    }

    init(key: SchemaGraph.Key, source: SchemaSource) {
        self.key = key
        self.source = source
    }

    /// The facts; children that they name become nodes of the graph.
    mutating func facts(_ graph: inout SchemaGraph) throws(SchemaGraph.Failure) -> SchemaFacts {
        facts.allowsNull = key.allowsNull
        atoms = source.closure(of: key.seeds)
        facts.types = key.types
        try graph.spend(atoms.count)
        try settleChoices(&graph)
        for atom in atoms { source.annotate(&facts.annotations, with: atom) }
        if try listValues(&graph) { return facts }
        if facts.types.isEmpty { return facts }
        for atom in atoms {
            for (index, rule) in source.table.nodes[atom].rules.enumerated() {
                try graph.spend(1)
                try read(rule, at: ChoicePlace(atom: atom, rule: index), types: facts.types, &graph)
            }
        }
        facts.simplify()
        return facts
    }

    // MARK: - Choices

    /// Leaves out the forms that cannot match, and takes the last one that is left as part of the schema.
    private mutating func settleChoices(_ graph: inout SchemaGraph) throws(SchemaGraph.Failure) {
        var changes = true
        while changes {
            changes = false
            facts.types = facts.types.intersection(source.quickTypes(of: atoms))
            for atom in atoms {
                for (index, rule) in source.table.nodes[atom].rules.enumerated() {
                    let place = ChoicePlace(atom: atom, rule: index)
                    guard !settled.contains(place), let choice = source.choice(rule, types: facts.types) else {
                        continue
                    }
                    try graph.spend(choice.weight)
                    live[place] = choice
                    let left = choice.forms.map(\.atom)
                    guard left.count == 1 || rule.isAny && left.contains(where: isRead) else { continue }
                    settled.insert(place)
                    if left.count == 1 { changes = add(left[0]) || changes }
                }
            }
        }
    }

    private func isRead(_ branch: Int) -> Bool {
        atoms.contains(branch) && Set(source.closure(of: [branch])).isSubset(of: atoms)
    }

    private mutating func add(_ branch: Int) -> Bool {
        let more = source.closure(of: [branch]).filter { !atoms.contains($0) }
        atoms += more
        return !more.isEmpty
    }

    // MARK: - Values

    /// Lists the values, where some `enum` or `const`, or a choice of them, leaves only so many.
    private mutating func listValues(_ graph: inout SchemaGraph) throws(SchemaGraph.Failure) -> Bool {
        guard let candidates = candidates() else { return false }
        var seen: Set<ValueKey> = []
        var values: [JSONValue] = []
        for value in candidates where !value.isNull && facts.types.allows(value) {
            try graph.spend(value.weight)
            guard let isValid = source.accepts(value, key.seeds) else {
                throw SchemaGraph.Failure(message: "the schemas are too complex to be compared")
            }
            if isValid, seen.insert(ValueKey(value)).inserted { values.append(value) }
        }
        facts.types = values.reduce(into: []) { $0.formUnion(JSONTypes(of: $1)) }
        let isBoolean = facts.types == .boolean && values.count == 2
        facts.values = values.isEmpty || isBoolean ? nil : values
        noteValueTexts()
        return true
    }

    private func candidates() -> [JSONValue]? {
        if facts.types == .boolean { return [false, true] }
        var best: [JSONValue]?
        for atom in atoms {
            for (index, rule) in source.table.nodes[atom].rules.enumerated() {
                let found = rule.listed ?? listed(live[ChoicePlace(atom: atom, rule: index)])
                if let found, found.count < best?.count ?? .max { best = found }
            }
        }
        return best
    }

    /// The values of all forms together, where each lists its values.
    private func listed(_ choice: SchemaSource.Choice?) -> [JSONValue]? {
        guard let choice else { return nil }
        var values: [JSONValue] = []
        for form in choice.forms {
            guard let listed = listed(form) else { return nil }
            values += listed
        }
        return values
    }

    private func listed(_ form: SchemaSource.Choice.Form) -> [JSONValue]? {
        source.closure(of: [form.atom]).flatMap { source.table.nodes[$0].rules }.compactMap(\.listed).first
    }

    /// Notes what forms that list values say of them.
    private mutating func noteValueTexts() {
        for atom in atoms {
            for (index, rule) in source.table.nodes[atom].rules.enumerated() {
                let place = ChoicePlace(atom: atom, rule: index)
                guard !settled.contains(place), let choice = live[place] else { continue }
                let keyword = rule.isAny ? "anyOf" : "oneOf"
                for form in choice.forms {
                    var said = SchemaAnnotations()
                    for part in source.closure(of: [form.atom]) { source.annotate(&said, with: part) }
                    let texts = said.titles + said.descriptions
                    if texts.isEmpty { continue }
                    for value in listed(form) ?? [] {
                        let key = ValueKey(value)
                        facts.annotations.values[key, default: ValueText(texts: [], path: [keyword] + form.path)]
                            .texts += texts
                    }
                }
            }
        }
    }
}

// MARK: - Rules

extension FactsReading {
    /// Adds what a rule asks of values of some types.
    private mutating func read(
        _ rule: SchemaRule,
        at place: ChoicePlace,
        types: JSONTypes,
        _ graph: inout SchemaGraph
    ) throws(SchemaGraph.Failure) {
        switch rule {
        case .never, .type, .enumeration, .constant, .all, .reference, .dynamicReference: return
        case .bound(let bound): if types.contains(.integer) { facts.numbers.add(bound) }
        case .multiple(let number, let value):
            if types.contains(.integer) { facts.numbers.multiples.append(NumberLimit(value: value, number: number)) }
        case .length(let bound): if types.contains(.string) { facts.strings.add(bound) }
        case .pattern(let text, _):
            if types.contains(.string), !Pattern.occursEverywhere(text) {
                facts.strings.patterns.insert(JSONName(text))
            }
        case .any, .one: try readChoice(rule, at: place, &graph)
        case .not(let node) where source.text(of: node) == false: return
        // What anything meets, nothing may meet.
        case .not(let node) where SilentKeyword.saysNothing(source.text(of: node)): facts.types.subtract(types)
        // `null` is decided apart.
        case .not(let node) where source.quickTypes(of: [node]).isDisjoint(with: types): return
        case .not(let node): facts.negations.append(try graph.node(key.source, [node]))
        case .condition(let condition, let then, let otherwise):
            if then == nil, otherwise == nil { return }
            facts.conditions.append(
                SchemaCondition(
                    condition: try graph.node(key.source, [condition]),
                    then: try then.map { part throws(SchemaGraph.Failure) in try graph.node(key.source, [part]) },
                    otherwise: try otherwise.map { part throws(SchemaGraph.Failure) in
                        try graph.node(key.source, [part])
                    }
                )
            )
        case .unevaluatedMembers(let node):
            if types.contains(.object) { try readUnevaluated("unevaluatedProperties", node, place.atom, &graph) }
        case .unevaluatedItems(let node):
            if types.contains(.array) { try readUnevaluated("unevaluatedItems", node, place.atom, &graph) }
        case .itemCount, .uniqueItems, .items, .contains:
            if types.contains(.array) { try readArray(rule, &graph) }
        case .memberCount, .required, .dependentRequired, .members, .memberNames, .dependentSchemas:
            if types.contains(.object) { try readObject(rule, at: place, &graph) }
        }
    }

    private mutating func readUnevaluated(
        _ keyword: String,
        _ node: Int,
        _ atom: Int,
        _ graph: inout SchemaGraph
    ) throws(SchemaGraph.Failure) {
        if let scope = source.scope(of: atom, keyword) {
            if scope.isAll { return }
            guard let node = try asked(node, &graph) else { return }
            facts.unevaluated.append(Unevaluated(keyword: keyword, scope: scope, node: node))
            return
        }
        var reading = LookedReading(source, number: key.source, keyword, owner: atom)
        if let looked = try reading.looked(atom, &graph) {
            if looked.scope.isAll { return }
            guard let node = try asked(node, &graph) else { return }
            if looked.cases.isEmpty {
                facts.unevaluated.append(Unevaluated(keyword: keyword, scope: looked.scope, node: node))
            } else {
                let text = source.inlined(atom, withTexts: false)
                facts.dependent.append(
                    DependentUnevaluated(keyword: keyword, node: node, looked: looked, text: text)
                )
            }
            return
        }
        let text = source.inlined(atom, withTexts: false)?.canonicalText ?? "\(key.source)/\(atom)"
        facts.opaque[keyword, default: []].insert(JSONName(text))
    }

    private mutating func readChoice(
        _ rule: SchemaRule,
        at place: ChoicePlace,
        _ graph: inout SchemaGraph
    ) throws(SchemaGraph.Failure) {
        guard !settled.contains(place), let choice = live[place] else { return }
        let left = choice.forms.map(\.atom)
        let types = left.map { source.quickTypes(of: [$0]).intersection(facts.types) }
        if left.isEmpty {
            facts.types = []
            return
        }
        if types.areDisjoint, left.allSatisfy(source.isPlainForm) {
            // Each type has its own form: what the form asks is asked of that type.
            for (branch, types) in zip(left, types) {
                for atom in source.closure(of: [branch]) {
                    source.annotate(&facts.annotations, with: atom)
                    for (index, rule) in source.table.nodes[atom].rules.enumerated() {
                        try read(rule, at: ChoicePlace(atom: atom, rule: index), types: types, &graph)
                    }
                }
            }
            return
        }
        var forms: [SchemaUnion.Branch] = []
        for (index, form) in choice.forms.enumerated() {
            let node = try graph.node(
                SchemaGraph.Key(source: key.source, seeds: [form.atom], types: facts.types, allowsNull: false)
            )
            forms.append(SchemaUnion.Branch(node: node, index: index, path: form.path))
        }
        facts.unions.append(
            SchemaUnion(
                isExclusive: choice.isExclusive,
                keyword: rule.isAny ? "anyOf" : "oneOf",
                branches: forms
            )
        )
    }

    private mutating func readArray(_ rule: SchemaRule, _ graph: inout SchemaGraph) throws(SchemaGraph.Failure) {
        switch rule {
        case .itemCount(let bound):
            if bound.isUpper {
                facts.arrays.maximum = min(facts.arrays.maximum ?? .max, bound.count)
            } else {
                facts.arrays.minimum = max(facts.arrays.minimum, bound.count)
            }
        case .uniqueItems: facts.arrays.isUnique = true
        case .items(let prefix, let rest):
            var merged: [Int?] = []
            for index in 0..<max(prefix.count, facts.arrays.prefix.count) {
                let part = index < prefix.count ? prefix[index] : rest
                merged.append(try graph.both(facts.arrays.item(at: index), asked(part, &graph)))
            }
            facts.arrays.rest = try graph.both(facts.arrays.rest, asked(rest, &graph))
            let first = merged.lastIndex { $0 != nil }.map { $0 + 1 } ?? 0
            // Places at the end where anything will do say nothing, unless others follow.
            let kept = facts.arrays.rest == nil ? first : merged.count
            facts.arrays.prefix = []
            for node in merged.prefix(kept) { facts.arrays.prefix.append(node ?? graph.any(key.source)) }
        case .contains(let node, let least, let most):
            if least == 0, most == nil { return }
            facts.arrays.contains.append(
                ArrayFacts.Contained(node: try graph.node(key.source, [node]), least: least, most: most)
            )
        default: return
        }
    }

    /// The node of a subschema; none where it asks and says nothing.
    func asked(_ atom: Int?, _ graph: inout SchemaGraph) throws(SchemaGraph.Failure) -> Int? {
        guard let atom, !source.isTrivial(atom) else { return nil }
        return try graph.node(key.source, [atom])
    }
}
