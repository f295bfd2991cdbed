/// What went wrong, in words for the person who reads it.
///
/// `description` never holds what ``cause`` says: it may be shown and logged without leaking. Log the cause apart.
package struct Problem: Error, Sendable {
    /// Stable, for programs.
    package let code: ProblemCode
    /// One sentence that names the thing, says where, and what to do; safe to show to anyone who may make the request.
    package let message: String
    /// What is wrong with single fields of the input.
    package let errors: [FieldError]
    /// More for programs, by name: the releases that are in the way, the digest to confirm.
    package let details: [Detail]
    /// The error behind it; for the log.
    package let cause: (any Error)?

    package init(
        _ code: ProblemCode,
        _ message: String,
        errors: [FieldError] = [],
        details: [Detail] = [],
        cause: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.errors = errors
        self.details = details
        self.cause = cause
    }

    /// What is wrong with one field of an input.
    package struct FieldError: Sendable, Hashable {
        /// A JSON pointer into the input.
        package let pointer: String
        package let message: String

        package init(pointer: String, message: String) {
            self.pointer = pointer
            self.message = message
        }
    }

    /// A named value that a program may want.
    package struct Detail: Sendable, Hashable {
        /// What a detail may be.
        package enum Value: Sendable, Hashable {
            case texts([String])
            case text(String)
            case flag(Bool)
            /// The text of a JSON value that the program wrote.
            case json(String)
        }

        package let name: String
        package let value: Value

        /// A list of texts.
        package init(_ name: String, _ values: [String]) {
            self.name = name
            value = .texts(values)
        }

        /// One text.
        package init(_ name: String, _ text: String) {
            self.name = name
            value = .text(text)
        }

        /// What has parts: the text of a JSON value that the program wrote.
        package init(_ name: String, json text: String) {
            self.name = name
            value = .json(text)
        }

        /// A Boolean.
        package init(_ name: String, _ flag: Bool) {
            self.name = name
            value = .flag(flag)
        }
    }
}

extension Problem: CustomStringConvertible {
    package var description: String { "\(message) [\(code.rawValue)]" }
}
