import JSON
import OpenAPI
import Testing
import Vocabulary

/// Operations with all that applies to them.
struct OperationTests {
    private func listing(_ yaml: String, version: String = "3.1.0") throws -> OperationListing {
        try Document(reading: Array("openapi: \(version)\n\(yaml)".utf8)).listing
    }

    @Test func `every method is an operation, in the order of the document`() throws {
        let listing = try listing(
            """
            paths:
              /b: {trace: {}, get: {}, parameters: [], summary: x, x-get: {}}
              /a: {patch: {}, put: {}, post: {}, delete: {}, options: {}, head: {}}
              x-paths: {get: {}}
            """
        )
        let keys = ["TRACE /b", "GET /b", "PATCH /a", "PUT /a", "POST /a", "DELETE /a", "OPTIONS /a", "HEAD /a"]
        #expect(listing.operations.map(\.key) == keys)
        #expect(listing.operations.first?.pointer.description == "/paths/~1b/trace")
    }

    @Test func `an operation's parameters replace those of its path item`() throws {
        let operation = try listing(
            """
            paths:
              /a/{id}:
                parameters:
                  - {name: id, in: path, schema: {type: string}}
                  - {name: q, in: query, description: item}
                  - {name: X-H, in: header, description: item}
                get:
                  parameters:
                    - {name: q, in: query, description: own, required: true}
                    - {name: x-h, in: header, description: own}
                    - {name: q, in: cookie}
                    - {name: q, in: cookie, description: again}
            """
        ).operations.first
        let parameters = operation?.parameters.map {
            "\($0.location) \($0.name) \($0.isRequired) \($0.description ?? "")"
        }
        #expect(parameters == ["path id true ", "query q true own", "header x-h false own", "cookie q false "])
        #expect(operation?.diagnostics.map(\.code) == ["duplicate_parameter"])
    }

    @Test func `references to parameters, bodies and path items are followed`() throws {
        let listing = try listing(
            """
            paths:
              /a:
                $ref: '#/components/pathItems/A'
                put: {}
            components:
              pathItems:
                A:
                  get:
                    parameters: [{$ref: '#/components/parameters/P', description: other}]
                    requestBody: {$ref: '#/components/requestBodies/B'}
              parameters:
                P: {$ref: '#/components/parameters/Q'}
                Q: {name: q, in: query, description: own, schema: {type: string}}
              requestBodies:
                B: {required: true, content: {application/json: {schema: {type: object}}}}
            """
        )
        #expect(listing.operations.map(\.key) == ["PUT /a", "GET /a"])
        let get = try #require(listing.operations.last)
        #expect(get.pointer.description == "/paths/~1a/get")
        #expect(get.parameters.first?.description == "other")
        #expect(get.parameters.first?.schema?.pointer.description == "/components/parameters/Q/schema")
        #expect(get.body?.isRequired == true)
        #expect(get.faults.isEmpty)
    }

    @Test(arguments: [
        ("parameters: [{$ref: '#/components/parameters/none'}]", DiagnosticCode.unresolvedReference),
        ("parameters: [{$ref: 'other.yaml#/P'}]", .externalReference),
        ("parameters: [{$ref: '#/components/parameters/A'}]", .referenceCycle),
        ("requestBody: {$ref: '#/components/requestBodies/A'}", .referenceCycle),
        ("parameters: [{name: a}]", .malformedParameter),
        ("parameters: [{name: a, in: body}]", .malformedParameter),
        ("parameters: [1]", .malformedParameter),
        ("parameters: {name: q, in: query}", .malformedParameter),
        ("parameters: q", .malformedParameter),
        ("requestBody: {required: true}", .malformedRequestBody),
    ])
    func `what cannot be called says why`(member: String, code: DiagnosticCode) throws {
        let operation = try listing(
            """
            paths:
              /a:
                get:
                  \(member)
            components:
              parameters:
                A: {$ref: '#/components/parameters/B'}
                B: {$ref: '#/components/parameters/A'}
              requestBodies:
                A: {$ref: '#/components/requestBodies/A'}
            """
        ).operations.first
        #expect(operation?.faults.map(\.code) == [code])
    }

    @Test func `parameters of a path item that are no list are a fault of its operations, and none are none`() throws {
        let listing = try listing(
            "paths: {/a: {parameters: {}, get: {}}, /b: {parameters: null, get: {}}}"
        )
        #expect(listing.operations.map { $0.faults.map(\.code) } == [[.malformedParameter], []])
    }

    @Test(arguments: ["1", "[a]", "{a: b}", "true"])
    func `an operationId that is no text is left out, with a warning`(id: String) throws {
        let operation = try listing("paths: {/a: {get: {operationId: \(id)}, put: {operationId: null}}}").operations
        #expect(operation.map(\.operationID) == [nil, nil])
        #expect(operation.first?.diagnostics.map(\.code) == ["malformed_operation_id"])
        #expect(operation.first?.diagnostics.map(\.severity) == [.warning])
        #expect(operation.last?.diagnostics.isEmpty == true)
    }

