package import JSON
package import Releases
package import Vocabulary

/// A call of a tool that the management API was asked for.
package struct ToolInvocation: Sendable {
    package let mcpSlug: Slug
    package let side: ServedSide
    package let tool: String
    package let arguments: JSONObject
    /// Who asked, for the log.
    package let caller: String

    /// What came of it.
    package struct Result: Sendable {
        /// An MCP result.
        package let json: JSONObject
        /// How the call went: outcome, status, time, release, the upstream's request.
        package let call: JSONObject

        package init(json: JSONObject, call: JSONObject) {
            self.json = json
            self.call = call
        }
    }
}
