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

    package func toolCalls(_ filter: ToolCallFilter, _ page: PageRequest) async throws -> Page<LoggedToolCall> {
        try await database.read { connection in
            let rows = try connection.query(
                """
                SELECT c.*, t.slug AS toolset_slug, r.release_number AS release_number
                FROM tool_calls c
                JOIN toolsets t ON t.id = c.toolset_id
                LEFT JOIN toolset_releases r ON r.id = c.release_id
                WHERE \(Self.condition(filter)) \(SQL.before("c.id", page.cursor))
                ORDER BY c.id DESC LIMIT \(page.limit + 1)
                """
            )
            let ids = try rows.map { try $0.text("id") }
            return Page(
                items: try rows.prefix(page.limit).map(LoggedToolCall.init),
                nextCursor: rows.count > page.limit ? ids[page.limit - 1] : nil
            )
        }
    }

    package func counts(
        _ filter: ToolCallFilter,
        by grouping: ToolCallGrouping
    ) async throws -> [(group: String, counts: CallCounts)] {
        try await database.read { connection in
            try Self.counts(filter, by: grouping.expression, on: connection)
        }
    }

    package func counts(_ filter: ToolCallFilter) async throws -> CallCounts {
        try await database.read { connection in
            try Self.counts(filter, by: "'all'", on: connection).first?.counts ?? .none
        }
    }

    /// Times count for calls that were made: a refused one takes no time, and would make a bad release look fast.
    private static func counts(
        _ filter: ToolCallFilter,
        by group: SQL,
        on connection: any Connection
    ) throws -> [(group: String, counts: CallCounts)] {
        let rows = try connection.query(
            """
            WITH grouped AS (
                SELECT \(group) AS call_group, c.outcome AS outcome, c.milliseconds AS milliseconds,
                    CASE WHEN c.outcome = 'refused' THEN 0 ELSE 1 END AS made
                FROM tool_calls c
                JOIN toolsets t ON t.id = c.toolset_id
                LEFT JOIN toolset_releases r ON r.id = c.release_id
                WHERE \(condition(filter))
            ), ranked AS (
                SELECT call_group, outcome, milliseconds, made,
                    ROW_NUMBER() OVER (PARTITION BY call_group, made ORDER BY milliseconds) AS position,
                    COUNT(*) OVER (PARTITION BY call_group, made) AS total
                FROM grouped
            )
            SELECT call_group, COUNT(*) AS calls,
                SUM(CASE WHEN outcome = 'tool_error' THEN 1 ELSE 0 END) AS errors,
                SUM(CASE WHEN made = 0 THEN 1 ELSE 0 END) AS refused,
                MIN(CASE WHEN made = 1 AND position * 100 >= total * 50 THEN milliseconds END) AS p50,
                MIN(CASE WHEN made = 1 AND position * 100 >= total * 95 THEN milliseconds END) AS p95
            FROM ranked GROUP BY call_group ORDER BY call_group
            """
        )
        return try rows.map { row in
            (
                try row.text("call_group"),
                CallCounts(
                    calls: try row.integer("calls"),
                    errors: try row.integer("errors"),
                    refused: try row.integer("refused"),
                    p50: try row.optionalInteger("p50"),
                    p95: try row.optionalInteger("p95")
                )
            )
        }
    }

    private static func condition(_ filter: ToolCallFilter) -> SQL {
        var condition: SQL = "c.project_id = \(filter.projectID)"
        if let toolset = filter.toolsetID { condition = "\(condition) AND c.toolset_id = \(toolset)" }
        if let tool = filter.toolName { condition = "\(condition) AND c.tool_name = \(tool)" }
        if let outcome = filter.outcome { condition = "\(condition) AND c.outcome = \(outcome)" }
        if let view = filter.view { condition = "\(condition) AND c.view = \(view)" }
        if let release = filter.release { condition = "\(condition) AND r.release_number = \(release)" }
        if let since = filter.since { condition = "\(condition) AND c.created_at >= \(since)" }
        return condition
    }
}

extension ToolCallGrouping {
    fileprivate var expression: SQL {
        switch self {
        case .hour: "substr(c.created_at, 1, 13)"
        case .day: "substr(c.created_at, 1, 10)"
        case .release:
            """
            CASE WHEN c.view = 'staging' THEN 'staging' WHEN r.release_number IS NULL THEN 'iteration'
            ELSE CAST(r.release_number AS TEXT) END
            """
        case .tool: "c.tool_name"
        case .toolset: "t.slug"
        }
    }
}

extension LoggedToolCall {
    fileprivate init(row: Row) throws {
        self.init(
            record: try ToolCallRecord(row: row),
            toolset: try row.slug("toolset_slug"),
            release: try row.optionalInteger("release_number")
        )
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
