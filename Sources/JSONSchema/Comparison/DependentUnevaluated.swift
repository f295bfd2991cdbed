import JSON

/// `unevaluatedProperties` or `unevaluatedItems`, where it depends on the value which members or items others look at:
/// beside choices and conditions.
struct DependentUnevaluated: Sendable {
    let keyword: String
    /// What the rest must be.
    let node: Int
    let looked: Looked
    /// As it is written.
    let text: JSONValue?

    /// What some subschemas look at in any case, and what more where others hold.
    struct Looked: Sendable {
        var scope = Unevaluated.Scope()
        var cases: [Case] = []
    }

    /// What is looked at where a node holds; for an `else`, where it does not.
    struct Case: Sendable {
        let role: String
        let node: Int
        let looked: Looked
    }

    /// What is the same where two of these ask the same of every value: as many cases, which hold for the same values and
    /// look at the same.
    struct Signature: Hashable {
        let keyword: String
        let node: Int
        let looked: LookedSignature
    }

    struct LookedSignature: Hashable {
        let scope: Unevaluated.Scope
        let cases: Set<CaseSignature>
    }

    struct CaseSignature: Hashable {
        let role: String
        let node: Int
        let looked: LookedSignature
    }

    func signature(_ classes: [Int]) -> Signature {
        Signature(keyword: keyword, node: classes[node], looked: looked.signature(classes))
    }

    /// The nodes that it names.
    var childNodes: [Int] { [node] + looked.childNodes }
}

extension DependentUnevaluated.Looked {
    fileprivate func signature(_ classes: [Int]) -> DependentUnevaluated.LookedSignature {
        let cases = cases.map {
            DependentUnevaluated.CaseSignature(
                role: $0.role,
                node: classes[$0.node],
                looked: $0.looked.signature(classes)
            )
        }
        return DependentUnevaluated.LookedSignature(scope: scope, cases: Set(cases))
    }

    fileprivate var childNodes: [Int] { cases.flatMap { [$0.node] + $0.looked.childNodes } }

    /// With what another looks at besides.
    fileprivate func joined(_ other: Self) -> Self {
        var joined = self
        joined.scope.names.formUnion(other.scope.names)
        joined.scope.patterns.formUnion(other.scope.patterns)
        joined.scope.prefix = max(scope.prefix, other.scope.prefix)
        joined.scope.isAll = scope.isAll || other.scope.isAll
        joined.cases += other.cases
        return joined
    }

    fileprivate var isEmpty: Bool { scope == Unevaluated.Scope() && cases.isEmpty }
}

/// Reads what subschemas look at.
struct LookedReading {
    let source: SchemaSource
    /// The number of the source in the graph.
    private let number: Int
    let isMembers: Bool
    /// The subschema of the keyword, which does not look at anything by it.
    let owner: Int
    private var budget = 500

    init(_ source: SchemaSource, number: Int, _ keyword: String, owner: Int) {
        self.source = source
        self.number = number
        self.owner = owner
        isMembers = keyword == "unevaluatedProperties"
    }

    /// What holds together with a subschema; nothing where that leads into itself or is too much.
    mutating func looked(
        _ atom: Int,
        _ graph: inout SchemaGraph,
        trail: [Int] = []
    ) throws(SchemaGraph.Failure) -> DependentUnevaluated.Looked? {
        guard !trail.contains(atom), trail.count < 16 else { return nil }
        var looked = DependentUnevaluated.Looked()
        for part in source.closure(of: [atom]) {
            for rule in source.table.nodes[part].rules {
                try graph.spend(1)
                budget -= 1
                guard budget >= 0, let more = try read(rule, of: part, &graph, trail: trail + [atom]) else {
                    return nil
                }
                looked = looked.joined(more)
            }
        }
        return looked
    }

