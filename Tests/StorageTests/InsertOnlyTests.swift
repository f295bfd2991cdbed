import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// Nothing that a release can reach is ever updated: every write path against rows that a release holds.
struct InsertOnlyTests {
    /// Two releases that hold a row of every kind.
    private func makeReleases(_ world: World) async throws {
        _ = try await world.environments.createEnvironment(
            id: .make(),
            slug: slug("production"),
            name: "",
            entries: [],
            in: world.project,
            by: world.actor
        )
        for name in ["greet", "part"] {
            _ = try await world.prompts.createPrompt(template(name), in: world.project, by: world.actor)
        }
        for name in ["guide", "note", "spare"] { try await world.addResource(name, name) }
        let warning = Diagnostic(.warning, code: "w", message: "look", pointer: "/paths")
        try await world.deploy([definition("list"), definition("get")], diagnostics: [warning])
        try await world.make(tools: ["list", "get"], prompts: ["greet"], resources: ["guide"])
        try await world.vary("list") { $0.title = "own" }
        try await world.vary("get", in: nil) { $0.title = "global" }
        try await world.stage()
        try await world.edit { $0.name = "Animals" }
        try await world.pin(PinChange(prompts: .live))
        try await world.publish()
    }

    /// Every way to write, in an order in which all of them are possible.
    private static let writes: [(name: String, write: @Sendable (World) async throws -> Void)] = [
        ("pins taken off", { try await $0.pin(PinChange(prompts: .newest, variations: .newest)) }),
        ("variation of staging", { try await $0.vary("list") { $0.title = "newer" } }),
        ("variation taken away", { try await $0.vary("list") { $0 = Variation() } }),
        ("global variation", { try await $0.vary("get", in: nil) { $0.tags = ["new"] } }),
        ("metadata", { try await $0.edit { $0.name = "Beasts" } }),
        ("metadata again", { try await $0.edit { $0.documentationURL = "https://example.com" } }),
        (
            "logo",
            { world in
                let logo = try await world.saveImage([1, 2, 3])
                try await world.edit { $0.logo = logo }
            }
        ),
        ("output schemas", { try await $0.edit { $0.servesOutputSchemas = true } }),
        ("output schema of a tool", { try await $0.vary("get") { $0.outputSchema = false } }),
        ("selection", { try await $0.select(["get"]) }),
        ("prompts of the selection", { try await $0.edit { $0.promptNames = ["greet", "part"] } }),
        (
            "settings",
            {
                try await $0.edit {
                    $0.isPublic = true
                    $0.defaultEnvironment = slug("production")
                }
            }
        ),
        (
            "prompt",
            {
                _ = try await $0.prompts.updatePrompt(
                    template("greet", "Bye {{who}}"),
                    expecting: 1,
                    in: $0.project,
                    by: $0.actor
                )
            }
        ),
        ("resource", { try await $0.editResource("guide", "newer") }),
        (
            "title of a resource",
            {
                var content = document("guide", "newer")
                content.title = "Guide"
                _ = try await $0.resources.updateResource(
                    content,
                    bytes: nil,
                    expecting: nil,
                    in: $0.project,
                    by: $0.actor
                )
            }
        ),
        ("a resource deleted", { try await $0.deleteResource("spare") }),
        ("resources of the selection", { try await $0.selectResources(["note", "guide"]) }),
        ("the same document again", { try await $0.deploy(definition("list"), definition("get")) }),
        ("another document", { try await $0.deploy(definition("list", "second"), definition("shop/buy")) }),
        (
            "failed deployment",
            {
                let pending = try await $0.begin([definition("list", "third")])
                _ = try await $0.deployments.fail(
                    pending.id,
                    in: $0.project,
                    logs: [DeploymentLog(level: .error, message: "no")]
                )
            }
        ),
        (
            "abandoned deployment",
            { world in
                _ = try await world.begin([definition("list", "fourth")])
                _ = try await world.deployments.failAbandonedDeployments()
            }
        ),
        ("publish", { try await $0.publish() }),
        ("roll back", { try await $0.rollBack(to: 1) }),
        ("return", { try await $0.rollBack(to: 2) }),
        ("discard", { try await $0.discard() }),
        ("undo of the discard", { try await $0.undoDiscard() }),
        ("load", { try await $0.load(1) }),
        ("undo of the load", { try await $0.undoDiscard() }),
        ("pins of everything", { try await $0.pin(PinChange(prompts: .live, variations: .live)) }),
        (
            "merge",
            { world in
                // Discarded while release 1 is live, staging lacks what the return to release 2 brings.
                try await world.rollBack(to: 1)
                try await world.discard()
                try await world.rollBack(to: 2, reason: "")
                let merged = try await world.merge().merged
                #expect(merged?.base == 1)
            }
        ),
        ("undo of the merge", { try await $0.undoDiscard() }),
        (
            "secret",
            {
                _ = try await $0.environments.updateEnvironment(
                    slug("production"),
                    name: nil,
                    setting: [.init(name: "TOKEN", sealedValue: [9], isSecret: true)],
                    removing: [],
                    expecting: nil,
                    in: $0.project,
                    by: $0.actor
                )
            }
        ),
        ("to iteration mode", { try await $0.iterate() }),
        ("checkpoint", { try await $0.checkpoint() }),
        ("variation in iteration mode", { try await $0.vary("list") { $0.title = "iterated" } }),
        ("metadata in iteration mode", { try await $0.edit { $0.name = "Iterated" } }),
        ("another checkpoint", { try await $0.checkpoint() }),
        ("undo in iteration mode", { try await $0.undoLastChange() }),
        ("to staging mode", { try await $0.stage() }),
        (
            "deletion",
            { try await $0.toolsets.deleteToolset(pets, expecting: nil, in: $0.project, by: $0.actor) }
        ),
    ]

