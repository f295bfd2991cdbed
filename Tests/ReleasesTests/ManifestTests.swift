import JSON
import Projects
import Releases
import Testing
import Tools
import Vocabulary

/// The manifest's own form, and what two manifests share.
struct ManifestTests {
    private let thousand = (0..<1000).map { head("tool_\($0)") }

    private func objects(_ content: CompiledContent) -> Set<Digest> { Set(content.objects.map(\.digest)) }

    @Test func `one edit of 1,000 tools changes one page and one object`() throws {
        let before = try CompiledContent(heads(thousand))
        var edited = thousand
        edited[500].variation.description = "edited"
        let after = try CompiledContent(heads(edited))
        #expect(zip(before.manifest.toolPages, after.manifest.toolPages).filter { $0 != $1 }.count == 1)
        #expect(before.manifest.toolPages.count == after.manifest.toolPages.count)
        #expect(objects(after).subtracting(objects(before)).count == 2)
        #expect(before.manifest.toolPages.count > 8)
    }

    @Test func `pages hold at most 128 tools, in order`() throws {
        let content = try CompiledContent(heads(thousand))
        let pages = content.objects.filter { !$0.children.isEmpty }
        #expect(pages.map(\.children.count).max() ?? 0 <= 128)
        #expect(pages.flatMap(\.children) == content.toolEntries.map(\.object))
        #expect(content.toolEntries.map(\.name) == thousand.map(\.urn.name))
    }

    @Test(arguments: [0, 1, 250, 500, 998, 999])
    func `adding or taking away a tool touches a bounded number of pages`(position: Int) throws {
        let before = try CompiledContent(heads(thousand))
        var more = thousand
        more.insert(head("added"), at: position)
        var less = thousand
        less.remove(at: position)
        for changed in [more, less] {
            let after = try CompiledContent(heads(changed))
            let fresh = Set(after.manifest.toolPages).subtracting(before.manifest.toolPages)
            #expect(fresh.count <= 3)
        }
    }

    @Test func `an empty toolset has no pages`() throws {
        let content = try CompiledContent(heads([]))
        #expect(content.manifest.toolPages == [])
        #expect(content.manifest.toolCount == 0)
        #expect(content.objects == [])
    }

    @Test func `what was never said is not in a manifest, so that those of before keep their digests`() throws {
        let before = #"{"format":1,"metadata":{"description":"","instructions":"","name":"Pets"},"prompt_pages":[],"#
        let manifest = try CompiledContent(heads([]), format: 1).manifest
        #expect(String(decoding: try manifest.canonicalBytes(), as: UTF8.self).hasPrefix(before))
        #expect(try Manifest(json: manifest.json) == manifest)
        var said = heads([])
        said.metadata.servesOutputSchemas = false
        said.metadata.logo = Toolset.Logo(digest: Digest(of: [1]), mimeType: "image/png")
        let other = try CompiledContent(said).manifest
        #expect(try other.canonicalBytes() != manifest.canonicalBytes())
        #expect(try Manifest(json: other.json).metadata == said.metadata)
    }

    @Test func `an output schema is served where own, global, toolset or source say it, in this order`() throws {
        var tool = head("list")
        tool.definition?.outputSchema = ["type": "object"]
        func isServed(source: Bool, toolset: Bool?, variation: Bool?) throws -> Bool {
            var all = heads([tool])
            all.tools[0].servesOutputSchema = source
            all.tools[0].variation.outputSchema = variation
            all.metadata.servesOutputSchemas = toolset
            return try CompiledContent(all).tools[0].tool["outputSchema"] != nil
        }
        #expect(try !isServed(source: false, toolset: nil, variation: nil))
        #expect(try isServed(source: true, toolset: nil, variation: nil))
        #expect(try !isServed(source: true, toolset: false, variation: nil))
        #expect(try isServed(source: false, toolset: true, variation: nil))
        #expect(try !isServed(source: true, toolset: true, variation: false))
        #expect(try isServed(source: false, toolset: false, variation: true))
        #expect(Variation(outputSchema: false).over(Variation(outputSchema: true)).outputSchema == false)
        #expect(Variation().over(Variation(outputSchema: true)).outputSchema == true)
    }

    @Test func `tokens count what is served: the name after its change, and the output schema where it is`() throws {
        var tool = head("list")
        let plain = try CompiledContent(heads([tool])).tokens
        #expect(plain > 0)
        tool.definition?.outputSchema = ["type": "object", "description": "Many words about what comes back."]
        #expect(try CompiledContent(heads([tool])).tokens == plain)
        tool.variation.outputSchema = true
        #expect(try CompiledContent(heads([tool])).tokens > plain)
        tool.variation = Variation(name: "a_much_longer_name_than_before")
        #expect(try CompiledContent(heads([tool])).tokens > plain)
        let two = try CompiledContent(heads([head("list"), head("get")]))
        #expect(two.tokens == two.tools.reduce(0) { $0 + $1.tokens })
    }

