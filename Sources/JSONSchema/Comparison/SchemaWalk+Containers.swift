import JSON

extension SchemaWalk {
    /// The node of the old or the new schema; that of anything where there is none.
    private func old(_ node: Int?) -> Int { node ?? inclusion.graph.any(0) }
    private func new(_ node: Int?) -> Int { node ?? inclusion.graph.any(1) }

    // MARK: - Arrays

    mutating func walkArrays(_ before: ArrayFacts, _ after: ArrayFacts, at place: JSONPointer) {
        walkCount("minItems", before.minimum, after.minimum, at: place)
        walkCount("maxItems", before.maximum, after.maximum, at: place)
        if before.isUnique != after.isUnique {
            let isImplied = (after.isUnique ? before.maximum : after.maximum).map { $0 <= 1 } ?? false
            let effect: SchemaDifference.Effect = isImplied ? [] : after.isUnique ? .narrows : .widens
            addBound("uniqueItems", effect, before.isUnique ? true : nil, after.isUnique ? true : nil, at: place)
        }
        for index in 0..<max(before.prefix.count, after.prefix.count) {
            let pointer = place.appending("prefixItems").appending(index)
            walk(old(before.item(at: index)), new(after.item(at: index)), at: pointer)
        }
        walk(old(before.rest), new(after.rest), at: place.appending("items"))
        walkContains(before.contains, after.contains, at: place)
    }

    private mutating func walkContains(
        _ before: [ArrayFacts.Contained],
        _ after: [ArrayFacts.Contained],
        at place: JSONPointer
    ) {
        let pointer = place.appending("contains")
        var gone = before
        var come: [ArrayFacts.Contained] = []
        for wanted in after {
            let same = gone.filter { classes.meaning[$0.node] == classes.meaning[wanted.node] }
            guard let given = same.first(where: { $0.least == wanted.least && $0.most == wanted.most }) ?? same.first
            else {
                come.append(wanted)
                continue
            }
            gone.removeAll { $0 == given }
            walk(given.node, wanted.node, at: pointer)
            var effect: SchemaDifference.Effect = []
            if wanted.least > given.least || wanted.most ?? .max < given.most ?? .max { effect.insert(.narrows) }
            if wanted.least < given.least || wanted.most ?? .max > given.most ?? .max { effect.insert(.widens) }
            addCondition("contains", effect, given.json, wanted.json, at: place)
        }
        addConditions("contains", gone.compactMap { shown($0.node) }, come.map(\.node), at: place)
    }

    // MARK: - Objects

    mutating func walkObjects(_ before: ObjectFacts, _ after: ObjectFacts, at place: JSONPointer) {
        walkLeastMembers(before, after, at: place)
        walkCount("maxProperties", before.maximum, after.maximum, at: place)
        let renames = renames(from: before, to: after)
        let properties = place.appending("properties")
        for name in after.order {
            let pointer = properties.appending(name.text)
            guard let node = after.named[name] else { continue }
            if let former = before.named[name] {
                if tellsNever(name, former, node, before, after, at: pointer) { continue }
                walk(former, node, at: pointer)
            } else if let former = renames[name], let given = before.named[former] {
                add(.propertyRenamed, .both, pointer, .string(former.text), .string(name.text))
                walk(given, node, at: pointer)
            } else {
                addProperty(name, node, before, after, at: pointer)
            }
        }
        let renamed = Set(renames.values)
        for name in before.order where after.named[name] == nil && !renamed.contains(name) {
            removeProperty(name, before, after, at: properties.appending(name.text))
        }
        walkRequired(before, after, renames, at: properties)
        walkPatterns(before, after, at: place)
        walkExtra(before.extra, after.extra, at: place.appending("additionalProperties"))
        walkNames(before.names, after.names, at: place)
        walkDependencies(before, after, at: place)
    }

    /// Required members count, so what they imply is no bound.
    private mutating func walkLeastMembers(_ before: ObjectFacts, _ after: ObjectFacts, at place: JSONPointer) {
        var effect: SchemaDifference.Effect = []
        if after.minimum > before.effectiveMinimum { effect.insert(.narrows) }
        if before.minimum > after.effectiveMinimum { effect.insert(.widens) }
        let counts = [before.minimum, after.minimum].map { $0 == 0 ? JSONValue?.none : .count($0) }
        addBound("minProperties", effect, counts[0], counts[1], at: place)
    }

