import Persistence
import Releases
import Storage
import Vocabulary

/// What releases reach in the database.
enum ReleaseRows {
    private static let states: SQL = "SELECT source_state_id FROM toolset_releases"
    private static let systemStates: SQL = "SELECT system_source_state_id FROM source_states WHERE id IN (\(states))"
    private static let deployments: SQL = "SELECT deployment_id FROM source_states WHERE id IN (\(states))"
    private static let compilations: SQL = """
        SELECT compilation_id FROM deployment_sources WHERE deployment_id IN (\(deployments))
        """
    private static let assets: SQL = "SELECT asset_id FROM deployment_sources WHERE deployment_id IN (\(deployments))"
    private static let resources: SQL = """
        SELECT resource_id FROM system_source_state_resources WHERE system_source_state_id IN (\(systemStates))
        """
    private static let bodies: SQL = "SELECT asset_id FROM resources WHERE id IN (\(resources))"
    private static let selections: SQL = "SELECT toolset_version_id FROM toolset_releases"
    private static let groupVersions: SQL = """
        SELECT g.id FROM tool_variations_group_versions g JOIN tool_variations_group_versions named
        ON named.group_id = g.group_id AND g.version <= named.version
        WHERE named.id IN (SELECT global_variations_version_id FROM toolset_releases)
            OR named.id IN (SELECT own_variations_version_id FROM toolset_releases)
        """
    private static let variations: SQL = """
        SELECT variation_id FROM tool_variations_group_version_changes WHERE group_version_id IN (\(groupVersions))
        """
    private static let manifests: SQL = "SELECT manifest_digest FROM toolset_releases"
    private static let pages: SQL = "SELECT object_digest FROM manifest_objects WHERE manifest_digest IN (\(manifests))"
    private static let leaves: SQL = "SELECT child_digest FROM object_references WHERE object_digest IN (\(pages))"

    /// Tables, with the condition that picks the rows that a release reaches.
    static let conditions: [(table: String, condition: SQL)] = [
        ("toolset_releases", "1 = 1"),
        ("activations", "1 = 1"),
        ("toolset_release_pins", "1 = 1"),
        ("manifests", "digest IN (\(manifests))"),
        ("manifest_objects", "manifest_digest IN (\(manifests))"),
        ("objects", "digest IN (\(pages)) OR digest IN (\(leaves))"),
        ("object_references", "object_digest IN (\(pages))"),
        ("source_states", "id IN (\(states))"),
        ("system_source_states", "id IN (\(systemStates))"),
        ("system_source_state_prompts", "system_source_state_id IN (\(systemStates))"),
        (
            "prompt_templates",
            """
            id IN (SELECT prompt_template_id FROM system_source_state_prompts
                WHERE system_source_state_id IN (\(systemStates)))
            """
        ),
        ("system_source_state_resources", "system_source_state_id IN (\(systemStates))"),
        ("resources", "id IN (\(resources))"),
        ("object_contents", "object_digest IN (\(leaves))"),
        ("deployments", "id IN (\(deployments))"),
        ("deployment_sources", "deployment_id IN (\(deployments))"),
        ("assets", "id IN (\(assets)) OR id IN (\(bodies))"),
        (
            "asset_contents",
            "sha256 IN (SELECT sha256 FROM assets WHERE id IN (\(assets)) OR id IN (\(bodies)))"
        ),
        ("source_compilations", "id IN (\(compilations))"),
        ("compilation_tools", "compilation_id IN (\(compilations))"),
        ("compilation_diagnostics", "compilation_id IN (\(compilations))"),
        (
            "tool_definitions",
            "digest IN (SELECT definition_digest FROM compilation_tools WHERE compilation_id IN (\(compilations)))"
        ),
        ("toolset_versions", "id IN (\(selections))"),
        ("toolset_version_tools", "toolset_version_id IN (\(selections))"),
        ("toolset_version_prompts", "toolset_version_id IN (\(selections))"),
        ("toolset_version_resources", "toolset_version_id IN (\(selections))"),
        ("tool_variations_group_versions", "id IN (\(groupVersions))"),
        ("tool_variations_group_version_changes", "group_version_id IN (\(groupVersions))"),
        ("tool_variations", "id IN (\(variations))"),
    ]

    /// The columns of a toolset's row that a release means when it names a version; the others are settings.
    static let metadata: SQL = """
        SELECT history_id, version, name, description, instructions, documentation_url, logo_sha256, logo_media_type,
            serves_output_schemas, created_at
        FROM toolsets WHERE EXISTS (
            SELECT 1 FROM toolset_releases r
            WHERE r.metadata_history_id = history_id AND r.metadata_version = version
        )
        """
}

extension World {
    /// Each row that a release reaches, as text with all of its values, by table; without columns such as
    /// `toolset_releases.label`.
    func releaseRows(without omitted: Set<String> = []) async throws -> [String: Set<String>] {
        try await database.read { connection in
            var rows: [String: Set<String>] = [:]
            for (table, condition) in ReleaseRows.conditions {
                let columns = try connection.columns(of: table).filter { !omitted.contains("\(table).\($0)") }
                rows[table] = Set(
                    try connection.query("SELECT * FROM \(unsafeText: table) WHERE \(condition)").map {
                        try $0.dump(columns)
                    }
                )
            }
            let columns = [
                "history_id", "version", "name", "description", "instructions", "documentation_url", "logo_sha256",
                "logo_media_type", "serves_output_schemas",
            ]
            rows["toolsets"] = Set(try connection.query(ReleaseRows.metadata).map { try $0.dump(columns) })
            return rows
        }
    }
}

extension Connection {
    func columns(of table: String) throws -> [String] {
        try query("SELECT name FROM pragma_table_info(\(table)) ORDER BY cid").map { try $0.text("name") }
    }
}

extension Row {
    /// Every value as text.
    func dump(_ columns: [String]) throws -> String {
        try columns.map { "\($0)=\(try value($0))" }.joined(separator: "|")
    }
}
