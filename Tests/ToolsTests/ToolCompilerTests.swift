import JSON
import OpenAPI
import Testing
import Tools
import Vocabulary

/// Operations as tools.
struct ToolCompilerTests {
    @Test func `an operation becomes a whole definition`() throws {
        let compiled = try compile(
            """
            servers: [{url: https://api.example.com/v1/}]
            paths:
              /pets/{petId}:
                put:
                  operationId: updatePet
                  summary: Update a pet
                  description: Replaces what is known about a pet.
                  tags: [pets]
                  deprecated: true
                  parameters: [{name: petId, in: path, required: true, schema: {type: integer}}]
                  requestBody:
                    required: true
                    content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
                  security: [{petAuth: []}]
            components:
              schemas: {Pet: {type: object}}
              securitySchemes: {petAuth: {type: http, scheme: Basic}}
            """
        )
        #expect(compiled.reports.isEmpty)
        #expect(
            try compiled.first.json.text == """
                {"urn":"tools:http:acme:updatePet","title":"Update a pet",\
                "description":"Deprecated. Replaces what is known about a pet.","tags":["pets"],"deprecated":true,\
                "inputSchema":{"type":"object","properties":{"petId":{"type":"integer"},"body":{"$ref":"#/$defs/Pet"}},\
                "required":["petId","body"],"additionalProperties":false,"$defs":{"Pet":{"type":"object"}}},\
                "annotations":{"readOnlyHint":false,"destructiveHint":true,"idempotentHint":true,"openWorldHint":true},\
                "call":{"method":"PUT","server":"https://api.example.com/v1","serverVariable":"ACME_SERVER_URL",\
                "path":"/pets/{petId}","parameters":[{"argument":"petId","name":"petId","in":"path","style":"simple",\
                "explode":false,"required":true}],"body":{"argument":"body","contentType":"application/json",\
                "required":true},"security":[[{"name":"petAuth","type":"basic","variables":\
                ["ACME_PET_AUTH_USERNAME","ACME_PET_AUTH_PASSWORD"]}]]}}
                """
        )
    }

    @Test(arguments: [
        ("description: D, summary: S", "S", "D"), ("summary: S", nil, "S"), ("description: S, summary: S", nil, "S"),
        ("description: ' ', summary: ''", nil, "GET /a"), ("tags: []", nil, "GET /a"), ("description: D", nil, "D"),
    ])
    func `a tool is never without a description`(members: String, title: String?, description: String) throws {
        let tool = try compile("paths: {/a: {get: {\(members)}}}").first
        #expect(tool.title == title)
        #expect(tool.description == description)
    }

    @Test func `a server that is no full address is a warning, once, with the variable to set`() throws {
        let compiled = try compile(
            "servers: [{url: /api}]\npaths: {/a: {get: {}, put: {}, post: {servers: [{url: 'https://{x}'}]}}}",
            source: "my-pets"
        )
        #expect(compiled.tools.map(\.call.server) == ["/api", "/api", ""])
        #expect(compiled.tools.map(\.call.serverVariable) == Array(repeating: "MY_PETS_SERVER_URL", count: 3))
        #expect(
            compiled.reports == [
                "warning relative_server /servers/0", "warning unusable_server /paths/~1a/post/servers/0",
            ]
        )
        #expect(compiled.diagnostics.allSatisfy { $0.message.contains("MY_PETS_SERVER_URL") })
    }

    @Test(arguments: [
        ("{type: apiKey, name: k, in: header}", "X", "apiKey header k ACME_X"),
        ("{type: apiKey, name: k, in: cookie}", "api_key", "apiKey cookie k ACME_API_KEY"),
        ("{type: http, scheme: bearer}", "ApiKeyAuth", "bearer ACME_API_KEY_AUTH"),
        ("{type: oauth2, flows: {}}", "OAuth2", "bearer ACME_OAUTH2"),
        ("{type: openIdConnect}", "HTTPOpenID-x.y", "bearer ACME_HTTP_OPEN_ID_X_Y"),
        ("{$ref: '#/components/securitySchemes/other'}", "s", "bearer ACME_S"),
    ])
    func `security schemes become credentials and their variables`(
        scheme: String,
        name: String,
        expected: String
    ) throws {
        let compiled = try compile(
            """
            security: [{'\(name)': []}]
            paths: {/a: {get: {}}}
            components: {securitySchemes: {'\(name)': \(scheme), other: {type: http, scheme: bearer}}}
            """
        )
        let found = try #require(compiled.first.call.security.first?.first)
        let kind =
            switch found.kind {
            case .apiKey(let key, let location): "apiKey \(location.rawValue) \(key)"
            case .basic: "basic"
            case .bearer: "bearer"
            case .clientCredentials(let url, _): "clientCredentials \(url)"
            case .openIDConnect(let url, _): "openIdConnect \(url)"
            }
        #expect("\(kind) \(found.variables.joined(separator: " "))" == expected)
    }

    @Test func `alternatives that cannot be met are dropped, and where none is left the operation is an error`() throws
    {
        let compiled = try compile(
            """
            security: [{mtls: []}, {key: [], digest: []}, {key: []}]
            paths:
              /a:
                get: {}
                put: {security: []}
                post: {security: [{mtls: []}, {}]}
                delete: {security: [{none: []}, {mtls: []}]}
            components:
              securitySchemes:
                mtls: {type: mutualTLS}
                digest: {type: http, scheme: digest}
                key: {type: apiKey, name: k, in: query}
            """
        )
        #expect(compiled.tools.map { $0.call.security.map { $0.map(\.name) } } == [[["key"]], [], [[]]])
        #expect(
            compiled.reports.sorted() == [
                "error unsupported_security /paths/~1a/delete",
                "warning unknown_security_scheme /paths/~1a/delete/security",
                "warning unsupported_security_scheme /components/securitySchemes/digest",
                "warning unsupported_security_scheme /components/securitySchemes/mtls",
            ]
        )
    }

    @Test func `two schemes never share a variable`() throws {
        let compiled = try compile(
            """
            security: [{api_key: []}, {apiKey: []}, {server_url: []}, {serverRegion: []}]
            paths: {/a: {get: {}}}
            components:
              securitySchemes:
                api_key: {type: http, scheme: bearer}
                apiKey: {type: http, scheme: bearer}
                server_url: {type: http, scheme: bearer}
                serverRegion: {type: http, scheme: bearer}
            servers: [{url: 'https://{region}.example.com', variables: {region: {default: eu}}}]
            """
        )
        let variables = try compiled.first.call.security.joined().flatMap(\.variables)
        #expect(Set(variables).count == 4)
        #expect(try compiled.first.call.serverVariables.map(\.variable) == ["ACME_SERVER_REGION"])
        #expect(!variables.contains("ACME_SERVER_REGION"), "a credential would become a part of the address")
        #expect(variables.contains("ACME_API_KEY"))
        #expect(!variables.contains("ACME_SERVER_URL"))
    }

    @Test func `two credentials for one header are no way to authorize a call`() throws {
        let compiled = try compile(
            """
            paths:
              /a: {get: {security: [{be: [], ba: []}]}}
              /b: {get: {security: [{be: [], ba: []}, {be: [], key: []}]}}
            components:
              securitySchemes:
                be: {type: http, scheme: bearer}
                ba: {type: http, scheme: basic}
                key: {type: apiKey, in: header, name: X-Key}
            """
        )
        #expect(compiled.reports == ["error unsupported_security /paths/~1a/get"])
        #expect(try compiled.first.call.security.map { $0.map(\.name) } == [["be", "key"]])
    }

    @Test(arguments: ["{}", "{k: []}", "text", "1"])
    func `what is no list of requirements does not take away those of the document`(security: String) throws {
        let compiled = try compile(
            """
            security: [{k: []}]
            paths: {/a: {get: {security: \(security)}}}
            components: {securitySchemes: {k: {type: http, scheme: bearer}}}
            """
        )
        #expect(compiled.reports == ["warning malformed_security /paths/~1a/get/security"])
        #expect(try compiled.first.call.security.map { $0.map(\.name) } == [["k"]])
    }

    @Test func `a parameter that is a credential, or that no argument may set, is no argument, and that is said`()
        throws
    {
        let compiled = try compile(
            """
            security: [{k: []}]
            paths:
              /a:
                get:
                  parameters: [{name: x-key, in: header, required: true}, {name: Host, in: header}, {name: q, in: query}]
            components: {securitySchemes: {k: {type: apiKey, in: header, name: X-Key}}}
            """
        )
        #expect(try compiled.first.call.parameters.map(\.name) == ["q"])
        #expect(
            compiled.reports == [
                "warning ignored_header_parameter /paths/~1a/get/parameters/1",
                "note credential_parameter /paths/~1a/get/parameters/0",
            ]
        )
    }

    @Test func `one fault never hides the rest, and every operation is accounted for`() throws {
        let yaml = """
            openapi: 3.0.3
            paths:
              /a: {get: 1, put: {parameters: [{$ref: x}, {in: q}]}, post: {operationId: x}, delete: null}
              /b: {$ref: '#/none', get: {operationId: x}}
              /c: {$ref: '#/paths/~1a'}
              /d: text
              e: {get: {requestBody: {required: true, content: {text/csv: {}}}}, put: {callbacks: {x: {}}}}
              '/f/{a}/{b}#x': {get: {parameters: [{name: a, in: path}, {name: z, in: path}]}}
            webhooks: {x: {}}
            """
        let document = try Document(reading: Array(yaml.utf8))
        let source = try #require(Slug("acme"))
        let compiled = ToolCompiler().compile(document, source: source)
        compiled.checkInvariants(document)
        #expect(compiled.operationCount == 12)
        #expect(compiled.tools.count == 5)
        let put = compiled.diagnostics.first { $0.pointer == "/paths/~1a/put" }
        #expect(put?.line == 3)
        #expect(put?.message.contains("lacks its name") == true, "all faults of an operation are in its one error")
    }

    @Test func `what cannot be read is an error and no tool, and a name is made where the operationId is none`() throws
    {
        let compiled = try compile(
            "paths: {/a: {trace: {}, get: {parameters: {name: q, in: query}}, put: {operationId: 7}}}"
        )
        #expect(
            compiled.reports == [
                "error unsupported_method /paths/~1a/trace", "error malformed_parameter /paths/~1a/get",
                "warning malformed_operation_id /paths/~1a/put/operationId",
            ]
        )
        #expect(compiled.tools.map(\.name) == ["put_a"])
    }

    @Test func `a document without operations has no tools`() throws {
        #expect(try compile("info: {}").tools.isEmpty)
        #expect(try compile("paths: {}").reports == ["warning no_operations /paths"])
        #expect(
            try compile("paths: []").reports == ["error malformed_path_item /paths", "warning no_operations /paths"]
        )
    }
}
