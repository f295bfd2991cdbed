import JSON
import OpenAPI
import Testing
import Vocabulary

/// What an operation answers, how the members of a body are written, and what extensions apply.
struct ResponseTests {
    private func operations(_ yaml: String, version: String = "3.1.0") throws -> [Operation] {
        try Document(reading: Array("openapi: \(version)\n\(yaml)".utf8)).listing.operations
    }

    private func first(_ yaml: String, version: String = "3.1.0") throws -> Operation {
        try #require(try operations(yaml, version: version).first)
    }

    @Test func `responses stand in the order of the document, references followed`() throws {
        let operation = try first(
            """
            paths:
              /a:
                get:
                  responses:
                    default: {description: broken}
                    2XX: {$ref: '#/components/responses/Found', description: nearer}
                    204: {description: empty}
                    x-note: {description: none}
                    404: {$ref: '#/components/responses/none'}
                    500: 1
            components:
              responses:
                Found:
                  description: found
                  content:
                    text/csv: null
                    application/json: {schema: {type: object}}
            """
        )
        #expect(operation.responses.map(\.status) == ["default", "2XX", "204"])
        #expect(operation.responses.map(\.description) == ["broken", "nearer", "empty"])
        #expect(operation.responses[1].mediaTypes.map(\.name) == ["text/csv", "application/json"])
        let schema = operation.responses[1].mediaTypes[1].schema
        #expect(schema?.pointer.description == "/components/responses/Found/content/application~1json/schema")
        #expect(operation.responses[2].mediaTypes.isEmpty)
        #expect(
            operation.diagnostics.map { "\($0.severity) \($0.code) \($0.pointer)" } == [
                "warning unresolved_reference /paths/~1a/get/responses/404",
                "warning malformed_response /paths/~1a/get/responses/500",
            ]
        )
        #expect(operation.faults.isEmpty)
    }

    @Test func `in 3_0 nothing stands beside a reference`() throws {
        let operation = try first(
            """
            paths: {/a: {get: {responses: {200: {$ref: '#/components/responses/R', description: beside}}}}}
            components: {responses: {R: {description: own}}}
            """,
            version: "3.0.3"
        )
        #expect(operation.responses.map(\.description) == ["own"])
    }

    @Test func `responses that are no object are a warning`() throws {
        let operation = try first("paths: {/a: {get: {responses: [200]}}}")
        #expect(operation.responses.isEmpty)
        #expect(operation.diagnostics.map(\.code) == ["malformed_response"])
    }

    @Test func `the encodings of a body are read with their headers`() throws {
        let body = try first(
            """
            paths:
              /a:
                post:
                  requestBody:
                    content:
                      multipart/form-data:
                        schema: {type: object}
                        encoding:
                          photo:
                            contentType: image/png, image/jpeg
                            headers:
                              X-Size: {$ref: '#/components/headers/Size'}
                              content-type: {schema: {type: string}}
                          tags: {style: pipeDelimited, explode: false, allowReserved: true}
            components:
              headers:
                Size: {schema: {type: integer}}
            """
        ).body
        let encodings = try #require(body?.mediaTypes.first?.encodings)
        #expect(encodings.keys.sorted() == ["photo", "tags"])
        #expect(encodings["photo"]?.contentType == "image/png, image/jpeg")
        #expect(encodings["photo"]?.headers.keys.sorted() == ["X-Size"])
        #expect(encodings["photo"]?.headers["X-Size"]?.pointer.description == "/components/headers/Size")
        #expect(encodings["photo"]?.explode == nil)
        #expect(encodings["tags"]?.style == "pipeDelimited")
        #expect(encodings["tags"]?.explode == false)
        #expect(encodings["tags"]?.allowsReserved == true)
    }

    @Test func `of the extensions about tools the nearest counts, and others are the operation's own`() throws {
        let operations = try operations(
            """
            x-slipway: {skip: true}
            x-gram: {name: document}
            x-other: 1
            paths:
              /a:
                x-slipway: {title: item}
                x-speakeasy-mcp: {disabled: true}
                get: {x-slipway: {name: own}, x-mine: 2}
                put: {}
              /b: {$ref: '#/components/pathItems/B'}
            components:
              pathItems:
                B: {x-slipway: {title: referenced}, get: {}}
            """
        )
        #expect(
            operations.map { $0.extensions["x-slipway"]?.text } == [
                #"{"name":"own"}"#, #"{"title":"item"}"#, #"{"title":"referenced"}"#,
            ]
        )
        #expect(operations.map { $0.extensions["x-gram"]?["name"]?.string } == Array(repeating: "document", count: 3))
        #expect(operations.map { $0.extensions["x-speakeasy-mcp"] != nil } == [true, true, false])
        #expect(operations[0].extensions["x-mine"] == 2)
        #expect(operations.allSatisfy { $0.extensions["x-other"] == nil })
    }

    @Test func `a parameter has its own extensions`() throws {
        let operation = try first(
            """
            paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/P'}]}}}
            components: {parameters: {P: {name: q, in: query, x-mcp-header: Region}}}
            """
        )
        #expect(operation.parameters.first?.extensions == ["x-mcp-header": "Region"])
    }

    @Test(arguments: [
        ("3.0.3", ["query"]), ("3.1.0", ["query"]), ("3.2.0", ["path", "query", "cookie"]),
    ])
    func `reserved characters go out where the version lets them`(version: String, locations: [String]) throws {
        let operation = try first(
            """
            paths:
              /a/{p}:
                get:
                  parameters:
                    - {name: p, in: path, allowReserved: true}
                    - {name: q, in: query, allowReserved: true}
                    - {name: X-H, in: header, allowReserved: true}
                    - {name: c, in: cookie, allowReserved: true}
                    - {name: d, in: cookie, allowReserved: true, style: cookie}
                    - {name: e, in: query}
            """,
            version: version
        )
        #expect(operation.parameters.filter(\.allowsReserved).map(\.location.rawValue) == locations)
    }

    @Test func `a parameter that says twice how it is written is read once, with a warning`() throws {
        let operation = try first(
            """
            paths:
              /a:
                get:
                  parameters:
                    - {name: a, in: query, content: {application/json: {schema: {type: object}}, text/plain: {}}}
                    - {name: b, in: query, schema: {type: string}, content: {application/json: {}}}
                    - {name: c, in: query, content: {application/json: {}}}
            """
        )
        #expect(operation.parameters.map(\.contentType) == Array(repeating: "application/json", count: 3))
        #expect(operation.parameters.map { $0.schema == nil } == [false, true, true])
        #expect(
            operation.diagnostics.map { "\($0.severity) \($0.code) \($0.pointer)" } == [
                "warning ambiguous_parameter /paths/~1a/get/parameters/0/content",
                "warning ambiguous_parameter /paths/~1a/get/parameters/1",
            ]
        )
    }
}
