import JSON
package import Persistence
package import Projects
package import Releases
package import Vocabulary

/// Retention, redaction and export in the database.
package struct StoredRetention: RetentionStore {
    let database: Database
    private let now: @Sendable () -> Timestamp

    /// `now` is what ages are counted from.
    package init(database: Database, now: @escaping @Sendable () -> Timestamp = { .now() }) {
        self.database = database
        self.now = now
    }

    package func prune(dryRun: Bool, in project: ID<Project>, by actor: Actor) async throws -> PruneReport {
        let limits = RetentionLimits(now: now())
        let toolsets = try await database.read { connection in
            try connection.query(
                """
                SELECT id FROM toolsets
                WHERE project_id = \(project) AND parent_toolset_id IS NULL AND archived_at IS NULL ORDER BY id
                """
            ).map { try $0.id("id", of: Toolset.self) }
        }
        guard !dryRun else { return try await rehearse(toolsets, limits, in: project) }
        var report = PruneReport()
        for toolset in toolsets {
            report.add(try await database.write { try $0.prune(toolset, limits, by: actor) })
        }
        for step in ContentPruning.steps {
            report.add(try await database.write { try step($0, project, limits) })
        }
        let total = report
        try await database.write { connection in
            try connection.audit(
                actor,
                "project.prune",
                "project",
                named: "releases",
                in: project,
                "took away \(total.releases.count) releases and \(total.count) things in all"
            )
        }
        return report
    }

    /// Does all of it in one transaction that is taken back.
    private func rehearse(
        _ toolsets: [ID<Toolset>],
        _ limits: RetentionLimits,
        in project: ID<Project>
    ) async throws -> PruneReport {
        do {
            return try await database.append { connection in
                var report = PruneReport()
                for toolset in toolsets { report.add(try connection.prune(toolset, limits, by: .system)) }
                for step in ContentPruning.steps { report.add(try step(connection, project, limits)) }
                throw Rehearsed(report: report)
            }
        } catch let rehearsed as Rehearsed {
            return rehearsed.report
        }
    }
}

/// Carries the report of a dry run out of the transaction that it takes back.
private struct Rehearsed: Error {
    let report: PruneReport
}

/// What is older than these may go, if nothing else keeps it.
struct RetentionLimits: Sendable {
    let releases: Timestamp
    let edits: Timestamp

    init(now: Timestamp) {
        releases = Timestamp(milliseconds: now.milliseconds - Int64(RetentionRules.releaseDays) * 86_400_000)
        edits = Timestamp(milliseconds: now.milliseconds - Int64(RetentionRules.editDays) * 86_400_000)
    }
}
