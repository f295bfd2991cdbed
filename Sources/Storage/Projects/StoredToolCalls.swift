package import Persistence
package import Projects
package import Vocabulary

/// The tool call log in the database.
package struct StoredToolCalls: ToolCallLog {
    private let database: Database

    package init(database: Database) {
        self.database = database
    }

    package func append(_ records: [ToolCallRecord]) async throws {
        try await database.append { connection in
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
                SELECT * FROM tool_calls WHERE project_id = \(project) AND id < \(page.cursor ?? "~")
                ORDER BY id DESC LIMIT \(page.limit + 1)
                """
            )
            return try Page(fetched: rows, request: page) { (try? $0.text("id")) ?? "" }.map(ToolCallRecord.init)
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
