import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// Rolling back with the release loaded into staging.
struct LoadingTests {
    @Test func `roll back to N and load it into staging`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"), definition("get"))
            _ = try await world.prompts.createPrompt(template("greet"), in: world.project, by: world.actor)
            try await world.vary("list", in: nil) { $0.description = "of the project" }
            try await world.addResource("guide")
            try await world.addResource("note")
            try await world.make(tools: ["list", "get"], prompts: ["greet"], resources: ["guide", "note"])
            try await world.vary("get") { $0.title = "Get one" }
            try await world.stage()
            let first = try #require(try await world.served())

            // Everything that a release is made of moves on, for the toolset and for the project.
            try await world.deploy(definition("list", "second"), definition("get", "second"), definition("more"))
            try await world.vary("list", in: nil) { $0.description = "of the project, by now" }
            try await world.vary("get", in: nil) { $0.tags = ["new"] }
            _ = try await world.prompts.updatePrompt(
                template("greet", "Good day {{who}}"),
                expecting: nil,
                in: world.project,
                by: world.actor
            )
            try await world.editResource("guide", "second")
            try await world.selectResources(["note", "guide"])
            try await world.select(["more", "get"])
            try await world.vary("get") { $0.title = "Fetch one" }
            try await world.edit { $0.name = "Animals" }
            try await world.publish()
            try await world.select(["more"])

            _ = try await world.releases.rollBack(
                to: .number(1, toolset: pets),
                reason: "it was broken",
                loadingIntoStaging: true,
                in: world.project,
                by: world.actor
            )
            let after = try await world.state()
            #expect(after.live == first)
            // What the project says by now became own overrides: the same for callers, another record.
            #expect(after.staging?.lists == first.lists)
            #expect(after.base == 1)
            #expect(try await world.changes()?.count == 0)
            #expect(after.activations.last?.kind == .rollback)

            // The pins are staging's alone: they are published with it, and a discard takes them off.
            try await world.deploy(definition("list", "third"), definition("get", "third"))
            #expect(try await world.served(pets, .staging)?.lists == first.lists)
            try await world.discard()
            #expect(try await world.served(pets, .staging) != first)
            #expect(try await world.served() == first)
        }
    }

    @Test func `what a loaded release pinned ends with staging mode`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.deploy(definition("list", "second"), definition("get", "second"))
            try await world.publish()
            _ = try await world.releases.rollBack(
                to: .number(1, toolset: pets),
                reason: "it was broken",
                loadingIntoStaging: true,
                in: world.project,
                by: world.actor
            )
            try await world.iterate()
            let live = try #require(try await world.served())
            #expect(live.toolTexts.allSatisfy { $0.contains("second") })
            try await world.deploy(definition("list", "third"), definition("get", "third"))
            #expect(try await world.served()?.toolTexts.allSatisfy { $0.contains("third") } == true)
        }
    }

    @Test func `roll back to N leaves staging as it is where nobody asks`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            try await world.publish()
            try await world.edit { $0.instructions = "Ask first" }
            let before = try await world.state()
            try await world.rollBack(to: 1)
            let after = try await world.state()
            #expect(after.staging == before.staging)
            #expect(after.base == before.base)
        }
    }
}
