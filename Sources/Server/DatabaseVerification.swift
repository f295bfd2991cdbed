import Endpoint
import Foundation
package import JSON
import Persistence
package import Releases
import Storage
import Vocabulary

/// Verifies a database without its server, or an export without its database.
package enum DatabaseVerification {
    /// Reads the database at a path, which a server may be writing to, and reports each difference as it is found.
    ///
    /// - Throws: ``Problem`` where there is none, or one of another schema.
    package static func verify(
        databaseAt path: String,
        _ report: @escaping @Sendable (VerificationDifference) -> Void
    ) async throws -> VerificationSummary {
        guard FileManager.default.fileExists(atPath: path) else {
            throw Problem(
                .configuration,
                "There is no database \(path); name another file, or its folder by --data-dir."
            )
        }
        do {
            let database = Database(driver: try SQLiteReader(path: path))
            let verification = StoredVerification(
                database: database,
                served: { ServedLists.digests(servedOf: $0) }
            )
            let summary = try await verification.verify(report)
            try database.close()
            return summary
        } catch let problem as Problem where problem.code == .databaseDamaged {
            report(
                VerificationDifference(
                    what: "database",
                    place: path,
                    expected: "a SQLite database that can be read",
                    found: "one that is damaged, or another kind of file"
                )
            )
            var summary = VerificationSummary()
            summary.differences = 1
            return summary
        }
    }

    /// Checks a release that was exported against itself.
    ///
    /// - Throws: ``Problem`` where the text is no export.
    package static func differences(inExport text: [UInt8]) throws -> [VerificationDifference] {
        do {
            guard let json = try JSONValue(parsing: text).object else {
                throw Problem(.invalid, "The file is no export of a release.")
            }
            return try ReleaseExport(json: json).differences()
        } catch let error as ManifestError {
            throw Problem(.invalid, "The file is no export of a release: \(error.reason).")
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(.invalid, "The file is no export of a release: \(error).")
        }
    }

    /// The database file of the server that these flags and this environment would start.
    ///
    /// - Throws: ``Problem`` `configuration`.
    package static func databasePath(flags: [String: String], environment: [String: String]) async throws -> String {
        try await ServerConfiguration.load(flags: flags, environment: environment).databasePath
    }
}
