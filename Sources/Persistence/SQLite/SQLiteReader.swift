import Foundation
import GRDB
import Vocabulary

/// A SQLite file that is only read: beside the server that owns it, or a backup of it.
package struct SQLiteReader: DatabaseDriver {
    private let queue: DatabaseQueue

    /// Opens a file that is there.
    ///
    /// - Throws: ``Problem``: `databaseBusy`, `databaseDamaged` or `unavailable`.
    package init(path: String) throws {
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        configuration.label = "slipway-reader"
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
        } catch let error as DatabaseError {
            throw Problem(error, path: path)
        }
    }

    /// Runs `body` on one consistent state.
    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Value
    ) async throws -> Value {
        do {
            return try await queue.read { try body(SQLiteConnection(database: $0)) }
        } catch let error as DatabaseError {
            throw Problem(error, path: queue.path)
        }
    }

    /// Refuses: nothing is written here.
    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Value
    ) async throws -> Value {
        throw Problem(.unavailable, "The database \(queue.path) was opened for reading alone.")
    }

    /// Refuses: nothing is written here.
    package func rewrite() async throws {
        throw Problem(.unavailable, "The database \(queue.path) was opened for reading alone.")
    }

    /// Refuses: nothing is written here.
    package func emptyLog(waiting: Bool) async throws -> Bool {
        throw Problem(.unavailable, "The database \(queue.path) was opened for reading alone.")
    }

    /// Closes the file.
    package func close() throws {
        try queue.close()
    }
}

extension SQLiteConnection {
    /// `PRAGMA integrity_check` and `PRAGMA foreign_key_check` (SQLite, Pragma statements).
    func structuralFaults() throws -> [String] {
        let damage = try query("PRAGMA integrity_check(1000)").map { try $0.text("integrity_check") }
        let strays = try query("PRAGMA foreign_key_check").map { row in
            "a row of \(try row.text("table")) refers to a row of \(try row.text("parent")) that is not there"
        }
        return damage.filter { $0 != "ok" } + strays
    }
}
