import JSON
import Persistence
import Projects
import Releases
import Vocabulary

/// A row of `toolsets`: a live toolset, or the staging copy of one.
struct ToolsetRecord: Sendable {
    let id: ID<Toolset>
    let projectID: ID<Project>
    let slug: Slug
    /// The live toolset, for a staging copy.
    let parentID: ID<Toolset>?
    let mode: EditingMode
    let currentReleaseID: ID<Release>?
    let baseReleaseID: ID<Release>?
    let version: Int
    let metadata: Toolset.Metadata
    let variationsGroupID: String
    let pinnedDeploymentID: ID<Deployment>?
    /// The state whose prompts are used in place of the newest.
    let pinnedPromptsID: String?
    let defaultEnvironmentID: ID<CallEnvironment>?
    let stagingEnvironmentID: ID<CallEnvironment>?
    /// Only the live toolset has one.
    let mcpSlug: Slug?
    let isEnabled: Bool
    let isPublic: Bool
    let callerVariables: [String]
    let hasPinnedAddresses: Bool
    let graceSeconds: Int
    /// The rollback after which automations are stopped: the seq of its activation.
    let holdSeq: Int?
    let changeRules: ChangeRuleSettings
    /// Whether it came with the server.
    let isBuiltIn: Bool
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(row: Row) throws {
        id = try row.id("id")
        projectID = try row.id("project_id")
        slug = try row.slug("slug")
        parentID = try row.optionalID("parent_toolset_id")
        mode = try row.parsed("editing_mode") { EditingMode(rawValue: $0) }
        currentReleaseID = try row.optionalID("current_release_id")
        baseReleaseID = try row.optionalID("base_release_id")
        version = try row.integer("version")
        metadata = try Toolset.Metadata(row: row)
        variationsGroupID = try row.text("variations_group_id")
        pinnedDeploymentID = try row.optionalID("pinned_deployment_id")
        pinnedPromptsID = try row.optionalText("pinned_system_source_state_id")
        defaultEnvironmentID = try row.optionalID("default_environment_id")
        stagingEnvironmentID = try row.optionalID("staging_environment_id")
        mcpSlug = try row.optionalText("mcp_slug").flatMap { Slug($0) }
        isEnabled = try row.bool("mcp_enabled")
        isPublic = try row.bool("mcp_is_public")
        callerVariables = try JSONValue(parsing: try row.text("mcp_caller_variables")).array?.compactMap(\.string) ?? []
        hasPinnedAddresses = try row.bool("pinned_addresses")
        graceSeconds = try row.integer("grace_seconds")
        holdSeq = try row.optionalInteger("hold_seq")
        changeRules = try ChangeRuleSettings(stored: try row.text("change_rules"))
        isBuiltIn = BuiltIn.contains(slug, madeBy: try row.text("created_by"))
        createdAt = try row.timestamp("created_at")
        updatedAt = try row.timestamp("updated_at")
    }
}

extension Connection {
    /// The live toolset of that slug.
    func toolset(_ slug: Slug, in project: ID<Project>) throws -> ToolsetRecord? {
        try first(
            """
            SELECT * FROM toolsets
            WHERE project_id = \(project) AND slug = \(slug)
                AND deleted_at IS NULL AND archived_at IS NULL AND parent_toolset_id IS NULL
            """
        ).map(ToolsetRecord.init)
    }

    /// The live toolset of that slug.
    ///
    /// - Throws: ``Problem`` `not_found`.
    func existingToolset(_ slug: Slug, in project: ID<Project>) throws -> ToolsetRecord {
        guard let record = try toolset(slug, in: project) else {
            throw Problem(.notFound, "The project has no toolset \"\(slug)\"; toolsets.list names those it has.")
        }
        return record
    }

    /// The live toolset of that slug, its row locked until the end of the transaction: a write that gives a number, or
    /// that compares what it read, begins with this.
    ///
    /// - Throws: ``Problem`` `not_found`.
    func lockedToolset(_ slug: Slug, in project: ID<Project>) throws -> ToolsetRecord {
        try execute(
            """
            UPDATE toolsets SET updated_at = updated_at
            WHERE project_id = \(project) AND slug = \(slug)
                AND deleted_at IS NULL AND archived_at IS NULL AND parent_toolset_id IS NULL
            """
        )
        return try existingToolset(slug, in: project)
    }

    func toolset(_ id: ID<Toolset>) throws -> ToolsetRecord {
        guard let row = try first("SELECT * FROM toolsets WHERE id = \(id)") else {
            throw Problem(.notFound, "There is no toolset with the id \(id).")
        }
        return try ToolsetRecord(row: row)
    }

    /// The staging copy of a live toolset.
    func stagingCopy(of parent: ToolsetRecord) throws -> ToolsetRecord? {
        try first(
            """
            SELECT * FROM toolsets
            WHERE parent_toolset_id = \(parent.id) AND deleted_at IS NULL AND archived_at IS NULL
            """
        ).map(ToolsetRecord.init)
    }

    /// The row that an edit of a toolset acts on: its staging copy in staging mode, else itself.
    func editedRecord(of parent: ToolsetRecord) throws -> ToolsetRecord {
        switch parent.mode {
        case .iteration: return parent
        case .staging:
            guard let copy = try stagingCopy(of: parent) else {
                throw Problem(
                    .unexpected,
                    "The toolset \"\(parent.slug)\" is in staging mode and has no staging copy; `slipway verify` tells more."
                )
            }
            return copy
        }
    }

    /// Changes the metadata of a row: first its old values become an archived row of the same history, with its version.
    func changeMetadata(of record: ToolsetRecord, to metadata: Toolset.Metadata, by actor: Actor) throws {
        let now = Timestamp.now()
        let archive = ID<Toolset>.make()
        try execute(
            """
            UPDATE toolsets SET
                name = \(metadata.name), description = \(metadata.description),
                instructions = \(metadata.instructions), documentation_url = \(metadata.documentationURL),
                logo_asset_id = \(try logoAssetID(metadata.logo, in: record.projectID)),
                logo_sha256 = \(metadata.logo?.digest.hex), logo_media_type = \(metadata.logo?.mimeType),
                serves_output_schemas = \(metadata.servesOutputSchemas),
                version = \(record.version + 1), updated_at = \(now)
            WHERE id = \(record.id)
            """
        )
        try execute(
            """
            INSERT INTO toolsets (
                id, project_id, slug, name, description, instructions, documentation_url, logo_asset_id,
                logo_sha256, logo_media_type, serves_output_schemas,
                tool_selection_mode, variations_group_id, default_environment_id, mcp_slug, mcp_enabled, mcp_is_public,
                created_by, created_at, updated_at, deleted_at, parent_toolset_id, editing_mode, current_release_id,
                base_release_id, predecessor_id, version, history_id, archived_at
            )
            SELECT \(archive), project_id, slug, \(record.metadata.name), \(record.metadata.description),
                \(record.metadata.instructions), \(record.metadata.documentationURL),
                \(try logoAssetID(record.metadata.logo, in: record.projectID)), \(record.metadata.logo?.digest.hex),
                \(record.metadata.logo?.mimeType), \(record.metadata.servesOutputSchemas),
                tool_selection_mode, variations_group_id, NULL, NULL, 0, 0,
                \(actor.name), created_at, \(record.updatedAt), NULL, NULL, editing_mode, NULL,
                NULL, predecessor_id, \(record.version), history_id, \(now)
            FROM toolsets WHERE id = \(record.id)
            """
        )
        try execute("UPDATE toolsets SET predecessor_id = \(archive) WHERE id = \(record.id)")
    }
}
