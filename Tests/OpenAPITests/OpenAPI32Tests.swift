import JSON
import OpenAPI
import Testing
import Vocabulary

/// What OpenAPI 3.2 adds.
struct OpenAPI32Tests {
    private func document(_ yaml: String, version: String = "3.2.0") throws -> Document {
        try Document(reading: Array("openapi: \(version)\n\(yaml)".utf8))
    }

    private func reports(_ listing: OperationListing) -> [String] {
        (listing.diagnostics + listing.operations.flatMap(\.diagnostics)).map {
            "\($0.severity) \($0.code) \($0.pointer)"
        }
    }

    @Test func `query and additional operations are operations`() throws {
        let listing = try document(
            """
            paths:
              /a:
                get: {}
                additionalOperations:
                  COPY: {operationId: copy}
                  purge: {}
                  x-note: {}
                  'BAD METHOD': {}
                  CONNECT: {}
                query: {operationId: find}
              /b: {$ref: '#/components/pathItems/B'}
            components:
              pathItems:
                B: {additionalOperations: {LOCK: {}}}
            """
        ).listing
        let keys = ["GET /a", "COPY /a", "purge /a", "BAD METHOD /a", "CONNECT /a", "QUERY /a", "LOCK /b"]
        #expect(listing.operations.map(\.key) == keys)
        #expect(listing.operations[1].pointer.description == "/paths/~1a/additionalOperations/COPY")
        #expect(listing.operations[1].operationID == "copy")
        #expect(listing.operations[6].pointer.description == "/paths/~1b/additionalOperations/LOCK")
        #expect(
            listing.operations.map { $0.faults.map(\.code) } == [
                [], [], [], [.unsupportedMethod], [.unsupportedMethod], [], [],
            ]
        )
        #expect(listing.diagnostics.isEmpty)
    }

    @Test func `a method that has its own field is an error among the additional ones, and does not disappear`() throws
    {
        let listing = try document(
            "paths: {/a: {get: {}, additionalOperations: {GET: {}, Query: {}}}, /b: {additionalOperations: 1}}"
        )
        .listing
        #expect(listing.operations.map(\.key) == ["GET /a"])
        #expect(
            reports(listing) == [
                "error malformed_operation /paths/~1a/additionalOperations/GET",
                "error malformed_operation /paths/~1a/additionalOperations/Query",
                "error malformed_path_item /paths/~1b/additionalOperations",
            ]
        )
    }

    @Test(arguments: ["3.0.3", "3.1.0"])
    func `before 3_2 there was neither, and what looks like it is a warning`(version: String) throws {
        let listing = try document(
            "paths: {/a: {query: {}, additionalOperations: {COPY: {}}, get: {}}}",
            version: version
        )
        .listing
        #expect(listing.operations.map(\.key) == ["GET /a"])
        #expect(
            reports(listing) == [
                "warning unsupported_method /paths/~1a/query",
                "warning unsupported_method /paths/~1a/additionalOperations",
            ]
        )
    }

    @Test func `a querystring is the whole query, as a media type`() throws {
        let operations = try document(
            """
            paths:
              /a:
                get: {parameters: [&q {name: q, in: querystring, content: {application/json: {schema: {type: object}}}}]}
                put: {parameters: [*q, {name: p, in: query}]}
                post: {parameters: [*q, {name: r, in: querystring, content: {text/plain: {}}}]}
                delete: {parameters: [{name: q, in: querystring, schema: {type: object}}]}
            """
        ).listing.operations
        #expect(
            operations.map { $0.faults.map(\.code) } == [
                [], [.malformedParameter], [.malformedParameter], [.malformedParameter],
            ]
        )
        #expect(operations[0].parameters.first?.location == .querystring)
        #expect(operations[0].parameters.first?.contentType == "application/json")
        #expect(operations[0].parameters.first?.schema?.value == ["type": "object"])
    }

    @Test func `before 3_2 a querystring is no place`() throws {
        let operation = try document(
            "paths: {/a: {get: {parameters: [{name: q, in: querystring, content: {text/plain: {}}}]}}}",
            version: "3.1.0"
        ).listing.operations.first
        #expect(operation?.faults.map(\.code) == [.malformedParameter])
    }

    @Test func `media types may be references`() throws {
        let operation = try document(
            """
            paths:
              /a:
                post:
                  requestBody: {content: {application/json: {$ref: '#/components/mediaTypes/Pet'}}}
                  responses: {200: {content: {application/json: {$ref: '#/components/mediaTypes/Pet'}}}}
            components:
              mediaTypes: {Pet: {schema: {type: object}, encoding: {a: {contentType: text/csv}}}}
            """
        ).listing.operations.first
        let mediaTypes = [operation?.body?.mediaTypes.first, operation?.responses.first?.mediaTypes.first]
        #expect(
            mediaTypes.map { $0?.schema?.pointer.description }
                == Array(repeating: "/components/mediaTypes/Pet/schema", count: 2)
        )
        #expect(mediaTypes[0]?.encodings["a"]?.contentType == "text/csv")
        #expect(operation?.diagnostics.isEmpty == true)
    }

    @Test func `streams and encodings by position are said to be read whole and by name`() throws {
        let listing = try document(
            """
            paths:
              /a:
                post:
                  requestBody: {content: {multipart/mixed: {itemSchema: {}, prefixEncoding: [{}], itemEncoding: {}}}}
                  responses: {200: {description: x, content: {text/event-stream: {itemSchema: {type: object}}}}}
            """
        ).listing
        let body = "/paths/~1a/post/requestBody/content/multipart~1mixed"
        #expect(
            reports(listing) == [
                "note stream_read_whole \(body)/itemSchema",
                "warning unsupported_encoding \(body)/prefixEncoding",
                "warning unsupported_encoding \(body)/itemEncoding",
                "note stream_read_whole /paths/~1a/post/responses/200/content/text~1event-stream/itemSchema",
            ]
        )
    }

    @Test func `cookies of the style cookie, named servers and device flows are read`() throws {
        let document = try document(
            """
            servers: [{name: main, url: 'https://a.example'}]
            paths: {/a: {get: {parameters: [{name: c, in: cookie, style: cookie}]}}}
            components:
              securitySchemes:
                device: {type: oauth2, flows: {deviceAuthorization: {deviceAuthorizationUrl: 'https://a.example/d',
                  tokenUrl: 'https://a.example/t', scopes: {}}}}
            """
        )
        let operation = try #require(document.listing.operations.first)
        #expect(operation.parameters.first?.style == "cookie")
        #expect(operation.server.url == "https://a.example")
        #expect(document.securitySchemes.map(\.kind) == [.delegated])
    }

    @Test func `a requirement may name its scheme by URI, and a component's own name goes before`() throws {
        let document = try document(
            """
            security: [{'#/components/securitySchemes/key': []}, {'#/x-schemes/other': [a]}, {'#/x-schemes/none': []}]
            paths: {/a: {get: {}}}
            x-schemes: {other: {type: http, scheme: bearer}}
            components: {securitySchemes: {key: {type: http, scheme: basic}, '#odd': {type: http, scheme: basic}}}
            """
        )
        #expect(document.securitySchemes.map(\.name) == ["key", "#odd", "#/x-schemes/other"])
        #expect(document.securitySchemes.last?.kind == .bearer)
        let requirements = document.listing.operations.first?.security.alternatives.joined().map(\.scheme)
        #expect(requirements == ["key", "#/x-schemes/other", "#/x-schemes/none"])
    }

    @Test func `a document's own name for itself leads to itself`() throws {
        let document = try document(
            """
            $self: https://a.example/api/openapi.yaml
            paths:
              /a:
                get:
                  parameters:
                    - {$ref: 'https://a.example/api/openapi.yaml#/components/parameters/P'}
                    - {$ref: 'openapi.yaml#/components/parameters/Q'}
                    - {$ref: 'https://a.example/other.yaml#/components/parameters/Q'}
            components: {parameters: {P: {name: p, in: query}, Q: {name: q, in: query}}}
            """
        )
        let operation = try #require(document.listing.operations.first)
        #expect(operation.parameters.map(\.name) == ["p", "q"])
        #expect(operation.faults.map(\.code) == [.externalReference])
    }

    @Test func `webhooks and callbacks of additional methods are reported as the others are`() throws {
        let listing = try document(
            """
            webhooks: {w: {additionalOperations: {COPY: {}}}}
            paths: {/a: {additionalOperations: {COPY: {callbacks: {c: {'{$url}': {query: {}}}}}}}}
            """
        ).listing
        #expect(
            reports(listing) == [
                "note webhooks_ignored /webhooks",
                "note callbacks_ignored /paths/~1a/additionalOperations/COPY/callbacks",
            ]
        )
    }

    @Test func `what a path item says of itself is said of operations that say nothing`() throws {
        let operations = try document(
            """
            paths:
              /a:
                summary: item
                description: all of them
                get: {}
                put: {summary: own}
            """,
            version: "3.1.0"
        ).listing.operations
        #expect(operations.map(\.summary) == ["item", "own"])
        #expect(operations.map(\.description) == ["all of them", nil])
    }
}
