import JSON

extension SchemaWalk {
    /// Compares types and listed values; gives the types that both sides have, for which the rest is to be compared.
    mutating func walkTypes(
        _ before: SchemaFacts,
        _ after: SchemaFacts,
        _ old: Int,
        _ new: Int,
        at place: JSONPointer
    ) -> JSONTypes? {
        let common = before.types.intersection(after.types)
        if before.types.isEmpty, after.types.isEmpty { return nil }
        if before.values != nil || after.values != nil, !common.isEmpty {
            walkListed(before, after, old, new, at: place)
            return nil
        }
        guard before.types != after.types else { return common }
        let effect: SchemaDifference.Effect
        let kind: SchemaDifference.Kind
        if before.types.isSuperset(of: after.types) {
            (kind, effect) = (.typeNarrowed, .narrows)
        } else if after.types.isSuperset(of: before.types) {
            (kind, effect) = (.typeWidened, .widens)
        } else {
            (kind, effect) = (.typeChanged, .both)
        }
        add(kind, effect, place.appending("type"), before.types.json, after.types.json)
        if before.isAny || after.isAny {
            // From or to anything at all: one line says it.
            noteTexts(in: new, at: place, types: .allButNull)
            return nil
        }
        noteTexts(in: new, at: place, types: after.types.subtracting(common))
        return common.isEmpty ? nil : common
    }

    /// At least one side lists its values, and they have a type in common.
    private mutating func walkListed(
        _ before: SchemaFacts,
        _ after: SchemaFacts,
        _ old: Int,
        _ new: Int,
        at place: JSONPointer
    ) {
        let graph = inclusion.graph
        let gone = before.listed?.filter { !(graph.accepts($0, new) ?? false) }.sortedByText ?? []
        let come = after.listed?.filter { !(graph.accepts($0, old) ?? false) }.sortedByText ?? []
        let (pointer, constant) = (place.appending("enum"), place.appending("const"))
        switch (before.values, after.values) {
        case (let first?, let second?) where first.count == 1 && second.count == 1:
            if !gone.isEmpty { add(.constChanged, .both, constant, first[0], second[0]) }
            return
        case (nil, let values?):
            let one = values.count == 1
            add(
                one ? .constIntroduced : .enumIntroduced, .narrows, one ? constant : pointer, nil,
                one ? values[0] : .array(values.sortedByText)
            )
            if !come.isEmpty { add(.enumValuesAdded, .widens, pointer, nil, .array(come)) }
        case (let values?, nil):
            let one = values.count == 1
            if !gone.isEmpty { add(.enumValuesRemoved, .narrows, pointer, .array(gone), nil) }
            add(
                one ? .constLifted : .enumLifted, .widens, one ? constant : pointer,
                one ? values[0] : .array(values.sortedByText), nil
            )
            noteTexts(in: new, at: place, types: .allButNull)
        default:
            if !gone.isEmpty { add(.enumValuesRemoved, .narrows, pointer, .array(gone), nil) }
            if !come.isEmpty { add(.enumValuesAdded, .widens, pointer, nil, .array(come)) }
        }
    }

    // MARK: - Numbers and texts

    mutating func walkNumbers(_ before: NumberFacts, _ after: NumberFacts, at place: JSONPointer) {
        walkLimit("minimum", before.lower, after.lower, isUpper: false, at: place)
        walkLimit("maximum", before.upper, after.upper, isUpper: true, at: place)
        func isImplied(_ wanted: NumberLimit, _ given: NumberFacts) -> Bool {
            given.multiples.contains { $0.value.isMultiple(of: wanted.value) ?? ($0 == wanted) }
        }
        var effect: SchemaDifference.Effect = []
        if !after.multiples.allSatisfy({ isImplied($0, before) }) { effect.insert(.narrows) }
        if !before.multiples.allSatisfy({ isImplied($0, after) }) { effect.insert(.widens) }
        addBound("multipleOf", effect, before.multiples.json, after.multiples.json, at: place)
    }

    private mutating func walkLimit(
        _ keyword: String,
        _ before: NumberLimit?,
        _ after: NumberLimit?,
        isUpper: Bool,
        at place: JSONPointer
    ) {
        guard before != after else { return }
        let isTighter =
            switch (before, after) {
            case (_, nil): false
            case (nil, _?): true
            case (let before?, let after?): after.isStricter(asUpper: isUpper, than: before)
            }
        let name = isUpper ? "exclusiveMaximum" : "exclusiveMinimum"
        addBound(keyword, isTighter ? .narrows : .widens, before?.json(name), after?.json(name), at: place)
    }

