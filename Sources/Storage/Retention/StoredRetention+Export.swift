import Foundation
import JSON
import Persistence
package import Projects
package import Releases
package import Vocabulary

extension StoredRetention {
    package func export(
        _ reference: ReleaseReference,
        includingDocuments: Bool,
        in project: ID<Project>
    ) async throws -> ReleaseExport {
        try await database.read { connection in
            let (release, toolset) = try connection.release(reference, in: project)
            let content = try connection.readableContent(ofManifest: release.digest)
            guard
                let row = try connection.first(
                    """
                    SELECT r.*, m.content AS manifest, p.slug AS project, v.version AS selection_version,
                        s.deployment_id, g.version AS global_version, o.version AS own_version
                    FROM toolset_releases r
                    JOIN manifests m ON m.digest = r.manifest_digest
                    JOIN toolset_versions v ON v.id = r.toolset_version_id
                    JOIN source_states s ON s.id = r.source_state_id
                    JOIN projects p ON p.id = s.project_id
                    LEFT JOIN tool_variations_group_versions g ON g.id = r.global_variations_version_id
                    LEFT JOIN tool_variations_group_versions o ON o.id = r.own_variations_version_id
                    WHERE r.id = \(release.id)
                    """
                )
            else { throw Problem(.databaseDamaged, "What release \(release.number) refers to is not there.") }
            var json: JSONObject = [
                "format": .number(JSONNumber(ReleaseExport.format)), "kind": "release",
                "project": .string(try row.text("project")), "toolset": .string(toolset.slug.text),
                "release": .object(try connection.exportedRecord(of: release, content, row)),
                "manifest": .string(String(decoding: try row.bytes("manifest"), as: UTF8.self)),
                "objects": .object(try connection.exportedObjects(of: release.digest)),
                "lists": .array(
                    try connection.servedLists(ofManifest: release.digest).map {
                        [
                            "revision": .string($0.revision), "list": .string($0.kind.rawValue),
                            "digest": .string($0.digest.hex),
                        ]
                    }
                ),
                "sources": .array(try connection.sources(of: release.deploymentID).map(\.json)),
                "activations": .array(try connection.exportedActivations(of: release)),
            ]
            if includingDocuments {
                let digests = try connection.sources(of: release.deploymentID).map(\.digest)
                json["bytes"] = .object(
                    try connection.exportedBytes(digests + content.resources.map(\.digest))
                )
            }
            return try ReleaseExport(sealing: json)
        }
    }
}

extension Connection {
    /// What is said of a release, with the rows that the digest of its record is of: they prove it far from here.
    fileprivate func exportedRecord(
        of release: Release,
        _ content: CompiledContent,
        _ row: Row
    ) throws -> JSONObject {
        var json = try said(of: release, row)
        // The rows of a prompt or a resource say what was taken out of the release.
        guard let digest = json["record_digest"]?.string, !content.hidesRecord else { return json }
        let form = try RecordForm.matching(digest) { try releaseRecord(release.id.text, $0).digest }
        json["record"] = try releaseRecord(release.id.text, form ?? .newest).json
        return json
    }

    private func said(of release: Release, _ row: Row) throws -> JSONObject {
        [
            "id": .string(release.id.text), "number": JSONValue(release.number), "label": JSONValue(release.label),
            "digest": .string(release.digest.hex), "notes": .string(release.notes),
            "released_by": .string(release.releasedBy), "created_at": .string(release.createdAt.description),
            "tool_count": JSONValue(release.toolCount), "base": JSONValue(release.base),
            "record_digest": JSONValue(try row.optionalText("record_digest")),
            "redaction": release.redaction.map {
                ["reason": .string($0.reason), "actor": .string($0.actor), "at": .string($0.at.description)]
            } ?? .null,
            "pins": [
                "deployment_id": JSONValue(release.deploymentID?.text),
                "toolset_version": JSONValue(try row.integer("selection_version")),
                "metadata_version": JSONValue(release.metadataVersion),
                "global_variations_version": JSONValue(try row.optionalInteger("global_version")),
                "own_variations_version": JSONValue(try row.optionalInteger("own_version")),
            ],
        ]
    }

    /// Every object of a manifest as the text that is stored, by digest.
    fileprivate func exportedObjects(of manifest: Digest) throws -> JSONObject {
        let objects = try objects(reachableFrom: manifest)
        return JSONObject(
            objects.sorted { $0.key < $1.key }.map { ($0.key, .string(String(decoding: $0.value, as: UTF8.self))) }
        )
    }

    /// The times at which a release went live, oldest first.
    fileprivate func exportedActivations(of release: Release) throws -> [JSONValue] {
        try query(
            """
            SELECT a.*, p.release_number AS previous_number FROM activations a
            LEFT JOIN toolset_releases p ON p.id = a.previous_release_id
            WHERE a.toolset_id = \(release.toolsetID) AND a.release_id = \(release.id) ORDER BY a.seq
            """
        ).map { row in
            let seq = try row.integer("seq")
            let digest = try row.optionalText("record_digest")
            return [
                "seq": JSONValue(seq),
                "previous_release": JSONValue(try row.optionalInteger("previous_number")),
                "kind": .string(try row.text("kind")), "actor": .string(try row.text("actor")),
                "reason": .string(try row.text("reason")), "at": .string(try row.text("created_at")),
                "record_digest": JSONValue(digest),
                "record": try digest.map { try exportedRecord(of: seq, of: release.toolsetID, digest: $0) } ?? .null,
            ]
        }
    }

    /// The rows of an activation in the form that its record has.
    private func exportedRecord(of seq: Int, of toolset: ID<Toolset>, digest: String) throws -> JSONValue {
        let form = try RecordForm.matching(digest) { try activationRecord(seq, of: toolset, $0).digest }
        return try activationRecord(seq, of: toolset, form ?? .newest).json
    }

    /// Bytes by their SHA-256, in base64.
    fileprivate func exportedBytes(_ digests: [Digest]) throws -> JSONObject {
        var bytes = JSONObject()
        for digest in Set(digests).sorted() {
            guard let content = try resourceBytes(digest) else { continue }
            bytes[digest.hex] = .string(Data(content).base64EncodedString())
        }
        return bytes
    }
}
