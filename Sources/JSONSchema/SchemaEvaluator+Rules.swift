import JSON

extension SchemaRule {
    /// Whether the rule can only be understood when all others hold: it is about what they have not looked at.
    var dependsOnOthers: Bool {
        switch self {
        case .unevaluatedMembers, .unevaluatedItems: true
        default: false
        }
    }
}

extension SchemaEvaluator {
    /// Applies one rule; false, and failures where they are collected, when the value breaks it.
    mutating func apply(_ rule: SchemaRule, of id: Int, to value: JSONValue, _ evaluated: inout Evaluated) -> Bool {
        switch rule {
        case .never: return fail(id, nil) { "\($0.subject) is not allowed" }
        case .reference(let number): return follow(table.targets[number], value, &evaluated)
        case .dynamicReference(let number, let anchor):
            let target = dynamicTarget(number, anchor: anchor)
            return follow(target, value, &evaluated)
        case .all, .any, .one, .not, .condition: return applyCombination(rule, of: id, to: value, &evaluated)
        case .type, .enumeration, .constant: return applyValue(rule, of: id, to: value)
        default: break
        }
        switch value {
        case .null, .bool: return true
        case .number(let number): return applyNumber(rule, of: id, to: number)
        case .string(let text): return applyText(rule, of: id, to: text)
        case .array(let items): return applyArray(rule, of: id, to: items, &evaluated)
        case .object(let object): return applyObject(rule, of: id, to: object, &evaluated)
        }
    }

    /// Notes a failure, in words that are only made when somebody will read them.
    mutating func fail(
        _ node: Int,
        _ keyword: String?,
        cause: Failure.Cause = .other,
        _ message: (SchemaEvaluator) -> String
    ) -> Bool {
        if collects, failures.count < limits.errors {
            let text = message(self).shortened(1_000)
            failures.append(Failure(path: path, node: node, keyword: keyword, cause: cause, message: text))
        }
        return false
    }

    // MARK: - Any value

    private mutating func applyValue(_ rule: SchemaRule, of id: Int, to value: JSONValue) -> Bool {
        switch rule {
        case .type(let types):
            if case .number(let number) = value, !spend(number.text.utf8.count / 8) { return false }
            return types.allows(value)
                || fail(id, "type", cause: .type(types)) {
                    let example = $0.example(of: id) { types.allows($0) }
                    return "\($0.subject) must be \(types.phrase), not \(value.phrase)\(example)"
                }
        case .constant(let constant):
            guard spend(value.weight) else { return false }
            return value.equalsByValue(constant)
                || fail(id, "const", cause: .value) {
                    "\($0.subject) must be \(constant.clipped), not \(value.phrase)"
                }
        case .enumeration(let values, let keys):
            guard spend(value.weight) else { return false }
            return keys.contains(ValueKey(value))
                || fail(id, "enum", cause: .value) {
                    "\($0.subject) must be \(Wording.choice(values)), not \(value.phrase)\(Wording.nearest(value, values))"
                }
        default: return true
        }
    }

    private mutating func applyNumber(_ rule: SchemaRule, of id: Int, to number: JSONNumber) -> Bool {
        guard spend(number.text.utf8.count / 8) else { return false }
        switch rule {
        case .bound(let bound):
            let decimal = Decimal(number)
            let (small, large) = bound.isUpper ? (decimal, bound.value) : (bound.value, decimal)
            return small < large || !bound.isExclusive && small == large
                || fail(id, bound.keyword) {
                    "\($0.subject) must be \(bound.phrase), not \(JSONValue.number(number).clipped)"
                }
        case .multiple(let divisor, let exact):
            return Decimal(number).isMultiple(of: exact) ?? true
                || fail(id, "multipleOf") {
                    "\($0.subject) must be a multiple of \(divisor.text), not \(JSONValue.number(number).clipped)"
                }
        default: return true
        }
    }

    private mutating func applyText(_ rule: SchemaRule, of id: Int, to text: String) -> Bool {
        switch rule {
        case .length(let bound):
            guard spend(text.utf8.count / 64) else { return false }
            let length = text.unicodeScalars.count
            return bound.allows(length)
                || fail(id, bound.keyword) { "\($0.subject) must have \(bound.phrase("character")), not \(length)" }
        case .pattern(let source, let pattern):
            if pattern.matches(text, steps: &steps) { return true }
            return fail(id, "pattern") {
                var steps = 10_000
                let example = $0.example(of: id) { $0.string.map { pattern.matches($0, steps: &steps) } ?? false }
                return "\($0.subject) must match the pattern \(source.clipped(200)), but \(text.clipped(60)) does not"
                    + example
            }
        default: return true
        }
    }

    // MARK: - Arrays

    private mutating func applyArray(
        _ rule: SchemaRule,
        of id: Int,
        to items: [JSONValue],
        _ evaluated: inout Evaluated
    ) -> Bool {
        switch rule {
        case .itemCount(let bound):
            return bound.allows(items.count)
                || fail(id, bound.keyword) { "\($0.subject) must have \(bound.phrase("item")), not \(items.count)" }
        case .uniqueItems: return applyUniqueItems(of: id, to: items)
        case .items(let prefix, let rest):
            var isValid = true
            for (index, item) in items.enumerated() {
                guard let node = index < prefix.count ? prefix[index] : rest else { break }
                if !descend(.item(index), node, item) {
                    isValid = false
                    if !collects || isExhausted { return false }
                }
                if table.tracksEvaluated { evaluated.insert(index) }
            }
            return isValid
        case .contains(let node, let least, let most):
            return applyContains(node, least, most, of: id, to: items, &evaluated)
        case .unevaluatedItems(let node):
            var isValid = true
            for (index, item) in items.enumerated() where !evaluated.contains(index) {
                if !descend(.item(index), node, item) {
                    isValid = false
                    if !collects || isExhausted { return false }
                }
                evaluated.insert(index)
            }
            return isValid
        default: return true
        }
    }

    private mutating func applyUniqueItems(of id: Int, to items: [JSONValue]) -> Bool {
        guard spend(JSONValue.array(items).weight) else { return false }
        var seen: [ValueKey: Int] = [:]
        for (index, item) in items.enumerated() {
            if let first = seen.updateValue(index, forKey: ValueKey(item)) {
                return fail(id, "uniqueItems") {
                    "the items of \($0.subject) must be unique, but items \(first) and \(index) are the same"
                }
            }
        }
        return true
    }

    private mutating func applyContains(
        _ node: Int,
        _ least: Int,
        _ most: Int?,
        of id: Int,
        to items: [JSONValue],
        _ evaluated: inout Evaluated
    ) -> Bool {
        var count = 0
        let outer = failures
        for (index, item) in items.enumerated() where descend(.item(index), node, item) {
            count += 1
            if table.tracksEvaluated { evaluated.insert(index) }
        }
        failures = outer
        if count < least {
            return fail(id, least == 1 ? "contains" : "minContains") {
                let number = least == 1 ? "at least one item that is" : "at least \(least) items that are"
                return "\($0.subject) must have \(number) \($0.description(of: node) ?? "what its schema asks for")"
            }
        }
        if let most, count > most {
            return fail(id, "maxContains") {
                let wanted = $0.description(of: node) ?? "what their schema asks for"
                return "\($0.subject) must have at most \(most) items that are \(wanted), not \(count)"
            }
        }
        return true
    }
}
