package import Persistence
package import Releases
import Vocabulary

/// Checks a whole database: every release of every toolset, references against manifest against what is served.
package struct StoredVerification: Sendable {
    private let database: Database
    private let served: ServedEncoding

    /// `served` is what clients get of a content, as this program encodes it.
    package init(database: Database, served: @escaping ServedEncoding) {
        self.database = database
        self.served = served
    }

    /// Reports each difference as it is found, and answers how much was checked. Everything is read in one consistent
    /// state; no more of it is held than one release has, beside the digests of what was checked already.
    ///
    /// - Throws: ``Problem`` where the schema is not this program's, or the database cannot be read at all.
    package func verify(
        _ report: @escaping @Sendable (VerificationDifference) -> Void
    ) async throws -> VerificationSummary {
        try await database.read { [served] connection in
            try connection.requireKnownSchema()
            let verifier = Verifier(connection: connection, served: served, report: report)
            verifier.verify()
            return verifier.summary
        }
    }
}

extension StoredVerification {
    /// Whether a verification of this state of a database would find anything.
    package static func finds(_ connection: any Connection, served: @escaping ServedEncoding) throws -> Bool {
        let verifier = Verifier(connection: connection, served: served, stopsEarly: true) { _ in }
        verifier.verify()
        return verifier.summary.differences > 0
    }
}

extension Connection {
    fileprivate func requireKnownSchema() throws {
        let known = Migrations.all.last?.version ?? 0
        guard let version = try? count("SELECT max(version) AS value FROM schema_migrations"), version > 0 else {
            throw Problem(.configuration, "This is no database of Slipway: nothing says which schema it has.")
        }
        guard version <= known else {
            throw Problem(
                .databaseNewer,
                "The database has schema \(version), and this program knows schemas up to \(known); verify it with the newer program."
            )
        }
        guard version == known else {
            throw Problem(
                .configuration,
                "The database has schema \(version), and this program verifies schema \(known); start the server on it once, or on a copy, which brings it up to date."
            )
        }
    }
}
