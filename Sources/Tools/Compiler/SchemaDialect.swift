import JSON
import JSONSchema
import OpenAPI

/// Where a document's own dialect of JSON Schema becomes that of 2020-12. What documents of 3.1 have of 3.0 all the
/// same is seen to where a schema is rewritten, which knows its place.
enum SchemaDialect {
    case swagger20
    case openAPI30
    /// One of JSON Schema itself.
    case draft(SchemaDraft)

    /// The dialect of a document where its schemas name no other (OpenAPI 3.1, 4.8.24.5), and what it names where that
    /// is not known.
    static func usual(in document: Document) -> (dialect: SchemaDialect, unknown: String?) {
        switch document.version {
        case .v20: return (.swagger20, nil)
        case .v30: return (.openAPI30, nil)
        case .v31, .v32:
            guard let named = document.root["jsonSchemaDialect"]?.string else { return (.draft(.draft202012), nil) }
            guard let draft = SchemaDraft(address: named) else { return (.draft(.draft202012), named) }
            return (.draft(draft), nil)
        }
    }

    /// A schema in 2020-12, by the dialect that it names itself, else by this one; and what it names where that is not
    /// known. References stay as they are.
    func current(_ schema: JSONValue) -> (schema: JSONValue, unknown: String?) {
        switch self {
        case .swagger20: return (Swagger20.schema(schema), nil)
        case .openAPI30: return (OpenAPI30.schema(schema), nil)
        case .draft(let usual):
            guard let named = schema["$schema"]?.string else { return (usual.schema(schema), nil) }
            guard let draft = SchemaDraft(address: named) else { return (usual.schema(schema), named) }
            return (draft.schema(schema), nil)
        }
    }
}
