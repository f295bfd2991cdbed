import JSON
import Persistence
import Releases

/// Bytes of objects that one transaction has at hand, so that a second content reads only what the first does not have.
final class ObjectShelf {
    private var contents: [Digest: [UInt8]] = [:]
    /// Tools that were compiled or read before, in this transaction or in others.
    let compiled: CompiledTools

    /// A shelf with what was just compiled.
    init(_ compiled: CompiledTools, _ content: CompiledContent? = nil) {
        self.compiled = compiled
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
        let isRedacted = try fetchMissingObjects(of: digest, to: shelf)
        // What was taken out must not be known any more.
        let known = isRedacted ? nil : shelf.compiled
        return try CompiledContent(manifest: manifest, digest: digest, known: known) { object in
            if let known = shelf[object] { return known }
            guard let row = try first("SELECT content FROM objects WHERE digest = \(object.hex)") else {
                throw ManifestError(reason: "the object \(object) is missing")
            }
            let content = try row.bytes("content")
            shelf[object] = content
            return content
        }
    }

    /// Puts the objects of a manifest on the shelf, but for tools that are known; answers whether something was taken out
    /// of one.
    private func fetchMissingObjects(of manifest: Digest, to shelf: ObjectShelf) throws -> Bool {
        let children = try query(
            """
            SELECT DISTINCT r.child_digest, o.redacted_at FROM manifest_objects m
            JOIN object_references r ON r.object_digest = m.object_digest
            JOIN objects o ON o.digest = r.child_digest
            WHERE m.manifest_digest = \(manifest.hex)
            """
        ).map {
            (digest: try $0.parsed("child_digest") { Digest($0) }, isRedacted: try $0.value("redacted_at") != .null)
        }
        let isRedacted = children.contains(where: \.isRedacted)
        let missing = children.filter {
            $0.isRedacted || shelf[$0.digest] == nil && (isRedacted || !shelf.compiled.knows($0.digest))
        }.map(\.digest)
        for start in stride(from: 0, to: missing.count, by: Self.objectsAtOnce) {
            let part = missing[start..<min(start + Self.objectsAtOnce, missing.count)].map(\.hex)
            for row in try query("SELECT digest, content FROM objects WHERE digest IN \(list: part)") {
                shelf[try row.parsed("digest") { Digest($0) }] = try row.bytes("content")
            }
        }
        return isRedacted
    }

    /// Binds of one statement; both databases take more.
    private static var objectsAtOnce: Int { 500 }
}
