import Foundation
import GRDB
import Persistence
import Projects
import Releases
import Storage
import Testing
import Vocabulary

/// A full disk, a file that another process holds, a damaged file: one sentence with a code, and nothing half written.
struct StorageFailureTests {
    @Test func `a full disk`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            let before = try await world.state()
            let counts = try await world.rowCounts()
            // The writer may not make the file any longer.
            try await world.database.write { try $0.run(script: "PRAGMA max_page_count = 1") }
            let upload = try await problem {
                _ = try await world.deployments.saveAsset(
                    name: "large",
                    kind: "openapi",
                    contentType: "application/json",
                    content: [UInt8](repeating: 7, count: 1_000_000),
                    in: world.project,
                    by: world.actor
                )
            }
            #expect(upload.code == .storageFull)
            #expect(upload.message.contains("disk"))
            let long = String(repeating: "many words ", count: 10_000)
            let publish = try await problem {
                try await world.edit { $0.description = long }
                try await world.publish()
            }
            #expect(publish.code == .storageFull)
            #expect(try await world.state() == before)
            #expect(try await world.rowCounts() == counts)

            try await world.database.write { try $0.run(script: "PRAGMA max_page_count = 1000000") }
            #expect(try await world.publish().number == 2)
        }
    }

    @Test func `a file that another process writes to`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            let before = try await world.state()
            let driver = try SQLiteDriver(path: world.path, busyTimeout: .milliseconds(20))
            let database = Persistence.Database(driver: driver)
            let releases = StoredReleases(database: database)
            let other = try Holder(path: world.path)
            let refusal = try await problem {
                _ = try await releases.publish(pets, notes: "", in: world.project, by: world.actor)
            }
            #expect(refusal.code == .databaseBusy)
            #expect(refusal.code.isRetryable)
            #expect(refusal.message.contains("nothing was written"))
            #expect(database.changes.value == 0)
            // Reading goes on meanwhile.
            #expect(try await world.state() == before)
            try other.release()
            #expect(try await releases.publish(pets, notes: "", in: world.project, by: world.actor).number == 2)
            try database.close()
        }
    }

    @Test func `a file that another process holds for itself cannot be opened`() async throws {
        try await Folder.with { folder in
            let other = try Holder(path: folder + "/held.sqlite")
            let refusal = try await problem {
                _ = try SQLiteDriver(path: folder + "/held.sqlite", busyTimeout: .milliseconds(20))
            }
            #expect(refusal.code == .databaseBusy)
            try other.release()
        }
    }

    @Test func `a file that is no database`() async throws {
        try await Folder.with { folder in
            let path = folder + "/slipway.sqlite"
            let content = Data(repeating: 0x2A, count: 20_000)
            try content.write(to: URL(filePath: path))
            let refusal = try await problem { _ = try SQLiteDriver(path: path) }
            #expect(refusal.code == .databaseDamaged)
            #expect(refusal.message.contains("backup"))
            #expect(try Data(contentsOf: URL(filePath: path)) == content)
        }
    }

    @Test func `a database whose pages were overwritten`() async throws {
        try await Folder.with { folder in
            let path = folder + "/slipway.sqlite"
            let made = Persistence.Database(driver: try SQLiteDriver(path: path))
            _ = try await made.migrate(Migrations.all)
            try await StoredProjects(database: made).ensureOrganization()
            try made.close()
            try emptyLog(of: path)
            var content = try Data(contentsOf: URL(filePath: path))
            content.replaceSubrange(4096..<content.count, with: Data(repeating: 0x2A, count: content.count - 4096))
            try content.write(to: URL(filePath: path))
            let refusal = try await problem {
                let database = Persistence.Database(driver: try SQLiteDriver(path: path))
                _ = try await database.migrate(Migrations.all)
                try await StoredProjects(database: database).ensureOrganization()
            }
            #expect(refusal.code == .databaseDamaged)
        }
    }

    /// Brings what stands in the write-ahead log into the file.
    private func emptyLog(of path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try queue.close()
    }

    @Test func `a file in a folder that is not there`() async throws {
        let refusal = try await problem { _ = try SQLiteDriver(path: "/nowhere/at/all/slipway.sqlite") }
        #expect(refusal.code == .unavailable)
        #expect(refusal.message.contains("/nowhere/at/all/slipway.sqlite"))
    }
}

/// Another process that has begun to write.
private final class Holder {
    private let queue: DatabaseQueue

    init(path: String) throws {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
    }

    func release() throws {
        try queue.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        try queue.close()
    }
}
