import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// Two tools of one name in a toolset: an edit that would make them is refused, what a deployment brings is served
/// under a prefix.
struct DuplicateNameTests {
    /// `pets/list` and `pets/get` in the toolset, and a project whose source `shop` is not deployed.
    private func makeOrphans(_ world: World) async throws {
        try await world.deploy(definition("shop/list"), definition("shop/get"), definition("shop/buy"))
        try await world.make(tools: ["shop/list", "shop/get", "shop/buy"])
        try await world.deploy(definition("list"), definition("get"), definition("feed"))
        try await world.select(["list", "get", "feed", "shop/list", "shop/get", "shop/buy"])
    }

    /// Brings `shop` back, which makes two pairs of one name.
    private func makeDuplicates(_ world: World) async throws {
        try await makeOrphans(world)
        try await world.deploy(
            definition("list"),
            definition("get"),
            definition("feed"),
            definition("shop/list"),
            definition("shop/get"),
            definition("shop/buy")
        )
    }

    private func names(_ world: World) async throws -> [String] {
        try await world.toolsets.content(pets, view: nil, in: world.project)?.content.tools.map(\.name) ?? []
    }

    @Test func `an edit that would make two tools of one name is refused`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"), definition("shop/list"), definition("get"))
            try await world.make(tools: ["list", "get"])
            let before = try await world.state()
            let selected = try await problem { try await world.select(["list", "get", "shop/list"]) }
            #expect(selected.code == .duplicateToolName)
            #expect(selected.detail("names") == .texts(["list"]))
            let own = try await problem { try await world.vary("get") { $0.name = "list" } }
            #expect(own.code == .duplicateToolName)
            let global = try await problem { try await world.vary("get", in: nil) { $0.name = "list" } }
            #expect(global.code == .duplicateToolName)
            let created = try await problem { try await world.make(slug("new"), tools: ["list", "shop/list"]) }
            #expect(created.code == .duplicateToolName)
            #expect(try await world.state() == before)
            // With another name both have their place.
            try await world.vary("shop/list") { $0.name = "shop_list" }
            try await world.select(["list", "get", "shop/list"])
            #expect(try await names(world) == ["list", "get", "shop_list"])
        }
    }

    @Test func `two tools of one name that a deployment brings get a source prefix and a diagnostic`() async throws {
        try await World.with { world in
            try await makeDuplicates(world)
            let content = try #require(try await world.toolsets.content(pets, view: nil, in: world.project))
            #expect(content.content.tools.map(\.name) == ["list", "get", "feed", "shop_list", "shop_get", "buy"])
            #expect(content.diagnostics.map(\.code) == ["tool_renamed", "tool_renamed"])
            #expect(content.diagnostics.first?.message.contains("tools:http:shop:list") == true)
            #expect(try await world.served()?.toolTexts[3].contains(#""name":"shop_list""#) == true)
        }
    }

    @Test func `an edit beside two tools of one name that a deployment brought is not refused`() async throws {
        try await World.with { world in
            try await makeDuplicates(world)
            try await world.select(["list", "get", "shop/list", "shop/get", "shop/buy"])
            // Of two pairs one can be told apart after the other.
            try await world.vary("shop/list") { $0.name = "goods" }
            #expect(try await names(world) == ["list", "get", "goods", "shop_get", "buy"])
            try await world.vary("shop/get", in: nil) { $0.name = "good" }
            #expect(try await names(world) == ["list", "get", "goods", "good", "buy"])
            // What would bring the names together again is refused.
            #expect(
                try await problem { try await world.vary("shop/buy") { $0.name = "get" } }.code == .duplicateToolName
            )
        }
    }

    @Test func `a third tool of a name that two have already is refused`() async throws {
        try await World.with { world in
            try await makeDuplicates(world)
            #expect(try await problem { try await world.vary("feed") { $0.name = "list" } }.code == .duplicateToolName)
        }
    }

    @Test func `heads of live that nobody reads do not refuse a global variation`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["list"])
            // The live row still has `get`; release 1 serves it from its manifest.
            let before = try await world.state()
            try await world.vary("list", in: nil) { $0.name = "get" }
            let after = try await world.state()
            #expect(after.live == before.live)
            #expect(after.staging?.toolTexts.first?.contains(#""name":"get""#) == true)
        }
    }
}
