/// Text as JSON compares it: by code points (RFC 8259, section 8.3).
///
/// Swift holds `é` and `e` with a combining accent to be equal; to JSON they are two names.
package struct JSONName: Sendable, Hashable {
    /// The text itself.
    package let text: String

    /// A name with that text.
    package init(_ text: String) {
        self.text = text
    }

    package static func == (left: JSONName, right: JSONName) -> Bool {
        left.text.isSameJSON(as: right.text)
    }

    // What is the same to JSON is the same to Swift, so the hash of the text will do.
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension String {
    /// Whether two texts have the same code points. Nearly all that differ are told apart by the quick comparison.
    ///
    /// Whatever decides that nothing changed, or that something is known already, compares texts by it.
    package func isSameJSON(as other: String) -> Bool {
        self == other && utf8.elementsEqual(other.utf8)
    }
}

extension String? {
    /// Whether both are no text, or texts with the same code points.
    package func isSameJSON(as other: String?) -> Bool {
        guard let self, let other else { return self == nil && other == nil }
        return self.isSameJSON(as: other)
    }
}

extension [String] {
    /// Whether both hold the same texts in the same order, by their code points.
    package func isSameJSON(as other: [String]) -> Bool {
        elementsEqual(other) { $0.isSameJSON(as: $1) }
    }
}
