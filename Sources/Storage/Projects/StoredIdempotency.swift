package import Accounts
package import Persistence
import Vocabulary

/// Answers by idempotency key in the database.
package struct StoredIdempotency: IdempotencyStore {
    private let database: Database

    package init(database: Database) {
        self.database = database
    }

    package func begin(_ key: String, scope: String, digest: String) async throws -> IdempotencyState {
        try await database.append { connection in
            let now = Timestamp.now()
            let minutes: (Int64) -> Timestamp = { Timestamp(milliseconds: now.milliseconds - $0 * 60_000) }
            try connection.execute(
                """
                DELETE FROM idempotency_keys
                WHERE created_at < \(minutes(24 * 60)) OR (status = 0 AND created_at < \(minutes(5)))
                """
            )
            let row = try connection.first(
                "SELECT * FROM idempotency_keys WHERE scope = \(scope) AND key = \(key)"
            )
            guard let row else {
                try connection.execute(
                    """
                    INSERT INTO idempotency_keys (scope, key, request_digest, status, response, created_at)
                    VALUES (\(scope), \(key), \(digest), 0, \([UInt8]()), \(now))
                    """
                )
                return .new
            }
            guard try row.text("request_digest") == digest else { return .different }
            let status = try row.integer("status")
            return status == 0 ? .running : .done(status: status, sealedAnswer: try row.bytes("response"))
        }
    }

    package func finish(_ key: String, scope: String, status: Int, sealedAnswer: [UInt8]) async throws {
        try await database.append { connection in
            _ = try connection.execute(
                """
                UPDATE idempotency_keys SET status = \(status), response = \(sealedAnswer)
                WHERE scope = \(scope) AND key = \(key)
                """
            )
        }
    }

    package func abandon(_ key: String, scope: String) async throws {
        try await database.append { connection in
            _ = try connection.execute(
                "DELETE FROM idempotency_keys WHERE scope = \(scope) AND key = \(key) AND status = 0"
            )
        }
    }
}
