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
    /// The file that it is about, where the document has several.
    package var file: String?
    /// A JSON pointer into the document, or into the file where one is named.
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
        file: String? = nil,
        pointer: String,
        line: Int? = nil,
        column: Int? = nil
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.source = source
        self.file = file
        self.pointer = pointer
        self.line = line
        self.column = column
    }
}

extension Diagnostic {
    /// File and pointer in one text: `schemas/pet.yaml#/Pet`, or the pointer alone. It is what is stored.
    package var place: String {
        get { file.map { "\($0)#\(pointer)" } ?? pointer }
        set {
            // A pointer alone is empty or begins with a slash, which no file's name does; it may hold a "#" itself.
            guard let first = newValue.first, first != "/",
                let sign = newValue.firstRange(of: "#/").map(\.lowerBound) ?? newValue.lastIndex(of: "#")
            else {
                (file, pointer) = (nil, newValue)
                return
            }
            (file, pointer) = (String(newValue[..<sign]), String(newValue[newValue.index(after: sign)...]))
        }
    }
}
