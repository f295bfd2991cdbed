package import Vocabulary

/// Which lines of the tool call log are meant; what is not said does not matter.
package struct ToolCallFilter: Sendable, Hashable {
    package var projectID: ID<Project>
    /// The live toolset.
    package var toolsetID: String?
    package var toolName: String?
    /// `ok`, `tool_error` or `refused`.
    package var outcome: String?
    /// `live` or `staging`.
    package var view: String?
    /// The number of a release of the toolset.
    package var release: Int?
    /// Not before.
    package var since: Timestamp?

    package init(projectID: ID<Project>) {
        self.projectID = projectID
    }
}

/// A line of the tool call log, with what its ids are called.
package struct LoggedToolCall: Sendable, Hashable {
    package let record: ToolCallRecord
    package let toolset: Slug
    package let release: Int?

    package init(record: ToolCallRecord, toolset: Slug, release: Int?) {
        self.record = record
        self.toolset = toolset
        self.release = release
    }
}

/// What calls are counted by.
package enum ToolCallGrouping: Sendable, Hashable {
    /// By the first characters of the time: `2026-11-22T17` or `2026-11-22`.
    case hour, day
    /// By the number of the release; `staging`, and `iteration` where there is none.
    case release
    case tool
    /// By the slug of the toolset.
    case toolset
}
