import Accounts
import JSON
import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// A value changed in whatever column of whatever table is found by a verification, but for those that are named here with
/// their reason. A new column is found by no digest, and fails until somebody decides.
struct EveryValueTests {
    /// Tables of which nothing is verified.
    private static let exemptTables: [String: String] = [
        "organizations": "names", "users": "members", "api_keys": "keys", "sessions": "sessions",
        "sign_in_links": "sessions", "environments": "settings", "environment_entries": "secrets",
        "idempotency_keys": "answers of a day", "server_state": "settings", "tool_calls": "telemetry",
        "key_uses": "telemetry",
        "schema_migrations": "the program's own",
    ]

    /// Columns that nothing is verified of, in tables of which the rest is.
    private static let exemptColumns: [String: String] = [
        "projects.name": "names", "projects.created_at": "times of edits",
        "organization_features.updated_at": "times of edits", "toolsets.updated_at": "times of edits",
        "toolsets.archived_at": "times of edits", "toolsets.deleted_at": "times of edits",
        "toolsets.last_release_number": "a counter, wrong only where it is too low",
        "rolled_back_changes.fingerprint": "what is asked about again",
    ]

    /// Rows that count; the others are edits that wait, which no release has.
    private static let conditions: [String: SQL] = {
        var conditions = Dictionary(uniqueKeysWithValues: ReleaseRows.conditions)
        // What no release reaches is found all the same where it has a digest of its own.
        for table in [
            "manifests", "manifest_objects", "objects", "object_references", "object_contents", "deployments",
            "deployment_sources", "asset_contents", "source_compilations", "compilation_tools",
            "compilation_diagnostics", "tool_definitions", "tool_variations_group_versions",
            "tool_variations_group_version_changes",
        ] {
            conditions[table] = nil
        }
        conditions["tool_variations"] = "id IN (SELECT variation_id FROM tool_variations_group_version_changes)"
        conditions["tool_variations_groups"] = "id IN (SELECT group_id FROM tool_variations_group_versions)"
        conditions["assets"] = "id IN (SELECT asset_id FROM deployment_sources)"
        return conditions
    }()

    /// Of a toolset's row a release means its metadata; the rest are settings of the live row.
    private static let metadata: Set<String> = [
        "name", "description", "instructions", "documentation_url", "logo_asset_id", "logo_sha256", "logo_media_type",
        "serves_output_schemas",
    ]

    private static func condition(_ table: String, _ column: String) -> SQL {
        // When the content of a checkpoint was first served decides nothing.
        if table == "manifests", column == "created_at" {
            return "digest IN (SELECT manifest_digest FROM toolset_releases)"
        }
        guard table == "toolsets" else { return conditions[table] ?? "1 = 1" }
        return metadata.contains(column)
            ? """
            EXISTS (SELECT 1 FROM toolset_releases r
                WHERE r.metadata_history_id = history_id AND r.metadata_version = version)
            """
            : ["parent_toolset_id", "base_release_id"].contains(column)
                ? "parent_toolset_id IS NOT NULL" : "archived_at IS NULL AND parent_toolset_id IS NULL"
    }

    /// One letter or digit flipped, one more, or one bit.
    private static func changed(_ value: SQLValue) -> [SQLValue] {
        switch value {
        case .null: []
        case .integer(let number): [.integer(number + 1)]
        case .text(let text): [.text(flipped(text, at: text.count / 2))]
        case .bytes(let bytes): bytes.isEmpty ? [.bytes([1])] : [.bytes(bytes.dropLast() + [(bytes.last ?? 0) ^ 1])]
        }
    }

    private static func flipped(_ text: String, at place: Int) -> String {
        var characters = Array(text)
        guard characters.indices.contains(place) else { return text + "x" }
        characters[place] = characters[place] == "1" ? "2" : "1"
        return String(characters)
    }

    @Test func `a changed value of whichever column is found, but for those that are named`() async throws {
        try await World.with { world in
            try await world.makeEverything()
            #expect(try await world.verified() == [])
            let columns = try await world.allColumns()
            let known = Set(columns.map { "\($0.table).\($0.column)" })
            #expect(Set(Self.exemptColumns.keys).subtracting(known) == [])
            #expect(Set(Self.exemptTables.keys).subtracting(columns.map(\.table)) == [])
            var missed: [String] = []
            var empty: [String] = []
            var tried = 0
            for (table, column) in columns where Self.exemptTables[table] == nil {
                if Self.exemptColumns["\(table).\(column)"] != nil { continue }
                let condition: SQL = "(\(Self.condition(table, column))) AND \(unsafeText: column) IS NOT NULL"
                let values = try await world.values(of: column, in: table, where: condition, limit: 2)
                if values.isEmpty { empty.append("\(table).\(column)") }
                for stored in values {
                    for other in Self.changed(stored.value) {
                        tried += 1
                        if try await world.finds(other, inPlaceOf: stored) == false {
                            missed.append("\(table).\(column) \(stored.value) -> \(other)")
                        }
                    }
                }
            }
            #expect(missed == [])
            // A column without a value proves nothing.
            #expect(empty == [])
            #expect(tried > 250)
            #expect(try await world.verified() == [])
        }
    }

    @Test func `an audit event taken out of the log is missed`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.edit { $0.name = "Animals" }
            try await world.database.write { try $0.run(script: "DELETE FROM audit_events WHERE seq = 3") }
            let found = try await world.verified()
            #expect(found.contains { $0.hasPrefix("audit event in audit_events ") && $0.contains("expected seq 3") })
        }
    }
}

