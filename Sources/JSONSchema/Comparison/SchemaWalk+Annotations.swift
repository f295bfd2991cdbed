import JSON

extension SchemaWalk {
    /// Compares what two nodes say beside what they ask.
    mutating func walkAnnotations(_ before: SchemaAnnotations, _ after: SchemaAnnotations, at place: JSONPointer) {
        if before == after { return }
        walkTexts(.titleChanged, "title", before.titles, after.titles, at: place)
        walkTexts(.descriptionChanged, "description", before.descriptions, after.descriptions, at: place)
        if !before.examples.isSame(after.examples) {
            let lists = [before.examples, after.examples].map { list in list.isEmpty ? JSONValue?.none : .array(list) }
            add(.exampleChanged, [], place.appending("examples"), lists[0], lists[1])
        }
        if before.isDeprecated != after.isDeprecated {
            let kind: SchemaDifference.Kind = after.isDeprecated ? .deprecated : .undeprecated
            add(kind, [], place.appending("deprecated"), .bool(before.isDeprecated), .bool(after.isDeprecated))
        }
        if !isSame(before.standard, after.standard) {
            add(.defaultChanged, [], place.appending("default"), before.standard, after.standard)
        }
        walkFormats(before.formats, after.formats, at: place)
        walkMirror(before.mirror, after.mirror, at: place)
        walkDiscriminator(before.discriminator, after.discriminator, at: place)
        walkKeywords(.keywordUnsupported, before.unsupported, after.unsupported, at: place)
        walkKeywords(.keywordChanged, before.others, after.others, at: place)
    }

    private func isSame(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return left.equalsByValue(right)
    }

    private mutating func walkTexts(
        _ kind: SchemaDifference.Kind,
        _ keyword: String,
        _ before: [JSONName],
        _ after: [JSONName],
        at place: JSONPointer
    ) {
        // In which order several say something depends on the order of what they stand in.
        if before.count == after.count, Set(before) == Set(after) { return }
        let texts = [before, after].map { names in
            names.isEmpty ? JSONValue?.none : .string(names.map(\.text).joined(separator: "\n"))
        }
        add(kind, [], place.appending(keyword), texts[0], texts[1])
    }

    private mutating func walkFormats(
        _ before: [String: Set<String>],
        _ after: [String: Set<String>],
        at place: JSONPointer
    ) {
        for keyword in Set(before.keys).union(after.keys).sorted() where before[keyword] != after[keyword] {
            let texts = [before, after].map { formats in
                formats[keyword].map { JSONValue.string($0.sorted().joined(separator: ", ")) }
            }
            // A format annotates, but people count on it: what asks more or less is told like a pattern.
            let kind: SchemaDifference.Kind =
                texts[0] == nil ? .formatIntroduced : texts[1] == nil ? .formatLifted : .formatChanged
            let effect: SchemaDifference.Effect =
                texts[0] == nil ? .narrows : texts[1] == nil ? .widens : .both
            add(kind, effect, place.appending(keyword), texts[0], texts[1])
        }
    }

    private mutating func walkMirror(_ before: JSONValue?, _ after: JSONValue?, at place: JSONPointer) {
        if isSame(before, after) { return }
        let kind: SchemaDifference.Kind = before == nil ? .mirrorAdded : after == nil ? .mirrorRemoved : .mirrorChanged
        add(kind, [], place.appending("x-mcp-header"), before, after)
    }

    /// That forms come and go is told of the choice itself.
    private mutating func walkDiscriminator(_ before: JSONValue?, _ after: JSONValue?, at place: JSONPointer) {
        var isSame = before?["propertyName"]?.string == after?["propertyName"]?.string
        let targets = after?["mapping"]?.object ?? [:]
        for (value, target) in before?["mapping"]?.object ?? [:] {
            guard let present = targets[value] else { continue }
            if target.string?.split(separator: "/").last != present.string?.split(separator: "/").last {
                isSame = false
            }
        }
        if isSame, (before == nil) == (after == nil) { return }
        add(.discriminatorChanged, [], place.appending("discriminator"), before, after)
    }

    private mutating func walkKeywords(
        _ kind: SchemaDifference.Kind,
        _ before: [String: JSONValue],
        _ after: [String: JSONValue],
        at place: JSONPointer
    ) {
        for keyword in Set(before.keys).union(after.keys).sorted() where !isSame(before[keyword], after[keyword]) {
            add(kind, [], place.appending(keyword), before[keyword], after[keyword])
        }
    }
}

extension [JSONValue] {
    /// Whether two lists have the same values, in any order.
    fileprivate func isSame(_ other: [JSONValue]) -> Bool {
        Set(map(ValueKey.init)) == Set(other.map(ValueKey.init))
    }
}
