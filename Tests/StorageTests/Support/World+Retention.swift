import JSON
import Persistence
import Projects
import Releases
import Synchronization
import Tools
import Vocabulary

@testable import Storage

extension World {
    /// Retention as it acts so many days from now.
    func retention(in days: Int = 0) -> StoredRetention {
        StoredRetention(database: database) {
            Timestamp(milliseconds: Timestamp.now().milliseconds + Int64(days) * 86_400_000)
        }
    }

    /// A release of what staging says that is not made live.
    @discardableResult
    func createOnly() async throws -> Release {
        try await database.write { [self] connection in
            let parent = try connection.lockedStagedToolset(pets, in: project)
            let copy = try connection.editedRecord(of: parent)
            let state = try FreezableState(try connection.heads(of: copy), served: served)
            try connection.appendHeads(of: copy, to: parent, by: actor)
            let release = try connection.freeze(state, of: parent.id, notes: "created only", by: actor)
            try connection.execute("DELETE FROM activations WHERE release_id = \(release.id)")
            try connection.execute(
                "UPDATE toolsets SET current_release_id = \(parent.currentReleaseID) WHERE id = \(parent.id)"
            )
            return release
        }
    }

    func label(_ number: Int, _ label: String) async throws {
        _ = try await releases.setLabel(
            ReleaseLabel(label),
            of: .number(number, toolset: pets),
            in: project,
            by: actor
        )
    }

    func releaseNumbers() async throws -> [Int] {
        try await database.read { connection in
            try connection.query("SELECT release_number FROM toolset_releases ORDER BY release_number").map {
                try $0.integer("release_number")
            }
        }
    }

    /// Everything that a release serves and is made of, as one text.
    func exported(_ number: Int, documents: Bool = true) async throws -> ReleaseExport {
        try await retention().export(
            .number(number, toolset: pets),
            includingDocuments: documents,
            in: project
        )
    }

    /// Every difference that a verification finds, a line each.
    func verified() async throws -> [String] {
        let found = Mutex<[String]>([])
        _ = try await StoredVerification(database: database, served: served).verify { difference in
            found.withLock { $0.append(difference.line) }
        }
        return found.withLock(\.self)
    }
}
