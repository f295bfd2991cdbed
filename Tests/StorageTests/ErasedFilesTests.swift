import Foundation
import JSON
import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// What was redacted is in no file of the database: not in its pages, free ones among them, and not in its log of writes.
struct ErasedFilesTests {
    private static let secret = "token-5f2c81d09a7b"

    /// Release 2 with a secret in a variation that was written over and over, and release 3 without it, live.
    private func makeReleases(_ world: World) async throws {
        try await world.stagedPets()
        for number in 1...30 {
            try await world.vary("list") {
                $0.description = "\(number) \(Self.secret) \(String(repeating: "x", count: 700))"
            }
        }
        try await world.publish()
        try await world.vary("list") { $0.description = nil }
        try await world.publish()
    }

    private func redact(_ database: Database, _ world: World) async throws -> RedactionReport {
        try await StoredRetention(database: database).redact(
            RedactionOrder(.tool(urn("list")), text: Self.secret, reason: "a token got in"),
            from: .number(2, toolset: pets),
            in: world.project,
            by: world.actor
        )
    }

    /// The files of the database that have a text in them, by the end of their names.
    private func files(of world: World, with text: String) throws -> [String] {
        try ["", "-wal", "-shm"].filter { ending in
            guard FileManager.default.fileExists(atPath: world.path + ending) else { return false }
            return try Data(contentsOf: URL(filePath: world.path + ending)).range(of: Data(text.utf8)) != nil
        }
    }

    @Test func `a redaction leaves nothing in free pages and in the log`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            let live = try await world.served()
            #expect(try files(of: world, with: Self.secret) != [])
            let report = try await redact(world.database, world)
            #expect(report.remains == [])
            #expect(try files(of: world, with: Self.secret) == [])
            #expect(try await world.served() == live)
            #expect(try await world.verified() == [])
            try await world.edit { $0.name = "Animals" }
            try await world.publish()
            #expect(try await world.verified() == [])
        }
    }

    @Test func `a log that somebody reads is told, and emptied by a later write`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            let driver = try SQLiteDriver(path: world.path, busyTimeout: .milliseconds(20))
            let database = Database(driver: driver)
            let reader = try SQLiteReader(path: world.path)
            let (began, end) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            let reading = Task.detached {
                try await reader.read { connection in
                    _ = try connection.count("SELECT count(*) AS value FROM toolsets")
                    began.signal()
                    end.wait()
                }
            }
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    began.wait()
                    continuation.resume()
                }
            }
            let report = try await redact(database, world)
            #expect(report.remains.contains { $0.contains("-wal") })
            #expect(database.owesEmptyLog)
            end.signal()
            try await reading.value
            try await database.write { try $0.run(script: "UPDATE toolsets SET updated_at = updated_at") }
            #expect(!database.owesEmptyLog)
            #expect(try files(of: world, with: Self.secret) == [])
            try reader.close()
            try database.close()
        }
    }
}