    private mutating func read(
        _ rule: SchemaRule,
        of part: Int,
        _ graph: inout SchemaGraph,
        trail: [Int]
    ) throws(SchemaGraph.Failure) -> DependentUnevaluated.Looked? {
        var looked = DependentUnevaluated.Looked()
        switch rule {
        case .any(let forms) where forms.count == 1: break
        case .one(let forms) where forms.count == 1: break
        case .any, .one:
            for form in source.choice(rule, types: .allButNull)?.forms ?? [] {
                guard try add("form", form.atom, [form.atom], to: &looked, &graph, trail) else { return nil }
            }
        case .condition(let condition, let then, let otherwise):
            guard try add("if", condition, [condition] + [then].compactMap(\.self), to: &looked, &graph, trail),
                try add("else", condition, [otherwise].compactMap(\.self), to: &looked, &graph, trail)
            else { return nil }
        case .dependentSchemas(let schemas):
            for (name, atom) in schemas.sorted(by: { $0.key < $1.key }) {
                guard try add("with \(name)", atom, [atom], to: &looked, &graph, trail) else { return nil }
            }
        case .contains(let atom, _, _) where !isMembers:
            let node = try graph.node(number, [atom])
            looked.cases.append(DependentUnevaluated.Case(role: "contains", node: node, looked: .init()))
        default: looked.scope = scope(of: rule, in: part)
        }
        return looked
    }

    /// Adds what some subschemas look at where one of them holds; nothing where they look at nothing.
    private mutating func add(
        _ role: String,
        _ holder: Int,
        _ atoms: [Int],
        to looked: inout DependentUnevaluated.Looked,
        _ graph: inout SchemaGraph,
        _ trail: [Int]
    ) throws(SchemaGraph.Failure) -> Bool {
        var all = DependentUnevaluated.Looked()
        for atom in atoms {
            guard let more = try self.looked(atom, &graph, trail: trail) else { return false }
            all = all.joined(more)
        }
        if all.isEmpty { return true }
        let node = try graph.node(number, [holder])
        looked.cases.append(DependentUnevaluated.Case(role: role, node: node, looked: all))
        return true
    }

    private func scope(of rule: SchemaRule, in part: Int) -> Unevaluated.Scope {
        var scope = Unevaluated.Scope()
        switch rule {
        case .members(let members) where isMembers:
            scope.names = Set(members.names.map(JSONName.init))
            scope.isAll = members.others != nil
            let patterns = source.text(of: part)["patternProperties"]?.object ?? [:]
            scope.patterns = Set(patterns.keys.map(JSONName.init))
        case .items(let prefix, let rest) where !isMembers:
            scope.prefix = prefix.count
            scope.isAll = rest != nil
        // Another one of the kind looks at all that is left.
        case .unevaluatedMembers where isMembers && part != owner: scope.isAll = true
        case .unevaluatedItems where !isMembers && part != owner: scope.isAll = true
        default: break
        }
        return scope
    }
}

extension SchemaWalk {
    /// Compares what is asked of the rest beside choices: what does not ask the same may ask anything.
    mutating func walkDependent(
        _ before: [DependentUnevaluated],
        _ after: [DependentUnevaluated],
        at place: JSONPointer
    ) {
        for keyword in ["unevaluatedProperties", "unevaluatedItems"] {
            var gone = before.filter { $0.keyword == keyword }
            var come: [DependentUnevaluated] = []
            for wanted in after where wanted.keyword == keyword {
                let signature = wanted.signature(classes.meaning)
                guard let same = gone.firstIndex(where: { $0.signature(classes.meaning) == signature }) else {
                    come.append(wanted)
                    continue
                }
                walk(gone.remove(at: same).node, wanted.node, at: place.appending(keyword))
            }
            var effect: SchemaDifference.Effect = []
            if !come.isEmpty { effect.insert(.narrows) }
            if !gone.isEmpty { effect.insert(.widens) }
            addCondition(keyword, effect, gone.first?.text, come.first?.text, at: place)
            for wanted in come { noteTexts(in: wanted.node, at: place.appending(keyword)) }
        }
    }
}
