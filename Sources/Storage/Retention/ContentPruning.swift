import Persistence
import Projects
import Releases
import Vocabulary

/// Takes away content that nothing reaches any more, one step after the other; each is a transaction of its own.
enum ContentPruning {
    typealias Step = @Sendable (any Connection, ID<Project>, RetentionLimits) throws -> PruneReport

    static let steps: [Step] = [
        { try $0.pruneSourceStates(in: $1, $2) }, { connection, _, limits in try connection.pruneManifests(limits) },
        { connection, _, _ in try connection.pruneObjects() }, { try $0.pruneDeployments(in: $1, $2) },
        { try $0.pruneCompilations(in: $1, $2) }, { connection, _, _ in try connection.pruneToolDefinitions() },
        { try $0.pruneAssets(in: $1, $2) }, { connection, _, _ in try connection.pruneAssetContents() },
    ]
}

extension Connection {
    fileprivate func pruneSourceStates(in project: ID<Project>, _ limits: RetentionLimits) throws -> PruneReport {
        var report = PruneReport()
        let states = try execute(
            """
            DELETE FROM source_states
            WHERE project_id = \(project) AND created_at < \(limits.releases)
                AND NOT EXISTS (SELECT 1 FROM toolset_releases r WHERE r.source_state_id = source_states.id)
            """
        )
        let systems: SQL = """
            SELECT s.id FROM system_source_states s
            WHERE s.project_id = \(project) AND s.created_at < \(limits.releases)
                AND NOT EXISTS (SELECT 1 FROM source_states o WHERE o.system_source_state_id = s.id)
                AND NOT EXISTS (SELECT 1 FROM toolsets t WHERE t.pinned_system_source_state_id = s.id)
                AND NOT EXISTS (SELECT 1 FROM kept_edits k WHERE k.pinned_system_source_state_id = s.id)
                AND NOT EXISTS (SELECT 1 FROM toolset_release_pins p WHERE p.system_source_state_id = s.id)
            """
        // Read first: what is a member decides nothing, and yet it goes before its owner.
        let ids = try query(systems).map { try $0.text("id") }
        for id in ids {
            try execute("DELETE FROM system_source_state_prompts WHERE system_source_state_id = \(id)")
            try execute("DELETE FROM system_source_state_resources WHERE system_source_state_id = \(id)")
            try execute("DELETE FROM system_source_states WHERE id = \(id)")
        }
        report.add(.sourceStates, count: states + ids.count)
        return report
    }

    fileprivate func pruneManifests(_ limits: RetentionLimits) throws -> PruneReport {
        var report = PruneReport()
        let rows = try query(
            """
            SELECT m.digest, length(m.content) AS size FROM manifests m
            WHERE m.created_at < \(limits.releases)
                AND NOT EXISTS (SELECT 1 FROM toolset_releases r WHERE r.manifest_digest = m.digest)
                AND NOT EXISTS (SELECT 1 FROM kept_edits k WHERE k.manifest_digest = m.digest)
            """
        )
        for row in rows {
            let digest = try row.text("digest")
            try execute("DELETE FROM manifest_objects WHERE manifest_digest = \(digest)")
            try execute("DELETE FROM manifest_lists WHERE manifest_digest = \(digest)")
            try execute("DELETE FROM manifests WHERE digest = \(digest)")
            report.add(.manifests, count: 1, bytes: try row.integer("size"))
        }
        return report
    }

    /// Objects are written with their manifest, so that one which no manifest reaches is of a manifest that went.
    fileprivate func pruneObjects() throws -> PruneReport {
        var report = PruneReport()
        let rows = try query(
            """
            SELECT o.digest, length(o.content) AS size FROM objects o
            WHERE NOT EXISTS (SELECT 1 FROM manifest_objects m WHERE m.object_digest = o.digest)
                AND o.digest NOT IN (
                    SELECT r.child_digest FROM object_references r
                    JOIN manifest_objects m ON m.object_digest = r.object_digest
                )
            """
        )
        let digests = try rows.map { try $0.text("digest") }
        for digest in digests {
            try execute("DELETE FROM object_references WHERE object_digest = \(digest)")
            try execute("DELETE FROM object_contents WHERE object_digest = \(digest)")
        }
        for digest in digests { try execute("DELETE FROM objects WHERE digest = \(digest)") }
        report.add(.objects, count: rows.count, bytes: try rows.reduce(0) { $0 + (try $1.integer("size")) })
        return report
    }

