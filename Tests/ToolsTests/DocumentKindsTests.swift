import JSON
import OpenAPI
import Synchronization
import Testing
import Tools
import Vocabulary

/// Tools of documents that are not one file of OpenAPI 3.0 or 3.1.
struct DocumentKindsTests {
    private func compile(_ document: Document) throws -> CompiledSource {
        let source = try #require(Slug("acme"))
        let compiled = ToolCompiler().compile(document, source: source)
        compiled.checkInvariants(document)
        return compiled
    }

    private func compile(_ files: [String: String]) throws -> CompiledSource {
        try compile(Document(reading: files.mapValues { Array($0.utf8) }))
    }

    @Test func `a definition of Swagger keeps its name, in today's dialect`() throws {
        let yaml = """
            swagger: '2.0'
            host: api.example.com
            paths:
              /pets:
                post:
                  operationId: addPet
                  parameters:
                    - {name: pet, in: body, required: true, schema: {$ref: '#/definitions/Pet'}}
                    - {name: limit, in: query, type: integer, minimum: 0, exclusiveMinimum: true, x-nullable: true}
            definitions:
              Pet:
                type: object
                properties:
                  name: {type: string, x-nullable: true}
                  friend: {$ref: '#/definitions/Pet'}
            """
        let compiled = try compile(Document(reading: Array(yaml.utf8)))
        let schema = JSONValue.object(try compiled.first.inputSchema)
        let pet = schema["$defs"]?["Pet"]?["properties"]
        #expect(pet?["name"]?["type"] == ["string", "null"])
        #expect(pet?["friend"]?["$ref"] == "#/$defs/Pet")
        #expect(schema["properties"]?["limit"]?["exclusiveMinimum"] == 0)
        #expect(schema["properties"]?["limit"]?["type"] == ["integer", "null"])
        #expect(compiled.diagnostics.isEmpty)
    }

    private static let openAPI = """
        openapi: 3.1.0
        servers: [{url: https://api.example.com}]
        paths:
          /a:
            post:
              requestBody:
                content:
                  application/json:
                    schema:
                      properties:
                        one: {$ref: 'schemas/pet.yaml'}
                        two: {$ref: 'common.yaml#/Owner'}
                        three: {$ref: 'one.yaml#/Twin'}
                        four: {$ref: 'two.yaml#/Twin'}
                        five: {$ref: 'one.yaml#/Own'}
                        six: {$ref: '#/components/schemas/Own'}
        components: {schemas: {Own: {type: string}}}
        """

    @Test func `schemas of other files have readable names, where one name means one of them`() throws {
        let files = [
            "openapi.yaml": Self.openAPI, "schemas/pet.yaml": "{type: object, properties: {self: {$ref: '#'}}}",
            "common.yaml": "Owner: {type: object}", "one.yaml": "Twin: {type: string}\nOwn: {type: integer}",
            "two.yaml": "Twin: {type: integer}",
        ]
        let schema = try JSONValue.object(compile(files).first.inputSchema)
        let names = schema["$defs"]?.object?.keys.map(\.self) ?? []
        #expect(Set(names).isSuperset(of: ["pet", "Owner", "Own"]))
        #expect(names.count == 6)
        #expect(names.count { $0.hasPrefix("Twin_") } == 2)
        #expect(names.count { $0.hasPrefix("Own_") } == 1)
        #expect(schema["$defs"]?["Own"] == ["type": "string"])
        #expect(schema["$defs"]?["pet"]?["properties"]?["self"]?["$ref"] == "#/$defs/pet")
    }

    @Test func `where the time is over between reading and compiling, every operation says so`() throws {
        let isOver = Mutex(false)
        let yaml = "openapi: 3.1.0\nservers: [{url: https://a.example}]\npaths: {/a: {get: {}, put: {}}}"
        let document = try Document(
            reading: Array(yaml.utf8),
            timeLimit: TimeLimit { isOver.withLock { $0 } }
        )
        #expect(try compile(document).tools.count == 2)
        isOver.withLock { $0 = true }
        let late = try compile(document)
        #expect(late.tools.isEmpty)
        #expect(late.diagnostics.map(\.code) == ["too_slow", "too_slow"])
    }

    @Test func `what is wrong in another file says so with its name, line and place`() throws {
        let files = [
            "openapi.yaml": """
            openapi: 3.1.0
            servers: [{url: https://api.example.com}]
            paths: {/a: {get: {parameters: [{name: q, in: query, schema: {$ref: 'common.yaml#/Q'}}]}}}
            """,
            "common.yaml": "Other: {}\nQ:\n  properties:\n    a: {$ref: 'none.yaml'}\n",
        ]
        let compiled = try compile(files)
        let diagnostic = try #require(compiled.diagnostics.first)
        #expect(compiled.diagnostics.count == 1)
        #expect(diagnostic.code == "unresolved_reference")
        #expect(diagnostic.place.hasPrefix("common.yaml#/Q/properties/a"))
        #expect(diagnostic.line == 4)
        #expect(diagnostic.message.contains("none.yaml"), "\(diagnostic.message)")
    }
}

/// Whatever a document says is there is there: operations, parameters, media types and responses are counted without
/// the reader and with it.
@Suite(.enabled(if: Specs.exists, "the documents in ../shared/specs are not here"))
struct NothingIsDroppedTests {
    private static let files =
        ["petstore.yaml", "train-travel.json", "openai.yaml"] + Specs.files(in: "discord") + Specs.files(in: "features")

    private func resolved(_ value: JSONValue, in document: Document) -> JSONValue {
        guard case .local(let pointer) = Reference(value["$ref"]?.string ?? "x") else { return value }
        return document[pointer].map { resolved($0, in: document) } ?? value
    }

    @Test(arguments: files)
    func `what goes in comes out`(path: String) throws {
        let document = try Specs.document(path)
        let operations = document.listing.operations
        var count = 0
        for (path, item) in document.root["paths"]?.object ?? [:] {
            let item = resolved(item, in: document)
            for (method, operation) in item.object ?? [:] where Operation.methods.contains(method) {
                let read = try #require(operations.indices.contains(count) ? operations[count] : nil)
                count += 1
                #expect(read.key == "\(method.uppercased()) \(path)")
                let lists = [item["parameters"], operation["parameters"]].compactMap { $0?.array }.joined()
                let parameters = Set(
                    lists.map { resolved($0, in: document) }.compactMap { parameter -> String? in
                        let place = parameter["in"]?.string ?? ""
                        let name = parameter["name"]?.string ?? ""
                        let isIgnored = ["accept", "content-type", "authorization"].contains(name.lowercased())
                        let isElsewhere = place == "path" && !read.requestPath.contains("{\(name)}")
                        return place == "header" && isIgnored || isElsewhere ? nil : "\(place) \(name)"
                    }
                )
                let found = Set(read.parameters.map { "\($0.location.rawValue) \($0.name)" })
                #expect(found.isSuperset(of: parameters), "\(read.key)")
                let extra = found.subtracting(parameters)
                #expect(extra.count == read.diagnostics.count { $0.code == "undeclared_path_parameter" }, "\(read.key)")
                let body = operation["requestBody"].map { resolved($0, in: document) }
                #expect(read.body?.mediaTypes.count ?? 0 == body?["content"]?.object?.count ?? 0, "\(read.key)")
                let statuses = operation["responses"]?.object?.keys.filter { !$0.hasPrefix("x-") } ?? []
                #expect(read.responses.map(\.status) == statuses, "\(read.key)")
            }
        }
        #expect(count == operations.count)
    }
}
