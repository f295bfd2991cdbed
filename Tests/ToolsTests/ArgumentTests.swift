import JSON
import OpenAPI
import Testing
import Tools
import Vocabulary

/// Parameters and bodies as arguments.
struct ArgumentTests {
    /// The arguments as `argument=location name`.
    private func arguments(_ parameters: String, body: Bool = false) throws -> [String] {
        let content = body ? "requestBody: {content: {application/json: {}}}" : "summary: x"
        let compiled = try compile("paths:\n  '/a/{id}':\n    post:\n      \(content)\n      parameters: \(parameters)")
        return try compiled.first.call.parameters.map { "\($0.argument)=\($0.location.rawValue) \($0.name)" }
    }

    @Test func `one name in several places is told apart by the place`() throws {
        let parameters = "[{name: id, in: cookie}, {name: id, in: query}, {name: id, in: path}, {name: id, in: header}]"
        #expect(
            try arguments(parameters) == [
                "id_cookie=cookie id", "id_query=query id", "id=path id", "id_header=header id",
            ]
        )
    }

    @Test func `the body keeps its name where there is one`() throws {
        let parameters = "[{name: id, in: path}, {name: body, in: query}]"
        #expect(try arguments(parameters, body: true) == ["id=path id", "body_query=query body"])
        #expect(try arguments(parameters) == ["id=path id", "body=query body"])
    }

    @Test func `characters that the rule does not allow are replaced, and names stay apart`() throws {
        let parameters =
            "[{name: 'a[]', in: query}, {name: a, in: query}, {name: 'f[x]', in: query}, {name: id, in: path}]"
        #expect(try arguments(parameters) == ["a_query=query a[]", "a=query a", "f_x=query f[x]", "id=path id"])
        let mark = Digest(of: "query 日本".utf8).hex.prefix(6)
        #expect(
            try arguments("[{name: 日本, in: query}, {name: id, in: path}]") == [
                "query_\(mark)=query 日本", "id=path id",
            ]
        )
    }

    @Test func `a name that had to lose letters is there as a title`() throws {
        let tool = try compile(
            """
            paths:
              /a:
                post:
                  operationId: 検索
                  parameters: [{name: 価格, in: query, schema: {type: integer}}, {name: 'a[]', in: query}]
                  requestBody: {content: {application/json: {schema: {properties: {größe: {}, t: {title: T}}}}}}
            """
        ).first
        #expect(tool.title == "検索")
        #expect(tool.inputSchema["properties"]?.object?.map { $0.value["title"]?.string } == ["価格", nil, "größe", "T"])
    }

    @Test func `names do not depend on the order of the parameters`() throws {
        let parameters = [
            "{name: a, in: query}", "{name: 'a[]', in: query}", "{name: '[a]', in: query}", "{name: id, in: path}",
        ]
        let expected = try Set(arguments("[\(parameters.joined(separator: ","))]"))
        #expect(try Set(arguments("[\(parameters.reversed().joined(separator: ","))]")) == expected)
        #expect(expected.count == 4)
    }

    @Test func `a long name is cut`() throws {
        let long = String(repeating: "x", count: 100)
        let names = try arguments("[{name: \(long)1, in: query}, {name: \(long)2, in: query}, {name: id, in: path}]")
        #expect(Set(names).count == 3)
        for name in names { #expect(name.prefix { $0 != "=" }.count <= 64) }
    }

    @Test(arguments: [
        ("{name: p, in: query}", "form true"), ("{name: p, in: query, explode: false}", "form false"),
        ("{name: p, in: query, style: pipeDelimited}", "pipeDelimited false"),
        ("{name: p, in: query, style: deepObject, explode: true}", "deepObject true"),
        ("{name: p, in: header}", "simple false"), ("{name: p, in: cookie}", "form true"),
        ("{name: p, in: header, style: form}", "simple false"), ("{name: p, in: query, style: simple}", "form true"),
    ])
    func `style and explode have the defaults of the place`(parameter: String, expected: String) throws {
        let found = try compile("paths: {/a: {get: {parameters: [\(parameter)]}}}").first.call.parameters.first
        #expect(found.map { "\($0.style.rawValue) \($0.explode)" } == expected)
    }

    @Test(arguments: [("3.2.0", "cookie true", 0), ("3.1.0", "form true", 1)])
    func `cookies have a style of their own since 3.2`(version: String, expected: String, warnings: Int) throws {
        let paths = "paths: {/a: {get: {parameters: [{name: p, in: cookie, style: cookie, schema: {type: string}}]}}}"
        let compiled = try compile(paths, version: version)
        let found = try compiled.first.call.parameters.first
        #expect(found.map { "\($0.style.rawValue) \($0.explode)" } == expected)
        #expect(compiled.reports.count { $0.contains("unsupported_style") } == warnings)
    }

    @Test(arguments: ["query", "header", "path"])
    func `lists of Swagger have their separators in every place`(place: String) throws {
        let list = "required: true, type: array, items: {type: string}"
        let document = try Document(
            reading: Array(
                """
                {swagger: "2.0", host: api.example.com, paths: {"/a/{t}{p}": {get: {parameters: [
                {name: t, in: \(place), collectionFormat: tsv, \(list)}, {name: p, in: \(place), collectionFormat: pipes, \(list)}
                ]}}}}
                """.utf8
            )
        )
        let compiled = ToolCompiler().compile(document, source: try #require(Slug("acme")), previousNames: [:])
        let found = try compiled.first.call.parameters.filter { $0.location.rawValue == place }.map(\.style.rawValue)
        #expect(found == ["tabDelimited", "pipeDelimited"])
        #expect(!compiled.reports.contains { $0.contains("unsupported_style") })
    }

    @Test(arguments: [
        ("schema: {type: array, items: {$ref: '#/components/schemas/A'}}", "array"),
        ("itemSchema: {$ref: '#/components/schemas/A'}", "array"), ("schema: {type: string}", "string"),
        ("{}", "string"),
    ])
    func `a body that is a sequence of JSON values is a list`(content: String, type: String) throws {
        let written = content == "{}" ? content : "{\(content)}"
        let compiled = try compile(
            """
            paths: {/a: {post: {requestBody: {required: true, content: {application/jsonl: \(written)}}}}}
            components: {schemas: {A: {type: object, properties: {a: {type: integer}}}}}
            """,
            version: "3.2.0"
        )
        #expect(try compiled.first.inputSchema["properties"]?["body"]?["type"]?.string == type)
    }

    @Test func `headers that are no parameters are left out with a note`() throws {
        let compiled = try compile(
            """
            paths:
              /a:
                get:
                  parameters: [{name: accept, in: header}, {name: Authorization, in: header}, {name: X, in: header}]
            """
        )
        #expect(try compiled.first.call.parameters.map(\.name) == ["X"])
        #expect(
            compiled.reports == [
                "note ignored_header_parameter /paths/~1a/get/parameters/0",
                "note ignored_header_parameter /paths/~1a/get/parameters/1",
            ]
        )
    }

    @Test func `the schema of an argument has the parameter's description and deprecation`() throws {
        let compiled = try compile(
            """
            paths:
              /a:
                get:
                  parameters:
                    - {name: a, in: query, description: of a, schema: {type: string, description: of schema}}
                    - name: b
                      in: query
                      description: of b
                      deprecated: true
                      schema: {$ref: '#/components/schemas/B'}
                    - {name: c, in: query}
                    - {name: d, in: query, required: true, content: {application/json: {schema: {type: object}}}}
                    - {name: e, in: query, schema: false}
            components: {schemas: {B: {type: integer}}}
            """
        )
        let tool = try compiled.first
        #expect(
            JSONValue.object(tool.inputSchema).text == """
                {"type":"object","properties":{"a":{"type":"string","description":"of a\\n\\nof schema"},\
                "b":{"$ref":"#/$defs/B","description":"of b","deprecated":true},"c":{},"d":{"type":"object"},\
                "e":{"not":{}}},"required":["d"],"additionalProperties":false,"$defs":{"B":{"type":"integer"}}}
                """
        )
        #expect(tool.call.parameters[3].contentType == "application/json")
    }

    @Test(arguments: [
        ("application/json", "application/json"),
        ("application/json; charset=utf-8", "application/json; charset=utf-8"),
        ("application/vnd.api+json", "application/vnd.api+json"), ("'*/*'", "application/json"),
        ("Application/JSON", "Application/JSON"),
        ("text/plain: {}, application/merge-patch+json", "application/merge-patch+json"),
    ])
    func `the first JSON form of a body is sent`(content: String, sentAs: String) throws {
        let body = try compile("paths: {/a: {post: {requestBody: {content: {\(content): {}}}}}}").first.call.body
        #expect(body == CallRecipe.Body(content: .argument("body"), contentType: sentAs, isRequired: false))
    }
}
