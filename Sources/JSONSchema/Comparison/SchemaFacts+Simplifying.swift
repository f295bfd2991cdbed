import JSON

extension NumberFacts {
    /// Adds a bound; the stricter one stays.
    mutating func add(_ bound: NumberBound) {
        let limit = NumberLimit(value: bound.value, isExclusive: bound.isExclusive, number: bound.number)
        if bound.isUpper {
            if upper.map({ limit.isStricter(asUpper: true, than: $0) }) ?? true { upper = limit }
        } else {
            if lower.map({ limit.isStricter(asUpper: false, than: $0) }) ?? true { lower = limit }
        }
    }
}

extension StringFacts {
    /// Adds a bound of the length; the stricter one stays.
    mutating func add(_ bound: CountBound) {
        if bound.isUpper { maximum = min(maximum ?? .max, bound.count) } else { minimum = max(minimum, bound.count) }
    }
}

extension NumberLimit {
    /// Whether an end of a range leaves out a number that the other allows.
    func isStricter(asUpper isUpper: Bool, than other: NumberLimit) -> Bool {
        if value == other.value { return isExclusive && !other.isExclusive }
        return isUpper ? value < other.value : other.value < value
    }

    /// The same end of a range of whole numbers, as one that belongs to it; as it is where the number is large.
    func whole(isUpper: Bool) -> NumberLimit {
        guard let (floor, isExact) = value.floor else { return self }
        let bound: Int
        switch (isUpper, isExact) {
        case (true, true): bound = isExclusive ? floor - 1 : floor
        case (true, false): bound = floor
        case (false, true): bound = isExclusive ? floor + 1 : floor
        case (false, false): bound = floor + 1
        }
        let number = JSONNumber(bound)
        return NumberLimit(value: Decimal(number), number: number)
    }
}

extension Decimal {
    /// The largest whole number that is not above, and whether it is the number itself; nothing where it has more than
    /// 15 digits.
    var floor: (value: Int, isExact: Bool)? {
        guard digits.count + max(0, exponent) <= 15 else { return nil }
        let shown = exponent >= 0 ? digits[...] : digits.dropLast(min(digits.count, -exponent))
        var magnitude = shown.reduce(0) { $0 * 10 + Int($1) }
        for _ in 0..<max(0, exponent) { magnitude *= 10 }
        if isWhole { return (isNegative ? -magnitude : magnitude, true) }
        return (isNegative ? -magnitude - 1 : magnitude, false)
    }

    static let one = Decimal(JSONNumber(1))
}

extension SchemaFacts {
    /// Whether nothing is asked but types and choices.
    var isBare: Bool {
        values == nil && numbers == NumberFacts() && strings == StringFacts() && arrays == ArrayFacts()
            && objects == ObjectFacts() && negations.isEmpty && conditions.isEmpty && unevaluated.isEmpty
            && dependent.isEmpty && opaque.isEmpty
    }

    /// Leaves out what follows from the rest.
    mutating func simplify() {
        simplifyNumbers()
        if let most = strings.maximum, most < strings.minimum { types.remove(.string) }
        if let most = arrays.maximum, most < arrays.minimum { types.remove(.array) }
        if let most = objects.maximum, most < objects.effectiveMinimum { types.remove(.object) }
        if objects.minimum <= objects.required.count { objects.minimum = 0 }
        for (name, names) in objects.dependentRequired {
            let rest = names.subtracting(objects.required).subtracting([name])
            objects.dependentRequired[name] = rest.isEmpty ? nil : rest
        }
        if arrays.maximum.map({ $0 <= 1 }) ?? false { arrays.isUnique = false }
        if !types.contains(.integer) { numbers = NumberFacts() }
        if !types.contains(.string) { strings = StringFacts() }
        if !types.contains(.array) { arrays = ArrayFacts() }
        if !types.contains(.object) { objects = ObjectFacts() }
        unevaluated.removeAll { types.isDisjoint(with: $0.keyword == "unevaluatedItems" ? .array : .object) }
        dependent.removeAll { types.isDisjoint(with: $0.keyword == "unevaluatedItems" ? .array : .object) }
        if types.isEmpty {
            unions = []
            negations = []
            conditions = []
            opaque = [:]
            unevaluated = []
            dependent = []
        }
    }

    /// Whether the node neither asks nor says anything.
    var isIdle: Bool { isAny && annotations == SchemaAnnotations() }

    /// Leaves out children that neither ask nor say anything.
    mutating func dropIdle(_ isIdle: (Int) -> Bool) {
        if let rest = arrays.rest, isIdle(rest) { arrays.rest = nil }
        if let extra = objects.extra, isIdle(extra) { objects.extra = nil }
        if let names = objects.names, isIdle(names) { objects.names = nil }
        objects.dependentSchemas = objects.dependentSchemas.filter { !isIdle($0.value) }
        while arrays.rest == nil, let last = arrays.prefix.last, isIdle(last) { arrays.prefix.removeLast() }
        unevaluated.removeAll { isIdle($0.node) }
        dependent.removeAll { isIdle($0.node) }
    }

    private mutating func simplifyNumbers() {
        if types.contains(.number), numbers.multiples.contains(where: { $0.value.isWhole }) { types.remove(.number) }
        if types.contains(.integer), !types.contains(.number) {
            numbers.lower = numbers.lower?.whole(isUpper: false)
            numbers.upper = numbers.upper?.whole(isUpper: true)
            numbers.multiples.removeAll { Decimal.one.isMultiple(of: $0.value) ?? false }
        }
        var kept: [NumberLimit] = []
        for divisor in numbers.multiples where !kept.contains(divisor) {
            // What a stricter divisor implies says nothing.
            let isImplied = numbers.multiples.contains { other in
                other != divisor && other.value.isMultiple(of: divisor.value) ?? false
            }
            if !isImplied { kept.append(divisor) }
        }
        numbers.multiples = kept.sorted { $0.value < $1.value }
        if let lower = numbers.lower, let upper = numbers.upper {
            let isCrossed = upper.value < lower.value
            let isOpen = upper.value == lower.value && (upper.isExclusive || lower.isExclusive)
            if isCrossed || isOpen { types.subtract([.integer, .number]) }
        }
    }
}
