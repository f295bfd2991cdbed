import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// "Answers to what two engineers would build differently": heads, pointers, slugs, etags, environments.
struct AnswersTests {
    @Test func `publish appends staging's heads to the parent's histories`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            try await world.vary("get") { $0.title = "own" }
            try await world.edit { $0.name = "Animals" }
            let release = try await world.publish()
            #expect(release.selectionVersion == 2)
            #expect(release.metadataVersion == 2)
            let owners = try await world.dump(
                """
                SELECT v.toolset_id = r.toolset_id AS selection, m.parent_toolset_id IS NULL AS metadata,
                    g.id = p.variations_group_id AS variations
                FROM toolset_releases r JOIN toolset_versions v ON v.id = r.toolset_version_id
                JOIN toolsets p ON p.id = r.toolset_id
                JOIN toolsets m ON m.history_id = r.metadata_history_id AND m.version = r.metadata_version
                LEFT JOIN tool_variations_group_versions o ON o.id = r.own_variations_version_id
                LEFT JOIN tool_variations_groups g ON g.id = o.group_id
                WHERE r.release_number = 2
                """,
                ["selection", "metadata", "variations"]
            )
            #expect(owners == ["selection=integer(1)|metadata=integer(1)|variations=integer(1)"])
            let details = try await world.releases.releaseDetails(.number(2, toolset: pets), in: world.project)
            #expect(details?.ownVariationsVersion == 1)
            #expect(details?.globalVariationsVersion == nil)
        }
    }

    @Test func `after a roll back the parent's heads stay, and the live view is read from the manifest`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            try await world.edit { $0.name = "Animals" }
            try await world.publish()
            try await world.rollBack(to: 1)
            let live = try #require(
                try await world.toolsets.toolset(pets, view: .live, comparing: false, in: world.project)
            )
            #expect(live.metadata.name == "Pets")
            #expect(live.selection.toolURNs == [urn("list"), urn("get")])
            #expect(live.version == 1)
            let content = try await world.toolsets.content(pets, view: .live, in: world.project)
            #expect(content?.content.tools.map(\.name) == ["list", "get"])
            let heads = try await world.dump(
                "SELECT name, version FROM toolsets WHERE parent_toolset_id IS NULL AND archived_at IS NULL",
                ["name", "version"]
            )
            #expect(heads == [#"name=text("Animals")|version=integer(2)"#])
        }
    }

    @Test func `the pointer is the release of the last activation`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            func isInStep() async throws -> Bool {
                try await world.database.read {
                    try $0.count(
                        """
                        SELECT count(*) AS value FROM toolsets t JOIN activations a ON a.toolset_id = t.id
                        WHERE t.current_release_id = a.release_id
                            AND a.seq = (SELECT max(b.seq) FROM activations b WHERE b.toolset_id = t.id)
                        """
                    ) == 1
                }
            }
            #expect(try await isInStep())
            try await world.select(["get"])
            try await world.publish()
            #expect(try await isInStep())
            try await world.rollBack(to: 1)
            #expect(try await isInStep())
            try await world.rollBack(to: 2)
            #expect(try await isInStep())
        }
    }

    @Test func `the copy and archived rows carry the parent's slug, and lists show neither`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.edit { $0.name = "Animals" }
            try await world.publish()
            let rows = try await world.dump("SELECT slug, mcp_slug FROM toolsets", ["slug", "mcp_slug"])
            #expect(rows.count == 4)
            #expect(rows.allSatisfy { $0.hasPrefix(#"slug=text("pets")"#) })
            #expect(rows.filter { $0.contains(#"mcp_slug=text("pets")"#) }.count == 1)
            let list = try await world.toolsets.toolsets(in: world.project, PageRequest()).items
            #expect(list.map(\.slug) == [pets])
            #expect(try await problem { try await world.make(tools: []) }.code == .nameTaken)
        }
    }

    @Test func `deleting a toolset frees its slug and address and keeps its releases`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let release = try #require(
                try await world.releases.releases(of: pets, in: world.project, PageRequest()).items.first
            )
            try await world.toolsets.deleteToolset(pets, expecting: nil, in: world.project, by: world.actor)
            #expect(try await world.served() == nil)
            #expect(try await world.served(pets, .staging) == nil)
            #expect(try await world.toolsets.toolset(pets, view: nil, comparing: false, in: world.project) == nil)
            #expect(try await world.toolsets.isMCPSlugFree(pets))
            #expect(try await world.count("toolset_releases") == 1)
            try await world.make(tools: ["get"])
            #expect(try await world.state().releases == [])
            // What is deleted does not become live again, not even by the id of a release.
            let refusal = try await problem {
                _ = try await world.releases.rollBack(
                    to: .id(release.id),
                    reason: "why not",
                    in: world.project,
                    by: world.actor
                )
            }
            #expect(refusal.code == .notFound)
            try await world.stage()
            #expect(try await world.state().releases == [1])
        }
    }

    @Test func `an address belongs to one toolset of the server`() async throws {
        try await World.with { world in
            try await world.make(tools: [])
            let taken = try await problem {
                try await world.make(slug("other"), tools: [], settings: Toolset.Settings(mcpSlug: pets))
            }
            #expect(taken.code == .nameTaken)
            #expect(taken.errors.first?.pointer == "/mcp_slug")
            try await world.make(slug("other"), tools: [])
            let moved = try await problem { try await world.edit(slug("other")) { $0.mcpSlug = pets } }
            #expect(moved.code == .nameTaken)
        }
    }

    @Test func `staging's etag moves with tools, metadata and own variations`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            func staging() async throws -> String {
                try await world.releases.stagingVersion(pets, in: world.project).staging?.etag ?? ""
            }
            var etags = [try await staging()]
            try await world.select(["get"])
            etags.append(try await staging())
            try await world.edit { $0.name = "Animals" }
            etags.append(try await staging())
            try await world.vary("get") { $0.title = "own" }
            etags.append(try await staging())
            #expect(Set(etags).count == etags.count)
            // Settings act at once and belong to live; the etag of the toolset covers them.
            let before = try await world.releases.stagingVersion(pets, in: world.project)
            let after = try await world.edit { $0.isPublic = true }
            #expect(after.staging?.etag == etags.last)
            #expect(after.etag != before.etag)
            let refusal = try await problem { try await world.edit(expecting: before.etag) { $0.name = "Late" } }
            #expect(refusal.code == .etagMismatch)
            try await world.edit(expecting: after.etag) { $0.name = "In time" }
        }
    }

    @Test func `the etag of a toolset in iteration mode moves with every setting, however fast`() async throws {
        try await World.with { world in
            var etag = try await world.make(tools: []).etag
            for round in 0..<30 {
                let next = try await world.edit { $0.isPublic = round.isMultiple(of: 2) }.etag
                #expect(next != etag)
                etag = next
            }
        }
    }

    @Test func `staging calls with its own environment, else with live's`() async throws {
        try await World.with { world in
            var ids: [String: ID<CallEnvironment>] = [:]
            for name in ["production", "trial"] {
                let made = try await world.environments.createEnvironment(
                    id: .make(),
                    slug: slug(name),
                    name: name,
                    entries: [],
                    in: world.project,
                    by: world.actor
                )
                ids[name] = made.id
            }
            try await world.make(
                tools: [],
                settings: Toolset.Settings(mcpSlug: pets, isPublic: true, defaultEnvironment: slug("production"))
            )
            try await world.stage()
            func environment(_ view: Toolset.View) async throws -> ID<CallEnvironment>? {
                let served = try await world.serving.servedToolset(mcpSlug: pets, view: view)
                return served?.environmentID
            }
            #expect(try await environment(.live) == ids["production"])
            #expect(try await environment(.staging) == ids["production"])
            try await world.edit { $0.stagingEnvironment = slug("trial") }
            #expect(try await environment(.live) == ids["production"])
            #expect(try await environment(.staging) == ids["trial"])
            try await world.edit { $0.stagingEnvironment = .some(nil) }
            #expect(try await environment(.staging) == ids["production"])
            // Staging never leaks: its address is private even where live is public.
            #expect(try await world.serving.servedToolset(mcpSlug: pets, view: .live)?.isPublic == true)
            #expect(try await world.serving.servedToolset(mcpSlug: pets, view: .staging)?.isPublic == false)
        }
    }

    @Test func `nothing to publish is decided by what is live, not by the base`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            let second = try await world.publish()
            try await world.rollBack(to: 1)
            // Staging equals release 2, and live is release 1.
            let third = try await world.publish()
            #expect(third.number == 3)
            #expect(third.digest == second.digest)
            #expect(try await problem { try await world.publish() }.code == .nothingToPublish)
            try await world.select(["list", "get"])
            try await world.rollBack(to: 1)
            // Staging equals live again, although its base is release 3.
            #expect(try await problem { try await world.publish() }.code == .nothingToPublish)
        }
    }
}
