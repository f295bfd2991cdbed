/// What a schema and a check against it may cost.
///
/// Schemas come from strangers: none may stop the server.
package struct SchemaLimits: Sendable, Hashable {
    /// How many subschemas a schema may have, with those of the documents that it refers to.
    package var subschemas: Int
    /// How deep subschemas may be nested in the text of a schema.
    package var nesting: Int
    /// How deep a check may go, counted in subschemas that are being evaluated inside one another.
    package var depth: Int
    /// How much work one check may do: about one for each subschema that is applied to a value, each member, each item
    /// and each step of a pattern.
    package var steps: Int
    /// How many errors are reported.
    package var errors: Int
    /// How many bytes of strings one repair may read as JSON: ``CompiledSchema/repaired(_:)``.
    package var repairedBytes: Int

    /// The limits that are good for the tools of an API.
    package init(
        subschemas: Int = 50_000,
        nesting: Int = 128,
        depth: Int = 512,
        steps: Int = 2_000_000,
        errors: Int = 10,
        repairedBytes: Int = 2_000_000
    ) {
        self.subschemas = subschemas
        self.nesting = nesting
        self.depth = depth
        self.steps = steps
        self.errors = errors
        self.repairedBytes = repairedBytes
    }
}
