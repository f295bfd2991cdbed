import JSON
import OpenAPI
import Testing
import Tools
import Vocabulary

/// Documents that were made, or damaged, to do harm.
struct HostileDocumentTests {
    private static let sample = """
        openapi: 3.0.3
        servers: [{url: 'https://{h}.example.com', variables: {h: {default: api}}}]
        security: [{key: []}]
        paths:
          /pets/{id}:
            parameters: [{name: id, in: path, required: true, schema: {$ref: '#/components/schemas/ID'}}]
            get: &get
              operationId: getPet
              parameters: [{$ref: '#/components/parameters/Limit'}]
            put:
              <<: *get
              requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
          /copies: {$ref: '#/paths/~1pets~1{id}'}
        components:
          parameters: {Limit: {name: limit, in: query, schema: {type: integer, nullable: true}}}
          schemas:
            ID: {type: integer, minimum: 0, exclusiveMinimum: true}
            Pet: {type: object, properties: {parent: {$ref: '#/components/schemas/Pet'}, id: {$ref: '#/components/schemas/ID'}}}
          securitySchemes: {key: {type: apiKey, name: k, in: header}}
        """

    /// A generator with a seed, so that a failure comes back.
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `a damaged document is refused or accounted for in full`(seed: UInt64) throws {
        var generator = Seeded(state: seed)
        let source = try #require(Slug("acme"))
        let sample = Array(Self.sample.utf8)
        let pieces = Array("{}[]:,-*&#$'\"\n ~/01xaé".utf8)
        for _ in 0..<400 {
            var bytes = sample
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let position = Int.random(in: 15..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[position] = pieces.randomElement(using: &generator) ?? 0
                case 1: bytes.removeSubrange(position..<min(bytes.count, position + 1 + position % 7))
                default: bytes.insert(contentsOf: sample[(position / 2)..<(position / 2 + 9)], at: position)
                }
            }
            guard let document = try? Document(reading: bytes) else { continue }
            ToolCompiler().compile(document, source: source).checkInvariants(document)
        }
    }

    /// What takes a careless reader minutes takes this one less than the suite's time limit.
    @Test(.timeLimit(.minutes(1)), arguments: [
        "chain", "closures", "parameters", "alternatives", "path", "server", "warnings", "operations", "items",
    ])
    func `a document that multiplies is cut short`(kind: String) throws {
        let numbers = 0..<3000
        let yaml =
            switch kind {
            case "chain":
                "paths: {/a: {get: {parameters: [{name: a, in: query, schema: {$ref: '#/components/schemas/S0'}}]}}}\n"
                    + "components: {schemas: {"
                    + numbers.map { "S\($0): {$ref: '#/components/schemas/S\($0 + 1)'}" }.joined(separator: ", ") + "}}"
            case "closures":
                "paths: {" + numbers.map { "/a\($0): {$ref: '#/components/pathItems/P'}" }.prefix(600).joined(separator: ", ")
                    + "}\ncomponents:\n  pathItems: {P: {get: {parameters: [{name: a, in: query, schema: "
                    + "{$ref: '#/components/schemas/S0'}}]}}}\n  schemas: {"
                    + numbers.map { "S\($0): {items: {$ref: '#/components/schemas/S\($0 + 1)'}, title: \(kind)}" }
                    .joined(separator: ", ") + "}"
            case "parameters":
                "paths: {/a: {get: {parameters: [" + numbers.map { "{name: p\($0), in: query}" }.joined(separator: ", ") + "]}}}"
            case "alternatives":
                "security: [" + numbers.map { "{s\($0): []}" }.joined(separator: ", ") + "]\npaths: {"
                    + numbers.map { "/a\($0): {get: {}}" }.prefix(300).joined(separator: ", ") + "}"
            case "path": "paths: {'/" + numbers.map { "{a\($0)}" }.joined() + "': {get: {}}}"
            case "server":
                "servers: [{url: '" + String(repeating: "{a}", count: 3000) + "', variables: {a: {default: '{a}"
                    + String(repeating: "x", count: 3000) + "'}}}]\npaths: {/a: {get: {}}}"
            case "warnings":
                "paths: {/a: {get: {parameters: [{name: a, in: query, schema: {anyOf: ["
                    + numbers.map { "{$ref: x\($0)}" }.joined(separator: ", ") + "]}}]}}}"
            case "operations": "paths: {" + numbers.map { "/a\($0): {get: {}, put: {}}" }.joined(separator: ", ") + "}"
            default: "paths: {/a: {get: {}, put: {}}, " + numbers.map { "/b\($0): {$ref: '#/paths/~1a'}" }.joined(separator: ", ") + "}"
            }
        guard let document = try? Document(reading: Array("openapi: 3.1.0\n\(yaml)".utf8)) else { return }
        let source = try #require(Slug("acme"))
        let compiled = ToolCompiler().compile(document, source: source)
        #expect(compiled.diagnostics.count <= 5000)
        #expect(compiled.tools.count + compiled.diagnostics.count { $0.severity == .error } >= compiled.operationCount)
    }
}
