import JSON
import Persistence
import Releases
import Vocabulary

/// Digests of rows that are never changed once they are there. Each stands in the row that it is of, and the digests of
/// what that row refers to are part of it: whoever changes one value of a release's records would have to change all.
extension Connection {
    /// Of a compiled document: its row, which operation is which definition, and what the compiler said.
    func compilationRecord(_ id: String, _ form: RecordForm = .newest) throws -> Digest {
        var record = RecordDigest(form)
        try record.add(
            "source_compilations",
            try query("SELECT * FROM source_compilations WHERE id = \(id)"),
            [
                "id", "source_id", "sha256", "compiler_version", "tool_count", "error_count", "warning_count",
                "created_at",
            ]
        )
        try record.add(
            "compilation_tools",
            try query("SELECT * FROM compilation_tools WHERE compilation_id = \(id) ORDER BY position"),
            ["position", "urn", "operation", "definition_digest"]
        )
        guard form != .first else { return record.digest }
        try record.add(
            "compilation_diagnostics",
            try query("SELECT * FROM compilation_diagnostics WHERE compilation_id = \(id) ORDER BY position"),
            ["position", "severity", "code", "message", "pointer", "line", "column_number"]
        )
        return record.digest
    }

    /// Of a completed deployment: its row, its documents, the records of what they were compiled to, and its log.
    func deploymentRecord(_ id: String, _ form: RecordForm = .newest) throws -> Digest {
        var record = RecordDigest(form)
        try record.add(
            "deployments",
            try query("SELECT * FROM deployments WHERE id = \(id)"),
            ["id", "project_id", "seq", "status", "change", "created_by", "created_at", "completed_at"]
        )
        try record.add(
            "deployment_sources",
            try query(
                """
                SELECT d.*, s.project_id AS source_project, s.slug, s.kind, s.created_at AS source_created,
                    a.project_id AS asset_project, a.name, a.kind AS asset_kind, a.sha256, a.content_type,
                    a.content_length, a.created_by, a.created_at, c.record_digest
                FROM deployment_sources d
                LEFT JOIN sources s ON s.id = d.source_id
                LEFT JOIN assets a ON a.id = d.asset_id
                LEFT JOIN source_compilations c ON c.id = d.compilation_id
                WHERE d.deployment_id = \(id) ORDER BY d.position, d.source_id
                """
            ),
            [
                "source_id", "position", "asset_id", "compilation_id", "serves_output_schemas", "source_project",
                "slug", "kind", "source_created", "asset_project", "name", "asset_kind", "sha256", "content_type",
                "content_length", "created_by", "created_at", "record_digest",
            ]
        )
        guard form != .first else { return record.digest }
        try record.add(
            "deployment_logs",
            try query("SELECT * FROM deployment_logs WHERE deployment_id = \(id) ORDER BY position"),
            ["position", "level", "message", "code", "source_slug", "line", "column_number", "created_at"]
        )
        return record.digest
    }

    /// Of a version of a variations group: its row, the variations that it added, and the record of the version before.
    func groupVersionRecord(_ id: String) throws -> Digest {
        var record = RecordDigest()
        let rows = try query(
            """
            SELECT g.*, o.project_id, o.kind, o.created_at AS group_created, p.record_digest AS before
            FROM tool_variations_group_versions g
            LEFT JOIN tool_variations_groups o ON o.id = g.group_id
            LEFT JOIN tool_variations_group_versions p ON p.id = g.predecessor_id
            WHERE g.id = \(id)
            """
        )
        try record.add(
            "tool_variations_group_versions",
            rows,
            [
                "id", "group_id", "version", "predecessor_id", "created_at", "project_id", "kind", "group_created",
                "before",
            ]
        )
        try record.add(
            "tool_variations",
            try query(
                """
                SELECT v.* FROM tool_variations_group_version_changes c
                LEFT JOIN tool_variations v ON v.id = c.variation_id
                WHERE c.group_version_id = \(id) ORDER BY c.variation_id
                """
            ),
            [
                "id", "group_id", "tool_urn", "version", "predecessor_id", "name", "title", "summary", "description",
                "tags", "read_only_hint", "destructive_hint", "idempotent_hint", "open_world_hint", "confirm",
                "confirm_prompt", "output_schema", "created_by", "created_at",
            ]
        )
        return record.digest
    }

    /// Of an activation and, through its record, of all before it.
    func activationRecord(
        _ seq: Int,
        of toolset: ID<Toolset>,
        _ form: RecordForm = .newest
    ) throws -> RecordDigest {
        var record = RecordDigest(form)
        record.add(
            RecordColumns.before,
            try first(
                "SELECT record_digest FROM activations WHERE toolset_id = \(toolset) AND seq < \(seq) ORDER BY seq DESC LIMIT 1"
            )?.optionalText("record_digest")
        )
        try record.add(
            "activations",
            try query(
                """
                SELECT a.*, r.release_number, p.release_number AS previous_number FROM activations a
                LEFT JOIN toolset_releases r ON r.id = a.release_id
                LEFT JOIN toolset_releases p ON p.id = a.previous_release_id
                WHERE a.toolset_id = \(toolset) AND a.seq = \(seq)
                """
            ),
            RecordColumns.activation(inForm: form.rawValue)
        )
        return record
    }

    /// Writes the record of a compilation that was just made.
    func sealCompilation(_ id: String) throws {
        let record = try compilationRecord(id).hex
        try execute("UPDATE source_compilations SET record_digest = \(record) WHERE id = \(id)")
    }

    /// Writes the record of a deployment that just ended.
    func sealDeployment(_ id: String) throws {
        let record = try deploymentRecord(id).hex
        try execute("UPDATE deployments SET record_digest = \(record) WHERE id = \(id)")
    }

    /// Writes the record of a version of a group that was just made.
    func sealGroupVersion(_ id: String) throws {
        let record = try groupVersionRecord(id).hex
        try execute("UPDATE tool_variations_group_versions SET record_digest = \(record) WHERE id = \(id)")
    }

    /// Writes the record of an activation that was just made.
    func sealActivation(_ seq: Int, of toolset: ID<Toolset>) throws {
        let record = try activationRecord(seq, of: toolset).digest.hex
        try execute("UPDATE activations SET record_digest = \(record) WHERE toolset_id = \(toolset) AND seq = \(seq)")
    }

    /// Whether a release has the record that it should have: one that is wrong is left as it is, to be found.
    func hasSoundRecord(_ id: ID<Release>) throws -> Bool {
        let stored = try first("SELECT record_digest FROM toolset_releases WHERE id = \(id)")?
            .optionalText("record_digest")
        guard let stored else { return false }
        return try RecordForm.matching(stored) { try releaseRecord(id.text, $0).digest } != nil
    }

    /// Writes the record of a release. It comes last: acknowledgements and counts are part of it.
    func sealRelease(_ id: ID<Release>) throws {
        let record = try releaseRecord(id.text).digest.hex
        try execute("UPDATE toolset_releases SET record_digest = \(record) WHERE id = \(id)")
    }
}
