import JSON
import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// The rows of "Rules of behaviour" about changing the mode.
struct ModeSwitchTests {
    @Test func `iteration to staging`() async throws {
        try await World.with { world in
            _ = try await world.prompts.createPrompt(template("greet"), in: world.project, by: world.actor)
            try await world.deploy(definition("list"), definition("get"))
            try await world.addResource("guide")
            try await world.make(tools: ["list", "get"], prompts: ["greet"], resources: ["guide"])
            try await world.vary("get") { $0.title = "Get one" }
            let before = try await world.state()

            let toolset = try await world.stage()
            let after = try await world.state()

            #expect(toolset.mode == .staging)
            #expect(toolset.view == .staging)
            #expect(after.live == before.live)
            #expect(after.staging == before.live)
            #expect(after.base == 1)
            #expect(after.current == 1)
            #expect(after.releases == [1])
            #expect(after.activations.count == 1)
            let activation = try #require(after.activations.first)
            #expect(activation.kind == .publish)
            #expect(activation.seq == 1)
            #expect(activation.previousRelease == nil)
            #expect(after.audit == before.audit + ["toolset.switch_mode"])
            #expect(try await world.changes()?.count == 0)
            #expect(try await problem { try await world.stage() }.code == .wrongMode)
        }
    }

    @Test func `iteration to staging a second time takes the next number`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            try await world.publish()
            try await world.iterate()
            let before = try await world.state()
            try await world.stage()
            let after = try await world.state()
            #expect(after.releases == [1, 2, 3])
            #expect(after.base == 3)
            #expect(after.current == 3)
            #expect(after.live == before.live)
            #expect(after.activations.map(\.seq) == [1, 2, 3])
            // The activation before it ended with the way back to iteration mode.
            #expect(after.activations.last?.previousRelease == nil)
        }
    }

    @Test func `staging to iteration`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            try await world.publish()
            try await world.edit { $0.name = "Animals" }
            try await world.vary("get") { $0.title = "Get one" }
            try await world.deploy(definition("list"), definition("get", "second"))
            let before = try await world.state()

            let refusal = try await world.confirmation()
            #expect(refusal.code == .confirmRequired)
            #expect(refusal.detail("changed_tools") == .texts(["get"]))
            #expect(refusal.detail("metadata_changed") == .flag(true))
            #expect(try await world.confirmation(digest: "0000").message.contains("changed since"))
            #expect(try await world.state() == before)

            let toolset = try await world.iterate()
            let after = try await world.state()
            #expect(toolset.mode == .iteration)
            #expect(after.live == before.staging)
            #expect(after.live.toolTexts.first?.contains("get: second") == true)
            #expect(after.staging == nil)
            #expect(after.base == nil)
            #expect(after.current == nil)
            #expect(after.releases == [1, 2])
            #expect(after.activations == before.activations)
            #expect(after.audit == before.audit + ["toolset.switch_mode"])
        }
    }

    @Test func `iteration to staging with the digest of what was looked at, or of something else`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"))
            try await world.make(tools: ["list"])
            let digest = try #require(try await world.served()).digest.hex
            try await world.edit { $0.name = "Animals" }
            let before = try await world.state()
            func stage(_ digest: String) async throws -> Toolset {
                try await world.releases.switchMode(
                    pets,
                    to: .staging,
                    confirmDigest: digest,
                    in: world.project,
                    by: world.actor
                )
            }
            let refusal = try await problem { _ = try await stage(digest) }
            #expect(refusal.code == .confirmRequired)
            #expect(refusal.confirmDigest == before.live.digest.hex)
            #expect(try await world.state() == before)
            #expect(try await stage(before.live.digest.hex).currentRelease?.digest == before.live.digest)
        }
    }

    @Test func `a confirmation that was overtaken by an edit is refused`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            let digest = try await world.confirmation().confirmDigest
            try await world.deploy(definition("list"), definition("get", "second"))
            let refusal = try await world.confirmation(digest: digest)
            #expect(refusal.code == .confirmRequired)
            #expect(refusal.confirmDigest != digest)
        }
    }

    @Test func `back in iteration mode the copy is kept but nobody sees it`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.iterate()
            let copies = try await world.dump(
                "SELECT deleted_at IS NULL AS here FROM toolsets WHERE parent_toolset_id IS NOT NULL",
                ["here"]
            )
            #expect(copies == ["here=integer(0)"])
            let list = try await world.toolsets.toolsets(in: world.project, PageRequest()).items
            #expect(list.map(\.slug) == [pets])
            #expect(try await problem { try await world.publish() }.code == .wrongMode)
            #expect(try await problem { try await world.discard() }.code == .wrongMode)
            #expect(try await problem { try await world.rollBack(to: 1) }.code == .wrongMode)
            // An edit is live at once again.
            try await world.select(["get"])
            #expect(try await world.state().live.tools.count == 1)
        }
    }

    @Test func `iteration to staging while a deployment runs pins the one that live serves`() async throws {
        try await World.with { world in
            let served = try await world.deploy(definition("list"))
            try await world.make(tools: ["list"])
            let pending = try await world.begin([definition("list", "second")])
            let before = try await world.state()
            try await world.stage()
            let release = try await world.releases.releases(of: pets, in: world.project, PageRequest()).items.first
            #expect(release?.deploymentID == served.id)
            #expect(try await world.state().live == before.live)
            // When it is done, it is a change of the project: staging follows, live does not.
            try await world.finish(pending)
            let after = try await world.state()
            #expect(after.live == before.live)
            #expect(after.staging?.toolTexts.first?.contains("second") == true)
        }
    }

    @Test func `a release and its copy have the pin that live had`() async throws {
        try await World.with { world in
            let pinned = try await world.deploy(definition("list"))
            try await world.make(tools: ["list"])
            try await world.database.write { connection in
                _ = try connection.execute("UPDATE toolsets SET pinned_deployment_id = \(pinned.id)")
            }
            try await world.deploy(definition("list", "second"))
            try await world.stage()
            let after = try await world.state()
            #expect(after.live.toolTexts.first?.contains("first") == true)
            #expect(after.staging == after.live)
        }
    }

    @Test func `what changes for callers is told by the rules of the toolset`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("get") { $0.title = "changed" }
            func level() async throws -> JSONValue? {
                let changes = try await world.confirmation().details.first { $0.name == "changes" }
                guard case .json(let text)? = changes?.value else { return nil }
                return try JSONValue(parsing: text).array?.first?["level"]
            }
            #expect(try await level() == "safe")
            _ = try await world.releases.setChangeRules(of: pets, in: world.project, by: world.actor) { _ in
                ChangeRuleSettings(overrides: [.toolTitleChanged: .breaking])
            }
            #expect(try await level() == "breaking")
        }
    }
}
