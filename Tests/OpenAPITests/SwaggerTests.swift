import JSON
import OpenAPI
import Testing
import Vocabulary

/// Documents of Swagger 2.0, read as they are written.
struct SwaggerTests {
    private func document(_ yaml: String) throws -> Document {
        try Document(reading: Array("swagger: '2.0'\n\(yaml)".utf8))
    }

    private func first(_ yaml: String) throws -> Operation {
        try #require(try document(yaml).listing.operations.first)
    }

    @Test(arguments: [#"{"swagger":"2.0"}"#, "swagger: 2.0", "swagger: '2.0'", "swagger: 2"])
    func `the version is known by its own field`(text: String) throws {
        #expect(try Document(reading: Array(text.utf8)).version == .v20)
    }

    @Test(arguments: [
        ("host: api.example.com\nbasePath: /v1/\nschemes: [http, https]", "https://api.example.com/v1", nil),
        ("host: api.example.com:8080\nschemes: [http]", "http://api.example.com:8080", nil),
        ("host: api.example.com", "https://api.example.com", nil),
        ("host: api.example.com\nbasePath: v1", "https://api.example.com/v1", nil),
        ("basePath: /v1", "/v1", nil),
        ("schemes: [https]", "", nil),
        ("host: api.example.com\nschemes: [wss]", "", "is not http or https"),
        ("host: https://api.example.com", "", "has a host with more than a name and a port"),
        ("host: 1.5\nbasePath: /", "https://1.5", nil),
    ])
    func `scheme, host and base path make the server`(members: String, url: String, problem: String?) throws {
        let server = try first("\(members)\npaths: {/a: {get: {}}}").server
        #expect(server.url == url)
        #expect(server.problem?.prefix(problem?.count ?? 0).description == problem)
    }

    @Test func `an operation may have schemes of its own`() throws {
        let operation = try first("host: a.example\nschemes: [https]\npaths: {/a: {get: {schemes: [http]}}}")
        #expect(operation.server.url == "http://a.example")
    }

    @Test func `parameters have their schema beside their name, without what is no schema`() throws {
        let operation = try first(
            """
            paths:
              /a/{id}:
                parameters: [{$ref: '#/parameters/Id'}]
                get:
                  parameters:
                    - {name: n, in: query, type: integer, minimum: 1, exclusiveMinimum: true, format: int32,
                       default: 3, required: true, description: how many, allowEmptyValue: true, x-mine: 1}
                    - {name: X-H, in: header, type: string, enum: [a, b], x-nullable: true, x-example: a}
            parameters:
              Id: {name: id, in: path, type: string, pattern: '^a', required: true}
            """
        )
        #expect(
            operation.parameters.map { "\($0.location) \($0.name) \($0.isRequired)" } == [
                "path id true", "query n true", "header X-H false",
            ]
        )
        #expect(operation.parameters[0].schema?.value.text == #"{"type":"string","pattern":"^a"}"#)
        #expect(operation.parameters[0].schema?.pointer.description == "/parameters/Id")
        let number = #"{"type":"integer","minimum":1,"exclusiveMinimum":true,"format":"int32","default":3}"#
        #expect(operation.parameters[1].schema?.value.text == number)
        #expect(operation.parameters[1].description == "how many")
        #expect(operation.parameters[1].extensions == ["x-mine": 1])
        #expect(operation.parameters.allSatisfy { $0.style == nil && $0.explode == nil })
        #expect(operation.faults.isEmpty)
        #expect(operation.diagnostics.isEmpty)
    }

    @Test(arguments: [
        ("query", "", "form", false, 0), ("query", "collectionFormat: csv", "form", false, 0),
        ("query", "collectionFormat: multi", "form", true, 0),
        ("query", "collectionFormat: ssv", "spaceDelimited", false, 0),
        ("query", "collectionFormat: tsv", "tabDelimited", false, 0),
        ("query", "collectionFormat: pipes", "pipeDelimited", false, 0),
        ("query", "collectionFormat: dots", "form", false, 1),
        ("path", "", "simple", false, 0), ("header", "collectionFormat: pipes", "pipeDelimited", false, 0),
        ("path", "collectionFormat: multi", "simple", false, 1),
    ])
    func `a collection format is a style`(
        location: String,
        format: String,
        style: String,
        explode: Bool,
        warnings: Int
    ) throws {
        let operation = try first(
            """
            paths: {'/{p}': {get: {parameters: [
              {name: p, in: \(location), type: array, items: {type: string}, \(format)}]}}}
            """
        )
        let parameter = try #require(operation.parameters.first)
        #expect(parameter.style == style)
        #expect(parameter.explode == explode)
        #expect(operation.diagnostics.count { $0.code == "unsupported_style" } == warnings)
    }

    @Test func `a body has the media types that the operation, else the document, consumes`() throws {
        let operations = try document(
            """
            consumes: [application/xml, application/json]
            paths:
              /a:
                post: {parameters: [{$ref: '#/parameters/Pet'}]}
                put: {consumes: [text/plain], parameters: [{name: b, in: body, schema: {type: string}}]}
                patch: {consumes: [], parameters: [{name: b, in: body, schema: {type: string}}]}
            parameters:
              Pet: {name: pet, in: body, required: true, description: a pet, schema: {$ref: '#/definitions/Pet'}}
            """
        ).listing.operations
        #expect(
            operations.map { $0.body?.mediaTypes.map(\.name) ?? [] } == [
                ["application/xml", "application/json"], ["text/plain"], ["application/json"],
            ]
        )
        #expect(operations[0].body?.isRequired == true)
        #expect(operations[0].body?.description == "a pet")
        #expect(operations[0].body?.mediaTypes[1].schema?.pointer.description == "/parameters/Pet/schema")
        #expect(operations.allSatisfy { $0.parameters.isEmpty })
    }

