import JSON
import Releases
import Testing
import Tools
import Vocabulary

/// Layers of variations, and the names that clients see.
struct HeadsTests {
    @Test func `own wins over global wins over the definition, field by field`() throws {
        let global = Variation(
            title: "global title",
            description: "global description",
            tags: ["global"],
            annotations: ToolAnnotations(isReadOnly: false, isOpenWorld: false),
            confirm: .always
        )
        let own = Variation(title: "own title", annotations: ToolAnnotations(isReadOnly: true))
        let layered = own.over(global)
        #expect(layered.title == "own title")
        #expect(layered.description == "global description")
        #expect(layered.tags == ["global"])
        #expect(layered.annotations.isReadOnly == true)
        #expect(layered.annotations.isOpenWorld == false)
        #expect(layered.confirm == .always)

        let tool = try #require(try CompiledContent(heads([head("list", layered)])).tools.first)
        #expect(tool.tool["title"]?.string == "own title")
        #expect(tool.tool["description"]?.string == "global description")
        #expect(tool.tool["annotations"]?["readOnlyHint"]?.bool == true)
        #expect(tool.tool["annotations"]?["openWorldHint"]?.bool == false)
        // From the definition, where no layer says anything.
        #expect(tool.tool["annotations"]?["idempotentHint"]?.bool == true)
        #expect(tool.tool["_meta"]?["slipway/confirm"]?["mode"]?.string == "always")
        #expect(tool.name == "list")
    }

    @Test func `a description of one's own stands in front of a summary of the project, and the other way round`() {
        let summary = Variation(summary: "short")
        let description = Variation(description: "long")
        #expect(definition("list").applying(description.over(summary)).description == "long")
        #expect(definition("list").applying(summary.over(description)).description == "short")
        #expect(definition("list").applying(Variation().over(summary)).description == "short")
        #expect(definition("list").applying(Variation()).description == "Does list")
    }

    @Test func `an orphan is neither served nor in the way of a name`() throws {
        let heads = heads([head("list", isOrphan: true), head("shop/list")])
        #expect(heads.orphans == [urn("list")])
        #expect(heads.servedNames.names == [urn("shop/list"): "list"])
        #expect(heads.servedNames.diagnostics.isEmpty)
        #expect(try CompiledContent(heads).tools.map(\.urn) == [urn("shop/list")])
    }

    @Test func `an explicit name wins over a definition's, wherever it stands`() {
        let served = heads([head("list"), head("shop/all", Variation(name: "list"))]).servedNames
        #expect(served.names == [urn("list"): "pets_list", urn("shop/all"): "list"])
        #expect(served.diagnostics.map(\.code) == ["tool_renamed"])
        #expect(served.diagnostics.first?.source?.text == "pets")
        #expect(served.diagnostics.first?.message.contains("served as pets_list") == true)
    }

    @Test func `the prefix does not depend on the other tools`() {
        let few = heads([head("list"), head("shop/list")]).servedNames.names
        let many = heads([head("feed"), head("list"), head("sell"), head("shop/list"), head("zoo/list")]).servedNames
        #expect(few[urn("shop/list")] == "shop_list")
        #expect(many.names[urn("shop/list")] == "shop_list")
        #expect(many.names[urn("zoo/list")] == "zoo_list")
        #expect(many.diagnostics.count == 2)
    }

    @Test func `a prefixed name that would be too long is cut and told apart by a hash`() throws {
        let long = String(repeating: "a", count: 60)
        let names = heads([head(long), head("shop/\(long)"), head("zoo/\(long)")]).servedNames.names
        #expect(Set(names.values).count == 3)
        #expect(names.values.allSatisfy { ToolName.isValid($0) })
        let prefixed = try #require(names[urn("shop/\(long)")])
        #expect(prefixed.hasPrefix("shop_aaa"))
        #expect(prefixed.utf8.count == 60)
    }

    @Test func `a prefixed name that is taken is told apart by a hash`() throws {
        let names = heads([head("list"), head("shop_list"), head("shop/list")]).servedNames.names
        let name = try #require(names[urn("shop/list")])
        #expect(Set(names.values).count == 3)
        #expect(name.hasPrefix("shop_list_"))
        #expect(ToolName.isValid(name))
    }

    @Test func `names that an edit makes equal are duplicates, those that were equal before are not`() {
        let none = heads([])
        let pair = heads([head("list"), head("shop/list"), head("get")])
        #expect(pair.duplicateNames(since: none) == ["list"])
        #expect(pair.duplicateNames(since: pair) == [])
        #expect(heads([head("list"), head("shop/list")]).duplicateNames(since: pair) == [])
        let three = heads([head("list"), head("shop/list"), head("get", Variation(name: "list"))])
        #expect(three.duplicateNames(since: pair) == ["list"])
        #expect(heads([head("list"), head("shop/list", isOrphan: true)]).duplicateNames(since: none) == [])
    }
}
