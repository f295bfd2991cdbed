import Foundation
import Persistence

/// A database of a test's own with a table `notes`, whose texts are unique, and `words`, each of a note.
enum Scratch {
    static func with(_ body: (Database) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "slipway-persistence-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let database = Database(driver: try SQLiteDriver(path: folder + "/scratch.sqlite"))
        try await database.write {
            try $0.run(
                script: """
                    CREATE TABLE notes (
                        id INTEGER NOT NULL PRIMARY KEY,
                        text TEXT UNIQUE CHECK (text <> 'forbidden')
                    ) STRICT;
                    CREATE TABLE words (
                        note_id INTEGER NOT NULL REFERENCES notes (id) ON DELETE RESTRICT,
                        later_id INTEGER REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED
                    ) STRICT;
                    """
            )
        }
        try await body(database)
        try database.close()
    }
}
