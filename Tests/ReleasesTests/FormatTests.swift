import JSON
import Projects
import Releases
import Testing
import Tools
import Vocabulary

/// Manifests of format 1 and 2 beside each other: what is served is the same, and what they say is compared by what both
/// can say.
struct FormatTests {
    private let sources = [
        Manifest.Source(slug: Slug("zoo")!, digest: Digest(of: [2]), compiler: 4),
        Manifest.Source(slug: Slug("pets")!, digest: Digest(of: [1]), compiler: 3),
    ]

    private func layered(_ global: Variation, _ own: Variation) -> HeadTool {
        HeadTool(
            urn: urn("list"),
            definition: definition("list"),
            variation: own.over(global),
            layers: VariationLayers(global: global, own: own)
        )
    }

    private func read(_ content: CompiledContent) throws -> CompiledContent {
        let stored = Dictionary(content.objects.map { ($0.digest, $0.content) }, uniquingKeysWith: { $1 })
        let bytes = try content.manifest.canonicalBytes()
        return try CompiledContent(manifest: try Manifest(json: try JSONValue(parsing: bytes)), digest: content.digest)
        {
            try #require(stored[$0])
        }
    }

    @Test func `format 2 says sources, layers and what is deprecated, and reads them back`() throws {
        var state = heads([layered(Variation(title: "Global"), Variation(tags: ["own"])), head("get")])
        state.tools[1].definition?.isDeprecated = true
        state.sources = sources
        let content = try CompiledContent(state)
        #expect(content.manifest.sources == [sources[1]])
        let again = try read(content)
        #expect(again.manifest == content.manifest)
        #expect(again.layers == [urn("list"): state.tools[0].layers])
        #expect(again.tools.map(\.isDeprecated) == [false, true])
        #expect(again.tools == content.tools)
    }

    @Test func `every field of a layer comes back`() throws {
        let all = Variation(
            name: "n",
            title: "t",
            summary: "s",
            description: "d",
            tags: ["a"],
            annotations: ToolAnnotations(
                isReadOnly: true,
                isDestructive: false,
                isIdempotent: true,
                isOpenWorld: false
            ),
            confirm: .always,
            confirmPrompt: "Sure?",
            outputSchema: true
        )
        let content = try CompiledContent(heads([layered(all, Variation(tags: []))]))
        #expect(try read(content).layers[urn("list")] == VariationLayers(global: all, own: Variation(tags: [])))
    }

    @Test func `content in format 1 is byte for byte what the program before wrote`() throws {
        var state = heads([layered(Variation(title: "Global"), Variation())], prompts: [template("Hello")])
        state.sources = sources
        let content = try CompiledContent(state, format: 1)
        #expect(content.manifest.json["sources"] == nil)
        #expect(content.manifest.format == 1)
        let object = try #require(content.objects.first { $0.digest == content.toolEntries[0].object })
        #expect(object.format == 1)
        #expect(
            try JSONValue(parsing: object.content).object.map { Array($0.keys) }
                == ["format", "kind", "urn", "tool", "tags", "call"]
        )
        // From heads and from what format 2 stored, the same.
        #expect(try read(CompiledContent(state)).written(in: 1).digest == content.digest)
        #expect(try CompiledContent(state).digest(in: 1) == content.digest)
    }

    @Test func `a content is the same as one of the older format that says as much`() throws {
        var state = heads([layered(Variation(title: "Global"), Variation())])
        let old = try read(CompiledContent(state, format: 1))
        #expect(try CompiledContent(state).isSame(as: old))
        #expect(try old.isSame(as: CompiledContent(state)))
        #expect(ContentDifference(from: old, to: try CompiledContent(state)).count == 0)
        state.tools[0].variation.title = "Other"
        #expect(try !CompiledContent(state).isSame(as: old))
        #expect(ContentDifference(from: old, to: try CompiledContent(state)).changedTools == ["list"])
    }

    @Test func `a layer that says the same in another place is another record, and nothing changes for callers`() throws
    {
        let global = try CompiledContent(heads([layered(Variation(title: "T"), Variation())]))
        let own = try CompiledContent(heads([layered(Variation(), Variation(title: "T"))]))
        #expect(global.digest != own.digest)
        #expect(try !global.isSame(as: own))
        #expect(ContentDifference(from: global, to: own).count == 0)
    }

    @Test(arguments: ["sources", "sources/0/slug", "sources/0/sha256", "sources/0/compiler"])
    func `a manifest of format 2 with a source that cannot be read is refused`(path: String) throws {
        var state = heads([head("list")])
        state.sources = sources
        var json = try #require(try CompiledContent(state).manifest.json.object)
        if path == "sources" {
            json["sources"] = nil
        } else {
            var source = try #require(json["sources"]?.array?.first?.object)
            source[String(path.split(separator: "/")[2])] = .null
            json["sources"] = [.object(source)]
        }
        #expect(throws: ManifestError.self) { try Manifest(json: .object(json)) }
    }

    @Test func `a tombstone is known by its bytes, and leaves the rest of a content readable`() throws {
        let content = try CompiledContent(heads([head("list"), head("get")]))
        let gone = content.toolEntries[0].object
        let tombstone = Tombstone(of: gone)
        #expect(Tombstone(content: tombstone.content) == tombstone)
        #expect(try JSONValue(parsing: tombstone.content).canonicalBytes == tombstone.content)
        #expect(Tombstone(content: tombstone.content + [0x20]) == nil)
        #expect(Tombstone(content: Array("{}".utf8)) == nil)
        let stored = Dictionary(content.objects.map { ($0.digest, $0.content) }, uniquingKeysWith: { $1 })
        let read = try CompiledContent(manifest: content.manifest, digest: content.digest) {
            $0 == gone ? tombstone.content : try #require(stored[$0])
        }
        #expect(read.redacted == [gone])
        #expect(read.tools.map(\.name) == ["get"])
        #expect(read.toolEntries.map(\.name) == ["list", "get"])
        #expect(throws: ManifestError.self) { try read.written(in: 1) }
    }
}
