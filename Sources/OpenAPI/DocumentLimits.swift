/// How much a document may hold before it is refused. Each limit has an error code of its own.
package struct DocumentLimits: Sendable, Hashable {
    /// Of one file.
    package var bytes: Int
    /// Values of any kind, those that YAML aliases stand for counted in full; of all files that are read together.
    package var values: Int
    /// Levels of nesting.
    package var depth: Int
    /// Members named `$ref`; of all files that are read together.
    package var references: Int
    /// Operations, those of path items that are references counted as all that there are methods.
    package var operations: Int
    /// Files of one document, whether they are read or not.
    package var files: Int
    /// Bytes of all files of one document, whether they are read or not.
    package var totalBytes: Int

    package init(
        bytes: Int = 16 << 20,
        values: Int = 2_000_000,
        depth: Int = 200,
        references: Int = 200_000,
        operations: Int = 5000,
        files: Int = 2000,
        totalBytes: Int = 64 << 20
    ) {
        self.bytes = bytes
        self.values = values
        self.depth = depth
        self.references = references
        self.operations = operations
        self.files = files
        self.totalBytes = totalBytes
    }
}

/// How long a document may take. It is asked again and again while a document is read and compiled, so that whoever
/// imports it decides what time is.
package struct TimeLimit: Sendable {
    /// Whether the time is over; once it is, it stays so.
    package let isOver: @Sendable () -> Bool

    package init(isOver: @escaping @Sendable () -> Bool) {
        self.isOver = isOver
    }

    /// As long as it takes.
    package static let none = TimeLimit { false }

    /// - Throws: `too_slow`, where the time is over.
    package func check() throws(DocumentError) {
        guard !isOver() else { throw DocumentError(.tooSlow, "Reading the document takes too long.") }
    }
}