    @Test func `TRACE is never called`() throws {
        let operation = try listing("paths: {'/a/{b}': {trace: {operationId: x}}}").operations.first
        #expect(operation?.operationID == "x")
        #expect(operation?.faults.map(\.code) == [.unsupportedMethod])
        #expect(operation?.diagnostics.isEmpty == true)
    }

    @Test(arguments: [
        ("info: {}", ["warning no_operations "]), ("info: null\npaths: null", ["warning no_operations /paths"]),
        ("paths: {}", ["warning no_operations /paths"]), ("paths: {/a: {}}", ["warning no_operations /paths"]),
        ("paths: []", ["error malformed_path_item /paths", "warning no_operations /paths"]),
        ("paths: {/a: {get: 1}}", []),
    ])
    func `a document without operations says so`(yaml: String, reports: [String]) throws {
        #expect(try listing(yaml).diagnostics.map { "\($0.severity) \($0.code) \($0.pointer)" } == reports)
    }

    @Test func `a path item that leads nowhere is reported, with the operations beside it`() throws {
        let listing = try listing(
            """
            paths:
              /a: {$ref: 'other.yaml'}
              /b: {$ref: '#/paths/~1b'}
              /c: {$ref: '#/none', get: {}}
              /d: 1
              /e: {get: 1, put: null}
            """
        )
        #expect(listing.diagnostics.map(\.code) == ["external_reference", "reference_cycle", "malformed_path_item"])
        #expect(
            listing.operations.map { $0.faults.first?.code } == [
                .unresolvedReference, .malformedOperation, .malformedOperation,
            ]
        )
    }

    @Test func `the path says which path parameters there are`() throws {
        let operation = try listing(
            "paths: {'/a/{x}/{y}/{x}': {get: {parameters: [{name: y, in: path}, {name: z, in: path}]}}}"
        ).operations.first
        #expect(operation?.parameters.map(\.name) == ["y", "x"])
        #expect(operation?.diagnostics.map(\.code) == ["unused_path_parameter", "undeclared_path_parameter"])
    }

    @Test(arguments: [
        ("/a", "/a", []), ("a", "/a", ["invalid_path"]), ("/a#x", "/a", ["invalid_path"]),
        ("/a?b=c", "/a?b=c", ["invalid_path"]),
    ])
    func `a path is sent as a request can carry it`(path: String, sent: String, codes: [String]) throws {
        let operation = try listing("paths: {'\(path)': {get: {}}}").operations.first
        #expect(operation?.requestPath == sent)
        #expect(operation?.diagnostics.map(\.code) == codes)
    }

    @Test(arguments: [
        ("servers: [{url: 'https://a.example/v1/'}, {url: 'https://b.example'}]", "https://a.example/v1"),
        (
            "servers: [{url: '{s}://{h}/{v}', variables: {s: {default: https}, h: {default: x.example}, v: {default: 2}}}]",
            "{s}://{h}/{v}"
        ),
        ("servers: [{url: /api/v3/}]", "/api/v3"),
        ("servers: []", ""), ("x: 1", ""), ("servers: [{url: 'https://{h}'}]", ""), ("servers: [{url: 'ftp://a'}]", ""),
        ("servers: [{url: 'https://'}]", ""), ("servers: [{url: 'https://a.example?x=1'}]", ""),
    ])
    func `the first server is taken, its variables filled`(servers: String, url: String) throws {
        let operation = try listing("\(servers)\npaths: {/a: {get: {}}}").operations.first
        #expect(operation?.server.url == url)
    }

    @Test func `the nearest servers count`() throws {
        let listing = try listing(
            """
            servers: [{url: https://document.example}]
            paths:
              /a:
                servers: [{url: https://item.example}]
                get: {servers: [{url: https://operation.example}]}
                put: {servers: []}
              /b: {get: {servers: null}}
            """
        )
        let urls = ["https://operation.example", "https://item.example", "https://document.example"]
        #expect(listing.operations.map(\.server.url) == urls)
    }

    @Test func `an operation's security replaces the document's, and may be none`() throws {
        let listing = try listing(
            """
            security: [{a: []}]
            paths:
              /a: {get: {}, put: {security: []}, post: {security: [{b: [], c: []}, {}]}, delete: {security: [null]}}
            """
        )
        #expect(
            listing.operations.map { $0.security.alternatives.map { $0.map(\.scheme) } } == [
                [["a"]], [], [["b", "c"], []], [["null"]],
            ]
        )
    }

    @Test func `every code has a meaning`() {
        for code in DiagnosticCode.allCases { #expect(code.meaning.hasSuffix(".")) }
    }
}
