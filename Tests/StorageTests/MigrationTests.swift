import Foundation
import JSON
import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// A fresh database and one of every earlier schema come to the same, and nothing is lost on the way.
struct MigrationTests {
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    /// A database of an earlier schema that the repository keeps, full of rows.
    private func openFixture(_ schema: Int = 1, in folder: String) async throws -> Database {
        let database = Database(driver: try SQLiteDriver(path: folder + "/slipway.sqlite"))
        let fixture = Self.fixtures.appending(path: "schema-\(schema).sql")
        let script = try String(contentsOf: fixture, encoding: .utf8)
        try await database.write { try $0.run(script: script) }
        return database
    }

    /// Every statement that made the schema, with its white space made even.
    private func schema(_ database: Database) async throws -> [String] {
        try await database.read { connection in
            try connection.query("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name").map {
                try $0.text("sql").split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }
        }
    }

    /// Every row by table, with the columns that the table has now or had then.
    private func rows(_ database: Database, columns: [String: [String]]) async throws -> [String: [String]] {
        try await database.read { connection in
            try Dictionary(
                uniqueKeysWithValues: columns.map { table, columns in
                    (
                        table,
                        try connection.query("SELECT * FROM \(unsafeText: table)").map { try $0.dump(columns) }.sorted()
                    )
                }
            )
        }
    }

    private func columns(_ database: Database) async throws -> [String: [String]] {
        try await database.read { connection in
            let tables = try connection.query(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            ).map { try $0.text("name") }
            return try Dictionary(uniqueKeysWithValues: tables.map { ($0, try connection.columns(of: $0)) })
        }
    }

    @Test(arguments: [1, 2])
    func `a fresh database and an upgraded one have the same schema`(old: Int) async throws {
        try await Folder.with { folder in
            let versions = Migrations.all.map(\.version)
            let upgraded = try await openFixture(old, in: folder)
            #expect(try await upgraded.migrate(Migrations.all).map(\.version) == Array(versions.dropFirst(old)))
            let fresh = Database(driver: try SQLiteDriver(path: folder + "/fresh.sqlite"))
            #expect(try await fresh.migrate(Migrations.all).map(\.version) == versions)
            #expect(try await schema(upgraded) == schema(fresh))
            #expect(try await fresh.migrate(Migrations.all).map(\.version) == [])
            try upgraded.close()
            try fresh.close()
        }
    }

    @Test(arguments: [1, 2]) func `the migrations are what the fixture was made by`(old: Int) async throws {
        try await Folder.with { folder in
            let fixture = try await openFixture(old, in: folder)
            let fresh = Database(driver: try SQLiteDriver(path: folder + "/fresh.sqlite"))
            _ = try await fresh.migrate(Array(Migrations.all.prefix(old)))
            #expect(try await schema(fixture) == schema(fresh))
            let empty = try await rows(fixture, columns: columns(fixture)).filter(\.value.isEmpty).keys
            #expect(empty.sorted() == [])
            try fixture.close()
            try fresh.close()
        }
    }

    @Test(arguments: [1, 2]) func `every row and value is there after the upgrade`(old: Int) async throws {
        try await Folder.with { folder in
            let database = try await openFixture(old, in: folder)
            var columns = try await columns(database)
            columns["schema_migrations"] = nil
            let before = try await rows(database, columns: columns)
            _ = try await database.migrate(Migrations.all)
            #expect(try await rows(database, columns: columns) == before)
            let (strays, integrity) = try await database.read { connection in
                (
                    try connection.query("PRAGMA foreign_key_check").count,
                    try connection.query("PRAGMA integrity_check").map { try $0.text("integrity_check") }
                )
            }
            #expect(strays == 0)
            #expect(integrity == ["ok"])
            try database.close()
        }
    }

    @Test func `toolsets of schema 1 are in iteration mode with version 1 of a history of their own`() async throws {
        try await Folder.with { folder in
            let database = try await openFixture(in: folder)
            _ = try await database.migrate(Migrations.all)
            try await database.read { connection in
                let toolsets = try connection.query("SELECT * FROM toolsets")
                #expect(toolsets.count == 2)
                for row in toolsets {
                    #expect(try row.text("history_id") == row.text("id"))
                    #expect(try row.integer("version") == 1)
                    #expect(try row.text("editing_mode") == "iteration")
                    for column in [
                        "parent_toolset_id", "current_release_id", "base_release_id", "predecessor_id", "archived_at",
                    ] {
                        #expect(try row.value(column) == .null)
                    }
                }
                let variations = try connection.query("SELECT version, predecessor_id FROM tool_variations")
                #expect(variations.count == 3)
                #expect(try variations.allSatisfy { try $0.integer("version") == 1 })
                #expect(try variations.allSatisfy { try $0.value("predecessor_id") == .null })
            }
            try database.close()
        }
    }