    /// The newest deployment gives the next one its number, so it stays, whatever became of it.
    fileprivate func pruneDeployments(in project: ID<Project>, _ limits: RetentionLimits) throws -> PruneReport {
        var report = PruneReport()
        let active = try activeDeploymentID(in: project)
        let ids = try query(
            """
            SELECT d.id FROM deployments d
            WHERE d.project_id = \(project) AND d.status <> 'pending' AND d.created_at < \(limits.releases)
                AND d.id <> \(active?.text ?? "")
                AND d.seq < (SELECT max(n.seq) FROM deployments n WHERE n.project_id = d.project_id)
                AND NOT EXISTS (SELECT 1 FROM source_states s WHERE s.deployment_id = d.id)
                AND NOT EXISTS (SELECT 1 FROM toolsets t WHERE t.pinned_deployment_id = d.id)
                AND NOT EXISTS (SELECT 1 FROM kept_edits k WHERE k.pinned_deployment_id = d.id)
                AND NOT EXISTS (SELECT 1 FROM toolset_release_pins p WHERE p.deployment_id = d.id)
            """
        ).map { try $0.text("id") }
        for id in ids {
            try execute("DELETE FROM deployment_logs WHERE deployment_id = \(id)")
            try execute("DELETE FROM deployment_sources WHERE deployment_id = \(id)")
            try execute("DELETE FROM deployments WHERE id = \(id)")
        }
        report.add(.deployments, count: ids.count)
        return report
    }

    /// A source's newest compilation stays, and any that alone knows the name which an operation had: an operation that
    /// comes back is the tool that it was.
    fileprivate func pruneCompilations(in project: ID<Project>, _ limits: RetentionLimits) throws -> PruneReport {
        var report = PruneReport()
        let ids = try query(
            """
            SELECT c.id FROM source_compilations c
            JOIN sources s ON s.id = c.source_id
            JOIN (SELECT source_id, max(id) AS id FROM source_compilations GROUP BY source_id) newest
                ON newest.source_id = c.source_id
            WHERE s.project_id = \(project) AND c.created_at < \(limits.releases) AND c.id <> newest.id
                AND NOT EXISTS (SELECT 1 FROM deployment_sources d WHERE d.compilation_id = c.id)
                AND NOT EXISTS (
                    SELECT 1 FROM compilation_tools t WHERE t.compilation_id = c.id AND NOT EXISTS (
                        SELECT 1 FROM compilation_tools n
                        WHERE n.compilation_id = newest.id AND n.operation = t.operation
                    )
                )
            """
        ).map { try $0.text("id") }
        for id in ids {
            try execute("DELETE FROM compilation_diagnostics WHERE compilation_id = \(id)")
            try execute("DELETE FROM compilation_tools WHERE compilation_id = \(id)")
            try execute("DELETE FROM source_compilations WHERE id = \(id)")
        }
        report.add(.compilations, count: ids.count)
        return report
    }

    fileprivate func pruneToolDefinitions() throws -> PruneReport {
        let rows = try query(
            """
            SELECT d.digest, length(d.content) AS size FROM tool_definitions d
            WHERE d.digest NOT IN (
                SELECT t.definition_digest FROM compilation_tools t WHERE t.definition_digest IS NOT NULL
            )
            """
        )
        for row in rows { try execute("DELETE FROM tool_definitions WHERE digest = \(try row.text("digest"))") }
        var report = PruneReport()
        report.add(.toolDefinitions, count: rows.count, bytes: try rows.reduce(0) { $0 + (try $1.integer("size")) })
        return report
    }

    fileprivate func pruneAssets(in project: ID<Project>, _ limits: RetentionLimits) throws -> PruneReport {
        var report = PruneReport()
        report.add(
            .assets,
            count: try execute(
                """
                DELETE FROM assets
                WHERE project_id = \(project) AND created_at < \(limits.releases)
                    AND NOT EXISTS (SELECT 1 FROM deployment_sources d WHERE d.asset_id = assets.id)
                    AND NOT EXISTS (SELECT 1 FROM resources r WHERE r.asset_id = assets.id)
                    AND NOT EXISTS (SELECT 1 FROM toolsets t WHERE t.logo_asset_id = assets.id)
                """
            )
        )
        return report
    }

    fileprivate func pruneAssetContents() throws -> PruneReport {
        let rows = try query(
            """
            SELECT c.sha256, length(c.content) AS size FROM asset_contents c
            WHERE NOT EXISTS (SELECT 1 FROM assets a WHERE a.sha256 = c.sha256)
                AND NOT EXISTS (SELECT 1 FROM source_compilations s WHERE s.sha256 = c.sha256)
                AND NOT EXISTS (SELECT 1 FROM object_contents o WHERE o.sha256 = c.sha256)
            """
        )
        for row in rows { try execute("DELETE FROM asset_contents WHERE sha256 = \(try row.text("sha256"))") }
        var report = PruneReport()
        report.add(.assetContents, count: rows.count, bytes: try rows.reduce(0) { $0 + (try $1.integer("size")) })
        return report
    }
}