    @Test func `no write path changes or removes a row that a release reaches`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            var before = try await world.releaseRows()
            #expect(before.filter { $0.value.isEmpty }.keys.sorted() == [])
            for (name, write) in Self.writes {
                try await write(world)
                let after = try await world.releaseRows()
                for (table, rows) in before {
                    let lost = rows.subtracting(after[table] ?? [])
                    #expect(lost.isEmpty, "\(name) changed \(table)")
                }
                before = after
            }
            #expect(before["toolset_releases"]?.count == 4)
        }
    }

    @Test func `a change of metadata archives the old row in the same history with its own version`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"))
            let toolset = try await world.make(tools: ["list"])
            #expect(toolset.version == 1)
            try await world.edit { $0.name = "Second" }
            let third = try await world.edit { $0.name = "Third" }
            #expect(third.version == 3)
            #expect(third.id == toolset.id)
            let rows = try await world.dump(
                """
                SELECT t.name, t.version, t.id = \(toolset.id) AS is_head, t.history_id = \(toolset.id) AS same,
                    t.archived_at IS NOT NULL AS archived, p.version AS before, t.slug, t.mcp_slug
                FROM toolsets t LEFT JOIN toolsets p ON p.id = t.predecessor_id ORDER BY t.version
                """,
                ["name", "version", "is_head", "same", "archived", "before", "slug", "mcp_slug"]
            )
            func row(_ name: String, _ version: Int, _ before: String, isHead: Bool) -> String {
                "name=text(\"\(name)\")|version=integer(\(version))|is_head=integer(\(isHead ? 1 : 0))|same=integer(1)"
                    + "|archived=integer(\(isHead ? 0 : 1))|before=\(before)|slug=text(\"pets\")"
                    + "|mcp_slug=\(isHead ? "text(\"pets\")" : "null")"
            }
            #expect(
                rows == [
                    row("Pets", 1, "null", isHead: false), row("Second", 2, "integer(1)", isHead: false),
                    row("Third", 3, "integer(2)", isHead: true),
                ]
            )
        }
    }

    @Test func `an edit that changes nothing writes no new version`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("list") { $0.title = "own" }
            let counts = try await world.rowCounts().filter { $0.key != "audit_events" }
            try await world.vary("list") { $0.title = "own" }
            try await world.select(["list", "get"])
            try await world.edit { $0.name = "Pets" }
            #expect(try await world.rowCounts().filter { $0.key != "audit_events" } == counts)
        }
    }

    @Test func `a deployment that was completed once is never completed or failed again`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let active = try #require(try await world.deployments.activeDeployment(in: world.project))
            let before = try await world.releaseRows()
            let logs = try await world.count("deployment_logs")
            let again = try await problem { try await world.finish(active) }
            #expect(again.code == .unexpected)
            let failed = try await problem {
                _ = try await world.deployments.fail(
                    active.id,
                    in: world.project,
                    logs: [DeploymentLog(level: .error, message: "late")]
                )
            }
            #expect(failed.code == .unexpected)
            #expect(try await world.releaseRows() == before)
            #expect(try await world.count("deployment_logs") == logs)
        }
    }
}
