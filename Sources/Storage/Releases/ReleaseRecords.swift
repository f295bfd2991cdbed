import JSON
import Persistence
import Projects
import Releases
import Vocabulary

extension Connection {
    /// Releases with what is known about them, newest first.
    func releases(where condition: SQL, limit: Int) throws -> [Release] {
        try query(
            """
            SELECT r.*, s.deployment_id, v.version AS selection_version, t.current_release_id,
                b.release_number AS base_number,
                CASE WHEN EXISTS (
                    SELECT 1 FROM activations a WHERE a.toolset_id = r.toolset_id AND a.release_id = r.id
                ) THEN 1 ELSE 0 END AS was_live
            FROM toolset_releases r
            JOIN source_states s ON s.id = r.source_state_id
            JOIN toolset_versions v ON v.id = r.toolset_version_id
            JOIN toolsets t ON t.id = r.toolset_id
            LEFT JOIN toolset_releases b ON b.id = r.base_release_id
            WHERE \(condition)
            ORDER BY r.release_number DESC LIMIT \(limit)
            """
        ).map(Release.init)
    }

    func release(_ id: ID<Release>) throws -> Release? {
        try releases(where: "r.id = \(id)", limit: 1).first
    }

    /// The release that a reference means, with its toolset.
    ///
    /// - Throws: ``Problem`` `not_found`.
    func release(_ reference: ReleaseReference, in project: ID<Project>) throws -> (Release, ToolsetRecord) {
        switch reference {
        case .number(let number, let slug):
            let toolset = try existingToolset(slug, in: project)
            let found = try releases(
                where: "r.toolset_id = \(toolset.id) AND r.release_number = \(number)",
                limit: 1
            ).first
            guard let found else {
                throw Problem(
                    .notFound,
                    "The toolset \"\(slug)\" has no release \(number); toolsets.listReleases names those it has."
                )
            }
            return (found, toolset)
        case .label(let label, let slug):
            let toolset = try existingToolset(slug, in: project)
            return (try release(labelled: label, in: toolset), toolset)
        case .id(let id):
            guard let found = try release(id) else {
                throw Problem(.notFound, "There is no release with the id \(id).")
            }
            let toolset = try toolset(found.toolsetID)
            guard toolset.projectID == project else {
                throw Problem(.notFound, "There is no release with the id \(id).")
            }
            return (found, toolset)
        }
    }

    /// The release with a label; upper and lower case count the same, but where two labels differ in that alone.
    private func release(labelled label: ReleaseLabel, in toolset: ToolsetRecord) throws -> Release {
        let found = try releases(
            where: "r.toolset_id = \(toolset.id) AND lower(r.label) = \(label.text.lowercased())",
            limit: 1000
        )
        if let exact = found.first(where: { $0.label == label.text }) { return exact }
        guard found.count < 2 else {
            throw Problem(
                .invalid,
                "The label \"\(label)\" may mean release \(found.map { "\($0.number) (\($0.label ?? ""))" }.joined(separator: " or ")) of \"\(toolset.slug)\"; write it as it stands there, or give the number.",
                errors: [.init(pointer: "/label", message: "may mean more than one release")]
            )
        }
        guard let only = found.first else {
            throw Problem(
                .notFound,
                "The toolset \"\(toolset.slug)\" has no release with the label \"\(label)\"; toolsets.listReleases names those it has."
            )
        }
        return only
    }

    /// What a live toolset in staging mode serves.
    func currentRelease(of parent: ToolsetRecord) throws -> Release? {
        try parent.currentReleaseID.flatMap { try release($0) }
    }

    /// The seq of the last activation; 0 where there was none.
    func activationSeq(of toolset: ID<Toolset>) throws -> Int {
        try count("SELECT max(seq) AS value FROM activations WHERE toolset_id = \(toolset)")
    }

    /// The content of the release that is live; `compiled` remembers tools that were read before.
    func liveContent(of parent: ToolsetRecord, compiled: CompiledTools? = nil) throws -> CompiledContent {
        guard let release = try currentRelease(of: parent) else {
            throw Problem(
                .unexpected,
                "The toolset \"\(parent.slug)\" is in staging mode and no release of it is live."
            )
        }
        return try content(ofManifest: release.digest, compiled: compiled)
    }

    /// A manifest as it is stored.
    func manifest(_ digest: Digest) throws -> Manifest {
        guard let row = try first("SELECT content FROM manifests WHERE digest = \(digest.hex)") else {
            throw Problem(.databaseDamaged, "The manifest \(digest) is missing; restore the last backup.")
        }
        return try Manifest(json: try JSONValue(parsing: try row.bytes("content")))
    }

