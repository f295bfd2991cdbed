import JSON
import Persistence
import Projects
import Releases
import Vocabulary

/// Digests of rows that may change, each made anew by the call that changes its row. What was changed in any other way no
/// longer has the digest that it should have.
extension Connection {
    /// Of what is said of a release after it was made: its label, its redaction, and when each of its objects was taken out.
    func marksRecord(_ id: ID<Release>) throws -> Digest {
        var record = RecordDigest()
        let rows = try query("SELECT * FROM toolset_releases WHERE id = \(id)")
        try record.add("toolset_releases", rows, ["id", "label", "redacted_at", "redacted_by", "redaction_reason"])
        guard let row = rows.first, try row.optionalText("redacted_at") != nil else { return record.digest }
        try record.add(
            "objects",
            try query(
                """
                SELECT o.digest, o.redacted_at FROM manifest_objects m
                JOIN object_references r ON r.object_digest = m.object_digest
                JOIN objects o ON o.digest = r.child_digest
                WHERE m.manifest_digest = \(try row.text("manifest_digest")) AND o.redacted_at IS NOT NULL
                GROUP BY o.digest, o.redacted_at ORDER BY o.digest
                """
            ),
            ["digest", "redacted_at"]
        )
        return record.digest
    }

    /// Writes the digest of a release's label and redaction.
    func sealMarks(_ id: ID<Release>) throws {
        let record = try marksRecord(id).hex
        try execute("UPDATE toolset_releases SET marks_digest = \(record) WHERE id = \(id)")
    }

    /// Changes labels or redactions of releases, and makes their digests anew where they were right: one that is wrong is
    /// left as it is, to be found.
    func renewingMarks(of releases: [ID<Release>], _ change: () throws -> Void) throws {
        let sound = try releases.filter { id in
            let stored = try first("SELECT marks_digest FROM toolset_releases WHERE id = \(id)")?
                .optionalText("marks_digest")
            return try stored == nil || stored == marksRecord(id).hex
        }
        try change()
        for id in sound { try sealMarks(id) }
    }

    /// Of the settings of a live toolset, which act at once in both modes, and of what never changes in its row.
    func settingsRecord(_ id: ID<Toolset>) throws -> Digest {
        var record = RecordDigest()
        try record.add(
            "toolsets",
            try query("SELECT * FROM toolsets WHERE id = \(id)"),
            [
                "id", "project_id", "slug", "tool_selection_mode", "variations_group_id", "created_by", "created_at",
                "history_id", "mcp_slug", "mcp_enabled", "mcp_is_public", "mcp_caller_variables",
                "default_environment_id", "staging_environment_id", "pinned_addresses", "grace_seconds", "change_rules",
                "deleted_at",
            ]
        )
        return record.digest
    }

    /// Writes the digest of a toolset's settings.
    func sealSettings(_ id: ID<Toolset>) throws {
        let record = try settingsRecord(id).hex
        try execute("UPDATE toolsets SET settings_digest = \(record) WHERE id = \(id)")
    }

    /// Changes settings of a toolset, and makes their digest anew where it was right or missing.
    func renewingSettings(of id: ID<Toolset>, _ change: () throws -> Void) throws {
        let stored = try first("SELECT settings_digest FROM toolsets WHERE id = \(id)")?.optionalText("settings_digest")
        let isSound = try stored == nil || stored == settingsRecord(id).hex
        try change()
        if isSound { try sealSettings(id) }
    }

    /// Of a state of edits that can be gone back to, with whether somebody did.
    func keptEditsRecord(_ id: String) throws -> Digest {
        var record = RecordDigest()
        try record.add(
            "kept_edits",
            try query("SELECT * FROM kept_edits WHERE id = \(id)"),
            [
                "id", "toolset_id", "kind", "toolset_version_id", "metadata_version", "own_variations_version_id",
                "pinned_deployment_id", "pinned_system_source_state_id", "base_release_id", "edits_digest",
                "successor_digest", "manifest_digest", "created_by", "created_at", "undone_at",
            ]
        )
        return record.digest
    }

    /// Writes the digest of kept edits that were just made or gone back to.
    func sealKeptEdits(_ id: String) throws {
        let record = try keptEditsRecord(id).hex
        try execute("UPDATE kept_edits SET record_digest = \(record) WHERE id = \(id)")
    }
}

/// An event of the audit log as its digest takes it in, with the digest of the one before.
struct AuditRecord {
    /// The columns in the order in which the digest has them.
    static let columns = [
        "id", "organization_id", "project_id", "actor", "action", "subject", "subject_name", "summary", "created_at",
        "seq",
    ]

    let before: String?
    let values: [SQLValue]

    var digest: Digest {
        var record = RecordDigest()
        record.add(RecordColumns.before, before)
        record.add("audit_events", values: values)
        return record.digest
    }
}
