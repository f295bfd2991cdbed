import JSON
import Synchronization
import Testing
import Tools
import Vocabulary

@testable import Releases

/// What is remembered of tools from one content to the next.
struct CompiledToolsTests {
    /// Three tools as they come from a database, with the digests of their definitions.
    private static let stored = heads(["list", "get", "add"].map { stored($0) })

    private static func stored(_ name: String, _ variation: Variation = Variation()) -> HeadTool {
        var tool = head(name, variation)
        tool.layers = VariationLayers(own: variation)
        tool.definitionDigest = Digest(of: "definition of \(name)".utf8)
        return tool
    }

    /// What is asked of a content's objects when it is read.
    private static func asked(_ content: CompiledContent, _ known: CompiledTools?) throws -> (CompiledContent, [Digest])
    {
        let objects = Dictionary(content.objects.map { ($0.digest, $0.content) }) { first, _ in first }
        var asked: [Digest] = []
        let read = try CompiledContent(manifest: content.manifest, digest: content.digest, known: known) { digest in
            asked.append(digest)
            return try #require(objects[digest])
        }
        return (read, asked)
    }

    @Test func `what was read or compiled is neither asked for nor read again`() throws {
        let known = CompiledTools()
        let compiled = try CompiledContent(Self.stored, compiled: known)
        let pages = compiled.manifest.toolPages
        let cold = try Self.asked(compiled, nil)
        #expect(cold.1.count == pages.count + 3)
        let warm = try Self.asked(compiled, known)
        #expect(warm.1 == pages)
        #expect(warm.0.tools == cold.0.tools)
        #expect(warm.0.layers == cold.0.layers)

        var heads = Self.stored
        heads.tools[1] = Self.stored("get", Variation(description: "Gets one."))
        let edited = try CompiledContent(heads)
        let read = try Self.asked(edited, known)
        #expect(read.1.filter { !edited.manifest.toolPages.contains($0) } == [edited.toolEntries[1].object])
        #expect(read.0.tools == edited.tools)
        #expect(read.0.layers == edited.layers)
        #expect(read.0.tokens == edited.tokens)
    }

    @Test(arguments: Manifest.formats) func `what is remembered gives the same content`(format: Int) throws {
        let known = CompiledTools()
        var heads = Self.stored
        heads.tools[0] = Self.stored("list", Variation(title: "Lists"))
        let plain = try CompiledContent(heads, format: format)
        for _ in 0..<2 {
            let content = try CompiledContent(heads, format: format, compiled: known)
            #expect(content.digest == plain.digest)
            #expect(content.layers == plain.layers)
            #expect(content.tokens == plain.tokens)
            #expect(try Self.asked(content, known).0.layers == plain.layers)
        }
    }

    @Test func `definitions are read once`() throws {
        let known = CompiledTools()
        let bytes = definition("list").json.bytes
        let digest = Digest(of: bytes)
        var reads = 0
        for _ in 0..<3 {
            let found = try known.definition(digest) {
                reads += 1
                return bytes
            }
            #expect(found == definition("list"))
        }
        #expect(reads == 1)
        #expect(throws: Problem.self) { try known.definition(Digest(of: "other".utf8)) { Array("{}".utf8) } }
    }

    @Test func `what was not used for long is let go, and no more is held than twice the capacity`() {
        var values = RecentValues<Int, Int>(capacity: 10)
        for key in 0..<100 {
            values.keep(key, for: key, weight: 2)
            // Used again and again, so it stays.
            #expect(values[0] == 0)
        }
        #expect((0..<100).count { values[$0] != nil } <= 10)
        #expect(values[99] == 99)
        #expect(values[50] == nil)
        values.keep(1, for: 1_000, weight: 11)
        #expect(values[1_000] == nil)
    }
}
