import JSON

extension SchemaSource {
    /// A choice with its forms that can match values of some types.
    struct Choice {
        struct Form {
            let atom: Int
            /// Where it stands, from the keyword of the choice.
            let path: [String]
        }

        let forms: [Form]
        /// Whether exactly one form must match, and it is not plain that two never can.
        let isExclusive: Bool
        /// How much it took to find them.
        let weight: Int
    }

    /// The choice that a rule is; nothing where it is none.
    ///
    /// Where any form will do, forms that are nothing but a choice of the same kind give their own forms in their place,
    /// and a form that is written twice counts once.
    func choice(_ rule: SchemaRule, types: JSONTypes) -> Choice? {
        guard let branches = rule.choices else { return nil }
        let forms = branches.enumerated().map { Choice.Form(atom: $1, path: [String($0)]) }
        let given = forms.filter { canMatch($0, types) }
        guard isOpen(rule, given, types) else {
            return Choice(forms: given, isExclusive: true, weight: branches.count)
        }
        let all = given.flatMap { parts(of: $0, types, trail: []) }
        var seen: Set<ValueKey> = []
        let flat = all.filter { form in
            // A reference is known by what it leads to.
            guard canMatch(form.form, types) else { return false }
            return all.count == 1 || seen.insert(ValueKey(text(of: form.target))).inserted
        }.map(\.form)
        return Choice(forms: flat, isExclusive: false, weight: branches.count + all.count)
    }

    private func canMatch(_ form: Choice.Form, _ types: JSONTypes) -> Bool {
        !quickTypes(of: [form.atom]).isDisjoint(with: types)
    }

    /// Whether it does not matter how many of the forms match.
    private func isOpen(_ rule: SchemaRule, _ forms: [Choice.Form], _ types: JSONTypes) -> Bool {
        rule.isAny || areDisjoint(forms.map(\.atom), forms.map { quickTypes(of: [$0.atom]).intersection(types) })
    }

    /// The forms that a form is made of, where it neither asks nor says anything but that; else the form alone, with what
    /// it leads to.
    private func parts(of form: Choice.Form, _ types: JSONTypes, trail: [Int]) -> [(form: Choice.Form, target: Int)] {
        var atom = form.atom
        var trail = trail
        while !trail.contains(atom), trail.count < 16 {
            trail.append(atom)
            guard let object = text(of: atom).object, object.count == 1, let keyword = object.map(\.key).first,
                table.nodes[atom].rules.count == 1, let rule = table.nodes[atom].rules.first
            else { return [(form, atom)] }
            if keyword == "$ref", let next = target(of: rule) {
                atom = next
                continue
            }
            guard ["anyOf", "oneOf"].contains(keyword), let branches = rule.choices else { return [(form, atom)] }
            let inner = branches.enumerated().map {
                Choice.Form(atom: $1, path: form.path + [keyword, String($0)])
            }
            guard isOpen(rule, inner, types) else { return [(form, atom)] }
            return inner.flatMap { parts(of: $0, types, trail: trail) }
        }
        return [(form, form.atom)]
    }
}
