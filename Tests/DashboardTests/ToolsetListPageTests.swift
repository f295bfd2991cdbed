import Accounts
import JSON
import Testing

@testable import Dashboard

@Suite struct `The list of toolsets` {
    @Test func `shows what is live and what waits`() throws {
        let answer = try JSONValue(
            parsing: #"""
                {"toolsets": [
                    {"slug": "library", "name": "Library <b>", "description": "Books & loans", "tool_urns": ["a", "b"],
                     "mcp_url": "http://localhost/mcp/library", "mcp_enabled": true, "mcp_is_public": true,
                     "current_release": {"number": 12}, "staging": {"changes": 3}, "hold": {"from": 13, "to": 12}},
                    {"slug": "new", "name": "New", "description": "", "tool_urns": ["a"], "mcp_enabled": false,
                     "mcp_url": "http://localhost/mcp/new", "current_release": null, "staging": null, "hold": null}
                ], "next_cursor": "abc"}
                """#
        )
        let page = ToolsetListPage(answer.object ?? [:], visit: .of(.producer))
        try expectSnapshot(of: page, by: "toolset/list", named: "toolset-list")
        #expect(page.toolsets.map(\.changes) == ["3 changes", ""])
    }

    @Test func `teaches where there is none, and offers nothing that a reader may not do`() throws {
        let page = ToolsetListPage(["toolsets": []], visit: .of(.reader))
        try expectSnapshot(of: page, by: "toolset/list", named: "toolset-list-empty")
        #expect(!page.mayEdit)
    }
}