    @Test func `form fields are the members of one object`() throws {
        let operation = try first(
            """
            consumes: [application/json]
            paths:
              /a:
                post:
                  parameters:
                    - {name: title, in: formData, type: string, required: true, description: what it is called}
                    - {name: tags, in: formData, type: array, items: {type: string}}
                    - {name: more, in: formData, type: array, items: {type: string}, collectionFormat: multi}
            """
        )
        let body = try #require(operation.body)
        #expect(body.isRequired)
        #expect(body.mediaTypes.map(\.name) == ["application/x-www-form-urlencoded"])
        let schema = try #require(body.mediaTypes[0].schema)
        #expect(schema.value["required"] == ["title"])
        #expect(schema.value["properties"]?.object?.keys.map(\.self) == ["title", "tags", "more"])
        #expect(schema.value["properties"]?["title"]?["description"] == "what it is called")
        #expect(schema.pointer.description == "/paths/~1a/post/parameters")
        #expect(body.mediaTypes[0].encodings.keys.map(\.self) == ["tags"])
        #expect(body.mediaTypes[0].encodings["tags"]?.style == "form")
        #expect(body.mediaTypes[0].encodings["tags"]?.explode == false)
    }

    @Test(arguments: [
        ("", "multipart/form-data"), ("consumes: [multipart/form-data], ", "multipart/form-data"),
        ("consumes: [application/x-www-form-urlencoded], ", "application/x-www-form-urlencoded"),
    ])
    func `a form with a file is multipart, unless the document says else`(consumes: String, name: String) throws {
        let operation = try first(
            "paths: {/a: {post: {\(consumes)parameters: [{name: f, in: formData, type: file}]}}}"
        )
        #expect(operation.body?.mediaTypes.map(\.name) == [name])
        #expect(operation.body?.isRequired == false)
        let file = operation.body?.mediaTypes.first?.schema?.value["properties"]?["f"]
        #expect(file == ["type": "string", "format": "binary"])
    }

    @Test func `a body and a form cannot both be sent`() throws {
        let operation = try first(
            """
            paths: {/a: {post: {parameters: [
              {name: b, in: body, schema: {}}, {name: f, in: formData, type: string}]}}}
            """
        )
        #expect(operation.faults.map(\.code) == [.malformedRequestBody])
    }

