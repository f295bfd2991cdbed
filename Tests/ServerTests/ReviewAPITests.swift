import JSON
import Testing

/// Review, publish and hold as programs meet them.
struct ReviewAPITests {
    /// The toolset `books` of two tools in staging mode, with `addBook` left out in staging.
    private func stage(_ server: TestServer) async throws {
        try await server.push(library, as: "library")
        let urns: JSONValue = ["tools:http:library:listBooks", "tools:http:library:addBook"]
        for (call, fields) in [
            ("toolsets.create", ["slug": "books", "tool_urns": urns]),
            ("toolsets.switchEditingMode", ["slug": "books", "mode": "staging"]),
            ("toolsets.update", ["slug": "books", "tool_urns": ["tools:http:library:listBooks"]]),
        ] as [(String, JSONValue)] {
            let answer = try await server.post(call, fields)
            #expect(answer.status < 300, "\(answer.json)")
        }
    }

    private func review(_ server: TestServer) async throws -> JSONValue {
        try #require(try await server.get("toolsets.reviewStagingVersion", "slug=books").json["review"])
    }

    @Test func `a review is sent back by a publish, which says first whether it is live`() async throws {
        try await TestServer.with { server in
            try await stage(server)
            let review = try await review(server)
            #expect(review["first"] == false)
            #expect(review["live_release"] == 1)
            #expect(review["verdicts"]?["breaking"] == 1)
            #expect(review["yours"]?.array?.contains { $0["rule"] == "set.tool.removed" } == true)
            #expect(review["project"] == [])
            #expect(review["merge_pending"] == false)
            #expect(review["mergeable"] == true)

            let bare = try await server.post("toolsets.publishStagingVersion", ["slug": "books"])
            #expect(bare.status == 422)
            #expect(bare.code == "unacknowledged")
            #expect(bare.json["changes"]?.array?.map { $0["fingerprint"] } == review["acknowledge"]?.array)
            #expect(bare.json["changes"]?.array?.first?["acknowledgeable"] == true)

            let answer = try await server.post(
                "toolsets.publishStagingVersion",
                [
                    "slug": "books", "label": "1.0.0", "acknowledge": review["acknowledge"] ?? [],
                    "review_digest": review["review_digest"] ?? nil, "staging_etag": review["staging_etag"] ?? nil,
                    "expected_activation_seq": review["activation_seq"] ?? nil,
                ]
            )
            #expect(answer.status == 201)
            #expect(answer.json.object?.first?.key == "activated")
            #expect(answer.json["activated"] == true)
            #expect(answer.json["release"]?["label"] == "1.0.0")
            #expect(answer.json["release"]?["verdicts"] == review["verdicts"])
            let details = try await server.get("toolsets.getReleaseDetails", "slug=books&number=2").json["release"]
            #expect(details?["acknowledgements"]?.array?.map { $0["rule"] } == ["set.tool.removed"])
            #expect(details?["base_release"] == 1)
        }
    }

    @Test func `what moved is told in members of the problem`() async throws {
        try await TestServer.with { server in
            try await stage(server)
            let stale = try await server.post(
                "toolsets.publishStagingVersion",
                ["slug": "books", "expected_activation_seq": 0]
            )
            #expect(stale.status == 409)
            #expect(stale.code == "live_moved")
            #expect(stale.json["expected"] == 0)
            #expect(stale.json["actual"] == 1)
            #expect(stale.json["activations"]?.array?.map { $0["kind"] } == ["publish"])
            let moved = try await server.post(
                "toolsets.publishStagingVersion",
                ["slug": "books", "staging_etag": "another"]
            )
            #expect(moved.status == 409)
            #expect(moved.code == "staging_moved")
        }
    }

    @Test(
        arguments: [
            ("toolsets.publishStagingVersion", ["slug": "books", "label": "no spaces"], "invalid", "/label"),
            ("toolsets.publishStagingVersion", ["slug": "books", "acknowledge": ["x"]], "invalid", "/acknowledge/0"),
            ("toolsets.publishStagingVersion", ["slug": "books", "review_digest": "x"], "invalid", "/review_digest"),
            ("toolsets.setReleaseLabel", ["slug": "books", "number": 1], "invalid", ""),
            ("toolsets.setChangeRules", ["slug": "books", "profile": "strict"], "invalid", "/profile"),
            (
                "toolsets.setChangeRules", ["slug": "books", "rules": ["no.such.rule": "safe"]], "invalid",
                "/rules/no.such.rule"
            ),
            (
                "toolsets.setChangeRules", ["slug": "books", "rules": ["no.such.rule": nil]], "invalid",
                "/rules/no.such.rule"
            ),
            (
                "toolsets.setChangeRules", ["slug": "books", "rules": ["exec.host.private-reached": "off"]], "invalid",
                "/rules/exec.host.private-reached"
            ),
            ("toolsets.liftHold", ["slug": "books"], "not_held", nil),
            ("toolsets.publishStagingVersion", ["slug": "books", "label": "live"], "invalid", "/label"),
            ("toolsets.publishStagingVersion", ["slug": "books", "label": "7"], "invalid", "/label"),
            ("toolsets.setReleaseLabel", ["slug": "books", "number": 1, "label": "Staging"], "invalid", "/label"),
            ("toolsets.setReleaseLabel", ["slug": "books", "number": 1, "label": "latest"], "invalid", "/label"),
            ("toolsets.setReleaseLabel", ["slug": "books", "number": 1, "label": "2026"], "invalid", "/label"),
        ] as [(String, JSONValue, String, String?)]
    )
    func `wrong input is refused with its place`(
        call: String,
        fields: JSONValue,
        code: String,
        pointer: String?
    ) async throws {
        try await TestServer.with { server in
            try await stage(server)
            let answer = try await server.post(call, fields)
            #expect(answer.code == code, "\(answer.json)")
            if let pointer {
                #expect(answer.json["errors"]?.array?.first?["pointer"]?.string == pointer, "\(answer.json)")
            }
        }
    }

