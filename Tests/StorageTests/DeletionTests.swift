import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// The row "deleting what a kept release needs" of "Rules of behaviour": refused, naming the releases; and refused by
/// the database itself where a fault of the program tries it.
struct DeletionTests {
    /// Tables whose rows a release refers to, directly or through others.
    static let protected = [
        "organizations", "projects", "asset_contents", "assets", "sources", "deployments", "source_compilations",
        "tool_definitions", "prompt_templates", "resources", "tool_variations_groups", "tool_variations", "toolsets",
        "toolset_versions", "objects", "manifests", "system_source_states", "source_states",
        "tool_variations_group_versions", "toolset_releases",
    ]

    /// Tables whose rows are members of a row above: which documents a deployment has, which tools a version. No
    /// foreign key can stand on a member that nothing refers to; the owner's row is what is protected.
    static let members = [
        "compilation_tools", "compilation_diagnostics", "deployment_sources", "deployment_logs",
        "toolset_version_tools", "toolset_version_prompts", "toolset_version_resources", "object_references",
        "object_contents", "manifest_objects", "system_source_state_prompts", "system_source_state_resources",
        "tool_variations_group_version_changes", "activations", "manifest_lists", "release_acknowledgements",
        "toolset_release_pins",
    ]

    /// Tables that no release needs.
    static let free = [
        "api_keys", "audit_events", "environment_entries", "environments", "idempotency_keys", "kept_edits",
        "key_uses", "organization_features", "rolled_back_changes", "schema_migrations", "server_state", "sessions",
        "sign_in_links", "tool_calls", "tool_variation_heads", "users",
    ]

    /// A toolset with a release that needs a row of every table.
    private func makeRelease(_ world: World) async throws {
        for name in ["greet", "part"] {
            _ = try await world.prompts.createPrompt(template(name), in: world.project, by: world.actor)
        }
        for name in ["guide", "note"] { try await world.addResource(name, name) }
        let warning = Diagnostic(.warning, code: "w", message: "look", pointer: "/paths")
        try await world.deploy([definition("list"), definition("get")], diagnostics: [warning])
        try await world.make(tools: ["list", "get"], prompts: ["greet"], resources: ["guide"])
        try await world.vary("list") { $0.title = "own" }
        try await world.vary("get", in: nil) { $0.title = "global" }
        try await world.stage()
        try await world.edit { $0.name = "Animals" }
        try await world.publish()
    }

    @Test func `deleting what a kept release needs is refused, naming the releases`() async throws {
        try await World.with { world in
            try await makeRelease(world)
            try await world.edit { $0.promptNames = ["part"] }
            try await world.publish()
            let before = try await world.state()

            let refusal = try await problem {
                try await world.prompts.deletePrompt("greet", in: world.project, by: world.actor)
            }
            #expect(refusal.code == .inUse)
            #expect(refusal.detail("releases") == .texts(["pets release 1", "pets release 2"]))
            #expect(refusal.message.contains("pets release 1, pets release 2"))
            #expect(try await world.prompts.prompt("greet", in: world.project) != nil)
            #expect(try await world.state() == before)
        }
    }