    /// A property that takes no value any more is gone, one that takes some by now has come; answers whether it is one of
    /// both. That goes for whether it is required as well.
    private mutating func tellsNever(
        _ name: JSONName,
        _ old: Int,
        _ new: Int,
        _ before: ObjectFacts,
        _ after: ObjectFacts,
        at pointer: JSONPointer
    ) -> Bool {
        switch (facts(old).isNever, facts(new).isNever) {
        case (false, true):
            let wasRequired = before.required.contains(name)
            add(wasRequired ? .requiredPropertyRemoved : .propertyRemoved, .narrows, pointer, shown(old), nil)
        case (true, false):
            let isRequired = after.required.contains(name)
            add(
                isRequired ? .requiredPropertyAdded : .propertyAdded,
                isRequired ? .both : .widens,
                pointer,
                nil,
                shown(new)
            )
            noteTexts(in: new, at: pointer)
        case (true, true), (false, false): return false
        }
        return true
    }

    private mutating func addProperty(
        _ name: JSONName,
        _ node: Int,
        _ before: ObjectFacts,
        _ after: ObjectFacts,
        at pointer: JSONPointer
    ) {
        let isRequired = after.required.contains(name) && !before.required.contains(name)
        let former = inclusion.member(name, of: before)
        var effect: SchemaDifference.Effect = isRequired ? .narrows : []
        if let former {
            // A name that was not spoken of had values of some form, or was forbidden.
            if !inclusion.holds(former, in: node) { effect.insert(.narrows) }
            if !inclusion.holds(node, in: former) { effect.insert(.widens) }
        } else if facts(node).isNever {
            add(.extraForbidden, .narrows, pointer, nil, shown(node))
            return
        }
        if facts(node).isNever, former.map({ facts($0).isNever }) ?? false, !isRequired { return }
        add(isRequired ? .requiredPropertyAdded : .propertyAdded, effect, pointer, nil, shown(node))
        noteTexts(in: node, at: pointer)
    }

    private mutating func removeProperty(
        _ name: JSONName,
        _ before: ObjectFacts,
        _ after: ObjectFacts,
        at pointer: JSONPointer
    ) {
        guard let node = before.named[name] else { return }
        let present = inclusion.member(name, of: after)
        var effect: SchemaDifference.Effect = []
        if !inclusion.holds(node, in: present) { effect.insert(.narrows) }
        if !inclusion.holds(present, in: node) { effect.insert(.widens) }
        if facts(node).isNever {
            if !effect.isEmpty { add(.extraAllowed, effect, pointer, shown(node), nil) }
            return
        }
        let wasRequired = before.required.contains(name) && !after.required.contains(name)
        if wasRequired { effect.insert(.widens) }
        add(wasRequired ? .requiredPropertyRemoved : .propertyRemoved, effect, pointer, shown(node), nil)
    }

    private mutating func walkRequired(
        _ before: ObjectFacts,
        _ after: ObjectFacts,
        _ renames: [JSONName: JSONName],
        at place: JSONPointer
    ) {
        let former = Set(renames.values)
        for name in Set(after.required).subtracting(before.required).sortedByText where renames[name] == nil {
            // That a new property is required was told with it.
            if before.named[name] == nil, after.named[name] != nil { continue }
            if isNeverNow(name, before, after) { continue }
            add(.requiredSet, .narrows, place.appending(name.text), false, true)
        }
        for name in Set(before.required).subtracting(after.required).sortedByText where !former.contains(name) {
            if after.named[name] == nil, before.named[name] != nil { continue }
            if isNeverNow(name, before, after) { continue }
            add(.requiredLifted, .widens, place.appending(name.text), true, false)
        }
    }

    /// Whether a property that both sides name takes values on one of them only, which is told of the property.
    private func isNeverNow(_ name: JSONName, _ before: ObjectFacts, _ after: ObjectFacts) -> Bool {
        guard let old = before.named[name], let new = after.named[name] else { return false }
        return facts(old).isNever != facts(new).isNever
    }

    // MARK: - Other members

    private mutating func walkExtra(_ before: Int?, _ after: Int?, at place: JSONPointer) {
        let (given, wanted) = (facts(old(before)), facts(new(after)))
        if given.isAny && wanted.isAny || given.isNever && wanted.isNever {
            walk(old(before), new(after), at: place)
        } else if wanted.isNever {
            add(.extraForbidden, .narrows, place, before.flatMap(shown) ?? true, false)
        } else if wanted.isAny || given.isNever {
            add(
                .extraAllowed,
                .widens,
                place,
                given.isNever ? false : before.flatMap(shown),
                after.flatMap(shown) ?? true
            )
            noteTexts(in: new(after), at: place)
        } else if given.isAny {
            add(.extraChanged, .narrows, place, before.flatMap(shown) ?? true, after.flatMap(shown))
            noteTexts(in: new(after), at: place)
        } else {
            walk(old(before), new(after), at: place)
        }
    }

