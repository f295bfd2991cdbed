import JSON

extension SchemaEvaluator {
    mutating func applyObject(
        _ rule: SchemaRule,
        of id: Int,
        to object: JSONObject,
        _ evaluated: inout Evaluated
    ) -> Bool {
        switch rule {
        case .memberCount(let bound):
            return bound.allows(object.count)
                || fail(id, bound.keyword) {
                    "\($0.subject) must have \(bound.phrase("property", "properties")), not \(object.count)"
                }
        case .required(let names): return applyRequired(names, of: id, to: object)
        case .dependentRequired(let dependencies): return applyDependencies(dependencies, of: id, to: object)
        case .dependentSchemas(let nodes):
            guard spend(nodes.count) else { return false }
            var isValid = true
            for (name, node) in nodes.sorted(by: { $0.value < $1.value }) where object[name] != nil {
                if let inner = evaluate(node, .object(object)) { evaluated.merge(inner) } else { isValid = false }
            }
            return isValid
        case .members(let members): return applyMembers(members, of: id, to: object, &evaluated)
        case .memberNames(let node): return applyNames(node, of: id, to: object)
        case .unevaluatedMembers(let node):
            var isValid = true
            for (position, member) in object.enumerated() where !evaluated.contains(position) {
                if !applyOther(node, member, keyword: "unevaluatedProperties", of: id) { isValid = false }
                if isExhausted { return false }
                evaluated.insert(position)
            }
            return isValid
        default: return true
        }
    }

    private mutating func applyRequired(_ names: [String], of id: Int, to object: JSONObject) -> Bool {
        guard spend(names.count) else { return false }
        guard collects else { return names.allSatisfy { object[$0] != nil } }
        let missing = names.filter { object[$0] == nil }
        return missing.isEmpty
            || fail(id, "required", cause: .missing(missing.count)) {
                "missing required \(Wording.properties(missing))\($0.place)"
            }
    }

    private mutating func applyDependencies(
        _ dependencies: [String: [String]],
        of id: Int,
        to object: JSONObject
    ) -> Bool {
        guard spend(dependencies.reduce(0) { $0 + 1 + $1.value.count }) else { return false }
        var isValid = true
        for (trigger, names) in dependencies.sorted(by: { $0.key < $1.key }) where object[trigger] != nil {
            for name in names where object[name] == nil {
                isValid = fail(id, "dependentRequired") {
                    "missing property \(name.quoted)\($0.place), which is required when \(trigger.quoted) is given"
                }
            }
        }
        return isValid
    }

    private mutating func applyMembers(
        _ rules: MemberRules,
        of id: Int,
        to object: JSONObject,
        _ evaluated: inout Evaluated
    ) -> Bool {
        var isValid = true
        for (position, member) in object.enumerated() {
            guard spend(1 + member.key.utf8.count / 64) else { return false }
            var isKnown = false
            if let node = rules.named[JSONName(member.key)] {
                isKnown = true
                if !descend(.member(member.key), node, member.value) { isValid = false }
            }
            for (pattern, node) in rules.patterns where pattern.matches(member.key, steps: &steps) {
                isKnown = true
                if !descend(.member(member.key), node, member.value) { isValid = false }
            }
            if !isKnown, let others = rules.others {
                isKnown = true
                let isAllowed = applyOther(others, member, keyword: "additionalProperties", of: id) {
                    Wording.known(rules.names, insteadOf: member.key, beside: object)
                }
                if !isAllowed { isValid = false }
            }
            if isKnown, table.tracksEvaluated { evaluated.insert(position) }
            if isExhausted || !isValid && !collects { return false }
        }
        return isValid
    }

    /// Checks a member that no name and no pattern speaks of.
    private mutating func applyOther(
        _ node: Int,
        _ member: JSONObject.Member,
        keyword: String,
        of id: Int,
        _ known: () -> String = { "" }
    ) -> Bool {
        guard case .never? = table.nodes[node].rules.first else {
            return descend(.member(member.key), node, member.value)
        }
        path.append(.member(member.key))
        defer { path.removeLast() }
        return fail(id, keyword) { "unknown property \(member.key.quoted)\($0.outerPlace)\(known())" }
    }

    private mutating func applyNames(_ node: Int, of id: Int, to object: JSONObject) -> Bool {
        var isValid = true
        for member in object {
            let outer = failures
            failures = []
            let isAllowed = descend(.member(member.key), node, .string(member.key))
            let reason = failures.first?.message ?? "it is not allowed"
            failures = outer
            if isAllowed { continue }
            isValid = fail(id, "propertyNames") { "bad property name \(member.key.quoted)\($0.place): \(reason)" }
            if !collects { return false }
        }
        return isValid
    }
}
