import JSON
import Persistence
import Releases
import Vocabulary

extension Connection {
    /// Writes the objects and the manifest that are not there yet, and what clients get of them.
    func store(_ content: CompiledContent, served: ServedEncoding) throws {
        for object in content.objects { try store(object) }
        let isNew = try execute(
            """
            INSERT INTO manifests (digest, format, content, created_at)
            VALUES (\(content.digest.hex), \(content.manifest.format), \(try content.manifest.canonicalBytes()),
                \(Timestamp.now()))
            ON CONFLICT (digest) DO NOTHING
            """
        )
        guard isNew > 0 else { return }
        for page in Set(content.manifest.pages).sorted() {
            try execute(
                """
                INSERT INTO manifest_objects (manifest_digest, object_digest)
                VALUES (\(content.digest.hex), \(page.hex))
                """
            )
        }
        for list in served(content) {
            try execute(
                """
                INSERT INTO manifest_lists (manifest_digest, revision, list, digest)
                VALUES (\(content.digest.hex), \(list.revision), \(list.kind.rawValue), \(list.digest.hex))
                """
            )
        }
    }

    private func store(_ object: ManifestObject) throws {
        let isNew = try execute(
            """
            INSERT INTO objects (digest, format, content)
            VALUES (\(object.digest.hex), \(object.format), \(object.content))
            ON CONFLICT (digest) DO NOTHING
            """
        )
        guard isNew > 0 else { return }
        for child in Set(object.children).sorted() {
            try execute(
                """
                INSERT INTO object_references (object_digest, child_digest)
                VALUES (\(object.digest.hex), \(child.hex))
                """
            )
        }
        for content in Set(object.contents).sorted() {
            try execute(
                """
                INSERT INTO object_contents (object_digest, sha256) VALUES (\(object.digest.hex), \(content.hex))
                """
            )
        }
    }

    /// What clients got of a manifest when it was stored, by revision and list; nothing for manifests of format 1.
    func servedLists(ofManifest digest: Digest) throws -> [ServedList] {
        try query(
            """
            SELECT revision, list, digest FROM manifest_lists WHERE manifest_digest = \(digest.hex)
            ORDER BY revision, list
            """
        ).map { row in
            ServedList(
                revision: try row.text("revision"),
                kind: try row.parsed("list") { ServedList.Kind(rawValue: $0) },
                digest: try row.parsed("digest") { Digest($0) }
            )
        }
    }
}
