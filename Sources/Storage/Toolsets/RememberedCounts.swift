import Persistence
package import Projects
package import Releases
import Synchronization
package import Vocabulary

/// How many tokens the tool lists of contents have, or how many changes two sides, by what makes each what it is. Counting
/// means reading all of it, which a list of toolsets must not do each time.
final class RememberedCounts: Sendable {
    private let counts = Mutex<[String: Int]>([:])
    /// So many states are remembered; then all are forgotten.
    private static let capacity = 2_000

    func count(_ fingerprint: String, _ counting: () throws -> Int) rethrows -> Int {
        if let known = counts.withLock({ $0[fingerprint] }) { return known }
        let count = try counting()
        counts.withLock { counts in
            if counts.count >= Self.capacity { counts = [:] }
            counts[fingerprint] = count
        }
        return count
    }
}

extension StoredToolsets {
    package func tokens(_ slug: Slug, view: Toolset.View?, in project: ID<Project>) async throws -> Int? {
        try await database.read { [compiled = sideContents.compiled] connection in
            guard let parent = try connection.toolset(slug, in: project) else { return nil }
            if parent.mode == .staging, view == .live, let release = try connection.currentRelease(of: parent) {
                return try tokenCounts.count("release:\(release.digest)") {
                    try connection.content(ofManifest: release.digest, from: ObjectShelf(compiled)).tokens
                }
            }
            let edited = view == .live ? parent : try connection.editedRecord(of: parent)
            return try tokenCounts.count(try connection.headsFingerprint(of: edited)) {
                try CompiledContent(try connection.heads(of: edited, compiled: compiled).heads, compiled: compiled)
                    .tokens
            }
        }
    }
}
