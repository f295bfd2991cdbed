package import JSON
package import Releases
import Synchronization
import Vocabulary

/// What resources say, read by digest when a client asks; the last that were read are kept, up to a bound.
///
/// Images hold none of it, so that a toolset of large documents takes no more memory than their list does.
package final class ResourceContents: Sendable {
    private struct Kept {
        /// The last used at the end.
        var contents: [(digest: Digest, bytes: [UInt8])] = []
        /// Looking through more of them would take longer than it saves.
        private static let most = 256

        mutating func bytes(_ digest: Digest) -> [UInt8]? {
            guard let position = contents.firstIndex(where: { $0.digest == digest }) else { return nil }
            let found = contents.remove(at: position)
            contents.append(found)
            return found.bytes
        }

        mutating func keep(_ bytes: [UInt8], _ digest: Digest, upTo limit: Int) {
            guard bytes.count <= limit, self.bytes(digest) == nil else { return }
            contents.append((digest, bytes))
            while contents.count > Self.most || contents.reduce(0, { $0 + $1.bytes.count }) > limit {
                contents.removeFirst()
            }
        }
    }

    private let store: any ServingStore
    private let keptBytes: Int
    private let kept = Mutex(Kept())

    /// - Parameters:
    ///   - store: Where the bytes are.
    ///   - keptBytes: How many bytes are kept at most; 16 MiB where left out.
    package init(store: any ServingStore, keptBytes: Int = 16 << 20) {
        self.store = store
        self.keptBytes = keptBytes
    }

    /// The bytes of a resource of some content.
    ///
    /// - Throws: ``Problem`` `database_damaged` where they are not there: what a release or a head names is never deleted.
    package func bytes(_ digest: Digest) async throws -> [UInt8] {
        if let known = kept.withLock({ $0.bytes(digest) }) { return known }
        guard let bytes = try await store.resourceBytes(digest) else {
            throw Problem(.databaseDamaged, "The content \(digest) of a resource is missing; restore the last backup.")
        }
        kept.withLock { $0.keep(bytes, digest, upTo: keptBytes) }
        return bytes
    }
}