    private mutating func walkPatterns(_ before: ObjectFacts, _ after: ObjectFacts, at place: JSONPointer) {
        let place = place.appending("patternProperties")
        for pattern in after.patterns.sortedNames {
            guard let node = after.patterns[pattern] else { continue }
            let pointer = place.appending(pattern.text)
            if let given = before.patterns[pattern] {
                walk(given, node, at: pointer)
                continue
            }
            var effect: SchemaDifference.Effect = []
            if !inclusion.holds(before, pattern, in: node) { effect.insert(.narrows) }
            if let extra = before.extra, !inclusion.holds(node, in: extra) { effect.insert(.widens) }
            addPattern(effect, isNever: facts(node).isNever, nil, shown(node), at: pointer)
            noteTexts(in: node, at: pointer)
        }
        for pattern in before.patterns.sortedNames where after.patterns[pattern] == nil {
            guard let node = before.patterns[pattern] else { continue }
            var effect: SchemaDifference.Effect = []
            if let extra = after.extra, !inclusion.holds(node, in: extra) { effect.insert(.narrows) }
            if !inclusion.holds(after, pattern, in: node) { effect.insert(.widens) }
            let isNever = after.extra.map { facts($0).isNever } ?? false
            addPattern(effect, isNever: isNever, shown(node), nil, at: place.appending(pattern.text))
        }
    }

    private mutating func addPattern(
        _ effect: SchemaDifference.Effect,
        isNever: Bool,
        _ before: JSONValue?,
        _ after: JSONValue?,
        at place: JSONPointer
    ) {
        if effect.isEmpty { return }
        let kind: SchemaDifference.Kind =
            effect == .widens ? .extraAllowed : isNever ? .extraForbidden : .extraChanged
        add(kind, effect, place, before, after)
    }

    private mutating func walkNames(_ before: Int?, _ after: Int?, at place: JSONPointer) {
        if let before, let after, classes.meaning[before] == classes.meaning[after] {
            return walk(before, after, at: place.appending("propertyNames"))
        }
        var effect: SchemaDifference.Effect = []
        if !inclusion.holds(before, in: after) { effect.insert(.narrows) }
        if !inclusion.holds(after, in: before) { effect.insert(.widens) }
        addCondition("propertyNames", effect, before.flatMap(shown), after.flatMap(shown), at: place)
        if let after { noteTexts(in: after, at: place.appending("propertyNames")) }
    }

    private mutating func walkDependencies(_ before: ObjectFacts, _ after: ObjectFacts, at place: JSONPointer) {
        let triggers = Set(before.dependentRequired.keys).union(after.dependentRequired.keys)
        for trigger in triggers.sortedByText {
            let (given, wanted) = (before.dependentRequired[trigger], after.dependentRequired[trigger])
            var effect: SchemaDifference.Effect = []
            if !before.required.union(given ?? []).isSuperset(of: wanted ?? []) { effect.insert(.narrows) }
            if !after.required.union(wanted ?? []).isSuperset(of: given ?? []) { effect.insert(.widens) }
            let lists = [given, wanted].map { $0.map { JSONValue($0.sortedByText.map(\.text)) } }
            addCondition("dependentRequired", effect, lists[0], lists[1], at: place, trigger)
        }
        let names = Set(before.dependentSchemas.keys).union(after.dependentSchemas.keys)
        for name in names.sortedByText {
            let (given, wanted) = (before.dependentSchemas[name], after.dependentSchemas[name])
            if let given, let wanted {
                walk(given, wanted, at: place.appending("dependentSchemas").appending(name.text), isInside: false)
                continue
            }
            var effect: SchemaDifference.Effect = []
            if !inclusion.holds(given, in: wanted) { effect.insert(.narrows) }
            if !inclusion.holds(wanted, in: given) { effect.insert(.widens) }
            addCondition("dependentSchemas", effect, given.flatMap(shown), wanted.flatMap(shown), at: place, name)
            if let wanted {
                noteTexts(in: wanted, at: place.appending("dependentSchemas").appending(name.text))
            }
        }
    }
}

extension ArrayFacts.Contained {
    fileprivate var json: JSONValue {
        var object: JSONObject = ["minContains": .count(least)]
        if let most { object["maxContains"] = .count(most) }
        return .object(object)
    }
}

extension Set<JSONName> {
    /// In an order that does not depend on the run.
    var sortedByText: [JSONName] {
        sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    }
}
