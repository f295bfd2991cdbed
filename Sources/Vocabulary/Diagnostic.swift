/// Something that a person should know about a document, with its place; never an error that stops the rest.
package struct Diagnostic: Sendable, Hashable {
    /// How bad it is.
    package enum Severity: String, Sendable, CaseIterable {
        /// Something of the document could not be made into what it says: an operation is no tool.
        case error
        /// It could, but not quite as written.
        case warning
        /// Worth knowing; nothing is lost.
        case note
    }

    package var severity: Severity
    /// Stable, for programs: `unresolved_reference`.
    package var code: String
    /// One sentence for people.
    package var message: String
    /// The source of the document, once it is known.
    package var source: Slug?
    /// A JSON pointer into the document.
    package var pointer: String
    /// Counted from 1, where the reader knows it.
    package var line: Int?
    /// Counted from 1, where the reader knows it.
    package var column: Int?

    package init(
        _ severity: Severity,
        code: String,
        message: String,
        source: Slug? = nil,
        pointer: String,
        line: Int? = nil,
        column: Int? = nil
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.source = source
        self.pointer = pointer
        self.line = line
        self.column = column
    }
}