    @Test func `a toolset of schema 1 is served, staged, published and rolled back`() async throws {
        try await Folder.with { folder in
            let database = try await openFixture(in: folder)
            _ = try await database.migrate(Migrations.all)
            let toolsets = StoredToolsets(database: database)
            let releases = StoredReleases(database: database)
            let found = try await StoredProjects(database: database).project(slug("acme"))
            let project = try #require(found).id
            let before = try #require(try await toolsets.content(pets, view: nil, in: project)).content
            #expect(before.tools.map(\.name) == ["list_pets", "get"])
            #expect(before.tools.first?.tool["title"] == "List the pets")
            #expect(before.prompts.map(\.template) == ["Hello {{who}}, version 2"])

            _ = try await releases.switchMode(pets, to: .staging, confirmDigest: nil, in: project, by: .system)
            let live = try #require(try await toolsets.content(pets, view: .live, in: project)).content
            #expect(try Served(live) == Served(before))
            var change = Toolset.Change()
            change.toolURNs = [urn("get")]
            _ = try await toolsets.updateToolset(pets, change, expecting: nil, in: project, by: .system)
            #expect(try await releases.publish(pets, notes: "", in: project, by: .system).number == 2)
            let back = try await releases.rollBack(
                to: .number(1, toolset: pets),
                reason: "test",
                in: project,
                by: .system
            )
            #expect(back.currentRelease?.digest == before.digest)
            try database.close()
        }
    }

    @Test func `a release of schema 2 keeps its digest and content, and staging takes resources`() async throws {
        try await Folder.with { folder in
            let database = try await openFixture(2, in: folder)
            let stored = try await database.read { connection in
                try connection.query(
                    """
                    SELECT r.release_number, m.digest, m.content FROM toolset_releases r
                    JOIN manifests m ON m.digest = r.manifest_digest ORDER BY r.release_number
                    """
                ).map { (try $0.integer("release_number"), try $0.text("digest"), try $0.bytes("content")) }
            }
            #expect(stored.count == 3)
            _ = try await database.migrate(Migrations.all)
            for (number, digest, content) in stored {
                // The manifest that this program would write of it is the one that was written then.
                let manifest = try Manifest(json: try JSONValue(parsing: content))
                #expect(manifest.resourcePages == [])
                #expect(try manifest.canonicalBytes() == content, "release \(number)")
                #expect(Digest(of: content).hex == digest)
            }

            // What was released before records had digests is verified by its content.
            let verification = StoredVerification(database: database, served: { _ in [] })
            let summary = try await verification.verify { Issue.record("\($0.line)") }
            #expect(summary.releases == 3)
            #expect(summary.notes.count == 1)

            let toolsets = StoredToolsets(database: database)
            let releases = StoredReleases(database: database)
            let resources = StoredResources(database: database)
            let found = try await StoredProjects(database: database).project(slug("acme"))
            let project = try #require(found).id
            let live = try #require(try await toolsets.content(pets, view: .live, in: project)).content
            #expect(live.digest.hex == stored[1].1)
            #expect(live.tools.map(\.name) == ["list", "get"])

            // Compiled again from the same heads, the content is the one that schema 2 stored.
            _ = try await releases.discard(pets, in: project, by: .system)
            _ = try await releases.rollBack(to: .number(3, toolset: pets), reason: "", in: project, by: .system)
            _ = try await releases.discard(pets, in: project, by: .system)
            let staged = try #require(try await toolsets.content(pets, view: .staging, in: project)).content
            #expect(try staged.digest(in: 1).hex == stored[2].1)
            let nothing = try await problem {
                _ = try await releases.publish(pets, notes: "", in: project, by: .system)
            }
            #expect(nothing.code == .nothingToPublish)

            _ = try await resources.createResource(
                document("guide", "Hello"),
                bytes: Array("Hello".utf8),
                in: project,
                by: .system
            )
            var change = Toolset.Change()
            change.resourceURNs = [resourceURN("guide")]
            _ = try await toolsets.updateToolset(pets, change, expecting: nil, in: project, by: .system)
            #expect(try await releases.publish(pets, notes: "", in: project, by: .system).number == 4)
            _ = try await releases.rollBack(to: .number(1, toolset: pets), reason: "x", in: project, by: .system)
            let back = try #require(try await toolsets.content(pets, view: .live, in: project)).content
            #expect(back.digest.hex == stored[0].1)
            #expect(back.resources == [])
            _ = try await verification.verify { Issue.record("\($0.line)") }
            try database.close()
        }
    }

    @Test func `a database of a newer schema is refused and untouched`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.database.write { connection in
                _ = try connection.execute(
                    """
                    INSERT INTO schema_migrations (version, name, applied_at)
                    VALUES (\((Migrations.all.last?.version ?? 0) + 1), 'from the future', '2027-01-01T00:00:00.000Z')
                    """
                )
            }
            let columns = try await columns(world.database)
            let before = try await rows(world.database, columns: columns)
            let schema = try await schema(world.database)
            let refusal = try await problem { _ = try await world.database.migrate(Migrations.all) }
            #expect(refusal.code == .databaseNewer)
            #expect(refusal.message.contains("schema \(Migrations.all.count + 1)"))
            #expect(try await rows(world.database, columns: columns) == before)
            #expect(try await self.schema(world.database) == schema)
        }
    }

    @Test func `a migration that fails writes nothing of itself and keeps those before it`() async throws {
        try await Folder.with { folder in
            let database = try await openFixture(in: folder)
            let before = try await schema(database)
            let broken = Migration(
                version: 2,
                name: "broken",
                script: "CREATE TABLE half (id TEXT) STRICT; DELETE FROM tool_calls; SELECT nothing FROM nowhere;"
            )
            await #expect(throws: (any Error).self) { try await database.migrate([Migrations.all[0], broken]) }
            #expect(try await schema(database) == before)
            #expect(try await database.read { try $0.count("SELECT count(*) AS value FROM tool_calls") } == 2)
            let rest = Migrations.all.map(\.version).dropFirst()
            #expect(try await database.migrate(Migrations.all).map(\.version) == Array(rest))
            try database.close()
        }
    }
}
