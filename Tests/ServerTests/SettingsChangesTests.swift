import JSON
import Testing

/// Settings act at once and are in no release: the answer of the edit tells what they change for callers.
struct SettingsChangesTests {
    @Test func `an edit of settings answers with what it changes for callers, by the rules of the toolset`()
        async throws
    {
        try await TestServer.with { server in
            let opened = try await server.post(
                "toolsets.update",
                ["slug": "slipway", "mcp_is_public": true, "grace_seconds": 30]
            )
            let rules = opened.json["settings_changes"]?.array?.compactMap { $0["rule"]?.string }
            #expect(Set(rules ?? []) == ["access.visibility.widened", "server.endpoint.ttl-changed"])
            #expect(opened.json["settings_changes"]?.array?.first?["level"]?.string == "breaking")
            let again = try await server.post("toolsets.update", ["slug": "slipway", "mcp_is_public": true])
            #expect(again.json["settings_changes"] == [])
            let text = try await server.post("toolsets.update", ["slug": "slipway", "description": "Other"])
            #expect(text.json["settings_changes"] == [])
            _ = try await server.post(
                "toolsets.setChangeRules",
                ["slug": "slipway", "rules": ["access.visibility.narrowed": "safe"]]
            )
            let closed = try await server.post("toolsets.update", ["slug": "slipway", "mcp_is_public": false])
            #expect(closed.json["settings_changes"]?.array?.compactMap { $0["level"]?.string } == ["safe"])
        }
    }
}