extension World {
    fileprivate func allColumns() async throws -> [(table: String, column: String)] {
        try await database.read { connection in
            try connection.query(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
            ).flatMap { row in
                let table = try row.text("name")
                return try connection.columns(of: table).map { (table, $0) }
            }
        }
    }

    /// Every kind of row: two toolsets, one in staging mode with releases of all kinds, one in iteration mode.
    fileprivate func makeEverything() async throws {
        try await makeProject()
        try await makeReleasedPets()
        try await makeEdits()
        try await make(slug("shop"), tools: ["list"])
        try await edit(slug("shop")) { $0.name = "Shop" }
        try await checkpoint(slug("shop"))
        try await vary("list", in: slug("shop")) { $0.title = "Shop" }
        try await checkpoint(slug("shop"))
        _ = try await toolsets.updateToolset(slug("shop"), named("Store"), expecting: nil, in: project, by: actor)
        _ = try await releases.undoLastChange(slug("shop"), in: project, by: actor)
        try await projects.setFeature(.toolsetStaging, on: true, by: actor)
    }

    private func named(_ name: String) -> Toolset.Change {
        var change = Toolset.Change()
        change.name = name
        return change
    }

    private func makeProject() async throws {
        for name in ["greet", "part"] {
            _ = try await prompts.createPrompt(template(name), in: project, by: actor)
        }
        for name in ["guide", "note"] {
            var content = document(name, "first \(name)")
            content.title = "Title"
            content.description = "Description"
            _ = try await resources.createResource(content, bytes: Array("first \(name)".utf8), in: project, by: actor)
            content.body = Resource.Body(of: Array("second".utf8))
            _ = try await resources.updateResource(
                content,
                bytes: Array("second".utf8),
                expecting: nil,
                in: project,
                by: actor
            )
        }
        _ = try await prompts.updatePrompt(template("greet", "Bye {{who}}"), expecting: nil, in: project, by: actor)
        for (name, id) in [("prod", ID<CallEnvironment>.make()), ("stage", .make())] {
            _ = try await environments.createEnvironment(
                id: id,
                slug: slug(name),
                name: name,
                entries: [],
                in: project,
                by: actor
            )
        }
        try await makeDeployments()
        try await vary("get", in: nil) { $0.tags = ["global"] }
    }

    /// Two deployments: all sources, and then another document of one of them.
    private func makeDeployments() async throws {
        let diagnostic = Diagnostic(
            .warning,
            code: "unknown_format",
            message: "Something is odd.",
            source: slug("pets"),
            pointer: "/paths",
            line: 3,
            column: 4
        )
        try await deploy(definition("list"), definition("get"), definition("shop/buy"), diagnostics: [diagnostic])
        let document = JSONValue.array([definition("list", "second"), definition("get")].map(\.json)).bytes
        let asset = try await deployments.saveAsset(
            name: "pets.json",
            kind: "openapi",
            contentType: "application/json",
            content: document,
            in: project,
            by: actor
        )
        let second = try await deployments.evolveDeployment(
            setting: [DeploymentSource(slug: slug("pets"), assetID: asset.id)],
            removing: [],
            in: project,
            by: actor
        )
        try await deployments.settleSources(of: second.id, in: project)
        let compilations = try await deployments.documentsToCompile(second.id, in: project).map {
            try Self.compile($0)
        }
        let log = DeploymentLog(level: .warning, message: "odd", diagnostic: diagnostic)
        _ = try await deployments.complete(second.id, in: project, with: compilations, logs: [log])
    }

    private func makeReleasedPets() async throws {
        var settings = Toolset.Settings(mcpSlug: pets)
        settings.defaultEnvironment = slug("prod")
        settings.stagingEnvironment = slug("stage")
        settings.callerVariables = ["PETS_TOKEN"]
        try await make(
            tools: ["list", "get", "shop/buy"],
            prompts: ["greet"],
            resources: ["guide"],
            settings: settings
        )
        try await vary("list") { $0 = .full }
        try await stage()
        let logo = try await saveImage([1, 2, 3])
        try await edit {
            $0.name = "Animals"
            $0.documentationURL = "https://example.com/docs"
            $0.logo = logo
            $0.servesOutputSchemas = true
        }
        try await vary("get") { $0.description = "A secret" }
        try await publish(notes: "second")
        try await vary("get") { $0.description = nil }
        try await select(["list", "get"])
        try await pin(PinChange(deployment: try await deployments.activeDeployment(in: project)?.id, prompts: .live))
        try await publish(notes: "third")
        for (number, label) in [(1, "v1"), (2, "spring")] {
            _ = try await releases.setLabel(
                ReleaseLabel(label),
                of: .number(number, toolset: pets),
                in: project,
                by: actor
            )
        }
        _ = try await retention().redact(
            RedactionOrder(.tool(urn("get")), reason: "a token"),
            from: .number(2, toolset: pets),
            in: project,
            by: actor
        )
        try await rollBack(to: 1)
    }

    private func makeEdits() async throws {
        _ = try await releases.setChangeRules(of: pets, in: project, by: actor) { _ in
            ChangeRuleSettings(profile: .typed)
        }
        try await edit { $0.instructions = "Ask first." }
        try await discard()
        try await undoDiscard()
        try await edit { $0.instructions = "Ask twice." }
    }
}

extension Variation {
    /// One that says everything.
    fileprivate static let full = Variation(
        name: "list_all",
        title: "List",
        summary: "Lists",
        description: "Lists all",
        tags: ["own"],
        annotations: ToolAnnotations(isReadOnly: true, isDestructive: false, isIdempotent: true, isOpenWorld: true),
        confirm: .always,
        confirmPrompt: "Sure?",
        outputSchema: true
    )
}
