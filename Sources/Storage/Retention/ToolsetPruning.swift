import Persistence
import Projects
import Releases
import Vocabulary

extension Connection {
    /// Takes away what nothing keeps of one toolset: kept edits, staging copies that were taken away, releases.
    func prune(_ id: ID<Toolset>, _ limits: RetentionLimits, by actor: Actor) throws -> PruneReport {
        // The row is locked: what is read here must hold until the end.
        try execute("UPDATE toolsets SET updated_at = updated_at WHERE id = \(id)")
        guard let row = try first("SELECT * FROM toolsets WHERE id = \(id)") else { return PruneReport() }
        let isGone = try row.optionalText("deleted_at").map { $0 < limits.releases.description } ?? false
        let slug = try row.slug("slug")
        var report = PruneReport()
        report.add(.keptEdits, count: try pruneKeptEdits(of: id, before: isGone ? nil : limits.edits))
        report.add(.stagingCopies, count: try pruneCopies(of: id, before: limits.edits))
        let releases = try isGone ? allReleases(of: id) : unkeptReleases(of: id, before: limits.releases)
        if isGone, !releases.isEmpty { try letGoOfReleases(id) }
        for release in releases { try delete(release.id) }
        report.add(.releases, count: releases.count)
        report.releases = releases.map { PruneReport.PrunedRelease(toolset: slug, number: $0.number) }
        if isGone { try pruneGroupVersions(of: try row.text("variations_group_id")) }
        if report.count > 0 {
            try audit(
                actor,
                "toolset.prune",
                "toolset",
                named: slug.text,
                in: try row.id("project_id"),
                "took away \(Self.words(releases.map(\.number), report))"
            )
        }
        return report
    }

    private static func words(_ numbers: [Int], _ report: PruneReport) -> String {
        let edits = (report.amounts[.keptEdits]?.count ?? 0) + (report.amounts[.stagingCopies]?.count ?? 0)
        let releases = numbers.isEmpty ? [] : ["release \(numbers.map(String.init).joined(separator: ", "))"]
        return (releases + (edits > 0 ? ["\(edits) kept edits and copies"] : [])).joined(separator: "; ")
    }

    /// Releases that were never live, have no label, are nobody's base, and are old; none where addresses of single
    /// releases are on.
    private func unkeptReleases(
        of toolset: ID<Toolset>,
        before limit: Timestamp
    ) throws -> [(id: ID<Release>, number: Int)] {
        try query(
            """
            SELECT r.id, r.release_number FROM toolset_releases r JOIN toolsets t ON t.id = r.toolset_id
            WHERE r.toolset_id = \(toolset) AND r.label IS NULL AND r.created_at < \(limit)
                AND t.pinned_addresses = 0
                AND NOT EXISTS (
                    SELECT 1 FROM activations a WHERE a.release_id = r.id OR a.previous_release_id = r.id
                )
                AND NOT EXISTS (
                    SELECT 1 FROM toolsets c WHERE c.base_release_id = r.id OR c.current_release_id = r.id
                )
                AND NOT EXISTS (SELECT 1 FROM toolset_releases b WHERE b.base_release_id = r.id)
                AND NOT EXISTS (SELECT 1 FROM kept_edits k WHERE k.base_release_id = r.id)
            ORDER BY r.release_number
            """
        ).map { (try $0.id("id"), try $0.integer("release_number")) }
    }

    private func allReleases(of toolset: ID<Toolset>) throws -> [(id: ID<Release>, number: Int)] {
        try query(
            "SELECT id, release_number FROM toolset_releases WHERE toolset_id = \(toolset) ORDER BY release_number"
        ).map { (try $0.id("id"), try $0.integer("release_number")) }
    }

