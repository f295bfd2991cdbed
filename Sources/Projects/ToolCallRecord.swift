package import Vocabulary

/// One line of the tool call log: who called what through which release, and how it ended. Never arguments or results.
package struct ToolCallRecord: Sendable, Hashable {
    package let projectID: ID<Project>
    /// The live toolset, also where the call went to its staging copy.
    package let toolsetID: String
    /// The release that served the call; none in iteration mode and for staging.
    package let releaseID: String?
    /// `live` or `staging`.
    package let view: String
    package let toolName: String
    package let urn: String
    /// `ok`, `tool_error` or `refused`.
    package let outcome: String
    /// The upstream's HTTP status, where it answered.
    package let status: Int?
    package let milliseconds: Int
    /// The name of the key, where one was given.
    package let caller: String?
    package let at: Timestamp

    package init(
        projectID: ID<Project>,
        toolsetID: String,
        releaseID: String?,
        view: String,
        toolName: String,
        urn: String,
        outcome: String,
        status: Int?,
        milliseconds: Int,
        caller: String?,
        at: Timestamp
    ) {
        self.projectID = projectID
        self.toolsetID = toolsetID
        self.releaseID = releaseID
        self.view = view
        self.toolName = toolName
        self.urn = urn
        self.outcome = outcome
        self.status = status
        self.milliseconds = milliseconds
        self.caller = caller
        self.at = at
    }
}
