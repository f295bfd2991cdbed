import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// The rows of "Rules of behaviour", each under its name: what becomes of live, staging, base and number, and what is
/// recorded.
struct RulesOfBehaviourTests {
    @Test func `edit in iteration mode`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"), definition("get"))
            try await world.make(tools: ["list"])
            let before = try await world.state()

            try await world.select(["get", "list"])
            let selected = try await world.state()
            #expect(selected.live != before.live)
            #expect(selected.live.toolTexts.map { $0.contains(#""name":"get""#) } == [true, false])
            try await world.edit { $0.name = "Animals" }
            let renamed = try await world.state()
            #expect(renamed.live.tools == selected.live.tools)
            #expect(renamed.live != selected.live)
            try await world.vary("list") { $0.description = "own words" }
            let varied = try await world.state()
            #expect(varied.live.toolTexts[1].contains("own words"))

            #expect(varied.staging == nil)
            #expect(varied.base == nil)
            #expect(varied.current == nil)
            #expect(varied.releases == [])
            #expect(varied.activations == [])
            #expect(varied.audit == before.audit + ["toolset.update", "toolset.update", "variation.upsert"])
        }
    }

    @Test func `edit in staging mode`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let before = try await world.state()

            try await world.select(["get"])
            try await world.edit { $0.instructions = "Ask first" }
            try await world.vary("get") { $0.title = "Get one" }
            let after = try await world.state()

            #expect(after.live == before.live)
            #expect(after.staging != before.staging)
            #expect(after.staging?.tools.count == 1)
            #expect(after.staging?.toolTexts.first?.contains("Get one") == true)
            #expect(after.base == 1)
            #expect(after.current == 1)
            #expect(after.releases == [1])
            #expect(after.activations == before.activations)
            #expect(after.audit == before.audit + ["toolset.update", "toolset.update", "variation.upsert"])
        }
    }

    @Test func `publish`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            let before = try await world.state()

            let release = try await world.publish(notes: "only get")
            let after = try await world.state()

            #expect(release.number == 2)
            #expect(release.state == .live)
            #expect(release.notes == "only get")
            #expect(after.live == before.staging)
            #expect(after.live.digest == release.digest)
            #expect(after.staging == before.staging)
            #expect(try await world.changes()?.count == 0)
            #expect(after.base == 2)
            #expect(after.current == 2)
            #expect(after.releases == [1, 2])
            #expect(after.activations.count == before.activations.count + 1)
            let activation = try #require(after.activations.last)
            #expect(activation.seq == 2)
            #expect(activation.kind == .publish)
            #expect(activation.release == 2)
            #expect(activation.previousRelease == 1)
            #expect(activation.actor == "key:anna")
            #expect(after.audit.last == "toolset.publish")
            #expect(try await problem { try await world.publish() }.code == .nothingToPublish)
        }
    }

    @Test func `roll back to N`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let first = try await world.state()
            try await world.select(["get"])
            try await world.publish()
            try await world.vary("get") { $0.title = "unpublished" }
            let before = try await world.state()

            let live = try await world.rollBack(to: 1, reason: "get was broken")
            let after = try await world.state()

            #expect(live.currentRelease?.number == 1)
            #expect(after.live == first.live)
            #expect(after.staging == before.staging)
            #expect(after.base == 2)
            #expect(after.current == 1)
            #expect(after.releases == [1, 2])
            let activation = try #require(after.activations.last)
            #expect(activation.seq == 3)
            #expect(activation.kind == .rollback)
            #expect(activation.release == 1)
            #expect(activation.previousRelease == 2)
            #expect(activation.reason == "get was broken")
            #expect(after.audit.last == "toolset.rollback")
            #expect(after.hold?.from == 2)
            #expect(after.hold?.to == 1)
        }
    }

    @Test func `a roll back is refused without a reason, to what is live, and to what is not there`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            try await world.publish()
            let before = try await world.state()
            #expect(try await problem { try await world.rollBack(to: 1, reason: "") }.code == .invalid)
            #expect(try await problem { try await world.rollBack(to: 2) }.code == .alreadyLive)
            #expect(try await problem { try await world.rollBack(to: 3) }.code == .notFound)
            #expect(try await world.state() == before)
        }
    }

    @Test func `return to M`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            try await world.publish()
            let second = try await world.state()
            try await world.rollBack(to: 1)
            try await world.select(["list"])
            let before = try await world.state()

            try await world.rollBack(to: 2, reason: "")
            let after = try await world.state()

            #expect(after.live == second.live)
            #expect(after.staging == before.staging)
            #expect(after.base == before.base)
            #expect(after.releases == [1, 2])
            let activation = try #require(after.activations.last)
            #expect(activation.kind == .rollForward)
            #expect(activation.seq == 4)
            #expect(activation.release == 2)
            #expect(activation.previousRelease == 1)
            #expect(after.audit.last == "toolset.roll_forward")
            #expect(before.hold != nil)
            #expect(after.hold == nil)
        }
    }

    @Test func `discard changes`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("list") { $0.title = "kept" }
            try await world.publish()
            let published = try await world.state()
            try await world.select(["get"])
            try await world.edit { $0.name = "Other" }
            try await world.vary("list") { $0.title = "lost" }
            try await world.vary("get") { $0.title = "lost too" }

            try await world.discard()
            let after = try await world.state()

            #expect(after.live == published.live)
            #expect(after.staging == published.live)
            #expect(try await world.changes()?.count == 0)
            #expect(after.base == 2)
            #expect(after.releases == [1, 2])
            #expect(after.activations == published.activations)
            #expect(after.audit.last == "toolset.discard")
        }
    }

    @Test func `discard changes after a roll back makes staging what is live, not what was published last`()
        async throws
    {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("list") { $0.title = "second" }
            try await world.publish()
            try await world.rollBack(to: 1)
            try await world.discard()
            let after = try await world.state()
            #expect(after.staging == after.live)
            #expect(after.base == 1)
            #expect(after.current == 1)
        }
    }

    @Test func `secret rotated`() async throws {
        try await World.with { world in
            let id = ID<CallEnvironment>.make()
            func secret(_ byte: UInt8) -> CallEnvironment.Entry {
                CallEnvironment.Entry(name: "TOKEN", sealedValue: [1, byte], isSecret: true)
            }
            _ = try await world.environments.createEnvironment(
                id: id,
                slug: slug("production"),
                name: "Production",
                entries: [secret(1)],
                in: world.project,
                by: world.actor
            )
            try await world.deploy(definition("list"))
            try await world.make(
                tools: ["list"],
                settings: Toolset.Settings(mcpSlug: pets, defaultEnvironment: slug("production"))
            )
            try await world.stage()
            let before = try await world.state()
            let servedBefore = try await world.serving.servedToolset(mcpSlug: pets, view: .live)
            let changes = world.serving.changeCount

            _ = try await world.environments.updateEnvironment(
                slug("production"),
                name: nil,
                setting: [secret(2)],
                removing: [],
                expecting: 1,
                in: world.project,
                by: world.actor
            )
            var after = try await world.state()
            let servedAfter = try await world.serving.servedToolset(mcpSlug: pets, view: .live)

            #expect(after.audit.popLast() == "environment.update")
            #expect(after == before)
            #expect(world.serving.changeCount > changes)
            #expect(servedBefore?.environmentVersion == 1)
            #expect(servedAfter?.environmentVersion == 2)
            #expect(servedAfter?.environmentID == id)
            #expect(servedAfter?.fingerprint == servedBefore?.fingerprint)
            #expect(servedAfter?.releaseNumber == 1)
            #expect(try await world.environments.environment(id)?.entries == [secret(2)])
        }
    }
}
