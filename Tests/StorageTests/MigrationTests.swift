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
    private static let fixture = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures/schema-1.sql")

    /// The database of schema 1 that the repository keeps, full of rows.
    private func openFixture(in folder: String) async throws -> Database {
        let database = Database(driver: try SQLiteDriver(path: folder + "/slipway.sqlite"))
        let script = try String(contentsOf: Self.fixture, encoding: .utf8)
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

    @Test func `a fresh database and an upgraded one have the same schema`() async throws {
        try await Folder.with { folder in
            let upgraded = try await openFixture(in: folder)
            #expect(try await upgraded.migrate(Migrations.all).map(\.version) == [2, 4])
            let fresh = Database(driver: try SQLiteDriver(path: folder + "/fresh.sqlite"))
            #expect(try await fresh.migrate(Migrations.all).map(\.version) == [1, 2, 4])
            #expect(try await schema(upgraded) == schema(fresh))
            #expect(try await fresh.migrate(Migrations.all).map(\.version) == [])
            try upgraded.close()
            try fresh.close()
        }
    }

    @Test func `migration 1 is what the fixture was made by`() async throws {
        try await Folder.with { folder in
            let fixture = try await openFixture(in: folder)
            let fresh = Database(driver: try SQLiteDriver(path: folder + "/fresh.sqlite"))
            _ = try await fresh.migrate(Array(Migrations.all.prefix(1)))
            #expect(try await schema(fixture) == schema(fresh))
            let empty = try await rows(fixture, columns: columns(fixture)).filter(\.value.isEmpty).keys
            #expect(empty.sorted() == [])
            try fixture.close()
            try fresh.close()
        }
    }

    @Test func `every row and value of schema 1 is there after the upgrade`() async throws {
        try await Folder.with { folder in
            let database = try await openFixture(in: folder)
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
            #expect(refusal.message.contains("schema 5"))
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
            #expect(try await database.migrate(Migrations.all).map(\.version) == [2, 4])
            try database.close()
        }
    }
}
