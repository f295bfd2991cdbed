import JSON
import Persistence
import Projects
import Releases
import Storage
import Synchronization
import Testing
import Tools
import Vocabulary

/// Checkpoints in iteration mode, which are written behind the edits, and "undo last change".
struct CheckpointTests {
    /// `pets` in iteration mode, with the checkpoint of its making.
    private func makePets(_ world: World) async throws {
        _ = try await world.prompts.createPrompt(template("greet"), in: world.project, by: world.actor)
        try await world.deploy(definition("list"), definition("get"))
        try await world.make(tools: ["list", "get"])
        try await world.checkpoint()
    }

    @Test func `iteration mode pays nothing before its answer`() async throws {
        try await World.with { world in
            let told = Mutex<[ID<Toolset>]>([])
            let toolsets = StoredToolsets(database: world.database) { id, _ in told.withLock { $0.append(id) } }
            try await world.deploy(definition("list"), definition("get"))
            let made = try await world.make(tools: ["list"])
            let before = try await world.rowCounts()
            var change = Toolset.Change()
            change.name = "Animals"
            _ = try await toolsets.updateToolset(pets, change, expecting: nil, in: world.project, by: world.actor)
            var after = try await world.rowCounts()
            // The archived row and the audit event, as ever.
            #expect(after["toolsets"] == 2)
            #expect(after["audit_events"] == (before["audit_events"] ?? 0) + 1)
            for table in ["toolsets", "audit_events"] { after[table] = before[table] }
            #expect(after == before)
            #expect(told.withLock { $0 } == [made.id])
        }
    }

