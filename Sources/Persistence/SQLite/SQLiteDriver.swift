import Foundation
import GRDB
import Vocabulary

/// SQLite through GRDB: one file, one writer, readers beside it (WAL).
package struct SQLiteDriver: DatabaseDriver {
    private let pool: DatabasePool
    private let busyTimeout: Duration

    /// Opens the file, and makes it where it is missing.
    ///
    /// - Parameters:
    ///   - path: Where the file is.
    ///   - busyTimeout: How long a write waits for another process that holds the file.
    /// - Throws: ``Problem``: `databaseBusy`, `databaseDamaged`, `storageFull` or `unavailable`.
    package init(path: String, busyTimeout: Duration = .seconds(5)) throws {
        self.busyTimeout = busyTimeout
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(busyTimeout / .seconds(1))
        configuration.maximumReaderCount = 5
        configuration.foreignKeysEnabled = true
        configuration.label = "slipway"
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB sets NORMAL after `prepareDatabase`; an acknowledged publish must survive a power cut as well.
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                // A process that was killed left its log, with what it held.
                _ = try? database.checkpoint(.truncate)
            }
        } catch let error as DatabaseError {
            throw Problem(error, path: path)
        }
    }

    /// Runs `body` on one of the readers.
    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Value
    ) async throws -> Value {
        try await translating { try await pool.read { try body(SQLiteConnection(database: $0)) } }
    }

    /// Runs `body` on the one writer, in an immediate transaction.
    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Value
    ) async throws -> Value {
        try await translating { try await pool.write { try body(SQLiteConnection(database: $0)) } }
    }

    /// `VACUUM` (SQLite, The VACUUM command): every page is written anew, without what is free in it. Deleting with
    /// `secure_delete` would not do: pages that were split or filled before hold what they held.
    package func rewrite() async throws {
        try await translating { try await pool.writeWithoutTransaction { try $0.execute(sql: "VACUUM") } }
    }

    /// `PRAGMA wal_checkpoint(TRUNCATE)`, which leaves a log without a byte. Readers of this process are waited for: a read
    /// is short.
    package func emptyLog(waiting: Bool) async throws -> Bool {
        let timeout = Int(busyTimeout / .milliseconds(1))
        return try await translating {
            try await pool.barrierWriteWithoutTransaction { database in
                try database.execute(sql: "PRAGMA busy_timeout = \(waiting ? timeout : 0)")
                defer { try? database.execute(sql: "PRAGMA busy_timeout = \(timeout)") }
                do {
                    try database.checkpoint(.truncate)
                    return true
                } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                    return false
                }
            }
        }
    }

    /// Closes writer and readers.
    package func close() throws {
        // What is copied after a clean stop is one whole file.
        pool.writeWithoutTransaction { database in
            // Closed already: a checkpoint without a connection would end the process.
            guard database.sqliteConnection != nil else { return }
            // Another process that reads can keep it from being done; then the next start does it.
            _ = try? database.checkpoint(.truncate)
        }
        try pool.close()
    }

    private func translating<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as DatabaseError {
            // A deferred foreign key is checked by COMMIT, outside of every statement.
            if let violation = error.violation { throw violation }
            throw Problem(error, path: pool.path)
        }
    }
}

/// One GRDB connection inside a transaction.
struct SQLiteConnection: Connection {
    let database: GRDB.Database

    func execute(_ sql: SQL) throws -> Int {
        try translating {
            try database.cachedStatement(sql: sql.text { _ in "?" }).execute(arguments: sql.arguments)
            return database.changesCount
        }
    }

    func query(_ sql: SQL) throws -> [Row] {
        try translating {
            let statement = try database.cachedStatement(sql: sql.text { _ in "?" })
            let cursor = try GRDB.Row.fetchCursor(statement, arguments: sql.arguments)
            let columns = Dictionary(statement.columnNames.enumerated().map { ($1, $0) }, uniquingKeysWith: { $1 })
            var rows: [Row] = []
            while let row = try cursor.next() {
                rows.append(Row(columns: columns, values: row.databaseValues.map(SQLValue.init)))
            }
            return rows
        }
    }

    func run(script: String) throws {
        try translating { try database.execute(sql: script) }
    }

    private func translating<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw error.violation ?? error
        }
    }
}

extension SQL {
    fileprivate var arguments: StatementArguments {
        StatementArguments(
            values.map { value -> DatabaseValue in
                switch value {
                case .null: .null
                case .integer(let integer): integer.databaseValue
                case .text(let text): text.withoutNull.databaseValue
                case .bytes(let bytes): bytes.withUnsafeBytes { Data($0) }.databaseValue
                }
            }
        )
    }
}

extension SQLValue {
    fileprivate init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let integer): self = .integer(integer)
        case .double(let double): self = .text(String(double))
        case .string(let text): self = .text(text)
        case .blob(let data): self = .bytes(Array(data))
        }
    }
}
