import JSON
package import Persistence
package import Projects
package import Releases
package import Tools
package import Vocabulary

/// Sources as people see them, and what deployments and tools mean for toolsets.
package struct StoredSources {
    private let database: Database

    package init(database: Database) {
        self.database = database
    }
}

extension StoredSources: SourceStore {
    package func sources(in project: ID<Project>) async throws -> [SourceSummary] {
        try await database.read { connection in
            try connection.query(
                """
                SELECT p.slug, s.serves_output_schemas, c.tool_count, c.error_count, c.warning_count,
                    c.created_at AS compiled_at, a.*,
                    (SELECT min(n.seq) FROM deployment_sources o JOIN deployments n ON n.id = o.deployment_id
                        WHERE o.compilation_id = s.compilation_id AND n.status = 'completed') AS first_seq
                FROM deployment_sources s
                JOIN sources p ON p.id = s.source_id
                JOIN assets a ON a.id = s.asset_id
                JOIN source_compilations c ON c.id = s.compilation_id
                WHERE s.deployment_id = \(try connection.activeDeploymentID(in: project))
                ORDER BY s.position
                """
            ).map(SourceSummary.init)
        }
    }

    package func document(
        _ id: ID<Asset>,
        in project: ID<Project>
    ) async throws -> (asset: Asset, content: [UInt8])? {
        try await database.read { connection in
            let row = try connection.first(
                """
                SELECT a.*, c.content FROM assets a JOIN asset_contents c ON c.sha256 = a.sha256
                WHERE a.id = \(id) AND a.project_id = \(project)
                """
            )
            return try row.map { (try Asset(row: $0), try $0.bytes("content")) }
        }
    }

    package func effects(of deployment: ID<Deployment>, in project: ID<Project>) async throws -> DeploymentEffects {
        try await database.read { connection in
            let own = try connection.existingDeployment(deployment, in: project)
            let previous: ID<Deployment>? = try connection.first(
                """
                SELECT id FROM deployments
                WHERE project_id = \(project) AND status = 'completed' AND seq < \(own.seq) ORDER BY seq DESC LIMIT 1
                """
            )?.id("id")
            var effects = DeploymentEffects(
                deployment: deployment,
                previous: previous,
                isActive: try connection.activeDeploymentID(in: project) == deployment
            )
            guard own.status == .completed else { return effects }
            let before = try connection.definitions(in: previous, butNotIn: deployment)
            let after = try connection.definitions(in: deployment, butNotIn: previous)
            effects.compare(before, after)
            effects.offeredNames = try connection.offeredNames(of: after)
            effects.toolsets = try connection.touched(by: effects, in: project)
            return effects
        }
    }

    package func uses(of tool: ToolURN, in project: ID<Project>) async throws -> [ToolUse] {
        try await database.read { connection in
            try connection.query(
                """
                SELECT p.slug, p.name, p.editing_mode, EXISTS (
                    SELECT 1 FROM tool_variation_heads h JOIN tool_variations v ON v.id = h.variation_id
                    WHERE h.group_id = e.variations_group_id AND h.tool_urn = \(tool) AND (
                        coalesce(v.name, v.title, v.summary, v.description, v.tags, v.confirm, v.confirm_prompt)
                            IS NOT NULL
                        OR coalesce(v.read_only_hint, v.destructive_hint, v.idempotent_hint, v.open_world_hint,
                            v.output_schema) IS NOT NULL
                    )
                ) AS has_own
                FROM toolsets p
                JOIN toolsets e ON (e.id = p.id AND p.editing_mode = 'iteration')
                    OR (e.parent_toolset_id = p.id AND p.editing_mode = 'staging'
                        AND e.deleted_at IS NULL AND e.archived_at IS NULL)
                JOIN toolset_versions n ON n.toolset_id = e.id
                    AND n.version = (SELECT max(o.version) FROM toolset_versions o WHERE o.toolset_id = e.id)
                JOIN toolset_version_tools t ON t.toolset_version_id = n.id AND t.tool_urn = \(tool)
                WHERE p.project_id = \(project) AND p.parent_toolset_id IS NULL
                    AND p.deleted_at IS NULL AND p.archived_at IS NULL
                ORDER BY p.slug
                """
            ).map { row in
                ToolUse(
                    slug: try row.slug("slug"),
                    name: try row.text("name"),
                    mode: try row.parsed("editing_mode") { EditingMode(rawValue: $0) },
                    hasOwnVariation: try row.bool("has_own")
                )
            }
        }
    }
}

