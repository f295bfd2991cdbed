import HTTPTypes
import JSON
import ManagementAPI
import Testing

/// The calls that merge, load, pin and go back, as programs meet them.
struct StagingCallTests {
    private static let urns: JSONValue = ["tools:http:library:listBooks", "tools:http:library:addBook"]

    /// The toolset `books` in staging mode: live serves release 2, staging is based on release 1 and names itself.
    private func movedLive(_ server: TestServer) async throws {
        try await server.push(library, as: "library")
        func post(_ call: String, _ fields: JSONObject) async throws {
            let answer = try await server.post(call, .object(fields))
            try #require(answer.status < 300, "\(answer.json)")
        }
        try await post("toolsets.create", ["slug": "books", "tool_urns": Self.urns])
        try await post("toolsets.switchEditingMode", ["slug": "books", "mode": "staging"])
        try await post("toolsets.update", ["slug": "books", "name": "Staging"])
        try #require(try await server.send(.delete, "/rpc/toolsets.discardStagingVersion?slug=books").status == 200)
        try await post("toolsets.update", ["slug": "books", "name": "Live"])
        try await post("toolsets.publishStagingVersion", ["slug": "books", "notes": "n"])
        try await post("toolsets.undoDiscard", ["slug": "books", "replace": true])
    }

    @Test func `every answer is what the document says`() async throws {
        try await TestServer.with { server in
            let document = try #require((try await server.send(.get, "/openapi.json", key: nil)).json.object)
            let checker = AnswerChecker(document: .object(document))
            try await movedLive(server)
            let resolution: JSONValue = ["item": "metadata/name", "value": "Both"]
            let calls: [(String, JSONValue)] = [
                ("toolsets.mergeLiveIntoStaging", ["slug": "books", "resolutions": [resolution]]),
                ("toolsets.mergeLiveIntoStaging", ["slug": "books"]),
                ("toolsets.undoDiscard", ["slug": "books"]),
                ("toolsets.loadReleaseIntoStaging", ["slug": "books", "number": 1]),
                ("toolsets.pinDeployment", ["slug": "books", "deployment_id": nil, "prompts": "live"]),
            ]
            for (name, fields) in calls { try checker.check(try await server.post(name, fields), of: name) }
            try await server.post("toolsets.create", ["slug": "plain"]).expect(201)
            try await server.post("toolsets.update", ["slug": "plain", "name": "Plain"]).expect(200)
            let undone = try await server.post("toolsets.undoLastChange", ["slug": "plain"])
            // Whether the first checkpoint is written by now is the writer's matter; the answer has one of two forms.
            if undone.status == 200 {
                try checker.check(undone, of: "toolsets.undoLastChange")
            } else {
                #expect(undone.code == "not_found")
            }
            try checker.check(
                try await server.get("toolsets.listCheckpoints", "slug=plain"),
                of: "toolsets.listCheckpoints"
            )
        }
    }

    @Test func `conflicts are told with what stood, and a resolution merges them`() async throws {
        try await TestServer.with { server in
            try await movedLive(server)
            let toolset = try await server.get("toolsets.get", "slug=books").json["toolset"]
            #expect(toolset?["staging"]?["live_has_moved"] == true)
            #expect(toolset?["staging"]?["replaced"]?["by"] == "undo")
            let refused = try await server.post("toolsets.mergeLiveIntoStaging", ["slug": "books"])
            #expect(refused.status == 409)
            #expect(refused.code == "merge_conflicts")
            #expect(
                refused.json["conflicts"] == [
                    ["item": "metadata/name", "base": "books", "live": "Live", "staging": "Staging"]
                ]
            )
            #expect(refused.json["base_release"] == 1)
            #expect(refused.json["live_release"] == 2)
            let resolved = try await server.post(
                "toolsets.mergeLiveIntoStaging",
                ["slug": "books", "resolutions": [["item": "metadata/name", "take": "live"]]]
            )
            #expect(resolved.status == 200)
            #expect(resolved.json["merged"] == ["base_release": 1, "live_release": 2])
            #expect(resolved.json["toolset"]?["name"] == "Live")
            #expect(resolved.json["toolset"]?["view"] == "staging")
            #expect(resolved.json["toolset"]?["staging"]?["live_has_moved"] == false)
        }
    }

    @Test(
        arguments: [
            ("toolsets.mergeLiveIntoStaging", ["slug": "books", "resolutions": [["item": "x"]]], 422, "invalid"),
            (
                "toolsets.mergeLiveIntoStaging",
                ["slug": "books", "resolutions": [["item": "metadata/name", "take": "live", "value": "x"]]], 422,
                "invalid"
            ),
            (
                "toolsets.mergeLiveIntoStaging",
                ["slug": "books", "resolutions": [["item": "metadata/colour", "take": "live"]]], 422, "invalid"
            ),
            ("toolsets.mergeLiveIntoStaging", ["slug": "slipway"], 409, "wrong_mode"),
            ("toolsets.loadReleaseIntoStaging", ["slug": "books", "number": 9], 404, "not_found"),
            ("toolsets.loadReleaseIntoStaging", ["slug": "books"], 422, "invalid"),
            ("toolsets.pinDeployment", ["slug": "books"], 422, "invalid"),
            ("toolsets.pinDeployment", ["slug": "books", "prompts": "latest"], 422, "invalid"),
            (
                "toolsets.pinDeployment",
                ["slug": "books", "deployment_id": "01a20473-9f79-7130-9f54-4253b5a6b9d1"], 404, "not_found"
            ),
            ("toolsets.undoDiscard", ["slug": "slipway"], 409, "wrong_mode"),
            ("toolsets.undoLastChange", ["slug": "books"], 409, "wrong_mode"),
            ("toolsets.undoLastChange", ["slug": "none"], 404, "not_found"),
        ] as [(String, JSONValue, Int, String)]
    )
    func `bad input gets one sentence with a code`(
        call: String,
        fields: JSONValue,
        status: Int,
        code: String
    ) async throws {
        try await TestServer.with { server in
            try await movedLive(server)
            let answer = try await server.post(call, fields)
            #expect(answer.status == status, "\(answer.json)")
            #expect(answer.code == code)
            #expect(answer.detail?.isEmpty == false)
        }
    }

    @Test func `the scopes are those of an edit, and the flag hides new staging work`() async throws {
        try await TestServer.with { server in
            try await movedLive(server)
            let reader = try await server.makeKey("reader")
            let calls = [
                "toolsets.mergeLiveIntoStaging", "toolsets.undoDiscard", "toolsets.pinDeployment",
                "toolsets.loadReleaseIntoStaging", "toolsets.undoLastChange",
            ]
            for call in calls {
                let fields: JSONObject = ["slug": "books", "number": 1, "prompts": "live"]
                let taken = Calls.named(call)?.fields.map(\.name) ?? []
                let input = JSONValue.object(
                    JSONObject(fields.filter { taken.contains($0.key) }.map { ($0.key, $0.value) })
                )
                #expect(try await server.post(call, input, key: reader).code == "insufficient_scope", "\(call)")
                let stale = try await server.post(call, input, headers: [("If-Match", "\"nope\"")])
                #expect(["etag_mismatch", "wrong_mode"].contains(stale.code), "\(call): \(stale.json)")
            }
            _ = try await server.post("features.set", ["name": "toolset_staging", "on": false])
            for call in calls.prefix(2) {
                #expect(try await server.post(call, ["slug": "books"]).code == "feature_disabled", "\(call)")
            }
        }
    }
}

extension TestServer.Answer {
    fileprivate func expect(_ status: Int) throws {
        try #require(self.status == status, "\(json)")
    }
}
