import JSON
import Persistence
import Releases

extension Connection {
    /// Of a release: its row but for the label and a redaction, which come later, and every row that it refers to. Of
    /// deployment and variations it takes in the records that they have.
    func releaseRecord(_ id: String, _ form: RecordForm = .newest) throws -> RecordDigest {
        var record = RecordDigest(form)
        let row = try query(
            """
            SELECT r.*, s.project_id, s.deployment_id, s.system_source_state_id, s.created_at AS state_created,
                y.project_id AS system_project, y.created_at AS system_created, d.record_digest AS deployment_record,
                g.record_digest AS global_record, o.record_digest AS own_record, b.release_number AS base_number,
                p.slug AS project_slug, t.slug AS toolset_slug, g.version AS global_version, o.version AS own_version,
                m.created_at AS manifest_created
            FROM toolset_releases r
            LEFT JOIN source_states s ON s.id = r.source_state_id
            LEFT JOIN system_source_states y ON y.id = s.system_source_state_id
            LEFT JOIN deployments d ON d.id = s.deployment_id
            LEFT JOIN tool_variations_group_versions g ON g.id = r.global_variations_version_id
            LEFT JOIN tool_variations_group_versions o ON o.id = r.own_variations_version_id
            LEFT JOIN toolset_releases b ON b.id = r.base_release_id
            LEFT JOIN toolsets t ON t.id = r.toolset_id
            LEFT JOIN projects p ON p.id = t.project_id
            LEFT JOIN manifests m ON m.digest = r.manifest_digest
            WHERE r.id = \(id)
            """
        )
        try record.add(
            "toolset_releases",
            row,
            RecordColumns.release(inForm: form.rawValue)
        )
        if let row = row.first {
            try addSelection(try row.text("toolset_version_id"), to: &record)
            if let state = try row.optionalText("system_source_state_id") { try addPins(state, to: &record) }
            try record.add(
                "toolsets",
                try query(
                    """
                    SELECT * FROM toolsets WHERE history_id = \(try row.text("metadata_history_id"))
                        AND version = \(try row.integer("metadata_version"))
                    """
                ),
                [
                    "project_id", "history_id", "version", "name", "description", "instructions", "documentation_url",
                    "logo_sha256", "logo_media_type", "serves_output_schemas", "created_at",
                ]
            )
            try record.add(
                "manifest_lists",
                try query(
                    """
                    SELECT * FROM manifest_lists WHERE manifest_digest = \(try row.text("manifest_digest"))
                    ORDER BY revision, list
                    """
                ),
                RecordColumns.list
            )
        }
        try record.add(
            "release_acknowledgements",
            try query("SELECT * FROM release_acknowledgements WHERE release_id = \(id) ORDER BY fingerprint"),
            ["fingerprint", "rule", "subject", "actor", "created_at"]
        )
        guard form != .first else { return record }
        try record.add(
            "toolset_release_pins",
            try query("SELECT * FROM toolset_release_pins WHERE release_id = \(id)"),
            ["deployment_id", "system_source_state_id"]
        )
        return record
    }

    private func addSelection(_ version: String, to record: inout RecordDigest) throws {
        try record.add(
            "toolset_versions",
            try query("SELECT * FROM toolset_versions WHERE id = \(version)"),
            RecordColumns.selection
        )
        try record.add(
            "toolset_version_tools",
            try query("SELECT * FROM toolset_version_tools WHERE toolset_version_id = \(version) ORDER BY position"),
            ["position", "tool_urn", "is_settled"]
        )
        try record.add(
            "toolset_version_prompts",
            try query("SELECT * FROM toolset_version_prompts WHERE toolset_version_id = \(version) ORDER BY position"),
            ["position", "prompt_name"]
        )
        try record.add(
            "toolset_version_resources",
            try query(
                "SELECT * FROM toolset_version_resources WHERE toolset_version_id = \(version) ORDER BY position"
            ),
            ["position", "resource_urn"]
        )
    }

    private func addPins(_ state: String, to record: inout RecordDigest) throws {
        try record.add(
            "prompt_templates",
            try query(
                """
                SELECT i.prompt_template_id, p.* FROM system_source_state_prompts i
                LEFT JOIN prompt_templates p ON p.id = i.prompt_template_id
                WHERE i.system_source_state_id = \(state) ORDER BY i.prompt_template_id
                """
            ),
            [
                "prompt_template_id", "project_id", "history_id", "version", "predecessor_id", "name", "description",
                "arguments", "template", "is_deleted", "created_by", "created_at",
            ]
        )
        try record.add(
            "resources",
            try query(
                """
                SELECT i.resource_id, r.*, a.project_id AS asset_project, a.name AS asset_name, a.kind, a.sha256,
                    a.content_type, a.content_length, a.created_by AS asset_by, a.created_at AS asset_created
                FROM system_source_state_resources i
                LEFT JOIN resources r ON r.id = i.resource_id
                LEFT JOIN assets a ON a.id = r.asset_id
                WHERE i.system_source_state_id = \(state) ORDER BY i.resource_id
                """
            ),
            [
                "resource_id", "project_id", "history_id", "version", "predecessor_id", "slug", "name", "title",
                "description", "mime_type", "asset_id", "is_utf8", "is_deleted", "created_by", "created_at",
                "asset_project", "asset_name", "kind", "sha256", "content_type", "content_length", "asset_by",
                "asset_created",
            ]
        )
    }
}
