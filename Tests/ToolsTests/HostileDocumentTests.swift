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
            Pet:
              type: object
              properties: {parent: {$ref: '#/components/schemas/Pet'}, id: {$ref: '#/components/schemas/ID'}}
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
        for _ in 0..<150 {
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

    /// What takes a careless reader minutes, or all memory.
    @Test(.timeLimit(.minutes(1)), arguments: Multiplied.allCases)
    func `a document that multiplies is cut short`(kind: Multiplied) throws {
        guard let document = try? Document(reading: Array("openapi: 3.1.0\n\(kind.yaml)".utf8)) else {
            #expect(kind == .operations || kind == .items)
            return
        }
        let source = try #require(Slug("acme"))
        let compiled = ToolCompiler().compile(document, source: source)
        let errors = compiled.diagnostics.filter { $0.severity == .error }
        #expect(compiled.diagnostics.count <= 2500)
        #expect(compiled.tools.count + errors.count == compiled.operationCount)
        #expect(errors.allSatisfy { $0.message.utf8.count < 5000 })
    }

    enum Multiplied: CaseIterable {
        case chain, closures, parameters, alternatives, path, server, warnings, operations, items

        var yaml: String {
            switch self {
            case .chain: Self.argument + "components: {schemas: {\(list { "S\($0): {\(Self.schema($0 + 1))}" })}}"
            case .closures:
                """
                paths: {\(list(100) { "/a\($0): {$ref: '#/components/pathItems/P'}" })}
                components:
                  pathItems: {P: {get: {parameters: [{name: a, in: query, schema: {\(Self.schema(0))}}]}}}
                  schemas: {\(list { "S\($0): {items: {\(Self.schema($0 + 1))}, title: closures}" })}
                """
            case .parameters: "paths: {/a: {get: {parameters: [\(list { "{name: p\($0), in: query}" })]}}}"
            case .alternatives:
                "security: [\(list { "{s\($0): []}" })]\npaths: {\(list(300) { "/a\($0): {get: {}}" })}"
            case .path: "paths:\n  ? '/\((0..<3000).map { "{a\($0)}" }.joined())'\n  : {get: {}}"
            case .server:
                """
                servers:
                  - url: '\(String(repeating: "{a}", count: 600))'
                    variables: {a: {default: '{a}\(String(repeating: "x", count: 3000))'}}
                paths: {/a: {get: {}}}
                """
            case .warnings:
                "paths: {/a: {get: {parameters: [{name: a, in: query, schema: {anyOf: [\(list { "{$ref: x\($0)}" })]}}]}}}"
            case .operations: "paths: {\(list { "/a\($0): {get: {}, put: {}}" })}"
            case .items: "paths: {/a: {get: {}}, \(list { "/b\($0): {$ref: '#/paths/~1a'}" })}"
            }
        }

        private static let argument =
            "paths: {/a: {get: {parameters: [{name: a, in: query, schema: {\(schema(0))}}]}}}\n"

        private static func schema(_ number: Int) -> String { "$ref: '#/components/schemas/S\(number)'" }

        private func list(_ count: Int = 3000, _ item: (Int) -> String) -> String {
            (0..<count).map(item).joined(separator: ", ")
        }
    }
}
