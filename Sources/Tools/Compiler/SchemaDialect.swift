import JSON
import JSONSchema
import OpenAPI

/// Where a document's own dialect of JSON Schema becomes that of 2020-12. What documents of 3.1 have of 3.0 all the
/// same is seen to where a schema is rewritten, which knows its place.
enum SchemaDialect {
    /// A schema of a document of that version, in 2020-12. References stay as they are.
    static func current(_ schema: JSONValue, in version: Document.Version) -> JSONValue {
        switch version {
        case .v20: OpenAPI30.schema(SwaggerSchema.openAPI30(schema))
        case .v30: OpenAPI30.schema(schema)
        case .v31, .v32: schema
        }
    }
}