    @Test func `a prompt that only a toolset has is refused with the toolset's name, and deleted when it is out`()
        async throws
    {
        try await World.with { world in
            try await makeRelease(world)
            try await world.edit { $0.promptNames = ["greet", "part"] }
            let refusal = try await problem {
                try await world.prompts.deletePrompt("part", in: world.project, by: world.actor)
            }
            #expect(refusal.code == .inUse)
            #expect(refusal.detail("toolsets") == .texts(["toolset pets"]))
            try await world.discard()
            try await world.prompts.deletePrompt("part", in: world.project, by: world.actor)
            #expect(try await world.prompts.prompt("part", in: world.project) == nil)
            #expect(
                try await world.prompts.prompts(in: world.project, PageRequest()).items.map(\.content.name) == ["greet"]
            )
            // Its name is free, and its history goes on.
            let again = try await world.prompts.createPrompt(template("part"), in: world.project, by: world.actor)
            #expect(again.version == 3)
        }
    }

    @Test func `a resource that a kept release needs is refused, naming the releases`() async throws {
        try await World.with { world in
            try await makeRelease(world)
            try await world.selectResources(["note"])
            try await world.publish()
            let before = try await world.state()
            let refusal = try await problem { try await world.deleteResource("guide") }
            #expect(refusal.code == .inUse)
            #expect(refusal.detail("releases") == .texts(["pets release 1", "pets release 2"]))
            #expect(refusal.message.contains("pets release 1, pets release 2"))
            #expect(try await world.resources.resource(slug("guide"), in: world.project) != nil)
            #expect(try await world.state() == before)
        }
    }

    @Test func `a resource that only a toolset has is refused with the toolset's name, and deleted when it is out`()
        async throws
    {
        try await World.with { world in
            try await makeRelease(world)
            try await world.selectResources(["guide", "note"])
            let refusal = try await problem { try await world.deleteResource("note") }
            #expect(refusal.detail("toolsets") == .texts(["toolset pets"]))
            #expect(refusal.detail("releases") == .texts([]))
            try await world.discard()
            try await world.deleteResource("note")
            #expect(try await world.resources.resource(slug("note"), in: world.project) == nil)
            let left = try await world.resources.resources(in: world.project, PageRequest()).items
            #expect(left.map(\.content.slug.text) == ["guide"])
            // Its slug is free, and its history goes on.
            #expect(try await world.addResource("note", "again").version == 3)
        }
    }

    @Test func `releases of a deleted toolset keep what they need`() async throws {
        try await World.with { world in
            try await makeRelease(world)
            try await world.toolsets.deleteToolset(pets, expecting: nil, in: world.project, by: world.actor)
            let refusal = try await problem {
                try await world.prompts.deletePrompt("greet", in: world.project, by: world.actor)
            }
            #expect(refusal.detail("releases") == .texts(["pets release 1", "pets release 2"]))
            let another = try await problem { try await world.deleteResource("guide") }
            #expect(another.detail("releases") == .texts(["pets release 1", "pets release 2"]))
        }
    }

    @Test(arguments: protected) func `the database refuses to delete what a release refers to`(
        table: String
    )
        async throws
    {
        try await World.with { world in
            try await makeRelease(world)
            #expect(try await world.count(table) > 0)
            let rows = try await world.database.read { connection in
                try connection.query("SELECT rowid AS value FROM \(unsafeText: table)").map { try $0.integer("value") }
            }
            var refused = 0
            for row in rows {
                do {
                    _ = try await world.database.write {
                        try $0.execute("DELETE FROM \(unsafeText: table) WHERE rowid = \(row)")
                    }
                } catch let violation as ConstraintViolation {
                    #expect(violation == .foreignKey)
                    refused += 1
                }
            }
            // Rows that no release needs may go: the staging copy's own, and a prompt of no release.
            #expect(refused > 0)
            let live = try await world.served()
            let details = try await world.releases.releaseDetails(.number(2, toolset: pets), in: world.project)
            #expect(live?.tools.count == 2)
            #expect(details?.promptVersions.map(\.content.name) == ["greet"])
            #expect(details?.resourceVersions.map(\.content.slug.text) == ["guide"])
            #expect(live?.bodyTexts == ["guide"])
            #expect(details?.ownVariationsVersion == 1)
            #expect(details?.globalVariationsVersion == 1)
        }
    }

    @Test func `every table is known to be protected, a member, or free`() async throws {
        try await World.with { world in
            let known = Self.protected + Self.members + Self.free
            #expect(Set(known).count == known.count)
            let tables = try await world.tables()
            #expect(tables == known.sorted())
        }
    }

    @Test func `a staging copy can be deleted with all its rows, since releases refer to the parent's alone`()
        async throws
    {
        try await World.with { world in
            try await makeRelease(world)
            let before = try await world.state()
            // Edits that were kept go with it.
            try await world.vary("get") { $0.title = "discarded" }
            try await world.discard()
            #expect(try await world.count("kept_edits") == 1)
            try await world.iterate()
            try await world.database.write { connection in
                let copies: SQL = "SELECT id FROM toolsets WHERE parent_toolset_id IS NOT NULL"
                let versions: SQL = "SELECT id FROM toolset_versions WHERE toolset_id IN (\(copies))"
                try connection.execute("DELETE FROM toolset_version_tools WHERE toolset_version_id IN (\(versions))")
                try connection.execute("DELETE FROM toolset_version_prompts WHERE toolset_version_id IN (\(versions))")
                try connection.execute(
                    "DELETE FROM toolset_version_resources WHERE toolset_version_id IN (\(versions))"
                )
                try connection.execute("DELETE FROM toolset_versions WHERE toolset_id IN (\(copies))")
                let groups = try connection.query(
                    "SELECT variations_group_id AS id FROM toolsets WHERE parent_toolset_id IS NOT NULL"
                ).map { try $0.text("id") }
                let histories = try connection.query(copies).map { try $0.text("id") }
                try connection.execute("DELETE FROM tool_variation_heads WHERE group_id IN \(list: groups)")
                let kept: SQL = "SELECT id FROM tool_variations_group_versions WHERE group_id IN \(list: groups)"
                try connection.execute(
                    "DELETE FROM tool_variations_group_version_changes WHERE group_version_id IN (\(kept))"
                )
                try connection.execute("DELETE FROM tool_variations_group_versions WHERE group_id IN \(list: groups)")
                // Each refers to the one before it.
                let variations = try connection.query(
                    "SELECT id FROM tool_variations WHERE group_id IN \(list: groups) ORDER BY version DESC"
                ).map { try $0.text("id") }
                for id in variations { try connection.execute("DELETE FROM tool_variations WHERE id = \(id)") }
                try connection.execute("DELETE FROM toolsets WHERE id IN \(list: histories)")
                try connection.execute("DELETE FROM toolsets WHERE history_id IN \(list: histories)")
                try connection.execute("DELETE FROM tool_variations_groups WHERE id IN \(list: groups)")
            }
            let after = try await world.state()
            #expect(try await world.count("kept_edits") == 0)
            #expect(after.live == before.live)
            #expect(after.releases == [1, 2])
            let details = try await world.releases.releaseDetails(.number(1, toolset: pets), in: world.project)
            #expect(details?.tools.count == 2)
        }
    }

    @Test func `an environment that a toolset calls with is refused, naming the toolset`() async throws {
        try await World.with { world in
            let production = try await world.environments.createEnvironment(
                id: .make(),
                slug: slug("production"),
                name: "",
                entries: [],
                in: world.project,
                by: world.actor
            )
            try await world.deploy(definition("list"))
            try await world.make(
                tools: ["list"],
                settings: Toolset.Settings(mcpSlug: pets, stagingEnvironment: production.slug)
            )
            let refusal = try await problem {
                try await world.environments.deleteEnvironment(production.slug, in: world.project, by: world.actor)
            }
            #expect(refusal.code == .inUse)
            #expect(refusal.detail("toolsets") == .texts(["pets"]))
            try await world.toolsets.deleteToolset(pets, expecting: nil, in: world.project, by: world.actor)
            try await world.environments.deleteEnvironment(production.slug, in: world.project, by: world.actor)
            #expect(try await world.environments.environment(production.slug, in: world.project) == nil)
        }
    }
}
