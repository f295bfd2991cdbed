import JSON

extension SchemaWalk {
    /// Compares the choices of two nodes.
    mutating func walkUnions(
        _ before: SchemaFacts,
        _ after: SchemaFacts,
        _ old: Int,
        _ new: Int,
        at place: JSONPointer
    ) {
        var gone = before.unions
        var come: [SchemaUnion] = []
        for union in after.unions {
            let signature = union.signature(classes.meaning)
            guard let same = gone.firstIndex(where: { $0.signature(classes.meaning) == signature }) else {
                come.append(union)
                continue
            }
            // They ask the same; only texts can differ.
            walkForms(gone.remove(at: same), union, at: place)
        }
        let paired = min(gone.count, come.count)
        for (given, wanted) in zip(gone, come) { walkForms(given, wanted, at: place) }
        for union in come.dropFirst(paired) { introduce(union, old, at: place) }
        for union in gone.dropFirst(paired) { lift(union, new, at: place) }
    }

    /// Compares two choices form by form.
    private mutating func walkForms(_ before: SchemaUnion, _ after: SchemaUnion, at place: JSONPointer) {
        let start = differences.count
        let place = place.appending(after.keyword)
        let pairs = pairs(before.branches, after.branches)
        for (given, wanted) in pairs {
            walk(given.node, wanted.node, at: wanted.place(in: place), isInside: false)
        }
        let kept = Set(pairs.map(\.0.index))
        let known = Set(pairs.map(\.1.index))
        for form in before.branches where !kept.contains(form.index) {
            if !after.isExclusive, after.branches.contains(where: { inclusion.holds(form.node, in: $0.node) }) {
                continue
            }
            let effect: SchemaDifference.Effect = before.isExclusive ? .both : .narrows
            add(.branchRemoved, effect, form.place(in: place), shown(form.node), nil)
        }
        for form in after.branches where !known.contains(form.index) {
            if !before.isExclusive, !after.isExclusive,
                before.branches.contains(where: { inclusion.holds(form.node, in: $0.node) })
            {
                continue
            }
            let kind: SchemaDifference.Kind = after.isExclusive ? .oneBranchAdded : .anyBranchAdded
            let effect: SchemaDifference.Effect = after.isExclusive ? .both : .widens
            add(kind, effect, form.place(in: place), nil, shown(form.node))
            noteTexts(in: form.node, at: form.place(in: place))
        }
        if before.signature(classes.meaning) == after.signature(classes.meaning) { return }
        // Where exactly one form must match, a form that takes more or less changes what the others are good for.
        var missing: SchemaDifference.Effect = []
        if after.isExclusive { missing.insert(.narrows) }
        if before.isExclusive { missing.insert(.widens) }
        missing.subtract(effect(since: start))
        if missing.isEmpty { return }
        let kind: SchemaDifference.Kind = missing.contains(.narrows) ? .oneBranchAdded : .unionLifted
        add(kind, missing, place, .string(before.keyword), .string(after.keyword))
    }

    /// A choice where there was none: what was asked before may be one of its forms.
    private mutating func introduce(_ union: SchemaUnion, _ old: Int, at place: JSONPointer) {
        let place = place.appending(union.keyword)
        guard !union.isExclusive,
            let form = union.branches.first(where: { inclusion.holds(old, withoutNullIn: $0.node) })
        else {
            add(.unionIntroduced, .narrows, place, nil, .array(union.branches.compactMap { shown($0.node) }))
            for form in union.branches { noteTexts(in: form.node, at: form.place(in: place)) }
            return
        }
        for other in union.branches where other.index != form.index {
            add(.anyBranchAdded, .widens, other.place(in: place), nil, shown(other.node))
            noteTexts(in: other.node, at: other.place(in: place))
        }
        walkAnnotations(SchemaAnnotations(), facts(form.node).annotations, at: form.place(in: place))
    }

    private mutating func lift(_ union: SchemaUnion, _ new: Int, at place: JSONPointer) {
        let place = place.appending(union.keyword)
        let isCovered = union.branches.contains { inclusion.holds(new, withoutNullIn: $0.node) }
        guard !union.isExclusive, isCovered else {
            add(.unionLifted, .widens, place, .array(union.branches.compactMap { shown($0.node) }), nil)
            return
        }
        for form in union.branches where !inclusion.holds(form.node, in: new) {
            add(.branchRemoved, .narrows, form.place(in: place), shown(form.node), nil)
        }
    }

    // MARK: - One form becomes several, or several one

