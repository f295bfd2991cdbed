import JSON
import OpenAPI
import Testing
import Vocabulary

/// Documents of several files.
struct FilesTests {
    private func read(_ files: [String: String], main: String? = nil) throws -> Document {
        try Document(reading: files.mapValues { Array($0.utf8) }, main: main)
    }

    private func failure(_ files: [String: String], main: String? = nil) -> DocumentError? {
        #expect(throws: DocumentError.self) { try read(files, main: main) }
    }

    private static let set = [
        "openapi.yaml": """
        openapi: 3.1.0
        paths:
          /pets: {$ref: paths/pets.yaml}
          /here:
            get:
              parameters: [{$ref: './common.json#/parameters/Limit'}]
              responses:
                200: {$ref: 'common.json#/responses/Found'}
        components:
          schemas:
            Own: {type: string}
        """,
        "paths/pets.yaml": """
        get:
          operationId: listPets
          parameters: [{$ref: '../common.json#/parameters/Limit'}]
        post:
          requestBody:
            content:
              application/json:
                schema: {$ref: ../schemas/Pet%20one.yaml}
        """,
        "common.json": """
        {"parameters": {"Limit": {"name": "limit", "in": "query", "schema": {"$ref": "#/types/Limit"}}},
         "types": {"Limit": {"type": "integer"}},
         "responses": {"Found": {"description": "found", "content": {"application/json": {"schema": {
            "$ref": "schemas/Pet one.yaml#/properties/name"}}}}}}
        """,
        "schemas/Pet one.yaml": """
        type: object
        properties:
          name: {$ref: '../openapi.yaml#/components/schemas/Own'}
          owner: {$ref: owner.yaml#/Owner}
        example: {$ref: ../never.yaml}
        """,
        "schemas/owner.yaml": """
        Owner: {type: object, properties: {pet: {$ref: './Pet one.yaml'}, self: {$ref: '#/Owner'}}}
        """,
        "unused.yaml": "{ broken",
    ]

