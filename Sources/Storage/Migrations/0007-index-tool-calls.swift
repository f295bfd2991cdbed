import Persistence

extension Migrations {
    /// The call log by toolset: what the pages list and count.
    static let indexToolCalls = Migration(
        version: 7,
        name: "index tool calls",
        script: """
            CREATE INDEX tool_calls_by_toolset ON tool_calls (toolset_id, id);
            CREATE INDEX tool_calls_by_toolset_and_time ON tool_calls (toolset_id, created_at);

            """
    )
}