    /// Where one side is nothing but a choice, and the other may be one of its forms, compares it with that form.
    mutating func walkIntoForm(
        _ before: SchemaFacts,
        _ after: SchemaFacts,
        _ old: Int,
        _ new: Int,
        at place: JSONPointer
    ) -> Bool {
        if before.unions.isEmpty, !before.isBare, after.isBare, after.unions.count == 1 {
            return walkInto(after.unions[0], from: old, at: place)
        }
        if after.unions.isEmpty, !after.isBare, before.isBare, before.unions.count == 1 {
            return walkOut(of: before.unions[0], to: new, at: place)
        }
        return false
    }

    private mutating func walkInto(_ union: SchemaUnion, from old: Int, at place: JSONPointer) -> Bool {
        let place = place.appending(union.keyword)
        let whole = [Form(node: old, index: 0, path: [])]
        let form = union.branches.first { inclusion.holds(old, withoutNullIn: $0.node) }
        guard let form = form ?? pairs(whole, union.branches).first?.1 else { return false }
        walk(old, form.node, at: form.place(in: place), isInside: false, ignoringNull: true)
        for other in union.branches where other.index != form.index {
            if !union.isExclusive, inclusion.holds(other.node, in: old) { continue }
            let kind: SchemaDifference.Kind = union.isExclusive ? .oneBranchAdded : .anyBranchAdded
            let effect: SchemaDifference.Effect = union.isExclusive ? .both : .widens
            add(kind, effect, other.place(in: place), nil, shown(other.node))
            noteTexts(in: other.node, at: other.place(in: place))
        }
        return true
    }

    private mutating func walkOut(of union: SchemaUnion, to new: Int, at place: JSONPointer) -> Bool {
        let place = place.appending(union.keyword)
        let whole = [Form(node: new, index: 0, path: [])]
        let form = union.branches.first { inclusion.holds(new, withoutNullIn: $0.node) }
        guard let form = form ?? pairs(union.branches, whole).first?.0 else { return false }
        walk(form.node, new, at: form.place(in: place), isInside: false, ignoringNull: true)
        for other in union.branches where other.index != form.index && !inclusion.holds(other.node, in: new) {
            add(.branchRemoved, .narrows, other.place(in: place), shown(other.node), nil)
        }
        if union.isExclusive { add(.unionLifted, .widens, place, .string(union.keyword), nil) }
        return true
    }

    // MARK: - Which form became which

    private typealias Form = SchemaUnion.Branch

    /// Pairs the forms of two choices, what is surest first.
    private func pairs(_ before: [Form], _ after: [Form]) -> [(Form, Form)] {
        var pairs: [(Form, Form)] = []
        var gone = before
        var come = after
        func take(_ isPair: (Form, Form) -> Bool) {
            for form in come {
                guard let match = gone.firstIndex(where: { isPair($0, form) }) else { continue }
                pairs.append((gone.remove(at: match), form))
                come.removeAll { $0.index == form.index }
            }
        }
        take { classes.whole[$0.node] == classes.whole[$1.node] }
        take { classes.meaning[$0.node] == classes.meaning[$1.node] }
        let tags = Dictionary(grouping: before.map(\.node) + after.map(\.node)) { $0 }.mapValues {
            self.tags(of: $0[0])
        }
        take { form, other in
            guard let given = tags[form.node], let wanted = tags[other.node] else { return false }
            return given.contains { wanted[$0.key] == $0.value }
        }
        take { form, other in
            let titles = [facts(form.node), facts(other.node)].map(\.annotations.titles)
            return !titles[0].isEmpty && titles[0] == titles[1]
        }
        take { form, other in
            let parts = [facts(form.node), facts(other.node)]
            let hasTags = tags[form.node]?.isEmpty == false && tags[other.node]?.isEmpty == false
            return !hasTags && parts[0].types == parts[1].types && isAlike(parts[0].objects, parts[1].objects)
        }
        return pairs
    }

    private func tags(of node: Int) -> [JSONName: Set<ValueKey>] {
        let key = inclusion.graph.keys[node]
        return key.seeds.first.map { inclusion.graph.sources[key.source].tags(of: $0) } ?? [:]
    }

    /// Whether two objects have half of their properties in common; what is no object has none to tell it by.
    private func isAlike(_ left: ObjectFacts, _ right: ObjectFacts) -> Bool {
        let all = Set(left.order).union(right.order)
        return 2 * Set(left.order).intersection(right.order).count >= all.count
    }
}
