import JSON

extension FactsReading {
    /// Adds what a rule asks of objects.
    mutating func readObject(
        _ rule: SchemaRule,
        at place: ChoicePlace,
        _ graph: inout SchemaGraph
    ) throws(SchemaGraph.Failure) {
        switch rule {
        case .memberCount(let bound):
            if bound.isUpper {
                facts.objects.maximum = min(facts.objects.maximum ?? .max, bound.count)
            } else {
                facts.objects.minimum = max(facts.objects.minimum, bound.count)
            }
        case .required(let names): facts.objects.required.formUnion(names.map(JSONName.init))
        case .dependentRequired(let dependencies):
            for (name, names) in dependencies where !names.isEmpty {
                facts.objects.dependentRequired[JSONName(name), default: []].formUnion(names.map(JSONName.init))
            }
        case .memberNames(let node):
            facts.objects.names = try graph.both(facts.objects.names, asked(node, &graph))
        case .dependentSchemas(let nodes):
            for (name, node) in nodes.sorted(by: { $0.value < $1.value }) {
                let name = JSONName(name)
                guard let node = try asked(node, &graph) else { continue }
                facts.objects.dependentSchemas[name] = try graph.both(facts.objects.dependentSchemas[name], node)
            }
        case .members(let members): try merge(members, of: place.atom, &graph)
        default: return
        }
    }

    /// Joins the members of one subschema with those of the ones before.
    private mutating func merge(
        _ members: MemberRules,
        of atom: Int,
        _ graph: inout SchemaGraph
    ) throws(SchemaGraph.Failure) {
        let texts = source.patternTexts(of: atom)
        let extra = try asked(members.others, &graph)
        let known = facts.objects
        let isFirst = known.named.isEmpty && known.patterns.isEmpty && known.extra == nil
        let patterns = Dictionary(zip(texts, members.patterns.map(\.node))) { first, _ in first }
        let isSamePatterns = Set(patterns.keys) == Set(known.patterns.keys)
        let isFree = (known.patterns.isEmpty || extra == nil) && (patterns.isEmpty || known.extra == nil)
        guard isFirst || isSamePatterns || isFree, texts.count == members.patterns.count else {
            // Which members are the others depends on patterns that cannot be told apart.
            let text = source.inlined(atom, withTexts: false)?.canonicalText ?? "\(key.source)/\(atom)"
            facts.opaque["additionalProperties", default: []].insert(JSONName(text))
            return
        }
        for name in members.names.map(JSONName.init) where known.named[name] == nil {
            facts.objects.order.append(name)
            // A name that one of the patterns speaks of is none of the others.
            let isKnown = try matches(name, known.patterns, &graph)
            let isOther = !members.isPattern(name) && !isKnown
            let node = try graph.node(key.source, [members.named[name] ?? 0])
            facts.objects.named[name] = isOther ? try graph.both(node, known.extra) : node
        }
        for (name, node) in known.named {
            if let own = members.named[name] {
                facts.objects.named[name] = try graph.both(node, graph.node(key.source, [own]))
            } else if !members.isPattern(name) {
                facts.objects.named[name] = try graph.both(node, extra)
            }
        }
        for (text, atom) in patterns {
            let node = try graph.node(key.source, [atom])
            facts.objects.patterns[text] = try graph.both(known.patterns[text], node)
        }
        facts.objects.extra = try graph.both(known.extra, extra)
    }

    private func matches(
        _ name: JSONName,
        _ patterns: [JSONName: Int],
        _ graph: inout SchemaGraph
    ) throws(SchemaGraph.Failure) -> Bool {
        for pattern in patterns.keys {
            guard let isMatch = graph.matches(pattern, name) else {
                throw SchemaGraph.Failure(message: "the schemas are too complex to be compared")
            }
            if isMatch { return true }
        }
        return false
    }
}

extension MemberRules {
    /// Whether a pattern speaks of a name.
    fileprivate func isPattern(_ name: JSONName) -> Bool {
        var steps = 20_000
        return patterns.contains { $0.pattern.matches(name.text, steps: &steps) }
    }
}

extension SchemaSource {
    /// The patterns of `patternProperties` that can be read, in their order.
    fileprivate func patternTexts(of atom: Int) -> [JSONName] {
        let members = text(of: atom)["patternProperties"]?.object ?? [:]
        return members.map(\.key).filter { (try? Pattern($0)) != nil }.map(JSONName.init)
    }
}
