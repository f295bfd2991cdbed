import JSON
import JSONSchema
import OpenAPI

/// The one place where a document's own dialect of JSON Schema becomes that of 2020-12.
enum SchemaDialect {
    /// A schema of a document of that version, in 2020-12. References stay as they are.
    static func current(_ schema: JSONValue, in version: Document.Version) -> JSONValue {
        switch version {
        case .v30: OpenAPI30.schema(schema)
        case .v31: schema
        }
    }
}