    @Test func `rules are set one by one, and taken off by null`() async throws {
        try await TestServer.with { server in
            try await stage(server)
            let rules: JSONValue = ["set.tool.removed": "risky", "tool.title.changed": "off"]
            _ = try await server.post("toolsets.setChangeRules", ["slug": "books", "rules": rules])
            let answer = try await server.post(
                "toolsets.setChangeRules",
                ["slug": "books", "profile": "typed", "rules": ["tool.title.changed": nil]]
            )
            let kept = answer.json["toolset"]?["change_rules"]
            #expect(kept?["profile"] == "typed")
            #expect(kept?["rules"] == ["set.tool.removed": "risky"])
            let publish = try await server.post("toolsets.publishStagingVersion", ["slug": "books"])
            #expect(publish.status == 201, "\(publish.json)")
        }
    }

    @Test func `a hold stops a key that is an automation, and is shown`() async throws {
        try await TestServer.with { server in
            try await stage(server)
            let review = try await review(server)
            _ = try await server.post(
                "toolsets.publishStagingVersion",
                ["slug": "books", "acknowledge": review["acknowledge"] ?? []]
            )
            let back = try await server.post(
                "toolsets.rollbackToRelease",
                ["slug": "books", "number": 1, "reason": "It is needed"]
            )
            #expect(back.status == 200, "\(back.json)")
            #expect(back.json["previous_release"] == 2)
            #expect(back.json["kind"] == "rollback")
            #expect(back.json["toolset"]?["hold"]?["from"] == 2)
            #expect(back.json["toolset"]?["hold"]?["reason"] == "It is needed")
            let list = try await server.get("toolsets.list").json["toolsets"]?.array ?? []
            #expect(list.contains { $0["slug"] == "books" && $0["hold"]?["to"] == 1 })

            let made = try await server.post(
                "keys.create",
                ["name": "ci", "scopes": ["publisher"], "project_slug": "default", "automation": true]
            )
            let ci = try #require(made.json["secret"]?.string)
            let held = try await server.post("toolsets.publishStagingVersion", ["slug": "books"], key: ci)
            #expect(held.status == 409)
            #expect(held.code == "held_after_rollback")
            #expect(held.json["from"] == 2)
            let lifted = try await server.post("toolsets.liftHold", ["slug": "books"], key: ci)
            #expect(lifted.status == 403)
            let person = try await server.post("toolsets.liftHold", ["slug": "books", "reason": "mended"])
            #expect(person.json["toolset"]?["hold"] == .null)
        }
    }

    @Test func `a repeated rollback or activation happens once`() async throws {
        try await TestServer.with { server in
            try await stage(server)
            let review = try await review(server)
            let once = [("Idempotency-Key", "one")]
            let publish: JSONValue = [
                "slug": "books", "activate": false, "acknowledge": review["acknowledge"] ?? [],
            ]
            for _ in 0..<2 {
                let made = try await server.post("toolsets.publishStagingVersion", publish, headers: once)
                #expect(made.json["activated"] == false)
                #expect(made.json["release"]?["number"] == 2)
            }
            for _ in 0..<2 {
                let live = try await server.post(
                    "toolsets.activateRelease",
                    ["slug": "books", "number": 2],
                    headers: once
                )
                #expect(live.status == 200, "\(live.json)")
            }
            let back: JSONValue = ["slug": "books", "number": 1, "reason": "It is needed"]
            for _ in 0..<2 {
                let answer = try await server.post("toolsets.rollbackToRelease", back, headers: once)
                #expect(answer.json["previous_release"] == 2, "\(answer.json)")
            }
            let log = try await server.get("toolsets.listActivations", "slug=books").json["activations"]?.array ?? []
            #expect(log.map { $0["kind"] } == ["rollback", "publish", "publish"])
        }
    }
}