extension Connection {
    /// The digests of a deployment's tools, without the sources that another deployment has with the same compilation.
    fileprivate func definitions(
        in deployment: ID<Deployment>?,
        butNotIn other: ID<Deployment>?
    ) throws -> [ToolURN: String] {
        let rows = try query(
            """
            SELECT c.urn, c.definition_digest FROM compilation_tools c
            JOIN deployment_sources s ON s.compilation_id = c.compilation_id
            WHERE s.deployment_id = \(deployment) AND c.definition_digest IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM deployment_sources o
                WHERE o.deployment_id = \(other) AND o.compilation_id = s.compilation_id
            )
            """
        )
        return Dictionary(
            try rows.map { (try $0.parsed("urn") { ToolURN($0) }, try $0.text("definition_digest")) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    fileprivate func offeredNames(of definitions: [ToolURN: String]) throws -> [DeploymentEffects.OfferedName] {
        try definitions.sorted { $0.key.description < $1.key.description }.compactMap { urn, digest in
            let row = try first("SELECT content FROM tool_definitions WHERE digest = \(digest)")
            let offered = try row.flatMap { try ToolDefinition(stored: try $0.bytes("content")).offeredName }
            return offered.map { DeploymentEffects.OfferedName(urn: urn, name: $0) }
        }
    }

    /// The toolsets that have tools which the deployment touched.
    fileprivate func touched(
        by effects: DeploymentEffects,
        in project: ID<Project>
    ) throws -> [DeploymentEffects.TouchedToolset] {
        let changed = Set(effects.changed + effects.added)
        let removed = Set(effects.removed)
        guard !changed.isEmpty || !removed.isEmpty else { return [] }
        return try query(
            """
            SELECT * FROM toolsets WHERE project_id = \(project) AND parent_toolset_id IS NULL
                AND deleted_at IS NULL AND archived_at IS NULL
            ORDER BY slug
            """
        ).map(ToolsetRecord.init).compactMap { parent in
            let edited = try editedRecord(of: parent)
            let urns = try selection(of: edited.id).selection.toolURNs
            let own = urns.filter(changed.contains)
            let orphans = urns.filter(removed.contains)
            guard !own.isEmpty || !orphans.isEmpty else { return nil }
            return DeploymentEffects.TouchedToolset(
                slug: parent.slug,
                name: parent.metadata.name,
                state: parent.mode == .iteration ? .live : edited.pinnedDeploymentID == nil ? .waiting : .pinned,
                changed: own,
                orphans: orphans
            )
        }
    }
}

extension DeploymentEffects {
    fileprivate mutating func compare(_ before: [ToolURN: String], _ after: [ToolURN: String]) {
        func ordered(_ urns: some Sequence<ToolURN>) -> [ToolURN] { urns.sorted { $0.description < $1.description } }
        added = ordered(after.keys.filter { before[$0] == nil })
        removed = ordered(before.keys.filter { after[$0] == nil })
        changed = ordered(after.filter { urn, digest in before[urn].map { $0 != digest } ?? false }.keys)
    }
}

extension SourceSummary {
    fileprivate init(row: Row) throws {
        let asset = try Asset(row: row)
        self.init(
            source: DeploymentSource(
                slug: try row.slug("slug"),
                kind: "openapi",
                assetID: asset.id,
                servesOutputSchemas: try row.bool("serves_output_schemas")
            ),
            asset: asset,
            counts: (
                try row.integer("tool_count"), try row.integer("error_count"), try row.integer("warning_count")
            ),
            compiledAt: try row.timestamp("compiled_at"),
            deploymentSeq: try row.integer("first_seq"),
            isBuiltIn: BuiltIn.contains(try row.slug("slug"), madeBy: try row.text("created_by"))
        )
    }
}
