import JSON
import Testing
import Tools
import Vocabulary

/// A body is taken apart however it is written.
struct PlainBodyTests {
    private static let properties = "required: [b], properties: {a: {type: string}, b: {type: integer}}"
    private static let plain = "{type: object, \(properties)}"

    private func tool(_ schema: String, version: String = "3.1.0") throws -> ToolDefinition {
        try compile(
            """
            paths:
              /a:
                post:
                  operationId: a
                  requestBody: {required: true, content: {application/json: {schema: \(schema)}}}
            components:
              schemas: {A: \(Self.plain), Closed: {type: object, additionalProperties: false, \(Self.properties)}}
            """,
            version: version
        ).first
    }

    @Test(
        arguments: [
            "minProperties: 0", "dependentRequired: {}", "patternProperties: {}", "allOf: []", "anyOf: []", "oneOf: []",
            "dependentSchemas: {}", "allOf: [true]", "allOf: [{}]", "anyOf: [{}]", "oneOf: [{}]", "propertyNames: true",
            "unevaluatedProperties: true", "additionalProperties: {}", "not: false", "if: {}", "then: false",
            "else: false", "if: {required: [a]}, then: true", "minLength: 3", "pattern: x", "items: {type: string}",
            "minItems: 2", "uniqueItems: true", "maximum: 4", "contains: {}", "prefixItems: []", "minContains: 2",
            "readOnly: false", "writeOnly: false", "deprecated: false", "$comment: nothing", "description: \"\"",
            "dependentRequired: {a: []}", "examples: []", "$defs: {}",
        ]
    )
    func `keywords that say nothing leave a body what it is`(keyword: String) throws {
        let written = try tool("{type: object, \(keyword), \(Self.properties)}")
        let plain = try tool(Self.plain)
        #expect(written.inputSchema == plain.inputSchema)
        #expect(written.call == plain.call)
        #expect(written.description == plain.description)
    }

    @Test(
        arguments: [
            "{allOf: [\(plain)]}", "{anyOf: [\(plain)]}", "{oneOf: [\(plain)]}", "{allOf: [{oneOf: [\(plain)]}]}",
            "{$ref: '#/components/schemas/A'}", "{allOf: [{$ref: '#/components/schemas/A'}]}",
            "{anyOf: [{$ref: '#/components/schemas/A'}, {type: 'null'}]}",
            "{oneOf: [{type: 'null'}, {$ref: '#/components/schemas/A'}]}",
            "{type: [object, 'null'], \(properties)}", "{type: [object], \(properties)}",
            "{allOf: [\(plain), true]}", "{$ref: '#/components/schemas/Closed', title: One}",
            "{allOf: [{$ref: '#/components/schemas/Closed'}], default: {}}",
        ]
    )
    func `a schema that is nothing but another one is that one`(schema: String) throws {
        let written = try tool(schema)
        let plain = try tool(Self.plain)
        #expect(written.inputSchema == plain.inputSchema)
        #expect(written.call == plain.call)
    }

    @Test(arguments: ["minProperties: 1", "anyOf: [{required: [a]}, {required: [b]}]", "not: {required: [a]}"])
    func `a rule over the whole object keeps a body one argument`(keyword: String) throws {
        #expect(try tool("{type: object, \(keyword), \(Self.properties)}").call.body?.arguments == ["body"])
    }

    @Test func `bytes are bytes behind a list of one`() throws {
        let schema = "{type: string, format: binary}"
        let tools = try [schema, "{allOf: [\(schema)]}", "{oneOf: [\(schema)]}"].map { schema in
            try compile(
                """
                paths:
                  /a: {post: {operationId: a, requestBody: {content: {image/png: {schema: \(schema)}}}}}
                """,
                version: "3.0.3"
            ).first
        }
        #expect(tools.allSatisfy { $0.call == tools[0].call && $0.inputSchema == tools[0].inputSchema })
        #expect(tools[0].call.body?.isBinary == true)
    }

    @Test func `in which order a document has the media types of a body says nothing`() throws {
        let types = ["multipart/form-data", "application/x-www-form-urlencoded", "text/csv", "application/vnd.a+json"]
        let tools = try [types, types.reversed()].map { types in
            let content = types.map { "\($0): {schema: \(Self.plain)}" }.joined(separator: ", ")
            return try compile("paths: {/a: {post: {operationId: a, requestBody: {content: {\(content)}}}}}").first
        }
        #expect(tools[0].call == tools[1].call)
        #expect(tools[0].call.body?.contentType == "application/vnd.a+json")
    }
}
