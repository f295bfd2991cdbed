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
        /// More bytes, values, levels or references than the limits allow.
        case tooLarge = "too_large"
    }

    package let code: Code
    /// One sentence that is safe to show to the person who sent the document.
    package let message: String
    /// Counted from 1.
    package let line: Int?
    /// Counted from 1.
    package let column: Int?

    package init(_ code: Code, _ message: String, line: Int? = nil, column: Int? = nil) {
        self.code = code
        self.message = message
        self.line = line
        self.column = column
    }
}

extension DocumentError: CustomStringConvertible {
    package var description: String {
        let place = if let line, let column { " (line \(line), column \(column))" } else { "" }
        return "\(message)\(place) [\(code.rawValue)]"
    }
}
