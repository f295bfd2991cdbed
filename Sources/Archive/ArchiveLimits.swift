/// How much an archive may hold before it is refused; what is said in it is not believed, but counted.
package struct ArchiveLimits: Sendable, Hashable {
    /// Entries, folders among them.
    package var entries: Int
    /// Of one file, unpacked.
    package var fileBytes: Int
    /// Of all files, unpacked.
    package var totalBytes: Int
    /// How many times larger all files may be than the archive, once they are larger than a mebibyte.
    package var ratio: Int
    /// How many folders a file may be in.
    package var depth: Int

    package init(
        entries: Int = 2_000,
        fileBytes: Int = 16 << 20,
        totalBytes: Int = 64 << 20,
        ratio: Int = 200,
        depth: Int = 32
    ) {
        self.entries = entries
        self.fileBytes = fileBytes
        self.totalBytes = totalBytes
        self.ratio = ratio
        self.depth = depth
    }
}

/// Why an archive cannot be read or made, in one sentence that is safe to show to the person who sent it.
package struct ArchiveError: Error, Sendable, Hashable {
    /// Stable, for programs.
    package enum Code: String, Sendable, CaseIterable {
        /// The bytes are no zip archive, or a damaged one.
        case unreadable = "archive_unreadable"
        case empty = "archive_empty"
        case tooManyEntries = "archive_too_many_entries"
        /// A file, or all files together, are larger than the limits allow.
        case tooLarge = "archive_too_large"
        /// What is packed unfolds to much more than documents do.
        case tooDense = "archive_too_dense"
        /// A name that is absolute, leaves the archive, or cannot be a file's.
        case badName = "archive_bad_name"
        case duplicateName = "archive_duplicate_name"
        case encrypted = "archive_encrypted"
        /// A symbolic link, or another entry that is neither a file nor a folder.
        case notAFile = "archive_not_a_file"
    }

    package let code: Code
    package let message: String
    /// The entry that it is about.
    package let file: String?

    package init(_ code: Code, _ message: String, file: String? = nil) {
        self.code = code
        self.message = message
        self.file = file
    }
}
