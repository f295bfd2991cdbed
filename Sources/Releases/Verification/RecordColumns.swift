/// The rows that a record digest is made of, column by column: by them an export is verified far from its database.
///
/// A digest that exists is of exactly these; a later column gets no place among them.
package enum RecordColumns {
    package static let release = [
        "id", "toolset_id", "release_number", "notes", "manifest_digest", "source_state_id", "toolset_version_id",
        "metadata_history_id", "metadata_version", "global_variations_version_id", "own_variations_version_id",
        "tool_count", "released_by", "created_at", "base_release_id", "base_number", "breaking_count", "risky_count",
        "safe_count", "project_id", "deployment_id", "system_source_state_id", "state_created", "system_project",
        "system_created", "deployment_record", "global_record", "own_record",
    ]
    package static let selection = ["id", "toolset_id", "version", "predecessor_id", "created_by", "created_at"]
    package static let list = ["revision", "list", "digest"]
    package static let activation = [
        "toolset_id", "seq", "release_id", "previous_release_id", "kind", "actor", "reason", "created_at",
    ]
    /// Stands in front of the digest of the record before.
    package static let before = "before"
}
