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
                     "mcp_url": "http://localhost/mcp/new", "current_release": null, "staging": null, "hold": null},
                    {"slug": "slipway", "name": "Slipway", "description": "", "tool_urns": ["a"], "mcp_enabled": true,
                     "mcp_url": "http://localhost/mcp/slipway", "built_in": true}
                ], "next_cursor": "abc"}
                """#
        )
        let page = ToolsetListPage(answer.object ?? [:], steps: nil, visit: .of(.producer))
        try expectSnapshot(of: page, by: "toolset/list", named: "toolset-list")
        #expect(page.toolsets.map(\.changes) == ["3 changes", ""])
        #expect(page.builtIn.map(\.name) == ["Slipway"], "it is not one of theirs")
    }

    @Test(arguments: [
        (#"[{"slug": "slipway", "built_in": true}]"#, "null", false),
        (#"[{"slug": "slipway", "built_in": true}, {"slug": "own", "built_in": false}]"#, "null", true),
        ("[]", "null", false), ("[]", #""c""#, true),
    ])
    func `tells who has begun`(toolsets: String, cursor: String, hasOwn: Bool) throws {
        let answer = try JSONValue(parsing: #"{"toolsets": \#(toolsets), "next_cursor": \#(cursor)}"#)
        #expect(ToolsetListPage.hasOwn(answer.object ?? [:]) == hasOwn)
    }

    @Test func `leads from an empty project to the first call, also beside what came with the server`() async throws {
        let toolset: JSONValue = ["slug": "slipway", "name": "Slipway", "built_in": true]
        let builtIn: JSONValue = ["slug": "slipway", "built_in": true]
        func shown(_ sources: [JSONValue]) async throws -> ToolsetListPage? {
            let desk = ScriptedDesk([
                "toolsets.list": ["toolsets": [toolset], "next_cursor": nil],
                "sources.list": ["sources": .array(sources)],
            ])
            let list = try #require(ToolsetListPages().routes.last).handler
            guard case .page(let content) = try await list(.of(.producer, desk: desk)) else { return nil }
            return content.view as? ToolsetListPage
        }
        let first = try #require(try await shown([builtIn]))
        try expectSnapshot(of: first, by: "toolset/list", named: "toolset-list-first-steps")
        #expect(first.steps?.sources == "" && first.builtIn.count == 1)
        let second = try #require(try await shown([builtIn, ["slug": "library"]]))
        try expectSnapshot(of: second, by: "toolset/list", named: "toolset-list-second-step")
        #expect(second.steps?.sources == "library")
        #expect(second.steps?.makeAddress == "/projects/default/toolsets/new?source=library")
    }

    @Test func `teaches where there is none, and offers nothing that a reader may not do`() throws {
        let visit = Visit.of(.reader)
        let page = ToolsetListPage(["toolsets": []], steps: FirstSteps([], visit: visit), visit: visit)
        try expectSnapshot(of: page, by: "toolset/list", named: "toolset-list-empty")
        #expect(!page.mayEdit)
    }
}
