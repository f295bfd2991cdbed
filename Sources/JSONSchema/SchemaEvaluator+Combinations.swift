import JSON

extension SchemaEvaluator {
    mutating func applyCombination(
        _ rule: SchemaRule,
        of id: Int,
        to value: JSONValue,
        _ evaluated: inout Evaluated
    ) -> Bool {
        switch rule {
        case .all(let nodes):
            var isValid = true
            for node in nodes {
                if let inner = evaluate(node, value) {
                    evaluated.merge(inner)
                } else {
                    isValid = false
                    if !collects || isExhausted { return false }
                }
            }
            return isValid
        case .any(let nodes): return applyAny(nodes, of: id, to: value, &evaluated)
        case .one(let nodes): return applyOne(nodes, of: id, to: value, &evaluated)
        case .not(let node):
            if attempt(node, value).evaluated == nil { return true }
            return fail(id, "not") {
                let form = $0.description(of: node).map { "must not be \($0)" } ?? "has a form that is not allowed"
                return "\($0.subject) \(form)"
            }
        case .condition(let condition, let then, let otherwise):
            let outcome = attempt(condition, value).evaluated
            if let outcome { evaluated.merge(outcome) }
            guard let branch = outcome == nil ? otherwise : then else { return true }
            guard let inner = evaluate(branch, value) else { return false }
            evaluated.merge(inner)
            return true
        default: return true
        }
    }

    private mutating func applyAny(
        _ nodes: [Int],
        of id: Int,
        to value: JSONValue,
        _ evaluated: inout Evaluated
    ) -> Bool {
        var branches: [Branch] = []
        var isValid = false
        for node in nodes {
            let outcome = attempt(node, value)
            if let inner = outcome.evaluated {
                isValid = true
                // Others count only for what they have looked at.
                if !table.tracksEvaluated { return true }
                evaluated.merge(inner)
            } else {
                branches.append(Branch(node: node, failures: outcome.failures))
            }
            if isExhausted { return false }
        }
        return isValid || failChoice(branches, of: id, "anyOf", value)
    }

    private mutating func applyOne(
        _ nodes: [Int],
        of id: Int,
        to value: JSONValue,
        _ evaluated: inout Evaluated
    ) -> Bool {
        var branches: [Branch] = []
        var matches: [Int] = []
        for (index, node) in nodes.enumerated() {
            let outcome = attempt(node, value)
            if let inner = outcome.evaluated {
                matches.append(index)
                if matches.count == 1 { evaluated.merge(inner) }
                if matches.count > 1, !collects { return false }
            } else {
                branches.append(Branch(node: node, failures: outcome.failures))
            }
            if isExhausted { return false }
        }
        switch matches.count {
        case 0: return failChoice(branches, of: id, "oneOf", value)
        case 1: return true
        default:
            return fail(id, "oneOf") { evaluator in
                let forms = matches.map { evaluator.name(of: nodes[$0]) ?? "form \($0 + 1)" }
                let list = Wording.list(forms, "and")
                return "\(evaluator.subject) must match exactly one of \(nodes.count) forms, but matches \(list)"
            }
        }
    }

    /// A form of a choice that the value does not have.
    private struct Branch {
        let node: Int
        let failures: [Failure]
    }

    /// Says why a value has none of several forms, as near to the one that was meant as can be told.
    private mutating func failChoice(_ branches: [Branch], of id: Int, _ keyword: String, _ value: JSONValue) -> Bool {
        guard collects else { return false }
        if let types = onlyTypes(branches) {
            return fail(id, keyword, cause: .type(types)) {
                "\($0.subject) must be \(types.phrase), not \(value.phrase)"
            }
        }
        let near = likeliest(branches)
        if near.count == 1, let only = near.first {
            failures = Array((failures + only.failures).prefix(limits.errors))
            return false
        }
        if let nearest = nearest(near) {
            return fail(id, keyword) { evaluator in
                let number = (branches.firstIndex { $0.node == nearest.node } ?? 0) + 1
                let name = evaluator.name(of: nearest.node) ?? "form \(number)"
                let reasons = nearest.failures.prefix(3).map { $0.message.shortened(300) }.joined(separator: "; ")
                let subject = evaluator.subject
                return "\(subject) matches none of its \(branches.count) forms; the nearest is \(name): \(reasons)"
            }
        }
        return fail(id, keyword) { evaluator in
            let forms = near.prefix(4).enumerated().map { index, branch in
                let name = evaluator.name(of: branch.node) ?? "form \(index + 1)"
                return "\(name): \(branch.failures.first?.message.shortened(200) ?? "it is not allowed")"
            }
            let more = near.count > 4 ? "; and \(near.count - 4) more" : ""
            return "\(evaluator.subject) matches none of its forms (\(forms.joined(separator: "; "))\(more))"
        }
    }

    /// The one form with the fewest faults.
    private func nearest(_ branches: [Branch]) -> Branch? {
        let faults = branches.map { branch in
            branch.failures.reduce(0) { sum, failure in
                if case .missing(let count) = failure.cause { sum + count } else { sum + 1 }
            }
        }
        guard let least = faults.min(), faults.count(where: { $0 == least }) == 1 else { return nil }
        return zip(branches, faults).first { $0.1 == least }?.0
    }

    /// The types that all forms together allow, where each is refused for the type alone.
    private func onlyTypes(_ branches: [Branch]) -> JSONTypes? {
        var types: JSONTypes = []
        for branch in branches {
            guard let failure = branch.failures.first, failure.path.count == path.count,
                case .type(let wanted) = failure.cause
            else { return nil }
            types.formUnion(wanted)
        }
        return types.isEmpty ? nil : types
    }

    /// The forms that the value comes nearest to: not those of another type, and not those that a member with a fixed
    /// value (a discriminator) rules out.
    private func likeliest(_ branches: [Branch]) -> [Branch] {
        let sameType = branches.filter { branch in
            !branch.failures.contains { failure in
                if case .type = failure.cause { failure.path.count == path.count } else { false }
            }
        }
        let candidates = sameType.isEmpty ? branches : sameType
        let sameKind = candidates.filter { branch in
            !branch.failures.contains { failure in
                guard case .value = failure.cause else { return false }
                return failure.path.count == path.count + 1
            }
        }
        return sameKind.isEmpty ? candidates : sameKind
    }
}
