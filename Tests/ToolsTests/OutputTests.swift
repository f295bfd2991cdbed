import JSON
import Testing
import Tools
import Vocabulary

/// What a tool says of its answers.
struct OutputTests {
    private func tool(_ responses: String, components: String = "") throws -> ToolDefinition {
        let compiled = try compile(
            """
            paths: {/a: {get: {responses: {\(responses)}}}}
            components: {schemas: {\(components)}}
            """
        )
        let tool = try compiled.first
        if let schema = tool.outputSchema { #expect(JSONValue.object(schema).danglingReferences.isEmpty) }
        return tool
    }

    private static let json = "content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}"

    @Test func `the schema of a success is the schema of the answer, without what is only written`() throws {
        let tool = try tool(
            "'200': {\(Self.json)}, '404': {content: {application/json: {schema: {type: string}}}}",
            components: "A: {type: object, required: [a, s], properties: {a: {readOnly: true}, s: {writeOnly: true}}}"
        )
        #expect(
            tool.outputSchema.map { JSONValue.object($0).text }
                == ##"{"type":"object","$ref":"#/$defs/A","$defs":{"A":{"type":"object","required":["a"],"##
                + ##""properties":{"a":{"readOnly":true}}}}}"##
        )
    }

    @Test(arguments: [
        ("{type: object}", true), ("{$ref: '#/components/schemas/A'}", true),
        ("{allOf: [{$ref: '#/components/schemas/A'}, {title: t}]}", true),
        ("{oneOf: [{$ref: '#/components/schemas/A'}, {type: object, title: b}]}", true),
        ("{type: [object, 'null']}", false),
        ("{anyOf: [{type: object}, {type: string}]}", false), ("{type: array}", false), ("{title: t}", false),
        ("{$ref: '#/components/schemas/Loop'}", false),
    ])
    func `a root that is always an object says so, since older clients take no other`(
        schema: String,
        isObject: Bool
    ) throws {
        let tool = try tool(
            "'200': {content: {application/json: {schema: \(schema)}}}",
            components: "A: {type: object}, Loop: {allOf: [{$ref: '#/components/schemas/Loop'}]}"
        )
        #expect((tool.outputSchema?["type"] == "object") == isObject)
    }

    @Test func `the answers of all tools together have a limit`() throws {
        let response = "{'200': {content: {application/json: {schema: {type: object, title: abcdefghij}}}}}"
        let paths = (0..<3).map { "/\($0): {get: {responses: \(response)}}" }
        let compiled = try compile(
            "paths: {\(paths.joined(separator: ", "))}",
            limits: ToolCompiler.Limits(totalOutputBytes: 60)
        )
        #expect(compiled.tools.map { $0.outputSchema == nil } == [false, true, true])
        #expect(compiled.reports.map { $0.hasPrefix("note output_schema_too_large") } == [true, true])
    }

    @Test func `several successes are a choice`() throws {
        let tool = try tool(
            "'200': {\(Self.json)}, '201': {\(Self.json)}, 2XX: {content: {a/b+json: {schema: {type: array}}}}",
            components: "A: {type: object}"
        )
        #expect(tool.outputSchema?["anyOf"]?.text == ##"[{"$ref":"#/$defs/A"},{"type":"array"}]"##)
    }

    @Test(arguments: [
        "'204': {description: none}", "'200': {\(json)}, '204': {description: none}", "default: {\(json)}",
        "'200': {content: {text/plain: {schema: {type: string}}}}", "'200': {content: {application/json: {}}}",
        "'200': {content: {application/json: {schema: {}}}}", "'404': {\(json)}",
    ])
    func `where a success may have no body, or any, there is no schema`(responses: String) throws {
        #expect(try tool(responses, components: "A: {type: object}").outputSchema == nil)
    }

    @Test func `a schema that is too large is left out with a note`() throws {
        let compiled = try compile(
            "paths: {/a: {get: {responses: {'200': {content: {application/json: {schema: {enum: [aaaaaaaaaa]}}}}}}}}",
            limits: ToolCompiler.Limits(outputBytes: 10)
        )
        #expect(try compiled.first.outputSchema == nil)
        #expect(compiled.reports == ["note output_schema_too_large /paths/~1a/get"])
    }

    @Test(arguments: [
        ("'200': {content: {application/json: {}, text/csv: {}}}", nil), ("'204': {}", nil),
        ("'200': {content: {image/png: {}}}, '201': {content: {text/csv: {}}}", "image/png, text/csv, */*;q=0.1"),
        ("'200': {content: {application/vnd.api+json: {}}}", "application/vnd.api+json, */*;q=0.1"),
        ("'200': {content: {application/json;v=2: {}}}", nil), ("'404': {content: {text/html: {}}}", nil),
    ])
    func `what an answer may be is asked for`(responses: String, accept: String?) throws {
        #expect(try tool(responses).call.accept == accept)
    }
}
