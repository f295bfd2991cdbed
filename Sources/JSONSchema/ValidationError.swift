package import JSON

/// One reason why a value is not what its schema asks for.
package struct ValidationError: Sendable, Hashable, CustomStringConvertible {
    /// The place in the value.
    package let instancePointer: JSONPointer
    /// The place of the keyword in the schema's document; what a reference leads to has its own place, not that of the
    /// reference.
    package let schemaPointer: JSONPointer
    /// One sentence that names the place and says what to change: `limit must be at most 100, not 250`.
    package let message: String

    package var description: String { message }
}