    @Test func `a format that this program does not know is refused with a sentence`() throws {
        var json = try #require(try CompiledContent(heads([])).manifest.json.object)
        json["format"] = 3
        let error = #expect(throws: ManifestError.self) { try Manifest(json: .object(json)) }
        #expect(error?.description.contains("its format 3 is newer than this program") == true)
    }

    @Test(arguments: ["format", "metadata", "prompt_pages", "tool_count", "tool_pages", "variables"])
    func `a manifest without one of its fields is refused`(field: String) throws {
        var json = try #require(try CompiledContent(heads([head("list")])).manifest.json.object)
        json[field] = nil
        #expect(throws: ManifestError.self) { try Manifest(json: .object(json)) }
    }

    @Test func `a page that is no digest is refused`() throws {
        var json = try #require(try CompiledContent(heads([head("list")])).manifest.json.object)
        json["tool_pages"] = ["abc"]
        #expect(throws: ManifestError.self) { try Manifest(json: .object(json)) }
    }

    @Test func `a manifest without resources is what it was before there were any`() throws {
        let written = """
            {"format":1,"metadata":{"description":"","instructions":"","name":"Pets"},"prompt_pages":\
            ["0a4da45c5b2ec1d5e9bd2bb4e7c6d1ee0f8f1e3c4b5a69788796a5b4c3d2e1f0"],"tool_count":0,"tool_pages":[],\
            "variables":[]}
            """
        let manifest = try Manifest(json: try JSONValue(parsing: Array(written.utf8)))
        #expect(manifest.resourcePages == [])
        #expect(String(decoding: try manifest.canonicalBytes(), as: UTF8.self) == written)
        let with = try CompiledContent(heads([head("list")], resources: [resource("guide", "x")]))
        let without = try CompiledContent(heads([head("list")]))
        #expect(without.manifest.json["resource_pages"] == nil)
        #expect(with.manifest.json["resource_pages"]?.array?.count == 1)
        #expect(with.manifest.toolPages == without.manifest.toolPages)
        #expect(with.digest != without.digest)
    }

    @Test func `resources are compared by their slugs`() throws {
        let before = try CompiledContent(
            heads([], resources: [resource("a", "1"), resource("b", "1"), resource("c", "1")])
        )
        let after = try CompiledContent(
            heads([], resources: [resource("c", "1"), resource("b", "2"), resource("d", "1")])
        )
        let difference = ContentDifference(from: before, to: after)
        #expect(difference.addedResources == ["d"])
        #expect(difference.removedResources == ["a"])
        #expect(difference.changedResources == ["b"])
        #expect(difference.orderChanged)
        #expect(difference.count == 4)
    }

    @Test func `resource pages that are no digests are refused`() throws {
        var json = try #require(try CompiledContent(heads([], resources: [resource("a", "1")])).manifest.json.object)
        for value in ["abc", ["abc"], .null] as [JSONValue] {
            json["resource_pages"] = value
            #expect(throws: ManifestError.self) { try Manifest(json: .object(json)) }
        }
    }

    @Test func `a difference names what was added, removed, changed and moved`() throws {
        let before = try CompiledContent(heads([head("a"), head("b"), head("c")], prompts: [template("x")]))
        #expect(ContentDifference(from: before, to: before).count == 0)
        let after = try CompiledContent(
            heads([head("c"), head("b", Variation(title: "B")), head("d")], prompts: [template("y")], name: "New")
        )
        let difference = ContentDifference(from: before, to: after)
        #expect(difference.addedTools == ["d"])
        #expect(difference.removedTools == ["a"])
        #expect(difference.changedTools == ["b"])
        #expect(difference.addedPrompts == [])
        #expect(difference.removedPrompts == [])
        #expect(difference.changedPrompts == ["greet"])
        #expect(difference.metadataChanged)
        #expect(difference.orderChanged)
        #expect(difference.count == 6)
    }

    @Test func `adding in the middle is no change of the order, and a new name is one removed and one added`() throws {
        let before = try CompiledContent(heads([head("a"), head("b")]))
        let added = ContentDifference(from: before, to: try CompiledContent(heads([head("a"), head("x"), head("b")])))
        #expect(!added.orderChanged)
        #expect(added.count == 1)
        let renamed = try CompiledContent(heads([head("a", Variation(name: "z")), head("b")]))
        let difference = ContentDifference(from: before, to: renamed)
        #expect(difference.addedTools == ["z"])
        #expect(difference.removedTools == ["a"])
        #expect(difference.changedTools == [])
    }
}