    @Test func `references between files are led to places in one tree`() throws {
        let document = try read(Self.set)
        #expect(document.mainFile == "openapi.yaml")
        #expect(
            document.fileNames == [
                "openapi.yaml", "common.json", "paths/pets.yaml", "schemas/Pet one.yaml", "schemas/owner.yaml",
            ]
        )
        let listing = document.listing
        #expect(listing.operations.map(\.key) == ["GET /pets", "POST /pets", "GET /here"])
        #expect(listing.operations.allSatisfy { $0.faults.isEmpty && $0.diagnostics.isEmpty })
        #expect(listing.operations[0].parameters.map(\.name) == ["limit"])
        #expect(listing.operations[0].operationID == "listPets")
        #expect(listing.operations[0].pointer.description == "/paths/~1pets/get")
        let limit = try #require(listing.operations[2].parameters.first?.schema)
        #expect(limit.value["$ref"]?.string == "#/x-slipway-files/common.json/types/Limit")
        #expect(
            listing.operations[2].responses.first?.mediaTypes.first?.schema?.value["$ref"]?.string
                == "#/x-slipway-files/schemas~1Pet one.yaml/properties/name"
        )
        let body = try #require(listing.operations[1].body?.mediaTypes.first?.schema)
        guard case .local(let pointer) = Reference(body.value["$ref"]?.string ?? "") else {
            Issue.record("\(body)")
            return
        }
        let pet = try #require(document[pointer])
        #expect(pet["properties"]?["name"]?["$ref"]?.string == "#/components/schemas/Own")
        #expect(pet["properties"]?["owner"]?["$ref"]?.string == "#/x-slipway-files/schemas~1owner.yaml/Owner")
        #expect(pet["example"]?["$ref"]?.string == "../never.yaml")
        let owner = document[JSONPointer(["x-slipway-files", "schemas/owner.yaml", "Owner", "properties"])]
        #expect(owner?["pet"]?["$ref"]?.string == "#/x-slipway-files/schemas~1Pet one.yaml")
        #expect(owner?["self"]?["$ref"]?.string == "#/x-slipway-files/schemas~1owner.yaml/Owner")
    }

    @Test func `diagnostics name the file, with the place in it`() throws {
        let document = try read([
            "openapi.yaml": "openapi: 3.0.0\npaths:\n  /a: {$ref: 'a.yaml#/item'}\n  /b: {get: {responses: 1}}\n",
            "a.yaml": "\nitem:\n  get:\n    responses:\n      200: 1\n    parameters: [{$ref: 'none.yaml#/P'}]\n",
        ])
        let listing = document.listing
        let first = try #require(listing.operations[0].diagnostics.first.map(document.located))
        #expect(first.file == "a.yaml")
        #expect(first.pointer == "/item/get/responses/200")
        #expect(first.line == 5)
        #expect(first.place == "a.yaml#/item/get/responses/200")
        let second = try #require(listing.operations[1].diagnostics.first.map(document.located))
        #expect(second.file == "openapi.yaml")
        #expect(second.line == 4)
        let fault = try #require(listing.operations[0].faults.first)
        #expect(fault.code == .unresolvedReference)
        #expect(fault.message.contains("\"none.yaml#/P\" at a.yaml#/item/get/parameters/0"), "\(fault.message)")
    }

    @Test(arguments: [
        "https://example.com/a.yaml#/P", "file:///etc/passwd", "/a.yaml#/P", "//example.com/a.yaml", "../a.yaml#/P",
        "sub/../../a.yaml#/P", "..", "%2e%2e/a.yaml#/P", "a%00.yaml", "https:a.yaml",
    ])
    func `nothing outside of the set is read`(reference: String) throws {
        let document = try read([
            "main/openapi.yaml": "x", "a.yaml": "P: {name: p, in: query}",
            "openapi.yaml": "openapi: 3.1.0\npaths: {/a: {get: {parameters: [{$ref: '\(reference)'}]}}}",
        ])
        let operation = try #require(document.listing.operations.first)
        #expect(operation.faults.map(\.code) == [.externalReference])
        #expect(document.fileNames == ["openapi.yaml"])
    }

    @Test(arguments: ["a.yaml#/P", "./a.yaml#/P", "sub/../a.yaml#/P", "%61.yaml#/P", "./sub/./../a.yaml#%2FP"])
    func `one file is found by whatever path leads to it`(reference: String) throws {
        let document = try read([
            "a.yaml": "P: {name: p, in: query}",
            "openapi.yaml": "openapi: 3.1.0\npaths: {/a: {get: {parameters: [{$ref: '\(reference)'}]}}}",
        ])
        #expect(document.listing.operations.first?.parameters.map(\.name) == ["p"])
    }

    @Test(arguments: ["none.yaml", "sub/none.yaml#/P", "a.yaml#/none", "a.yaml#none", "a.yaml?x#/P"])
    func `what is not in the set leads to nothing, by its name`(reference: String) throws {
        let document = try read([
            "a.yaml": "P: {name: p, in: query}",
            "openapi.yaml": "openapi: 3.1.0\npaths: {/a: {get: {parameters: [{$ref: '\(reference)'}]}}}",
        ])
        let fault = try #require(document.listing.operations.first?.faults.first)
        #expect(fault.code == .unresolvedReference)
        #expect(fault.message.contains(String(reference.prefix { $0 != "#" })), "\(fault.message)")
    }

    @Test func `without a set a relative reference leads out of the document`() throws {
        let yaml = "openapi: 3.1.0\npaths: {/a: {get: {parameters: [{$ref: 'a.yaml#/P'}]}}}"
        let document = try Document(reading: Array(yaml.utf8))
        #expect(document.listing.operations.first?.faults.map(\.code) == [.externalReference])
        #expect(document.mainFile == nil)
    }

    @Test func `cycles of files are read once, and cycles of references are told`() throws {
        let document = try read([
            "openapi.yaml": "openapi: 3.1.0\npaths: {/a: {get: {parameters: [{$ref: 'a.yaml'}]}}}",
            "a.yaml": "$ref: b.yaml", "b.yaml": "$ref: a.yaml",
        ])
        let fault = try #require(document.listing.operations.first?.faults.first)
        #expect(fault.code == .referenceCycle)
        #expect(document.fileNames.count == 3)
    }

    @Test func `a file that cannot be read is an error of its own, and what leads to it too`() throws {
        let document = try read([
            "openapi.yaml": "openapi: 3.1.0\npaths: {/a: {$ref: 'a.yaml'}, /b: {get: {}}}", "a.yaml": "a:\n  - [",
        ])
        let listing = document.listing
        #expect(listing.operations.map(\.key) == ["GET /b"])
        #expect(listing.diagnostics.map(\.code) == ["unreadable_file", "unresolved_reference"])
        let error = document.located(listing.diagnostics[0])
        #expect(error.file == "a.yaml")
        #expect(error.line != nil)
    }

    @Test func `paths may be a file of their own`() throws {
        let document = try read([
            "openapi.yaml": "openapi: 3.1.0\npaths: {$ref: 'paths/all.yaml'}",
            "paths/all.yaml": "/a: {$ref: a.yaml}\n/b: {get: {}}", "paths/a.yaml": "put: {}",
        ])
        #expect(document.listing.operations.map(\.key) == ["PUT /a", "GET /b"])
    }

    @Test func `properties that are named like data are none`() throws {
        let document = try read([
            "openapi.yaml": """
            openapi: 3.1.0
            paths: {/a: {get: {responses: {default: {$ref: a.yaml}}}}}
            components:
              schemas:
                A:
                  properties: {example: {$ref: a.yaml}, enum: {$ref: a.yaml}}
                  default: {$ref: a.yaml}
                  const: {$ref: a.yaml}
                  enum: [{$ref: a.yaml}]
                  examples: [{$ref: a.yaml}]
            """,
            "a.yaml": "description: a",
        ])
        let schema = document[JSONPointer(["components", "schemas", "A"])]
        #expect(schema?["properties"]?.text.contains("a.yaml\"}") == true)
        #expect(schema?["properties"]?["enum"]?["$ref"]?.string == "#/x-slipway-files/a.yaml")
        for key in ["default", "const"] { #expect(schema?[key]?["$ref"]?.string == "a.yaml") }
        for key in ["enum", "examples"] { #expect(schema?[key]?.array?.first?["$ref"]?.string == "a.yaml") }
        #expect(document.listing.operations.first?.responses.first?.description == "a")
    }

    @Test func `what is referred to is no data, whatever its name`() throws {
        let document = try read([
            "openapi.yaml": """
            openapi: 3.1.0
            paths: {/a: {get: {responses: {
              200: {$ref: 'r.yaml#/default/inner'}, 400: {$ref: 'r.yaml#/default'}, 500: {$ref: 'r.yaml#/example'}}}}}
            """,
            "r.yaml": """
            default: {description: d, inner: {$ref: 'more.yaml#/enum/0'}, x: {$ref: openapi.yaml#/paths}}
            example: {$ref: '#/default'}
            const: {$ref: other.yaml}
            """,
            "more.yaml": "enum: [{$ref: 'r.yaml#/default'}]", "other.yaml": "{}",
        ])
        let operation = try #require(document.listing.operations.first)
        #expect(operation.diagnostics.isEmpty)
        #expect(operation.responses.map(\.description) == ["d", "d", "d"])
        let file = document[JSONPointer(["x-slipway-files", "r.yaml"])]
        #expect(file?["default"]?["x"]?["$ref"]?.string == "#/paths")
        #expect(file?["const"]?["$ref"]?.string == "other.yaml")
        #expect(!document.fileNames.contains("other.yaml"))
    }

    @Test func `the mapping of a discriminator is led as references are`() throws {
        let document = try read([
            "openapi.yaml": "openapi: 3.1.0\npaths: {}\ncomponents: {schemas: {A: {$ref: s/a.yaml}}}",
            "s/a.yaml": """
            discriminator:
              propertyName: kind
              mapping: {dog: dog.yaml, cat: '#/Cat', com: com.example.Cat, own: '../openapi.yaml#/components/schemas/A'}
            """,
            "s/dog.yaml": "{}",
        ])
        let mapping = document[JSONPointer(["x-slipway-files", "s/a.yaml", "discriminator", "mapping"])]
        #expect(mapping?["dog"]?.string == "#/x-slipway-files/s~1dog.yaml")
        #expect(mapping?["cat"]?.string == "#/x-slipway-files/s~1a.yaml/Cat")
        #expect(mapping?["com"]?.string == "com.example.Cat")
        #expect(mapping?["own"]?.string == "#/components/schemas/A")
    }

    @Test func `anchors and identifiers of schemas are found in every file that is reached`() throws {
        let document = try read([
            "openapi.yaml": """
            openapi: 3.1.0
            paths: {}
            components:
              schemas:
                A: {$ref: 'a.yaml#pet'}
                B: {$ref: 'https://example.com/schemas/owner'}
                C: {$id: 'https://example.com/c/', properties: {d: {$ref: d}, e: {$ref: '#/$defs/E'}}, $defs: {E: {}}}
                D: {$id: 'https://example.com/c/d', type: string}
            """,
            "a.yaml": "Pet: {$anchor: pet, type: object}\nOwner: {$id: 'https://example.com/schemas/owner'}",
        ])
        let schemas = document[JSONPointer(["components", "schemas"])]
        #expect(schemas?["A"]?["$ref"]?.string == "#/x-slipway-files/a.yaml/Pet")
        #expect(schemas?["C"]?["properties"]?["d"]?["$ref"]?.string == "#/components/schemas/D")
        #expect(schemas?["C"]?["properties"]?["e"]?["$ref"]?.string == "#/components/schemas/C/$defs/E")
        #expect(schemas?["B"]?["$ref"]?.string == "#/x-slipway-files/a.yaml/Owner")
    }

    @Test func `a member that the document has already is not taken`() throws {
        let document = try read([
            "openapi.yaml": "openapi: 3.1.0\nx-slipway-files: {a: 1}\npaths: {/a: {$ref: a.yaml}}", "a.yaml": "get: {}",
        ])
        #expect(document[JSONPointer(["x-slipway-files", "a"])] == 1)
        #expect(document.listing.operations.map(\.key) == ["GET /a"])
    }
}

/// Which of several files is the document.
struct MainFileTests {
    private let openAPI = "openapi: 3.1.0\npaths: {}"

    private func read(_ files: [String: String], main: String? = nil) throws -> Document {
        try Document(reading: files.mapValues { Array($0.utf8) }, main: main)
    }

    @Test func `it is the one in the fewest folders that says so`() throws {
        let files = [
            "old/v1/openapi.yaml": openAPI, "v2/api.yml": "swagger: 2.0", "a.json": "{\"about\": \"openapi\"}",
        ]
        #expect(try read(files).mainFile == "v2/api.yml")
        #expect(try read(files, main: "old/v1/openapi.yaml").version == .v31)
        #expect(try read(["a.yaml": "openapi: [", "b.yaml": openAPI]).mainFile == "b.yaml")
    }

    @Test(
        arguments: [
            (
                ["a.yaml": "openapi: 3.1.0", "b.json": "{\"swagger\": \"2.0\"}"], nil, "ambiguous_root",
                "\"a.yaml\", \"b.json\""
            ),
            (["a.yaml": "type: object", "README.md": "openapi: 3.1.0"], nil, "not_openapi", "None of the 2 files"),
            ([:], nil, "not_openapi", "None of the 0 files"),
            (["a.yaml": "openapi: 3.1.0"], "b.yaml", "unknown_root", "b.yaml"),
            (["a.yaml": "openapi: ["], nil, "syntax_error", "not YAML"),
            (["a.yaml": "openapi: 4"], nil, "unsupported_version", "OpenAPI 4"),
            (["../a.yaml": "openapi: 3.1.0"], nil, "invalid_file_name", "../a.yaml"),
            (["/a.yaml": "openapi: 3.1.0"], nil, "invalid_file_name", "/a.yaml"),
            (["a\\b.yaml": "openapi: 3.1.0"], nil, "invalid_file_name", "a\\b.yaml"),
            (["a//b.yaml": "openapi: 3.1.0"], nil, "invalid_file_name", "a//b.yaml"),
        ] as [([String: String], String?, String, String)]
    )
    func `what cannot be decided is an error that says so`(
        files: [String: String],
        main: String?,
        code: String,
        words: String
    ) {
        let error = #expect(throws: DocumentError.self) { try read(files, main: main) }
        #expect(error?.code.rawValue == code)
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test func `a place is one text, and back`() {
        for (file, pointer) in [(nil, ""), (nil, "/a#/b"), ("a.yaml", ""), ("a/b.yaml", "/c/d#/e")]
            as [(String?, String)]
        {
            var diagnostic = Diagnostic(.note, code: "x", message: "", file: file, pointer: pointer)
            let place = diagnostic.place
            diagnostic.place = place
            #expect(diagnostic.file == file)
            #expect(diagnostic.pointer == pointer)
        }
    }
}
