import JSON
import Persistence
import Projects
import Releases
import Storage
import Synchronization
import Testing
import Tools
import Vocabulary

/// Verifying finds every value of a release that is not what it was, and nothing in a database that is whole.
struct VerificationTests {
    /// Two toolsets with releases that hold a row of every kind, rolled back once.
    private func makeReleases(_ world: World) async throws {
        for name in ["greet", "part"] {
            _ = try await world.prompts.createPrompt(template(name), in: world.project, by: world.actor)
        }
        for name in ["guide", "note"] { try await world.addResource(name, name) }
        try await world.deploy(definition("list"), definition("get"), definition("shop/buy"))
        try await world.make(tools: ["list", "get", "shop/buy"], prompts: ["greet"], resources: ["guide"])
        try await world.vary("list") { $0.title = "own" }
        try await world.vary("get", in: nil) { $0.tags = ["global"] }
        try await world.stage()
        let logo = try await world.saveImage([1, 2, 3])
        try await world.edit {
            $0.name = "Animals"
            $0.logo = logo
        }
        try await world.vary("get") { $0.description = "Gets one" }
        try await world.publish(notes: "second")
        try await world.rollBack(to: 1)
    }

    private func differences(_ world: World) async throws -> [VerificationDifference] {
        let found = Mutex<[VerificationDifference]>([])
        let verification = StoredVerification(database: world.database, served: world.served)
        let summary = try await verification.verify { difference in found.withLock { $0.append(difference) } }
        let differences = found.withLock(\.self)
        #expect(summary.differences == differences.count)
        return differences
    }

    @Test func `a database that is whole has no differences, and everything was looked at`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            #expect(try await differences(world) == [])
            let verification = StoredVerification(database: world.database, served: world.served)
            let summary = try await verification.verify { _ in }
            #expect(summary.toolsets == 1)
            #expect(summary.releases == 2)
            #expect(summary.activations == 3)
            #expect(summary.manifests == 2)
            #expect(summary.deployments == 1)
            #expect(summary.notes == [])
            // A toolset that was deleted is verified like any other.
            try await world.toolsets.deleteToolset(pets, expecting: nil, in: world.project, by: world.actor)
            #expect(try await differences(world) == [])
        }
    }

    /// The tables of a release.
    private static var tables: [(table: String, condition: SQL)] {
        ReleaseRows.conditions + [
            ("manifest_lists", "1 = 1"), ("sources", "1 = 1"),
            ("tool_variations_groups", "id IN (SELECT group_id FROM tool_variations_group_versions)"),
            ("toolsets", "history_id IN (SELECT metadata_history_id FROM toolset_releases)"),
        ]
    }

    /// Of a toolset's row a release means its metadata alone: the rest are settings, and where live is.
    private static let metadata = [
        "history_id", "version", "name", "description", "instructions", "documentation_url", "logo_sha256",
        "logo_media_type", "serves_output_schemas", "project_id", "current_release_id", "editing_mode",
    ]

    /// Another value of the same kind.
    private static func changed(_ value: SQLValue) -> [SQLValue] {
        switch value {
        case .null: [.text("x"), .integer(7)]
        case .integer(let number): [.integer(number + 1)]
        case .text(let text):
            // One letter flipped, where a parser might not care, and no text of the kind at all.
            text.isEmpty
                ? [.text("x")]
                : [.text(String(text.dropLast()) + (text.hasSuffix("0") ? "1" : "0")), .text("garbage")]
        case .bytes(let bytes):
            bytes.isEmpty
                ? [.bytes([1])] : [.bytes(bytes.dropLast() + [bytes[bytes.count - 1] ^ 1]), .bytes([0xFF, 0])]
        }
    }

    @Test func `one value changed, in whatever column a release reaches, is found`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            var tried = 0
            var missed: [String] = []
            for (table, condition) in Self.tables {
                let columns =
                    table == "toolsets"
                    ? Self.metadata : try await world.database.read { try $0.columns(of: table) }
                for column in columns {
                    let values = try await world.values(of: column, in: table, where: condition, limit: 2)
                    for stored in values {
                        for other in Self.changed(stored.value) {
                            guard let found = try await world.finds(other, inPlaceOf: stored) else { continue }
                            tried += 1
                            if !found { missed.append("\(table).\(column) \(stored.value) -> \(other)") }
                        }
                    }
                }
            }
            // An archived row of metadata serves nothing, so that its mode says nothing.
            #expect(missed.filter { !$0.hasPrefix("toolsets.editing_mode") } == [])
            #expect(missed.count <= 2)
            #expect(tried > 300)
            // What is exempt is so indeed: the check would say it of everything else.
            for stored in try await world.values(of: "updated_at", in: "toolsets", where: "1 = 1", limit: 1) {
                #expect(try await world.finds(.text("x"), inPlaceOf: stored) == false)
            }
            #expect(try await differences(world) == [])
        }
    }

    @Test(arguments: [
        "DELETE FROM activations WHERE seq = 3", "DELETE FROM activations WHERE seq = 2",
        "DELETE FROM manifest_objects", "DELETE FROM object_references", "DELETE FROM manifest_lists",
        "DELETE FROM toolset_version_tools", "DELETE FROM system_source_state_prompts", "DELETE FROM compilation_tools",
        "UPDATE toolsets SET current_release_id = NULL WHERE parent_toolset_id IS NULL AND archived_at IS NULL",
        "UPDATE toolsets SET editing_mode = 'iteration' WHERE parent_toolset_id IS NULL AND archived_at IS NULL",
        "UPDATE toolsets SET instructions = 'x' WHERE archived_at IS NULL AND parent_toolset_id IS NULL",
        "UPDATE toolset_releases SET record_digest = NULL", "UPDATE activations SET record_digest = NULL",
        "UPDATE deployments SET record_digest = NULL", "UPDATE toolset_releases SET redacted_at = created_at",
        "UPDATE objects SET redacted_at = '2026-01-01T00:00:00.000Z'",
    ])
    func `rows taken away and records unsealed are found`(statement: String) async throws {
        try await World.with { world in
            try await makeReleases(world)
            try await world.database.write { try $0.run(script: statement) }
            let found = try await differences(world)
            #expect(!found.isEmpty)
            #expect(found.allSatisfy { !$0.line.contains("\n") })
        }
    }

    @Test func `a program that would serve other bytes is told by revision and list`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            let other: ServedEncoding = { content in
                [ServedList(revision: "2026-07-28", kind: .tools, digest: Digest(of: content.digest.hex.utf8 + [0]))]
            }
            let found = Mutex<[VerificationDifference]>([])
            _ = try await StoredVerification(database: world.database, served: other)
                .verify { difference in found.withLock { $0.append(difference) } }
            let lists = found.withLock(\.self)
            #expect(lists.count == 2)
            #expect(lists.allSatisfy { $0.what == "served list" })
            #expect(lists.first?.place.hasPrefix("tools of revision 2026-07-28, manifests ") == true)
            #expect(lists.map(\.release) == [1, 2])
        }
    }

    @Test func `a difference says project, toolset, release, place, what was expected and what was found`() async throws
    {
        try await World.with { world in
            try await makeReleases(world)
            try await world.database.write {
                try $0.execute("UPDATE toolset_releases SET notes = 'other' WHERE release_number = 2")
            }
            let found = try await differences(world)
            #expect(found.count == 1)
            #expect(found.first?.release == 2)
            #expect(found.first?.line.hasPrefix("acme/pets release 2: record in toolset_releases ") == true)
            #expect(found.first?.line.contains("expected ") == true)
        }
    }
}
