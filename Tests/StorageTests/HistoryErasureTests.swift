import JSON
import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// What was redacted goes from the histories too, as far as only redacted releases reach it; the rest is told.
struct HistoryErasureTests {
    private static let secret = "token-12345"

    private func redact(
        _ world: World,
        _ item: ReleaseItem,
        _ number: Int,
        of toolset: Slug = pets
    ) async throws
        -> [String]
    {
        try await world.retention().redact(
            RedactionOrder(item, reason: "a token got in"),
            from: .number(number, toolset: toolset),
            in: world.project,
            by: world.actor
        ).remains
    }

    /// Whether the secret stands in a column, of whichever row.
    private func stands(_ world: World, in table: String, _ column: String) async throws -> Bool {
        try await world.dump("SELECT \(unsafeText: column) FROM \(unsafeText: table)", [column]).joined()
            .contains(Self.secret)
    }

    private func setPrompt(_ world: World, _ text: String) async throws {
        _ = try await world.prompts.updatePrompt(
            template("greet", text),
            expecting: nil,
            in: world.project,
            by: world.actor
        )
    }

    @Test func `a version of a prompt is blanked when nobody uses it any more`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"))
            _ = try await world.prompts.createPrompt(template("greet"), in: world.project, by: world.actor)
            try await world.make(tools: ["list"], prompts: ["greet"])
            try await world.stage()
            try await setPrompt(world, Self.secret)
            try await world.publish()
            #expect(try await redactFails(world, .prompt("greet"), 2) == .releaseIsLive)
            try await world.rollBack(to: 1)
            // It is what editors see; then it is not.
            #expect(try await redact(world, .prompt("greet"), 2) == ["version 2 of prompt greet"])
            #expect(try await stands(world, in: "prompt_templates", "template"))
            let again = try await problem { _ = try await redact(world, .prompt("greet"), 2) }
            #expect(again.code == .redacted)
            #expect(again.message.contains("version 2 of prompt greet"))
            try await setPrompt(world, "Good day {{who}}")
            #expect(try await redact(world, .prompt("greet"), 2) == [])
            #expect(try await !stands(world, in: "prompt_templates", "template"))
            #expect(try await redactFails(world, .prompt("greet"), 2) == .redacted)
            #expect(try await world.verified() == [])
        }
    }

    @Test func `after the newest version says something else, the prompt's redaction leaves nothing`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"))
            _ = try await world.prompts.createPrompt(template("greet"), in: world.project, by: world.actor)
            try await world.make(tools: ["list"], prompts: ["greet"])
            try await world.stage()
            try await setPrompt(world, Self.secret)
            try await world.publish()
            try await setPrompt(world, "Good day {{who}}")
            try await world.publish()
            let live = try await world.served()
            #expect(try await redact(world, .prompt("greet"), 2) == [])
            #expect(try await !stands(world, in: "prompt_templates", "template"))
            #expect(try await world.served() == live)
            #expect(try await world.verified() == [])
            let history = try await world.prompts.promptHistory("greet", in: world.project, PageRequest()).items
            #expect(history.map(\.version) == [3, 2, 1])
            #expect(history[1].content.template.isEmpty)
            // What the release says of itself tells nothing of the prompt, and the rest of its record is not given.
            let export = try await world.exported(2)
            #expect(export.json["release"]?["record"] == nil)
            #expect(try export.differences() == [])
        }
    }

    @Test func `the bytes of a resource go with its versions`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"))
            try await world.addResource("guide", Self.secret)
            try await world.make(tools: ["list"], resources: ["guide"])
            try await world.stage()
            try await world.editResource("guide", "Read me")
            try await world.publish()
            let live = try await world.served()
            #expect(try await redact(world, .resource(resourceURN("guide")), 1) == [])
            let contents = try await world.database.read { connection in
                try connection.query("SELECT content FROM asset_contents").map {
                    String(decoding: try $0.bytes("content"), as: UTF8.self)
                }
            }
            #expect(!contents.contains { $0.contains(Self.secret) })
            #expect(try await world.served() == live)
            #expect(try await world.verified() == [])
            // The same bytes may come again elsewhere: they are what they are.
            try await world.addResource("note", Self.secret)
            try await world.selectResources(["guide", "note"])
            try await world.publish()
            #expect(try await world.served()?.bodyTexts == ["Read me", Self.secret])
            #expect(try await world.verified() == [])
        }
    }

    @Test func `what another release still says stays until it is redacted there too`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"), definition("get"))
            try await world.vary("list", in: nil) { $0.description = Self.secret }
            for name in ["pets", "shop"] {
                try await world.make(slug(name), tools: ["list", "get"])
                try await world.stage(slug(name))
            }
            try await world.vary("list", in: nil) { $0.description = "harmless" }
            // Another title, so that the two releases do not share the object.
            try await world.vary("list", in: slug("shop")) { $0.title = "shop" }
            for name in ["pets", "shop"] { try await world.publish(slug(name)) }
            #expect(try await redact(world, .tool(urn("list")), 1).count == 2)
            #expect(try await !stands(world, in: "tool_variations", "description"))
            #expect(try await world.verified() == [])
        }
    }

    @Test func `a tool that another toolset shows otherwise keeps the project's variation`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"), definition("get"))
            try await world.vary("list", in: nil) { $0.description = Self.secret }
            try await world.make(tools: ["list"])
            try await world.stage()
            try await world.make(slug("shop"), tools: ["list"])
            try await world.vary("list", in: slug("shop")) { $0.title = "shop" }
            try await world.stage(slug("shop"))
            try await world.vary("list", in: nil) { $0.description = "harmless" }
            for name in ["pets", "shop"] { try await world.publish(slug(name)) }
            let before = try await redact(world, .tool(urn("list")), 1)
            #expect(before.first == "version 1 of the project's variation of tools:http:pets:list")
            #expect(try await stands(world, in: "tool_variations", "description"))
            let after = try await redact(world, .tool(urn("list")), 1, of: slug("shop"))
            #expect(!after.contains { $0.contains("the project's") })
            #expect(try await !stands(world, in: "tool_variations", "description"))
            #expect(try await world.verified() == [])
        }
    }

    @Test func `what staging says, or an undo would bring back, stays`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("list") { $0.description = Self.secret }
            try await world.publish()
            try await world.rollBack(to: 1)
            try await world.discard()
            let remains = try await redact(world, .tool(urn("list")), 2)
            #expect(
                remains.filter { $0.contains("variation") } == [
                    "version 1 of staging's variation of tools:http:pets:list",
                    "version 1 of the toolset's variation of tools:http:pets:list",
                ]
            )
            #expect(try await world.verified() == [])
        }
    }

    @Test func `a record that was wrong before is not made right`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("list") { $0.description = Self.secret }
            try await world.publish(notes: "second")
            try await world.vary("list") { $0.description = nil }
            try await world.publish()
            _ = try await world.database.write {
                try $0.execute("UPDATE toolset_releases SET notes = 'forged' WHERE release_number = 2")
            }
            _ = try await redact(world, .tool(urn("list")), 2)
            let found = try await world.verified()
            #expect(found.count == 1)
            #expect(found.first?.hasPrefix("acme/pets release 2: record in ") == true)
        }
    }

    private func redactFails(_ world: World, _ item: ReleaseItem, _ number: Int) async throws -> ProblemCode {
        try await problem { _ = try await redact(world, item, number) }.code
    }
}
