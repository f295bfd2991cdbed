/// Why bytes are not a document that can be imported at all, in one sentence, with the place where it is known.
package struct DocumentError: Error, Sendable, Hashable {
    /// Stable, for programs.
    package enum Code: String, Sendable, CaseIterable {
        /// The bytes are neither JSON nor YAML.
        case syntax = "syntax_error"
        /// The bytes are readable, but are no OpenAPI document.
        case notOpenAPI = "not_openapi"
        /// An OpenAPI document of a version that is not supported.
        case unsupportedVersion = "unsupported_version"

        /// More bytes than the limits allow, in one file or in all of them.
        case tooLarge = "too_large"
        /// More values than the limits allow, in all files that are read.
        case tooManyValues = "too_many_values"
        /// More levels than the limits allow.
        case tooDeep = "too_deep"
        /// More references than the limits allow, in all files that are read.
        case tooManyReferences = "too_many_references"
        /// More operations than the limits allow.
        case tooManyOperations = "too_many_operations"
        /// More files than the limits allow.
        case tooManyFiles = "too_many_files"
        /// The time for it is over.
        case tooSlow = "too_slow"

        /// Several files could be the main one.
        case ambiguousRoot = "ambiguous_root"
        /// The file that was said to be the main one is not there.
        case unknownRoot = "unknown_root"
        /// A file has a name that is no relative path.
        case invalidFileName = "invalid_file_name"
    }

    package let code: Code
    /// One sentence that is safe to show to the person who sent the document.
    package let message: String
    /// Which of several files it is about.
    package var file: String?
    /// Counted from 1.
    package let line: Int?
    /// Counted from 1.
    package let column: Int?

    package init(_ code: Code, _ message: String, file: String? = nil, line: Int? = nil, column: Int? = nil) {
        self.code = code
        self.message = message
        self.file = file
        self.line = line
        self.column = column
    }
}

extension DocumentError {
    /// The same error, as one of that file.
    func inFile(_ name: String?) -> DocumentError {
        var error = self
        error.file = file ?? name
        return error
    }
}

extension DocumentError: CustomStringConvertible {
    package var description: String {
        let place = if let line, let column { "line \(line), column \(column)" } else { "" }
        let parts = [file ?? "", place].filter { !$0.isEmpty }
        return message + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))") + " [\(code.rawValue)]"
    }
}
