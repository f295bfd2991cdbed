import JSON

extension SchemaWalk {
    /// Compares what is not asked of one type alone, and can only be compared as a whole.
    mutating func walkConditions(_ before: SchemaFacts, _ after: SchemaFacts, at place: JSONPointer) {
        walkNegations(before.negations, after.negations, at: place)
        walkCases(before.conditions, after.conditions, at: place)
        walkUnevaluated(before.unevaluated, after.unevaluated, at: place)
        walkDependent(before.dependent, after.dependent, at: place)
        for keyword in Set(before.opaque.keys).union(after.opaque.keys).sorted() {
            let gone = (before.opaque[keyword] ?? []).subtracting(after.opaque[keyword] ?? [])
            let come = (after.opaque[keyword] ?? []).subtracting(before.opaque[keyword] ?? [])
            var effect: SchemaDifference.Effect = []
            if !come.isEmpty { effect.insert(.narrows) }
            if !gone.isEmpty { effect.insert(.widens) }
            let texts = [gone, come].map { set in
                set.map(\.text).sorted().map { (try? JSONValue(parsing: $0)) ?? .string($0) }
            }
            let shown = texts.map(\.together)
            addCondition(keyword, effect, shown[0], shown[1], at: place)
        }
    }

    private mutating func walkNegations(_ before: [Int], _ after: [Int], at place: JSONPointer) {
        var gone = before
        var come: [Int] = []
        for node in after {
            guard let same = gone.firstIndex(where: { classes.meaning[$0] == classes.meaning[node] }) else {
                if !before.contains(where: { classes.meaning[$0] == classes.meaning[node] }) { come.append(node) }
                continue
            }
            walk(gone.remove(at: same), node, at: place.appending("not"), isInside: false)
        }
        gone.removeAll { node in after.contains { classes.meaning[$0] == classes.meaning[node] } }
        addConditions("not", gone.compactMap(shown), come, at: place)
    }

    private mutating func walkCases(_ before: [SchemaCondition], _ after: [SchemaCondition], at place: JSONPointer) {
        var gone = before
        var come: [SchemaCondition] = []
        for wanted in after {
            guard let same = gone.firstIndex(where: { isSame($0, wanted) }) else {
                come.append(wanted)
                continue
            }
            let given = gone.remove(at: same)
            walk(given.condition, wanted.condition, at: place.appending("if"), isInside: false)
            if let old = given.then, let new = wanted.then {
                walk(old, new, at: place.appending("then"), isInside: false)
            }
            if let old = given.otherwise, let new = wanted.otherwise {
                walk(old, new, at: place.appending("else"), isInside: false)
            }
        }
        let nodes = come.flatMap { [$0.condition, $0.then, $0.otherwise].compactMap(\.self) }
        addConditions("if", gone.map(shown), nodes, shownAfter: come.map(shown), at: place)
    }

    private func isSame(_ left: SchemaCondition, _ right: SchemaCondition) -> Bool {
        func number(_ node: Int?) -> Int { node.map { classes.meaning[$0] } ?? -1 }
        return number(left.condition) == number(right.condition) && number(left.then) == number(right.then)
            && number(left.otherwise) == number(right.otherwise)
    }

    private func shown(_ condition: SchemaCondition) -> JSONValue {
        var object = JSONObject()
        object["if"] = shown(condition.condition)
        object["then"] = condition.then.flatMap(shown)
        object["else"] = condition.otherwise.flatMap(shown)
        return .object(object)
    }

    /// Notes conditions of one keyword that went and came; which took the place of which cannot be told.
    mutating func addConditions(
        _ keyword: String,
        _ gone: [JSONValue],
        _ come: [Int],
        shownAfter: [JSONValue]? = nil,
        at place: JSONPointer
    ) {
        let after = shownAfter ?? come.compactMap(shown)
        var effect: SchemaDifference.Effect = []
        if !come.isEmpty { effect.insert(.narrows) }
        if !gone.isEmpty { effect.insert(.widens) }
        let shown = [gone, after].map(\.together)
        addCondition(keyword, effect, shown[0], shown[1], at: place)
        for node in come { noteTexts(in: node, at: place.appending(keyword)) }
    }

    /// Notes what became of a condition; nothing where it does nothing.
    mutating func addCondition(
        _ keyword: String,
        _ effect: SchemaDifference.Effect,
        _ before: JSONValue?,
        _ after: JSONValue?,
        at place: JSONPointer,
        _ name: JSONName? = nil
    ) {
        let pointer = name.map { place.appending(keyword).appending($0.text) } ?? place.appending(keyword)
        switch effect {
        case []: return
        case .narrows: add(before == nil ? .conditionIntroduced : .conditionTightened, effect, pointer, before, after)
        case .widens: add(after == nil ? .conditionLifted : .conditionLoosened, effect, pointer, before, after)
        default: add(.conditionChanged, effect, pointer, before, after)
        }
    }
}

extension [JSONValue] {
    /// All as one value; none where there are none.
    fileprivate var together: JSONValue? { count > 1 ? .array(self) : first }
}
