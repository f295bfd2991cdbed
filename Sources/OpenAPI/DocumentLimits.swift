/// How much a document may hold before it is refused.
package struct DocumentLimits: Sendable, Hashable {
    package var bytes: Int
    /// Values of any kind, those that YAML aliases stand for counted in full.
    package var values: Int
    /// Levels of nesting.
    package var depth: Int
    /// Members named `$ref`.
    package var references: Int
    /// Operations, those of path items that are references counted as eight.
    package var operations: Int

    package init(
        bytes: Int = 16 << 20,
        values: Int = 2_000_000,
        depth: Int = 200,
        references: Int = 200_000,
        operations: Int = 5000
    ) {
        self.bytes = bytes
        self.values = values
        self.depth = depth
        self.references = references
        self.operations = operations
    }
}
