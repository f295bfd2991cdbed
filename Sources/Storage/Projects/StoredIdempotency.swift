package import Accounts
package import Persistence
import Vocabulary

/// Answers by idempotency key in the database.
package struct StoredIdempotency: IdempotencyStore {
    private let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// How long an answer is kept: a day.
    private static let keptMilliseconds: Int64 = 24 * 3_600_000

    package func begin(_ key: String, scope: String, digest: String) async throws -> IdempotencyState {
        try await database.append { connection in
            let now = Timestamp.now()
            let oldest = Timestamp(milliseconds: now.milliseconds - Self.keptMilliseconds)
            try connection.execute("DELETE FROM idempotency_keys WHERE created_at < \(oldest)")
            let row = try connection.first(
                "SELECT * FROM idempotency_keys WHERE scope = \(scope) AND key = \(key)"
            )
            guard let row else {
                try connection.execute(
                    """
                    INSERT INTO idempotency_keys (scope, key, request_digest, state, response, created_at)
                    VALUES (\(scope), \(key), \(digest), 'begun', \([UInt8]()), \(now))
                    """
                )
                return .new
            }
            guard try row.text("request_digest") == digest else { return .different }
            switch try row.text("state") {
            case "begun": return .running
            case "carried_out": return .carriedOut
            default: return .done(sealedAnswer: try row.bytes("response"))
            }
        }
    }

    package func noting<Answer: Sendable>(
        _ key: String,
        scope: String,
        _ work: @Sendable () async throws -> Answer
    ) async throws -> Answer {
        let note: @Sendable (any Connection) throws -> Void = { connection in
            try connection.execute(
                "UPDATE idempotency_keys SET state = 'carried_out' WHERE scope = \(scope) AND key = \(key)"
            )
        }
        return try await Database.$beforeCommit.withValue(note) { try await work() }
    }

    package func forgetUnfinished() async throws {
        try await database.append { connection in
            _ = try connection.execute("DELETE FROM idempotency_keys WHERE state = 'begun'")
        }
    }

    package func finish(_ key: String, scope: String, sealedAnswer: [UInt8]) async throws {
        try await database.append { connection in
            _ = try connection.execute(
                """
                UPDATE idempotency_keys SET state = 'done', response = \(sealedAnswer)
                WHERE scope = \(scope) AND key = \(key)
                """
            )
        }
    }

    package func abandon(_ key: String, scope: String) async throws {
        try await database.append { connection in
            _ = try connection.execute(
                "DELETE FROM idempotency_keys WHERE scope = \(scope) AND key = \(key) AND state = 'begun'"
            )
        }
    }
}

extension Connection {
    /// Leaves of all kept answers only that the requests were carried out: nobody knows which of the sealed answers say what
    /// must not be kept any more. A repeated request is refused with `idempotency_conflict` in place of the answer, and does
    /// nothing twice.
    func forgetAnswers() throws {
        try execute(
            "UPDATE idempotency_keys SET state = 'carried_out', response = \([UInt8]()) WHERE state = 'done'"
        )
    }
}
