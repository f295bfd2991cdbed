import JSON

/// Which nodes of a graph mean the same, however they are written and however they refer to one another.
struct SchemaClasses {
    /// Nodes of one number accept the same values for the same reasons.
    let meaning: [Int]
    /// Nodes of one number also say the same beside it.
    let whole: [Int]
    /// Whether a node leads into a circle.
    let isRecursive: [Bool]

    /// Finds the classes.
    init(of graph: SchemaGraph) throws(SchemaGraph.Failure) {
        let order = ChildrenFirst(graph.facts)
        isRecursive = order.isRecursive
        meaning = try Self.classes(graph, order, withAnnotations: false)
        whole = try Self.classes(graph, order, withAnnotations: true)
    }

    /// What is the same where two nodes are in one class: all they say, with classes in the place of nodes.
    private struct Signature: Hashable {
        let facts: SchemaFacts.Local
        let children: [[Int]]
        let dependent: Set<DependentUnevaluated.Signature>
        let annotations: SchemaAnnotations?
    }

    private static func classes(
        _ graph: SchemaGraph,
        _ order: ChildrenFirst,
        withAnnotations: Bool
    ) throws(SchemaGraph.Failure) -> [Int] {
        var known: [Signature: Int] = [:]
        var classes = [Int](repeating: -2, count: graph.facts.count)
        func signature(_ node: Int, _ classes: [Int]) -> Signature {
            let facts = graph.facts[node]
            return Signature(
                facts: facts.local,
                children: facts.children(classes),
                dependent: Set(facts.dependent.map { $0.signature(classes) }),
                annotations: withAnnotations ? facts.annotations : nil
            )
        }
        for node in order.plain {
            let next = known.count
            let signature = signature(node, classes)
            let number = known[signature] ?? next
            known[signature] = number
            classes[node] = number
        }
        // In circles all begin as the same, and are told apart until nothing changes.
        let base = known.count
        var count = 0
        var work = 400_000
        while !order.circular.isEmpty {
            work -= order.circular.count
            guard work >= 0 else { throw SchemaGraph.Failure(message: "the schemas are too large to be compared") }
            var round: [Signature: Int] = [:]
            var next = classes
            for node in order.circular {
                let signature = signature(node, classes)
                let number = round[signature] ?? base + round.count
                round[signature] = number
                next[node] = number
            }
            classes = next
            if round.count == count { break }
            count = round.count
        }
        return classes
    }
}

/// The nodes of a graph in an order in which children come before what holds them, where there is one.
private struct ChildrenFirst {
    private(set) var plain: [Int] = []
    /// Those that lead into a circle.
    private(set) var circular: [Int] = []
    private(set) var isRecursive: [Bool]

    init(_ facts: [SchemaFacts]) {
        var parents = [[Int]](repeating: [], count: facts.count)
        var open = [Int](repeating: 0, count: facts.count)
        for (node, fact) in facts.enumerated() {
            for child in fact.childNodes {
                parents[child].append(node)
                open[node] += 1
            }
        }
        isRecursive = [Bool](repeating: true, count: facts.count)
        plain = facts.indices.filter { open[$0] == 0 }
        var next = 0
        while next < plain.count {
            let node = plain[next]
            next += 1
            isRecursive[node] = false
            for parent in parents[node] {
                open[parent] -= 1
                if open[parent] == 0 { plain.append(parent) }
            }
        }
        circular = facts.indices.filter { isRecursive[$0] }
    }
}

extension SchemaFacts {
    /// What a node says without what its children say.
    struct Local: Hashable {
        let types: JSONTypes
        let allowsNull: Bool
        let values: Set<ValueKey>?
        let numbers: NumberFacts
        let strings: StringFacts
        let minimums: [Int]
        let maximums: [Int?]
        let isUnique: Bool
        let required: Set<JSONName>
        let names: [[JSONName]]
        let dependencies: [JSONName: Set<JSONName>]
        let scopes: Set<Unevaluated.Scope>
        let opaque: [String: Set<JSONName>]
    }

    /// What the node says itself.
    var local: Local {
        Local(
            types: types,
            allowsNull: allowsNull,
            values: values.map { Set($0.map(ValueKey.init)) },
            numbers: numbers,
            strings: strings,
            minimums: [arrays.minimum, objects.minimum, arrays.prefix.count],
            maximums: [arrays.maximum, objects.maximum],
            isUnique: arrays.isUnique,
            required: objects.required,
            names: [objects.named.sortedNames, objects.patterns.sortedNames, objects.dependentSchemas.sortedNames],
            dependencies: objects.dependentRequired,
            scopes: Set(unevaluated.map(\.scope)),
            opaque: opaque
        )
    }

    /// The classes of the children; in lists whose order says nothing, sorted.
    func children(_ classes: [Int]) -> [[Int]] {
        func number(_ node: Int?) -> Int { node.map { classes[$0] } ?? -1 }
        func sorted(_ lists: [[Int]]) -> [Int] {
            lists.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { [$0.count] + $0 }
        }
        let members = objects.named.sortedNames.map { number(objects.named[$0]) }
        let patterns = objects.patterns.sortedNames.map { number(objects.patterns[$0]) }
        let dependent = objects.dependentSchemas.sortedNames.map { number(objects.dependentSchemas[$0]) }
        return [
            arrays.prefix.map { classes[$0] }, [number(arrays.rest), number(objects.extra), number(objects.names)],
            members, patterns, dependent,
            sorted(arrays.contains.map { [classes[$0.node], $0.least, $0.most ?? -1] }),
            sorted(unions.map { $0.signature(classes) }),
            sorted(unevaluated.map { [$0.keyword.utf8.count, classes[$0.node]] }),
            Set(negations.map { classes[$0] }).sorted(),
            sorted(conditions.map { [classes[$0.condition], number($0.then), number($0.otherwise)] }),
        ]
    }

    /// All children.
    var childNodes: [Int] {
        var nodes = arrays.prefix + arrays.contains.map(\.node) + negations + unevaluated.map(\.node)
        nodes += [arrays.rest, objects.extra, objects.names].compactMap(\.self)
        nodes += objects.named.values
        nodes += dependent.flatMap(\.childNodes)
        nodes += objects.patterns.values
        nodes += objects.dependentSchemas.values
        nodes += unions.flatMap { $0.branches.map(\.node) }
        nodes += conditions.flatMap { [$0.condition, $0.then, $0.otherwise].compactMap(\.self) }
        return nodes
    }
}

extension SchemaUnion {
    /// What the choice is: the classes of its forms. Of forms that are the same, one is enough where several may match.
    func signature(_ classes: [Int]) -> [Int] {
        let found = branches.map { classes[$0.node] }
        return [isExclusive ? 1 : 0] + (isExclusive ? found.sorted() : Set(found).sorted())
    }
}

extension [JSONName: Int] {
    /// The names in an order that does not depend on the run.
    var sortedNames: [JSONName] {
        keys.sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    }
}
