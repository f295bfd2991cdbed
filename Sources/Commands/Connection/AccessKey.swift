/// A key as its bearer sends it. Only ``bearer`` gives it away; printed it is three dots.
struct AccessKey: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    private let text: String

    /// - Throws: ``CommandFailure`` where the text cannot stand in a header.
    init(_ text: String) throws {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw CommandFailure("the key has characters that no key has; copy it again, without spaces and quotes.")
        }
        self.text = text
    }

    var bearer: String { "Bearer \(text)" }
    var description: String { "…" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
