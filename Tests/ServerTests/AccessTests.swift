import HTTPTypes
import JSON
import Testing

/// Who gets to an MCP address, and who does not.
struct AccessTests {
    private static let list = Array(#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#.utf8)
    private static let json = [("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")]

    @Test func `a private toolset answers keys of its project and nobody else`() async throws {
        try await TestServer.with { server in
            _ = try await server.post("projects.create", ["slug": "other"])
            let own = try await server.makeKey("consumer", project: "default")
            let foreign = try await server.makeKey("consumer", project: "other")
            let path = "/mcp/slipway"
            #expect(try await server.send(.post, path, key: own, headers: Self.json, body: Self.list).status == 200)
            #expect(try await server.send(.post, path, key: foreign, headers: Self.json, body: Self.list).status == 403)
            let without = try await server.send(.post, path, key: nil, headers: Self.json, body: Self.list)
            #expect(without.status == 401)
            #expect(without.headers[.wwwAuthenticate] == "Bearer realm=\"slipway\"")
            let wrong = try await server.send(.post, path, key: "slw_no", headers: Self.json, body: Self.list)
            #expect(wrong.status == 401)
            #expect(wrong.headers[.wwwAuthenticate] == "Bearer realm=\"slipway\", error=\"invalid_token\"")
        }
    }

    @Test func `staging needs a reader even where live is public`() async throws {
        try await TestServer.with { server in
            _ = try await server.post("toolsets.update", ["slug": "slipway", "mcp_is_public": true])
            _ = try await server.post("toolsets.switchEditingMode", ["slug": "slipway", "mode": "staging"])
            let consumer = try await server.makeKey("consumer")
            let reader = try await server.makeKey("reader")
            let path = "/mcp/slipway/staging"
            #expect(
                try await server.send(.post, "/mcp/slipway", key: nil, headers: Self.json, body: Self.list).status
                    == 200
            )
            #expect(try await server.send(.post, path, key: nil, headers: Self.json, body: Self.list).status == 401)
            #expect(
                try await server.send(.post, path, key: consumer, headers: Self.json, body: Self.list).status == 403
            )
            #expect(try await server.send(.post, path, key: reader, headers: Self.json, body: Self.list).status == 200)
        }
    }

    @Test func `without a key nobody learns whether a staging address is there`() async throws {
        try await TestServer.with { server in
            let there = try await server.send(.post, "/mcp/slipway/staging", key: nil, body: Self.list)
            let nowhere = try await server.send(.post, "/mcp/nothing/staging", key: nil, body: Self.list)
            #expect(there.status == 401)
            #expect(there.body == nowhere.body)
        }
    }

    @Test(arguments: ["/mcp/slipway", "/mcp/slipway/staging", "/mcp/slipway/releases/1"])
    func `a slash at the end of an address changes nothing`(path: String) async throws {
        try await TestServer.with { server in
            _ = try await server.post("toolsets.update", ["slug": "slipway", "pinned_addresses": true])
            _ = try await server.post("toolsets.switchEditingMode", ["slug": "slipway", "mode": "staging"])
            let plain = try await server.send(.post, path, headers: Self.json, body: Self.list)
            let ended = try await server.send(.post, path + "/", headers: Self.json, body: Self.list)
            #expect(plain.status == 200)
            #expect(ended.status == 200)
            #expect(ended.body == plain.body)
        }
    }

    @Test func `a page of another origin is refused`() async throws {
        try await TestServer.with(settings: ["port": "8123"]) { server in
            let evil = try await server.send(.get, "/healthz", headers: [("Origin", "http://evil.example")])
            #expect(evil.status == 403)
            #expect(evil.code == "origin_not_allowed")
            let own = try await server.send(.get, "/healthz", headers: [("Origin", "http://localhost:8123")])
            #expect(own.status == 200)
        }
    }

    @Test func `a toolset that is turned off answers 404`() async throws {
        try await TestServer.with { server in
            _ = try await server.post("toolsets.update", ["slug": "slipway", "mcp_enabled": false])
            let answer = try await server.send(.post, "/mcp/slipway", headers: Self.json, body: Self.list)
            #expect(answer.status == 404)
        }
    }

    @Test func `an edit, a publish and a rollback are in the next list`() async throws {
        try await TestServer.with { server in
            func names() async throws -> [String] {
                let answer = try await server.send(.post, "/mcp/slipway", headers: Self.json, body: Self.list)
                return (answer.json["result"]?["tools"]?.array ?? []).compactMap { $0["name"]?.string }
            }
            let all = try await names()
            let two: JSONValue = ["tools:http:slipway:tools_list", "tools:http:slipway:tools_get"]
            _ = try await server.post("toolsets.update", ["slug": "slipway", "tool_urns": two])
            #expect(try await names() == ["tools_list", "tools_get"])
            _ = try await server.post("toolsets.switchEditingMode", ["slug": "slipway", "mode": "staging"])
            _ = try await server.post(
                "toolsets.update",
                ["slug": "slipway", "tool_urns": ["tools:http:slipway:tools_get"]]
            )
            #expect(try await names() == ["tools_list", "tools_get"])
            let review = try await server.get("toolsets.reviewStagingVersion", "slug=slipway").json["review"]
            _ = try await server.post(
                "toolsets.publishStagingVersion",
                ["slug": "slipway", "acknowledge": review?["acknowledge"] ?? []]
            )
            #expect(try await names() == ["tools_get"])
            _ = try await server.post(
                "toolsets.rollbackToRelease",
                ["slug": "slipway", "number": 1, "reason": "Needed"]
            )
            #expect(try await names() == ["tools_list", "tools_get"])
            #expect(all.count > 2)
        }
    }
}
