import JSON

extension SchemaGraph {
    /// A node inside another, with its place.
    typealias Step = (node: Int, place: JSONPointer)

    /// The nodes inside a node that matter to values of some types.
    func steps(from node: Int, types: JSONTypes = .allButNull, at place: JSONPointer) -> [Step] {
        let facts = facts[node]
        var steps: [Step] = []
        if types.contains(.array) {
            for (index, item) in facts.arrays.prefix.enumerated() {
                steps.append((item, place.appending("prefixItems").appending(index)))
            }
            if let rest = facts.arrays.rest { steps.append((rest, place.appending("items"))) }
            steps += facts.arrays.contains.map { ($0.node, place.appending("contains")) }
        }
        if types.contains(.object) { steps += members(facts.objects, at: place) }
        // What else there is says for itself what it is about.
        guard types == .allButNull else { return steps }
        for union in facts.unions {
            steps += union.branches.map { ($0.node, $0.place(in: place.appending(union.keyword))) }
        }
        steps += facts.unevaluated.map { ($0.node, place.appending($0.keyword)) }
        steps += facts.dependent.map { ($0.node, place.appending($0.keyword)) }
        steps += facts.negations.map { ($0, place.appending("not")) }
        for condition in facts.conditions {
            steps.append((condition.condition, place.appending("if")))
            if let then = condition.then { steps.append((then, place.appending("then"))) }
            if let otherwise = condition.otherwise { steps.append((otherwise, place.appending("else"))) }
        }
        return steps
    }

    private func members(_ facts: ObjectFacts, at place: JSONPointer) -> [Step] {
        var steps: [Step] = []
        for name in facts.order {
            if let node = facts.named[name] { steps.append((node, place.appending("properties").appending(name.text))) }
        }
        for (keyword, nodes) in [
            ("patternProperties", facts.patterns), ("dependentSchemas", facts.dependentSchemas),
        ] {
            for name in nodes.sortedNames {
                if let node = nodes[name] { steps.append((node, place.appending(keyword).appending(name.text))) }
            }
        }
        if let extra = facts.extra { steps.append((extra, place.appending("additionalProperties"))) }
        if let names = facts.names { steps.append((names, place.appending("propertyNames"))) }
        return steps
    }

    /// The place where a schema first leads back into itself.
    func recursion(from root: Int, _ classes: [Int]) -> JSONPointer? {
        var trail: [(node: Int, steps: [Step])] = [
            (root, steps(from: root, at: JSONPointer()).reversed())
        ]
        var open: Set<Int> = [classes[root]]
        var done: Set<Int> = []
        while let last = trail.indices.last {
            guard let step = trail[last].steps.popLast() else {
                open.remove(classes[trail[last].node])
                done.insert(classes[trail.removeLast().node])
                continue
            }
            if open.contains(classes[step.node]) { return step.place }
            if done.contains(classes[step.node]) { continue }
            open.insert(classes[step.node])
            trail.append((step.node, steps(from: step.node, at: step.place).reversed()))
        }
        return nil
    }
}