    mutating func walkStrings(_ before: StringFacts, _ after: StringFacts, at place: JSONPointer) {
        walkCount("minLength", before.minimum, after.minimum, at: place)
        walkCount("maxLength", before.maximum, after.maximum, at: place)
        let gone = before.patterns.subtracting(after.patterns).sortedTexts
        let come = after.patterns.subtracting(before.patterns).sortedTexts
        let pointer = place.appending("pattern")
        switch (gone.isEmpty, come.isEmpty) {
        case (true, true): return
        case (true, false): add(.patternIntroduced, .narrows, pointer, nil, come.json)
        case (false, true):
            add(after.patterns.isEmpty ? .patternLifted : .patternWidened, .widens, pointer, gone.json, nil)
        case (false, false):
            let effect = PatternChoice.effect(from: gone, to: come)
            if effect.isEmpty { return }
            add(effect == .widens ? .patternWidened : .patternChanged, effect, pointer, gone.json, come.json)
        }
    }

    // MARK: - Bounds

    /// Notes what became of a bound; nothing where it does nothing.
    mutating func addBound(
        _ keyword: String,
        _ effect: SchemaDifference.Effect,
        _ before: JSONValue?,
        _ after: JSONValue?,
        at place: JSONPointer
    ) {
        if effect.isEmpty { return }
        let kind: SchemaDifference.Kind =
            if effect == .widens {
                after == nil ? .boundLifted : .boundLoosened
            } else {
                before == nil ? .boundIntroduced : .boundTightened
            }
        add(kind, effect, place.appending(keyword), before, after)
    }

    /// Compares the least numbers of something, of which zero is none.
    mutating func walkCount(_ keyword: String, _ before: Int, _ after: Int, at place: JSONPointer) {
        if before == after { return }
        let effect: SchemaDifference.Effect = after > before ? .narrows : .widens
        addBound(keyword, effect, before == 0 ? nil : .count(before), after == 0 ? nil : .count(after), at: place)
    }

    /// Compares the most of something.
    mutating func walkCount(_ keyword: String, _ before: Int?, _ after: Int?, at place: JSONPointer) {
        if before == after { return }
        let effect: SchemaDifference.Effect = after ?? .max < before ?? .max ? .narrows : .widens
        addBound(keyword, effect, before.map(JSONValue.count), after.map(JSONValue.count), at: place)
    }
}

/// A pattern that allows some texts and no others: `^(new|used)$`.
enum PatternChoice {
    /// What it does to texts that some patterns give way to others.
    static func effect(from old: [String], to new: [String]) -> SchemaDifference.Effect {
        guard old.count == 1, new.count == 1, let before = texts(of: old[0]), let after = texts(of: new[0]) else {
            return .both
        }
        var effect: SchemaDifference.Effect = []
        if !before.isSubset(of: after) { effect.insert(.narrows) }
        if !after.isSubset(of: before) { effect.insert(.widens) }
        return effect
    }

    private static func texts(of pattern: String) -> Set<String>? {
        guard pattern.hasPrefix("^"), pattern.hasSuffix("$") else { return nil }
        var inner = pattern.dropFirst().dropLast()
        if inner.hasPrefix("("), inner.hasSuffix(")") {
            inner = inner.dropFirst(inner.hasPrefix("(?:") ? 3 : 1).dropLast()
        } else if inner.contains("|") {
            return nil
        }
        let isPlain = inner.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "|") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
                || Character(UnicodeScalar(byte)).isLetter && byte < 0x80 || byte >= 0x30 && byte <= 0x39
        }
        return isPlain ? Set(inner.split(separator: "|", omittingEmptySubsequences: false).map(String.init)) : nil
    }
}

extension NumberLimit {
    /// The number, under a keyword of its own where it does not belong to the range.
    fileprivate func json(_ exclusive: String) -> JSONValue {
        isExclusive ? .object(JSONObject([(exclusive, .number(number))])) : .number(number)
    }
}

extension [NumberLimit] {
    fileprivate var json: JSONValue? {
        isEmpty ? nil : count == 1 ? .number(self[0].number) : .array(map { .number($0.number) })
    }
}

extension [JSONValue] {
    /// In an order that does not depend on the schema.
    var sortedByText: [JSONValue] {
        map { (text: $0.canonicalText, value: $0) }.sorted { $0.text < $1.text }.map(\.value)
    }
}

extension Set<JSONName> {
    fileprivate var sortedTexts: [String] { map(\.text).sorted() }
}

extension [String] {
    fileprivate var json: JSONValue { count == 1 ? .string(self[0]) : JSONValue(self) }
}

extension JSONValue {
    static func count(_ count: Int) -> JSONValue { .number(JSONNumber(count)) }
}
