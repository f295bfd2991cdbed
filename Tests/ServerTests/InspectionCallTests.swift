import JSON
import Testing

/// A closer look at what would go live, as programs and pages take it.
struct InspectionCallTests {
    private static let list = "tools:http:library:listBooks"

    /// The toolset `books` of two tools in staging mode, with another title and without `addBook` in staging.
    private func stage(_ server: TestServer) async throws {
        try await server.push(library, as: "library")
        let urns: JSONValue = [.string(Self.list), "tools:http:library:addBook"]
        for (call, fields) in [
            ("toolsets.create", ["slug": "books", "tool_urns": urns]),
            ("toolsets.switchEditingMode", ["slug": "books", "mode": "staging"]),
            ("toolsets.update", ["slug": "books", "tool_urns": [.string(Self.list)]]),
            ("variations.upsert", ["toolset_slug": "books", "tool_urn": .string(Self.list), "title": "All books"]),
        ] as [(String, JSONValue)] {
            let answer = try await server.post(call, fields)
            #expect(answer.status < 300, "\(answer.json)")
        }
    }

    @Test func `an item is told as both sides have it`() async throws {
        try await TestServer.with { server in
            try await stage(server)
            let answer = try await server.get(
                "toolsets.compareItem",
                "slug=books&from=live&to=staging&subject=\(Self.list)"
            )
            let item = try #require(answer.json["item"])
            #expect(item["before"]?["definition"]?["title"] != item["after"]?["definition"]?["title"])
            #expect(item["after"]?["definition"]?["title"] == "All books")
            #expect(item["after"]?["call"]?["method"] == "GET")
            #expect((item["after"]?["tokens"]?.integer ?? 0) > 0)

            let gone = try await server.get(
                "toolsets.compareItem",
                "slug=books&from=1&to=staging&subject=tools:http:library:addBook"
            )
            #expect(gone.json["item"]?["before"]?["name"] == "addBook")
            #expect(gone.json["item"]?["after"]?.isNull == true)

            let unknown = try await server.get(
                "toolsets.compareItem",
                "slug=books&from=1&to=live&subject=tools:http:x:y"
            )
            #expect(unknown.status == 404)

            let toolset = try await server.get("toolsets.compareItem", "slug=books&from=1&to=live&subject=toolset")
            #expect(toolset.json["item"]?["after"]?["definition"]?["name"] == "books")
            #expect(toolset.json["item"]?["after"]?["call"]?.isNull == true)
        }
    }

    @Test func `a release is looked at before it goes live`() async throws {
        try await TestServer.with { server in
            try await stage(server)
            let review = try await server.get("toolsets.reviewStagingVersion", "slug=books").json["review"]
            #expect(review?["next_release"] == 2)
            let made = try await server.post(
                "toolsets.publishStagingVersion",
                ["slug": "books", "activate": false, "acknowledge": review?["acknowledge"] ?? []]
            )
            #expect(made.json["release"]?["number"] == 2)
            let waiting = try await server.get("toolsets.preflightRelease", "slug=books&number=2").json["preflight"]
            #expect(waiting?["live_release"] == 1)
            #expect(waiting?["same_as_live"] == false)
            #expect(waiting?["checks"]?.array?.map { $0["id"] } == ["variables", "operations"])
            let live = try await server.get("toolsets.preflightRelease", "slug=books&number=1").json["preflight"]
            #expect(live?["same_as_live"] == true)
            #expect(try await server.get("toolsets.preflightRelease", "slug=books&number=9").status == 404)
        }
    }
}
