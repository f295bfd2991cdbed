/// The rows that a record digest is made of, column by column: by them an export is verified far from its database.
///
/// A digest that exists is of exactly these; a later column gets no place among them.
package enum RecordColumns {
    /// Of a release, in a form of its record: the first, or the second, which has names and versions besides.
    package static func release(inForm form: Int) -> [String] { form < 2 ? release : release + releaseNames }

    private static let release = [
        "id", "toolset_id", "release_number", "notes", "manifest_digest", "source_state_id", "toolset_version_id",
        "metadata_history_id", "metadata_version", "global_variations_version_id", "own_variations_version_id",
        "tool_count", "released_by", "created_at", "base_release_id", "base_number", "breaking_count", "risky_count",
        "safe_count", "project_id", "deployment_id", "system_source_state_id", "state_created", "system_project",
        "system_created", "deployment_record", "global_record", "own_record",
    ]
    private static let releaseNames = [
        "project_slug", "toolset_slug", "global_version", "own_version", "manifest_created",
    ]
    package static let selection = ["id", "toolset_id", "version", "predecessor_id", "created_by", "created_at"]
    package static let list = ["revision", "list", "digest"]
    /// Of an activation, in a form of its record: the second has the numbers of both releases besides.
    package static func activation(inForm form: Int) -> [String] {
        form < 2 ? activation : activation + ["release_number", "previous_number"]
    }

    private static let activation = [
        "toolset_id", "seq", "release_id", "previous_release_id", "kind", "actor", "reason", "created_at",
    ]
    /// Stands in front of the digest of the record before.
    package static let before = "before"
}
