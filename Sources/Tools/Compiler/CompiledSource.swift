package import Vocabulary

/// What one document became.
package struct CompiledSource: Sendable {
    /// In the order of the document.
    package let tools: [ToolDefinition]
    /// In the order of the document, each with the source, and with line and column where they are known.
    package let diagnostics: [Diagnostic]
    /// The name of every operation by its key (`GET /pets/{petId}`), also of those that are no tools for now: their
    /// names stay reserved. The next deployment of the source compiles with these as its previous names.
    package let names: [String: String]
    /// How many operations the document has; each is a tool, or an error whose pointer is the operation.
    package let operationCount: Int
}
