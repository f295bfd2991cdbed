import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// What a discard, a load or a merge takes out of staging can be put back for 30 days: nothing is lost.
struct UndoDiscardTests {
    @Test func `a discard is undone to exactly what staging was`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            _ = try await world.prompts.createPrompt(template("greet"), in: world.project, by: world.actor)
            try await world.addResource("guide")
            try await world.select(["get"])
            try await world.edit {
                $0.name = "Animals"
                $0.promptNames = ["greet"]
                $0.resourceURNs = [resourceURN("guide")]
            }
            try await world.vary("get") { $0.title = "Get one" }
            let before = try await world.state()

            let discarded = try await world.discard()
            #expect(discarded.staging?.replaced?.by == "discard")
            #expect(discarded.staging?.replaced?.actor == "key:anna")
            #expect(try await world.state().staging == before.live)
            let toolset = try await world.undoDiscard()
            let after = try await world.state()

            #expect(after.staging == before.staging)
            #expect(after.live == before.live)
            #expect(after.base == 1)
            #expect(after.releases == [1])
            #expect(after.audit == before.audit + ["toolset.discard", "toolset.undo_discard"])
            #expect(toolset.metadata.name == "Animals")
            #expect(try await world.changes()?.count == toolset.staging?.changes?.count)
        }
    }

    @Test func `undoing goes one step back and forth`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            let edited = try await world.state().staging
            try await world.discard()
            let empty = try await world.state().staging
            for staging in [edited, empty, edited, empty] {
                try await world.undoDiscard()
                #expect(try await world.state().staging == staging)
            }
        }
    }

    @Test func `base and pins come back too`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let first = try #require(try await world.deployments.activeDeployment(in: world.project))
            try await world.deploy(definition("list", "second"), definition("get", "second"))
            try await world.edit { $0.name = "Animals" }
            try await world.publish()
            try await world.pin(PinChange(deployment: first.id, prompts: .live))
            try await world.rollBack(to: 1)
            let before = try await world.state()
            try await world.discard()
            #expect(try await world.state().base == 1)
            let toolset = try await world.undoDiscard()
            #expect(try await world.state().staging == before.staging)
            #expect(toolset.staging?.baseRelease == 2)
            #expect(toolset.staging?.pinnedDeploymentID == first.id)
            #expect(toolset.staging?.pinsPrompts == true)
        }
    }

    @Test func `staging that was edited since is replaced only where that is said, and kept in turn`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            let first = try await world.state().staging
            try await world.discard()
            try await world.edit { $0.name = "Since then" }
            let second = try await world.state()

            let refusal = try await problem { try await world.undoDiscard() }
            #expect(refusal.code == .stagingMoved)
            #expect(refusal.message.contains("replace"))
            #expect(refusal.detail("by") == .text("key:anna"))
            #expect(try await world.state() == second)

            try await world.undoDiscard(replacing: true)
            #expect(try await world.state().staging == first)
            try await world.undoDiscard()
            #expect(try await world.state().staging == second.staging)
        }
    }

    @Test func `an edit that was taken back by hand is no edit since`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            let edited = try await world.state().staging
            try await world.discard()
            try await world.edit { $0.name = "Other" }
            try await world.edit { $0.name = "Pets" }
            try await world.undoDiscard()
            #expect(try await world.state().staging == edited)
        }
    }

    @Test func `a discard that changes nothing keeps nothing, and hides nothing`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            let edited = try await world.state().staging
            try await world.discard()
            try await world.discard()
            #expect(try await world.count("kept_edits") == 1)
            try await world.undoDiscard()
            #expect(try await world.state().staging == edited)
        }
    }

    @Test func `after 30 days there is nothing to put back`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            #expect(try await problem { try await world.undoDiscard() }.code == .notFound)
            try await world.select(["get"])
            try await world.discard()
            try await world.database.write { connection in
                let days = 30 * 24 * 60 * 60 * 1000 as Int64
                let then = Timestamp(milliseconds: Timestamp.now().milliseconds - days - 1000)
                _ = try connection.execute("UPDATE kept_edits SET created_at = \(then)")
            }
            let refusal = try await problem { try await world.undoDiscard() }
            #expect(refusal.code == .notFound)
            #expect(refusal.message.contains("30 days"))
            #expect(try await world.releases.stagingVersion(pets, in: world.project).staging?.replaced == nil)
            // The next thing that is kept makes room.
            try await world.select(["list"])
            try await world.discard()
            #expect(try await world.count("kept_edits") == 1)
        }
    }

    @Test func `what names a prompt that was deleted since is not put back in part`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            _ = try await world.prompts.createPrompt(template("greet"), in: world.project, by: world.actor)
            try await world.edit { $0.promptNames = ["greet"] }
            try await world.discard()
            try await world.prompts.deletePrompt("greet", in: world.project, by: world.actor)
            let before = try await world.state()
            let refusal = try await problem { try await world.undoDiscard() }
            #expect(refusal.code == .unknownURN)
            #expect(refusal.message.contains("the prompt greet"))
            #expect(try await world.state() == before)
            _ = try await world.prompts.createPrompt(template("greet"), in: world.project, by: world.actor)
            try await world.undoDiscard()
            #expect(try await world.state().staging?.prompts.count == 1)
        }
    }

    @Test func `nothing on the live side destroys staging`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            try await world.publish()
            try await world.vary("get") { $0.title = "unpublished" }
            let edited = try await world.state().staging
            try await world.rollBack(to: 1)
            #expect(try await world.state().staging == edited)
            try await world.rollBack(to: 2, reason: "")
            #expect(try await world.state().staging == edited)
            // Asked to load the release, a rollback replaces the edits, and keeps them.
            _ = try await world.releases.rollBack(
                to: .number(1, toolset: pets),
                reason: "it was broken",
                loadingIntoStaging: true,
                in: world.project,
                by: world.actor
            )
            #expect(try await world.state().staging == world.state().live)
            try await world.undoDiscard()
            #expect(try await world.state().staging == edited)
            #expect(try await world.state().base == 2)
        }
    }
}