    /// Takes away what refers to the releases of a toolset that was deleted long ago.
    private func letGoOfReleases(_ toolset: ID<Toolset>) throws {
        try execute("DELETE FROM activations WHERE toolset_id = \(toolset)")
        try execute("DELETE FROM rolled_back_changes WHERE toolset_id = \(toolset)")
        try execute("UPDATE toolset_releases SET base_release_id = NULL WHERE toolset_id = \(toolset)")
        try execute(
            """
            UPDATE toolsets SET current_release_id = NULL, base_release_id = NULL, hold_seq = NULL
            WHERE id = \(toolset) OR parent_toolset_id = \(toolset)
            """
        )
    }

    private func delete(_ release: ID<Release>) throws {
        // The line of the call log stays.
        try execute("UPDATE tool_calls SET release_id = NULL WHERE release_id = \(release)")
        try execute("DELETE FROM toolset_releases WHERE id = \(release)")
    }

    private func pruneKeptEdits(of toolset: ID<Toolset>, before limit: Timestamp?) throws -> Int {
        let owners: SQL = """
            toolset_id IN (SELECT id FROM toolsets WHERE id = \(toolset) OR parent_toolset_id = \(toolset))
            """
        guard let limit else { return try execute("DELETE FROM kept_edits WHERE \(owners)") }
        return try execute("DELETE FROM kept_edits WHERE \(owners) AND created_at < \(limit)")
    }

    /// Staging copies that were taken away long ago and that no kept edits need.
    private func pruneCopies(of toolset: ID<Toolset>, before limit: Timestamp) throws -> Int {
        let copies = try query(
            """
            SELECT c.id, c.variations_group_id FROM toolsets c
            WHERE c.parent_toolset_id = \(toolset) AND c.deleted_at < \(limit)
                AND NOT EXISTS (SELECT 1 FROM tool_calls l WHERE l.toolset_id = c.id)
                AND NOT EXISTS (
                    SELECT 1 FROM kept_edits k
                    LEFT JOIN toolset_versions v ON v.id = k.toolset_version_id
                    LEFT JOIN tool_variations_group_versions g ON g.id = k.own_variations_version_id
                    WHERE k.toolset_id = c.id OR v.toolset_id = c.id OR g.group_id = c.variations_group_id
                )
            """
        )
        for copy in copies {
            let id = try copy.text("id")
            let group = try copy.text("variations_group_id")
            try pruneGroupVersions(of: group)
            try execute("DELETE FROM tool_variation_heads WHERE group_id = \(group)")
            try execute("UPDATE tool_variations SET predecessor_id = NULL WHERE group_id = \(group)")
            try execute("DELETE FROM tool_variations WHERE group_id = \(group)")
            try execute("UPDATE toolsets SET predecessor_id = NULL WHERE history_id = \(id)")
            // Its selections go with it.
            try execute("DELETE FROM toolsets WHERE history_id = \(id)")
            try execute("DELETE FROM tool_variations_groups WHERE id = \(group)")
        }
        return copies.count
    }

    /// Takes away all versions of a group that no release and no kept edits name any more.
    private func pruneGroupVersions(of group: String) throws {
        let versions: SQL = "SELECT id FROM tool_variations_group_versions WHERE group_id = \(group)"
        let used = try count(
            """
            SELECT count(*) AS value FROM tool_variations_group_versions g
            WHERE g.group_id = \(group) AND (
                EXISTS (
                    SELECT 1 FROM toolset_releases r
                    WHERE r.own_variations_version_id = g.id OR r.global_variations_version_id = g.id
                ) OR EXISTS (SELECT 1 FROM kept_edits k WHERE k.own_variations_version_id = g.id)
            )
            """
        )
        guard used == 0 else { return }
        try execute("DELETE FROM tool_variations_group_version_changes WHERE group_version_id IN (\(versions))")
        try execute("UPDATE tool_variations_group_versions SET predecessor_id = NULL WHERE group_id = \(group)")
        try execute("DELETE FROM tool_variations_group_versions WHERE group_id = \(group)")
    }
}
