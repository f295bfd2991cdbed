package import Persistence
package import Projects
package import Vocabulary

/// The tool call log in the database.
package struct StoredToolCalls: ToolCallLog {
    private let database: Database
    /// How long a line is kept: 30 days.
    private static let keptMilliseconds: Int64 = 30 * 24 * 3_600_000

    package init(database: Database) {
        self.database = database
    }

    package func append(_ records: [ToolCallRecord]) async throws {
        try await database.append { connection in
            let oldest = Timestamp(milliseconds: Timestamp.now().milliseconds - Self.keptMilliseconds)
            try connection.execute("DELETE FROM tool_calls WHERE created_at < \(oldest)")
            for record in records {
                try connection.execute(
                    """
                    INSERT INTO tool_calls (
                        id, project_id, toolset_id, release_id, view, tool_name, tool_urn, outcome, status,
                        milliseconds, caller, created_at
                    ) VALUES (
                        \(ID<ToolCallRecord>.make()), \(record.projectID), \(record.toolsetID), \(record.releaseID),
                        \(record.view), \(record.toolName), \(record.urn), \(record.outcome), \(record.status),
                        \(record.milliseconds), \(record.caller), \(record.at)
                    )
                    """
                )
            }
        }
    }

    package func toolCalls(in project: ID<Project>, _ page: PageRequest) async throws -> Page<ToolCallRecord> {
        try await database.read { connection in
            let rows = try connection.query(
                """
                SELECT * FROM tool_calls WHERE project_id = \(project) \(SQL.before("id", page.cursor))
                ORDER BY id DESC LIMIT \(page.limit + 1)
                """
            )
            let ids = try rows.map { try $0.text("id") }
            return Page(
                items: try rows.prefix(page.limit).map(ToolCallRecord.init),
                nextCursor: rows.count > page.limit ? ids[page.limit - 1] : nil
            )
        }
    }
}

extension ToolCallRecord {
    fileprivate init(row: Row) throws {
        self.init(
            projectID: try row.id("project_id"),
            toolsetID: try row.text("toolset_id"),
            releaseID: try row.optionalText("release_id"),
            view: try row.text("view"),
            toolName: try row.text("tool_name"),
            urn: try row.text("tool_urn"),
            outcome: try row.text("outcome"),
            status: try row.optionalInteger("status"),
            milliseconds: try row.integer("milliseconds"),
            caller: try row.optionalText("caller"),
            at: try row.timestamp("created_at")
        )
    }
}
