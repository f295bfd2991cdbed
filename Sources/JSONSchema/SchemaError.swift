package import JSON

/// Why a schema cannot be used at all.
package struct SchemaError: Error, Hashable, CustomStringConvertible {
    /// One sentence for people.
    package let message: String
    /// The place in the schema, or in the registered document that it refers to.
    package let pointer: JSONPointer

    package var description: String { "\(message) (at \"\(pointer)\")" }
}

/// A keyword of a schema that is not checked: its value is not what JSON Schema asks for, or beyond what we do.
///
/// Such a schema accepts more than its author meant, never less.
package struct SchemaWarning: Sendable, Hashable, CustomStringConvertible {
    /// One sentence for people.
    package let message: String
    /// The place of the keyword.
    package let pointer: JSONPointer

    package var description: String { "\(message) (at \"\(pointer)\")" }
}
