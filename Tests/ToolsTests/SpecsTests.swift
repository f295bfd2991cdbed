import JSON
import OpenAPI
import Testing
import Tools
import Vocabulary

/// The documents of real services: nothing of them disappears.
@Suite(.enabled(if: Specs.exists, "the documents in ../shared/specs are not here"))
struct SpecsTests {
    private func compile(_ document: Document, previous: CompiledSource? = nil) throws -> CompiledSource {
        let source = try #require(Slug("acme"))
        return ToolCompiler().compile(document, source: source, previousNames: previous?.names ?? [:])
    }

    @Test(arguments: [
        ("petstore.yaml", 19, 19), ("train-travel.json", 7, 7), ("discord/2026-07-18.json", 242, 242),
        ("openai.yaml", 288, 288),
    ])
    func `every operation is a tool or an error`(path: String, operations: Int, tools: Int) throws {
        let document = try Specs.document(path)
        let compiled = try compile(document)
        compiled.checkInvariants(document)
        #expect(compiled.operationCount == operations)
        #expect(compiled.tools.count == tools)
    }

    @Test(arguments: Specs.files(in: "features"))
    func `every feature is a tool or an error`(path: String) throws {
        let document = try Specs.document(path)
        try compile(document).checkInvariants(document)
    }

    @Test func `names stay from one version to the next`() throws {
        var previous: CompiledSource?
        for path in Specs.files(in: "discord") {
            let document = try Specs.document(path)
            let compiled = try compile(document, previous: previous)
            compiled.checkInvariants(document)
            for (key, name) in previous?.names ?? [:] {
                guard let now = compiled.names[key] else { continue }
                #expect(now == name, "\(key)")
            }
            previous = compiled
        }
    }

    @Test func `no schema has Boolean bounds`() throws {
        let compiled = try compile(Specs.document("openai.yaml"))
        var open = compiled.tools.map { JSONValue.object($0.inputSchema) }
        while let value = open.popLast() {
            open += value.array ?? value.object?.map(\.value) ?? []
            for bound in ["exclusiveMinimum", "exclusiveMaximum"] { #expect(value[bound]?.bool == nil) }
        }
        let mixed = compiled.diagnostics.filter { $0.code == "dialect_mixed" }
        #expect((7...101).contains(mixed.count))
        #expect(mixed.allSatisfy { $0.severity == .warning })
    }

    @Test(arguments: ["petstore.yaml", "train-travel.json", "discord/2026-07-18.json", "openai.yaml"])
    func `two runs give the same digests`(path: String) throws {
        let first = try compile(Specs.document(path))
        let second = try compile(Specs.document(path), previous: first)
        #expect(first.tools.map(\.digest) == second.tools.map(\.digest))
        #expect(first.diagnostics == second.diagnostics)
        #expect(first.names == second.names)
    }
}
