import HTTPTypes
import JSON
import Testing

/// How tools of a toolset are told: as served, as each layer has them, and what they need.
struct ToolsetToolTests {
    private let listBooks = "tools:http:library:listBooks"
    private let addBook = "tools:http:library:addBook"

    private func make(_ server: TestServer) async throws {
        try await server.push(library, as: "library")
        let answer = try await server.post(
            "toolsets.create",
            ["slug": "books", "tool_urns": [.string(listBooks), .string(addBook)]]
        )
        #expect(answer.status == 201, "\(answer.json)")
    }

    private func names(_ server: TestServer, _ query: String = "") async throws -> [String] {
        let answer = try await server.get("toolsets.listTools", "slug=books\(query)")
        return (answer.json["tools"]?.array ?? []).compactMap { $0["name"]?.string }
    }

    @Test func `the list has what was overridden, and is filtered and cut`() async throws {
        try await TestServer.with { server in
            let checker = AnswerChecker(document: try await server.send(.get, "/openapi.json", key: nil).json)
            try await make(server)
            let edit: JSONValue = [
                "toolset_slug": "books", "tool_urn": .string(listBooks), "name": "findBooks", "confirm": "always",
            ]
            #expect(try await server.post("variations.upsert", edit).status == 200)
            let answer = try await server.get("toolsets.listTools", "slug=books")
            try checker.check(answer, of: "toolsets.listTools")
            #expect(try await names(server) == ["findBooks", "addBook"])
            let first = answer.json["tools"]?.array?.first
            #expect(first?["marks"] == ["overridden", "confirmed"])
            #expect(first?["overridden"] == ["name", "confirm"])
            #expect(try await names(server, "&q=FIND") == ["findBooks"])
            #expect(try await names(server, "&mark=overridden") == ["findBooks"])
            #expect(try await names(server, "&hint=writes") == ["addBook"])
            #expect(try await names(server, "&source=other") == [])
            #expect(try await names(server, "&skip=1") == ["addBook"])
            let part = try await server.get("toolsets.listTools", "slug=books&limit=1")
            #expect(part.json["matching"] == 2)
            let cursor = try #require(part.json["next_cursor"]?.string)
            #expect(try await names(server, "&limit=1&cursor=\(cursor)") == ["addBook"])
            #expect(try await server.get("toolsets.listTools", "slug=books&mark=nothing").status == 422)
        }
    }

    @Test func `staging is compared with live, and live says what its release says`() async throws {
        try await TestServer.with { server in
            try await make(server)
            let both: JSONValue = [.string(listBooks), .string(addBook)]
            for (call, fields) in [
                ("toolsets.update", ["slug": "books", "tool_urns": [.string(listBooks)]]),
                ("toolsets.switchEditingMode", ["slug": "books", "mode": "staging"]),
                ("toolsets.update", ["slug": "books", "tool_urns": both]),
                (
                    "variations.upsert",
                    ["toolset_slug": "books", "tool_urn": .string(listBooks), "title": "All of them"]
                ),
            ] as [(String, JSONValue)] {
                let answer = try await server.post(call, fields)
                #expect(answer.status < 300, "\(answer.json)")
            }
            #expect(try await names(server, "&mark=changed") == ["listBooks"])
            #expect(try await names(server, "&mark=new") == ["addBook"])
            #expect(try await names(server, "&view=live") == ["listBooks"])
            let live = try await server.get("toolsets.getTool", "slug=books&view=live&urn=\(listBooks)").json["tool"]
            #expect(live?["title"] != "All of them")
            #expect(live?["original"] == .null)
            #expect(live?["marks"] == [])
            #expect(try await server.get("toolsets.getTool", "slug=books&view=live&urn=\(addBook)").status == 404)
        }
    }

    @Test func `a tool tells its layers apart, and what each costs`() async throws {
        try await TestServer.with { server in
            let checker = AnswerChecker(document: try await server.send(.get, "/openapi.json", key: nil).json)
            try await make(server)
            let global: JSONValue = ["tool_urn": .string(listBooks), "title": "Project's", "tags": ["one"]]
            #expect(try await server.post("variations.upsertGlobal", global).status == 200)
            let own: JSONValue = [
                "toolset_slug": "books", "tool_urn": .string(listBooks), "title": "Own",
                "annotations": ["idempotent_hint": false],
            ]
            #expect(try await server.post("variations.upsert", own).status == 200)
            let answer = try await server.get("toolsets.getTool", "slug=books&urn=\(listBooks)")
            try checker.check(answer, of: "toolsets.getTool")
            let tool = answer.json["tool"]
            #expect(tool?["title"] == "Own")
            #expect(tool?["inherited"]?["title"] == "Project's")
            #expect(tool?["original"]?["title"] != "Project's")
            #expect(tool?["variations"]?["own"] == ["title": "Own", "annotations": ["idempotent_hint": false]])
            #expect(tool?["variations"]?["global"] == ["title": "Project's", "tags": ["one"]])
            #expect(tool?["input_schema"]?["type"] == "object")
            #expect(tool?["call"]?["method"] == "GET")
        }
    }

    @Test func `variables are told with where they come from`() async throws {
        try await TestServer.with { server in
            let checker = AnswerChecker(document: try await server.send(.get, "/openapi.json", key: nil).json)
            try await server.push(Self.secured, as: "library")
            let urns: JSONValue = [.string(listBooks)]
            _ = try await server.post("toolsets.create", ["slug": "books", "tool_urns": urns])
            let before = try await server.get("toolsets.listVariables", "slug=books")
            try checker.check(before, of: "toolsets.listVariables")
            let missing = try #require(before.json["variables"]?.array?.first)
            #expect(missing["state"] == "missing")
            #expect(missing["tools"] == ["listBooks"])
            let entries: JSONValue = [["name": missing["name"] ?? nil, "value": "secret"]]
            _ = try await server.post("environments.create", ["slug": "production", "entries": entries])
            _ = try await server.post("toolsets.update", ["slug": "books", "default_environment_slug": "production"])
            let after = try await server.get("toolsets.listVariables", "slug=books").json
            #expect(after["environment_slug"] == "production")
            #expect(after["variables"]?.array?.map { $0["state"] } == ["supplied"])
            #expect(!after.text.contains("secret"))
        }
    }

    private static let secured =
        library + """

            security: [{card: []}]
            components: {securitySchemes: {card: {type: apiKey, in: header, name: X-Card}}}
            """
}