    @Test func `every edit in iteration mode is told behind its commit, and none in staging mode`() async throws {
        try await World.with { world in
            let told = Mutex(0)
            let edited: @Sendable (ID<Toolset>, Actor) -> Void = { _, _ in told.withLock { $0 += 1 } }
            let toolsets = StoredToolsets(database: world.database, edited: edited)
            let releases = StoredReleases(database: world.database, edited: edited)
            try await world.deploy(definition("list"))
            func count(_ body: () async throws -> Void) async throws -> Int {
                told.withLock { $0 = 0 }
                try await body()
                return told.withLock { $0 }
            }
            let (project, actor) = (world.project, world.actor)
            func vary() async throws {
                _ = try await toolsets.editVariation(of: urn("list"), toolset: slug("new"), in: project, by: actor) {
                    var after = $0
                    after.title = (after.title ?? "") + "more"
                    return after
                }
            }
            func rename() async throws {
                var change = Toolset.Change()
                change.name = "Animals"
                _ = try await toolsets.updateToolset(slug("new"), change, expecting: nil, in: project, by: actor)
            }
            #expect(
                try await count {
                    _ = try await toolsets.createToolset(
                        slug: slug("new"),
                        metadata: Toolset.Metadata(name: "New"),
                        selection: Toolset.Selection(toolURNs: [urn("list")]),
                        settings: Toolset.Settings(mcpSlug: slug("new")),
                        in: project,
                        by: actor
                    )
                } == 1
            )
            var copy = Toolset.Change()
            copy.mcpSlug = slug("copy")
            #expect(
                try await count {
                    _ = try await toolsets.cloneToolset(slug("new"), as: slug("copy"), copy, in: project, by: actor)
                } == 1
            )
            #expect(try await count(vary) == 1)
            #expect(try await count(rename) == 1)
            #expect(
                try await count {
                    _ = try await releases.switchMode(
                        slug("new"),
                        to: .staging,
                        confirmDigest: nil,
                        in: project,
                        by: actor
                    )
                } == 0
            )
            #expect(try await count(vary) == 0)
            #expect(try await count(rename) == 0)
            let digest = try await world.confirmation(slug("new")).confirmDigest
            #expect(
                try await count {
                    _ = try await releases.switchMode(
                        slug("new"),
                        to: .iteration,
                        confirmDigest: digest,
                        in: project,
                        by: actor
                    )
                } == 1
            )
        }
    }

    @Test func `undo takes back selection, metadata and own variations, and walks back edit by edit`() async throws {
        try await World.with { world in
            try await makePets(world)
            var states = [try await world.state().live]
            func edit(_ body: () async throws -> Void) async throws {
                try await body()
                try await world.checkpoint()
                states.append(try await world.state().live)
            }
            try await edit { try await world.select(["get"]) }
            try await edit { try await world.edit { $0.promptNames = ["greet"] } }
            try await edit { try await world.edit { $0.name = "Animals" } }
            try await edit { try await world.vary("get") { $0.title = "Get one" } }
            try await edit { try await world.vary("get") { $0 = Variation() } }
            #expect(try await world.checkpoints().count == 6)

            for state in states.dropLast().reversed() {
                try await world.undoLastChange()
                #expect(try await world.state().live == state)
                try await world.checkpoint()
            }
            let refusal = try await problem { try await world.undoLastChange() }
            #expect(refusal.code == .notFound)
            #expect(try await world.state().audit.suffix(2) == ["toolset.undo", "toolset.undo"])
            #expect(try await world.checkpoints().map(\.isUndone) == [true, true, true, true, true, false])
        }
    }

    @Test func `an undo is an edit like any other, and the edits after it are undone to it`() async throws {
        try await World.with { world in
            try await makePets(world)
            let first = try await world.state().live
            try await world.select(["get"])
            try await world.checkpoint()
            try await world.undoLastChange()
            try await world.checkpoint()
            try await world.edit { $0.name = "Animals" }
            try await world.checkpoint()
            try await world.undoLastChange()
            #expect(try await world.state().live == first)
            #expect(try await problem { try await world.undoLastChange() }.code == .notFound)
        }
    }

    @Test func `an edit whose checkpoint is not written yet is taken back too, and is kept`() async throws {
        try await World.with { world in
            try await makePets(world)
            let first = try await world.state().live
            try await world.select(["get"])
            let second = try await world.state().live
            try await world.undoLastChange()
            #expect(try await world.state().live == first)
            let checkpoints = try await world.checkpoints()
            #expect(checkpoints.map(\.digest) == [second.digest, first.digest])
            #expect(checkpoints.map(\.isUndone) == [true, false])
        }
    }

    @Test func `deployments and variations of the project stay as they are`() async throws {
        try await World.with { world in
            try await makePets(world)
            try await world.select(["get"])
            try await world.checkpoint()
            try await world.deploy(definition("list", "second"), definition("get", "second"))
            try await world.vary("list", in: nil) { $0.title = "Global" }
            try await world.undoLastChange()
            let live = try await world.state().live.toolTexts
            #expect(live.count == 2)
            #expect(live.allSatisfy { $0.contains("second") })
            #expect(live.first?.contains("Global") == true)
        }
    }

    @Test func `at most 50 checkpoints of a toolset are kept, and the same edits make none`() async throws {
        try await World.with { world in
            try await makePets(world)
            try await world.checkpoint()
            #expect(try await world.checkpoints().count == 1)
            for number in 1...60 {
                try await world.edit { $0.name = "Pets \(number)" }
                try await world.checkpoint()
            }
            let kept = try await world.checkpoints()
            #expect(kept.count == Checkpoint.kept)
            #expect(try await world.state().live.digest == kept.first?.digest)
            #expect(Set(kept.map(\.digest)).count == Checkpoint.kept)
        }
    }

    @Test func `an undo does not go back beyond staging mode, and there is none in staging mode`() async throws {
        try await World.with { world in
            try await makePets(world)
            try await world.select(["get"])
            try await world.checkpoint()
            try await world.stage()
            #expect(try await problem { try await world.undoLastChange() }.code == .wrongMode)
            try await world.checkpoint()
            #expect(try await world.checkpoints().count == 2)
            try await world.iterate()
            try await world.checkpoint()
            #expect(try await problem { try await world.undoLastChange() }.code == .notFound)
            let live = try await world.state().live
            try await world.select(["list"])
            try await world.undoLastChange()
            #expect(try await world.state().live == live)
        }
    }

    @Test func `checkpoints are listed in parts, newest first, with who made the edit`() async throws {
        try await World.with { world in
            try await makePets(world)
            try await world.select(["get"])
            try await world.checkpoint()
            let first = try await world.releases.checkpoints(
                of: pets,
                in: world.project,
                PageRequest(limit: 1)
            )
            #expect(first.items.first?.actor == "key:anna")
            let rest = try await world.releases.checkpoints(
                of: pets,
                in: world.project,
                PageRequest(cursor: first.nextCursor, limit: 1)
            )
            #expect(rest.nextCursor == nil)
            #expect(try await world.checkpoints() == first.items + rest.items)
        }
    }

    @Test func `a toolset that was deleted gets no checkpoint`() async throws {
        try await World.with { world in
            try await makePets(world)
            let toolset = try #require(
                try await world.toolsets.toolset(pets, view: nil, comparing: false, in: world.project)
            )
            try await world.select(["get"])
            try await world.toolsets.deleteToolset(
                pets,
                expecting: nil,
                in: world.project,
                by: world.actor
            )
            let store = StoredCheckpoints(database: world.database)
            try await store.writeCheckpoint(of: toolset.id, by: .system)
            #expect(try await world.count("kept_edits") == 1)
            #expect(try await store.toolsetsInIterationMode() == [])
        }
    }
}
