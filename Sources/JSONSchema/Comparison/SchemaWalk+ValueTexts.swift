import JSON

extension SchemaWalk {
    /// Compares what two nodes say of single values that both allow. That values come and go is told elsewhere; what is
    /// said of one that comes is noted.
    mutating func walkValueTexts(_ before: SchemaFacts, _ after: SchemaFacts, at place: JSONPointer) {
        let (given, wanted) = (before.annotations.values, after.annotations.values)
        if given == wanted { return }
        for (value, text) in wanted.inOrder where given[value] != text {
            let pointer = text.path.reduce(place) { $0.appending($1) }
            guard before.lists(value) else {
                for text in text.texts { note(text.text, at: pointer) }
                continue
            }
            tell(given[value], text, at: pointer)
        }
        for (value, text) in given.inOrder where wanted[value] == nil && after.lists(value) {
            tell(text, nil, at: text.path.reduce(place) { $0.appending($1) })
        }
    }

    private mutating func tell(_ before: ValueText?, _ after: ValueText?, at place: JSONPointer) {
        let texts = [before, after].map { $0.map { JSONValue.string($0.texts.map(\.text).joined(separator: "\n")) } }
        add(.descriptionChanged, [], place.appending("description"), texts[0], texts[1])
    }
}

extension SchemaFacts {
    /// Whether a value is one of those that are listed.
    fileprivate func lists(_ value: ValueKey) -> Bool {
        listed?.contains { ValueKey($0) == value } ?? false
    }
}

extension [ValueKey: ValueText] {
    /// In an order that does not depend on the run.
    fileprivate var inOrder: [(key: ValueKey, value: ValueText)] {
        sorted { $0.value.path.lexicographicallyPrecedes($1.value.path) }
    }
}
