import JSON
import Persistence
import Releases

/// Bytes of objects that one transaction has at hand, so that a second content reads only what the first does not have.
final class ObjectShelf {
    private var contents: [Digest: [UInt8]] = [:]

    /// A shelf with what was just compiled.
    init(_ content: CompiledContent? = nil) {
        for object in content?.objects ?? [] { contents[object.digest] = object.content }
    }

    fileprivate subscript(digest: Digest) -> [UInt8]? {
        get { contents[digest] }
        set { contents[digest] = newValue }
    }
}

extension Connection {
    /// The content of a manifest, its objects from the shelf as far as they stand there. What is read is put there.
    func content(ofManifest digest: Digest, from shelf: ObjectShelf) throws -> CompiledContent {
        let manifest = try manifest(digest)
        for (hex, content) in try pages(ofManifest: digest) {
            if let digest = Digest(hex) { shelf[digest] = content }
        }
        try fetchMissingObjects(of: digest, to: shelf)
        return try CompiledContent(manifest: manifest, digest: digest) { object in
            if let known = shelf[object] { return known }
            guard let row = try first("SELECT content FROM objects WHERE digest = \(object.hex)") else {
                throw ManifestError(reason: "the object \(object) is missing")
            }
            let content = try row.bytes("content")
            shelf[object] = content
            return content
        }
    }

    private func fetchMissingObjects(of manifest: Digest, to shelf: ObjectShelf) throws {
        let children = try query(
            """
            SELECT DISTINCT r.child_digest FROM manifest_objects m
            JOIN object_references r ON r.object_digest = m.object_digest
            WHERE m.manifest_digest = \(manifest.hex)
            """
        ).map { try $0.parsed("child_digest") { Digest($0) } }
        let missing = children.filter { shelf[$0] == nil }
        for start in stride(from: 0, to: missing.count, by: Self.objectsAtOnce) {
            let part = missing[start..<min(start + Self.objectsAtOnce, missing.count)].map(\.hex)
            for row in try query("SELECT digest, content FROM objects WHERE digest IN \(list: part)") {
                shelf[try row.parsed("digest") { Digest($0) }] = try row.bytes("content")
            }
        }
    }

    /// Binds of one statement; both databases take more.
    private static var objectsAtOnce: Int { 500 }
}