    /// Freezes nothing and reads nothing else: a manifest and the objects it names, but for tools that `compiled`
    /// remembers.
    ///
    /// - Throws: ``Problem`` `redacted` where something was taken out of it: such content is served nowhere.
    func content(ofManifest digest: Digest, compiled: CompiledTools? = nil) throws -> CompiledContent {
        let content =
            try compiled.map { try self.content(ofManifest: digest, from: ObjectShelf($0)) }
            ?? readableContent(ofManifest: digest)
        guard content.redacted.isEmpty else {
            throw Problem(
                .redacted,
                "Something was redacted in this release, so that it is neither served nor compared; toolsets.getReleaseDetails says why."
            )
        }
        return content
    }

    /// As ``content(ofManifest:)``, without what was taken out.
    func readableContent(ofManifest digest: Digest) throws -> CompiledContent {
        let manifest = try manifest(digest)
        let objects = try objects(reachableFrom: digest)
        return try CompiledContent(manifest: manifest, digest: digest) { digest in
            guard let content = objects[digest.hex] else {
                throw ManifestError(reason: "the object \(digest) is missing")
            }
            return content
        }
    }

    /// The pages of a manifest, by their digests.
    func pages(ofManifest digest: Digest) throws -> [String: [UInt8]] {
        let rows = try query(
            """
            SELECT o.digest, o.content FROM manifest_objects m JOIN objects o ON o.digest = m.object_digest
            WHERE m.manifest_digest = \(digest.hex)
            """
        )
        return Dictionary(
            try rows.map { (try $0.text("digest"), try $0.bytes("content")) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Whether a release serves this content, said in the format that the release is of.
    func isSame(_ content: CompiledContent, as release: Release) throws -> Bool {
        let format = try count("SELECT format AS value FROM manifests WHERE digest = \(release.digest.hex)")
        guard format < content.manifest.format else { return content.digest == release.digest }
        return try content.digest(in: format) == release.digest
    }

    /// The pages of a manifest and what stands on them, by digest.
    func objects(reachableFrom manifest: Digest) throws -> [String: [UInt8]] {
        let rows = try query(
            """
            SELECT o.digest, o.content FROM manifest_objects m JOIN objects o ON o.digest = m.object_digest
            WHERE m.manifest_digest = \(manifest.hex)
            UNION ALL
            SELECT o.digest, o.content FROM manifest_objects m
            JOIN object_references r ON r.object_digest = m.object_digest
            JOIN objects o ON o.digest = r.child_digest
            WHERE m.manifest_digest = \(manifest.hex)
            """
        )
        return Dictionary(
            try rows.map { (try $0.text("digest"), try $0.bytes("content")) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}

extension Release {
    init(row: Row) throws {
        let id: ID<Release> = try row.id("id")
        let isLive = try row.optionalText("current_release_id") == id.text
        self.init(
            id: id,
            toolsetID: try row.id("toolset_id"),
            number: try row.integer("release_number"),
            digest: try row.parsed("manifest_digest") { Digest($0) },
            label: try row.optionalText("label"),
            notes: try row.text("notes"),
            releasedBy: try row.text("released_by"),
            createdAt: try row.timestamp("created_at"),
            state: isLive ? .live : try row.bool("was_live") ? .wasLive : .neverLive,
            base: try row.optionalInteger("base_number"),
            verdicts: try Verdicts(row: row),
            redaction: try Redaction(row: row),
            toolCount: try row.integer("tool_count"),
            deploymentID: try row.optionalID("deployment_id"),
            selectionVersion: try row.integer("selection_version"),
            metadataVersion: try row.integer("metadata_version")
        )
    }
}

extension Verdicts {
    /// The counts of a row of `toolset_releases`; nothing where nobody compared.
    fileprivate init?(row: Row) throws {
        guard let breaking = try row.optionalInteger("breaking_count") else { return nil }
        self.init(
            breaking: breaking,
            risky: try row.integer("risky_count"),
            safe: try row.integer("safe_count")
        )
    }
}

extension Redaction {
    /// The redaction of a row of `toolset_releases`; nothing where the release is whole.
    fileprivate init?(row: Row) throws {
        guard let at = try row.optionalText("redacted_at").flatMap({ Timestamp($0) }) else { return nil }
        self.init(reason: try row.text("redaction_reason"), actor: try row.text("redacted_by"), at: at)
    }
}
