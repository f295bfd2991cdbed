package import JSON
import Vocabulary

extension ToolDefinition {
    /// A definition from its stored bytes.
    ///
    /// - Throws: ``Problem`` `database_damaged` where they are none.
    package init(stored bytes: [UInt8]) throws {
        guard let definition = ToolDefinition(json: try JSONValue(parsing: bytes)) else {
            throw Problem(.databaseDamaged, "A stored tool definition cannot be read; restore the last backup.")
        }
        self = definition
    }
}