    @Test func `an operation's body replaces that of its path item, whatever its name`() throws {
        let operation = try first(
            """
            paths:
              /a:
                parameters: [{name: one, in: body, schema: {type: string}}]
                post: {parameters: [{name: two, in: body, schema: {type: integer}}]}
            """
        )
        #expect(operation.body?.mediaTypes.first?.schema?.value == ["type": "integer"])
    }

    @Test(arguments: ["cookie", "querystring", "nowhere"])
    func `places of later versions are none`(location: String) throws {
        let operation = try first("paths: {/a: {get: {parameters: [{name: a, in: \(location), type: string}]}}}")
        #expect(operation.faults.map(\.code) == [.malformedParameter])
    }

    @Test func `responses have the media types that the operation produces`() throws {
        let operations = try document(
            """
            produces: [application/json]
            paths:
              /a:
                get:
                  responses:
                    200: {description: one, schema: {$ref: '#/definitions/Pet'}}
                    204: {description: none}
                    default: {$ref: '#/responses/Broken'}
                put: {produces: [], responses: {200: {description: file, schema: {type: file}}, 500: {$ref: '#/x'}}}
            responses:
              Broken: {description: broken, schema: {type: string}}
            """
        ).listing.operations
        #expect(operations[0].responses.map(\.status) == ["200", "204", "default"])
        #expect(
            operations[0].responses.map { $0.mediaTypes.map(\.name) } == [
                ["application/json"], [], ["application/json"],
            ]
        )
        #expect(operations[0].responses[2].mediaTypes[0].schema?.pointer.description == "/responses/Broken/schema")
        #expect(operations[1].responses.map { $0.mediaTypes.map(\.name) } == [["*/*"]])
        #expect(operations[1].diagnostics.map(\.code) == ["unresolved_reference"])
    }

    @Test func `security definitions are read, each flow as what can be done with it`() throws {
        let document = try document(
            """
            security: [{key: []}]
            securityDefinitions:
              plain: {type: basic}
              key: {type: apiKey, name: X-Key, in: header}
              lost: {type: apiKey, name: k, in: cookie}
              machine: {type: oauth2, flow: application, tokenUrl: 'https://a.example/token', scopes: {read: r}}
              person: {type: oauth2, flow: implicit, authorizationUrl: 'https://a.example/auth', scopes: {}}
              other: {type: http, scheme: basic}
            paths:
              /a:
                get: {}
                put: {security: []}
                post: {security: [{machine: [read]}]}
            """
        )
        let schemes = document.securitySchemes
        #expect(schemes.map(\.name) == ["plain", "key", "lost", "machine", "person", "other"])
        #expect(schemes[0].kind == .basic)
        #expect(schemes[1].kind == .apiKey(name: "X-Key", location: .header))
        #expect(schemes[3].kind == .clientCredentials(tokenURL: "https://a.example/token"))
        #expect(schemes[3].pointer.description == "/securityDefinitions/machine")
        #expect(schemes[4].kind == .delegated)
        for index in [2, 5] {
            guard case .unsupported = schemes[index].kind else {
                Issue.record("\(schemes[index])")
                continue
            }
        }
        let alternatives = document.listing.operations.map(\.security.alternatives)
        #expect(
            alternatives == [
                [[Operation.Security.Requirement(scheme: "key")]], [],
                [[Operation.Security.Requirement(scheme: "machine", scopes: ["read"])]],
            ]
        )
    }

    @Test func `diagnostics point into the document as it is written`() throws {
        let document = try document(
            "paths:\n  /a:\n    get:\n      parameters:\n        - {name: q, in: query, type: array, collectionFormat: x}\n"
        )
        let diagnostic = try #require(document.listing.operations.first?.diagnostics.first)
        #expect(document.located(diagnostic).line == 6)
        #expect(diagnostic.pointer == "/paths/~1a/get/parameters/0")
    }
}
