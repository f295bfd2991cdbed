import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// What addresses of releases and the grace time need to know of a toolset.
struct PinnedServingTests {
    private func state(_ world: World, _ side: ServedSide) async throws -> ServedToolset? {
        try await world.serving.servedToolset(mcpSlug: pets, side: side)
    }

    @Test func `a release is served from its manifest, whatever becomes of its toolset`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let first = try #require(try await state(world, .release(1)))
            let content = try #require(try await world.serving.content(of: first))
            #expect(first.releaseNumber == 1)
            #expect(first.side == .release(1))
            let edits: [() async throws -> Void] = [
                { try await world.select(["get"]) },
                { try await world.vary("list", in: nil) { $0.title = "global" } },
                { try await world.deploy(definition("list", "second"), definition("get", "second")) },
                { try await world.publish() }, { try await world.rollBack(to: 1) }, { try await world.iterate() },
                { try await world.select(["list"]) },
            ]
            for edit in edits {
                try await edit()
                let now = try #require(try await state(world, .release(1)))
                #expect(now.fingerprint == first.fingerprint)
                let served = try #require(try await world.serving.content(of: now))
                #expect(served.digest == content.digest)
                #expect(served.tools == content.tools)
            }
        }
    }

    @Test func `it answers clients only where the toolset says so, and nothing that is not there`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            #expect(try await state(world, .release(1))?.answersClients == false)
            #expect(try await state(world, .live)?.answersClients == true)
            #expect(try await state(world, .staging)?.answersClients == true)
            try await world.edit { $0.hasPinnedAddresses = true }
            #expect(try await state(world, .release(1))?.answersClients == true)
            #expect(try await state(world, .release(2)) == nil)
            #expect(try await state(world, .release(0)) == nil)
            try await world.edit { $0.isEnabled = false }
            #expect(try await state(world, .release(1)) == nil)
        }
    }

    @Test func `a release that something was taken out of is not served`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.edit { $0.hasPinnedAddresses = true }
            try await world.database.write { connection in
                _ = try connection.execute(
                    """
                    UPDATE toolset_releases SET redacted_at = \(Timestamp.now()), redacted_by = 'key:anna',
                        redaction_reason = 'a secret' WHERE release_number = 1
                    """
                )
            }
            #expect(try await state(world, .release(1)) == nil)
        }
    }

    @Test func `what was never live is open to nobody without a key`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.edit {
                $0.hasPinnedAddresses = true
                $0.isPublic = true
            }
            #expect(try await state(world, .release(1))?.isPublic == true)
            try await world.select(["get"])
            try await world.publish()
            // As a release that was made and not published.
            try await world.database.write { connection in
                _ = try connection.execute("DELETE FROM activations WHERE seq = 2")
                _ = try connection.execute(
                    """
                    UPDATE toolsets SET current_release_id = (
                        SELECT id FROM toolset_releases WHERE release_number = 1
                    ) WHERE current_release_id IS NOT NULL
                    """
                )
            }
            #expect(try await state(world, .release(2))?.isPublic == false)
            #expect(try await state(world, .release(1))?.isPublic == true)
        }
    }

    @Test func `the release before takes calls after a publish, for as long as the setting says`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.edit { $0.graceSeconds = 60 }
            // Nothing was live before the first.
            #expect(try await state(world, .live)?.activation?.former == nil)
            try await world.select(["get"])
            try await world.publish()
            let activation = try #require(try await state(world, .live)?.activation)
            let former = try #require(activation.former)
            #expect(former.number == 1)
            #expect(former.until.milliseconds - activation.at.milliseconds == 60_000)
            let content = try await world.serving.content(of: former)
            #expect(content.tools.map(\.name) == ["list", "get"])
            #expect(try await state(world, .staging)?.activation == nil)
            #expect(try await state(world, .release(2))?.activation == nil)
            try await world.edit { $0.graceSeconds = 0 }
            #expect(try await state(world, .live)?.activation?.former == nil)
        }
    }

    @Test func `after a rollback or a return there is none, nor in iteration mode`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.edit { $0.graceSeconds = 60 }
            try await world.select(["get"])
            try await world.publish()
            #expect(try await state(world, .live)?.activation?.former != nil)
            try await world.rollBack(to: 1)
            #expect(try await state(world, .live)?.activation != nil)
            #expect(try await state(world, .live)?.activation?.former == nil)
            try await world.rollBack(to: 2)
            #expect(try await state(world, .live)?.activation?.former == nil)
            try await world.iterate()
            #expect(try await state(world, .live)?.activation == nil)
        }
    }

    @Test func `a hold is seen`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            #expect(try await state(world, .live)?.activation?.isHeld == false)
            try await world.database.write { connection in
                _ = try connection.execute("UPDATE toolsets SET hold_seq = 1 WHERE mcp_slug = \(pets)")
            }
            #expect(try await state(world, .live)?.activation?.isHeld == true)
        }
    }

    @Test func `both settings act at once in both modes, and are in the audit log`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let before = try await world.toolsets.toolset(pets, view: nil, comparing: false, in: world.project)
            try await world.edit {
                $0.hasPinnedAddresses = true
                $0.graceSeconds = 300
            }
            let event = try await world.projects.auditEvents(in: world.project, PageRequest()).items[0]
            #expect(event.summary == "pinned_addresses from false to true; grace_seconds from 0 to 300")
            let after = try await world.toolsets.toolset(pets, view: nil, comparing: false, in: world.project)
            #expect(after?.settings.hasPinnedAddresses == true)
            #expect(after?.settings.graceSeconds == 300)
            #expect(after?.etag != before?.etag)
            let made = try await world.make(
                slug("other"),
                tools: [],
                settings: Toolset.Settings(mcpSlug: slug("other"), hasPinnedAddresses: true, graceSeconds: 5)
            )
            #expect(made.settings.hasPinnedAddresses)
            #expect(made.settings.graceSeconds == 5)
            var change = Toolset.Change()
            change.mcpSlug = slug("copy")
            let clone = try await world.toolsets.cloneToolset(
                pets,
                as: slug("copy"),
                change,
                in: world.project,
                by: world.actor
            )
            #expect(clone.settings.hasPinnedAddresses)
            #expect(clone.settings.graceSeconds == 300)
        }
    }
}
