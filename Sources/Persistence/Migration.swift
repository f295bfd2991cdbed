import Vocabulary

/// One step of the schema, in SQL that both databases run.
///
/// SQLite runs the text as it stands. A driver for PostgreSQL reads `BLOB` as `BYTEA` and drops `STRICT`; nothing else
/// differs. A step that was ever released is never edited.
package struct Migration: Sendable {
    /// Counted from 1, without gaps.
    package let version: Int
    package let name: String
    package let script: String

    package init(version: Int, name: String, script: String) {
        self.version = version
        self.name = name
        self.script = script
    }
}

extension Database {
    /// Brings the schema up to the last of these steps, each in a transaction of its own, and answers those that ran.
    ///
    /// - Throws: ``Problem`` with `databaseNewer` where the database is ahead of the program; nothing is touched then.
    package func migrate(_ migrations: [Migration]) async throws -> [Migration] {
        try await write { connection in
            try connection.run(
                script: """
                    CREATE TABLE IF NOT EXISTS schema_migrations (
                        version INTEGER NOT NULL PRIMARY KEY,
                        name TEXT NOT NULL,
                        applied_at TEXT NOT NULL
                    ) STRICT;
                    """
            )
        }
        // Not by `read`: a connection for reading that knows the old schema would go on answering with its columns.
        let current = try await write { try $0.count("SELECT max(version) AS value FROM schema_migrations") }
        let newest = migrations.last?.version ?? 0
        guard current <= newest else {
            throw Problem(
                .databaseNewer,
                "The database has schema \(current), and this program knows schemas up to \(newest); start the newer program that made it, or restore a backup from before the upgrade."
            )
        }
        let pending = migrations.filter { $0.version > current }
        for migration in pending {
            try await write { connection in
                try connection.run(script: migration.script)
                try connection.execute(
                    """
                    INSERT INTO schema_migrations (version, name, applied_at)
                    VALUES (\(migration.version), \(migration.name), \(Timestamp.now()))
                    """
                )
            }
        }
        return pending
    }
}
