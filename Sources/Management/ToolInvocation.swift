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

    /// What came of it: an MCP result, as JSON.
    package struct Result: Sendable {
        package let json: JSONObject

        package init(json: JSONObject) {
            self.json = json
        }
    }
}
