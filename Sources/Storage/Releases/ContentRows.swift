import JSON
import Persistence
import Releases
import Vocabulary

extension Connection {
    /// Writes the objects and the manifest that are not there yet, and what clients get of them; `served` says nothing of
    /// that for a checkpoint, which no client ever gets from its manifest.
    func store(_ content: CompiledContent, served: ServedEncoding = { _ in [] }) throws {
        try requireKeepable(content)
        // Most are there already, and asking for many at once costs less than trying to write each.
        let stored = try storedObjects(among: content.objects.map(\.digest))
        for object in content.objects where !stored.contains(object.digest.hex) { try store(object) }
        try storeManifest(of: content)
        guard try first("SELECT 1 FROM manifest_lists WHERE manifest_digest = \(content.digest.hex) LIMIT 1") == nil
        else { return }
        for list in served(content) {
            try execute(
                """
                INSERT INTO manifest_lists (manifest_digest, revision, list, digest)
                VALUES (\(content.digest.hex), \(list.revision), \(list.kind.rawValue), \(list.digest.hex))
                """
            )
        }
    }

    private func storedObjects(among digests: [Digest]) throws -> Set<String> {
        var stored: Set<String> = []
        for start in stride(from: 0, to: digests.count, by: 500) {
            let part = digests[start..<min(start + 500, digests.count)].map(\.hex)
            for row in try query("SELECT digest FROM objects WHERE digest IN \(list: part)") {
                stored.insert(try row.text("digest"))
            }
        }
        return stored
    }

    /// The names of what a content would keep although it was redacted.
    func redactedItems(of content: CompiledContent) throws -> [String] {
        let redacted = Set(
            try query("SELECT digest FROM objects WHERE redacted_at IS NOT NULL").map { try $0.text("digest") }
        )
        guard !redacted.isEmpty else { return [] }
        return content.toolEntries.filter { redacted.contains($0.object.hex) }.map(\.name)
            + content.promptEntries.filter { redacted.contains($0.object.hex) }.map(\.name)
            + content.resourceEntries.filter { redacted.contains($0.object.hex) }.map(\.name)
    }

    /// Refuses to keep again what was redacted: nothing could serve it, and it must not come back.
    ///
    /// - Throws: ``Problem`` `redacted`, naming the items.
    private func requireKeepable(_ content: CompiledContent) throws {
        let items = try redactedItems(of: content)
        guard let first = items.first else { return }
        let more = items.count > 1 ? " and \(items.count - 1) more say" : " says"
        throw Problem(
            .redacted,
            "\(first)\(more) again what was redacted in a release and must not be kept; change it by a variation, or in its document, first. Nothing was changed.",
            details: [.init("items", items)]
        )
    }

    private func storeManifest(of content: CompiledContent) throws {
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
