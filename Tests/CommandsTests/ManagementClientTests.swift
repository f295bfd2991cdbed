import JSON
import NIOHTTP1
import Testing

@testable import Commands

struct ManagementClientTests {
    private func profile(_ server: FakeServer, key: String? = "slp_secret", project: String? = nil) throws -> Profile {
        var profile = Profile()
        profile.server = try ServerAddress(server.address)
        profile.key = try key.map(AccessKey.init)
        profile.project = project
        return profile
    }

    @Test func `fields of a GET and a DELETE go into the query, percent-encoded`() async throws {
        try await FakeServer.with({ _ in
            .json(["tools": [], "next_cursor": nil, "toolset": [:], "settings_changes": [], "asset": [:]])
        }) {
            server in
            try await ManagementClient.with(profile(server, project: "default")) { client in
                _ = try await client.perform("tools.list", ["q": "a b&c=d+é/?#%", "limit": 7])
                _ = try await client.perform("toolsets.discardStagingVersion", ["slug": "pets"])
            }
            #expect(
                server.requests.map { "\($0.method) \($0.uri)" } == [
                    "GET /rpc/tools.list?q=a%20b%26c%3Dd%2B%C3%A9%2F%3F%23%25&limit=7",
                    "DELETE /rpc/toolsets.discardStagingVersion?slug=pets",
                ]
            )
            #expect(server.requests.flatMap(\.body) == [])
            #expect(server.requests[0].headers["Authorization"] == ["Bearer slp_secret"])
            #expect(server.requests[0].headers["Slipway-Project"] == ["default"])
        }
    }

    @Test func `fields of a POST are a JSON body`() async throws {
        try await FakeServer.with({ _ in
            .json(["tools": [], "next_cursor": nil, "toolset": [:], "settings_changes": [], "asset": [:]])
        }) {
            server in
            try await ManagementClient.with(profile(server, key: nil)) { client in
                _ = try await client.perform("toolsets.update", ["slug": "pets", "tool_urns": ["u"]], etag: "7")
            }
            let request = server.requests[0]
            #expect(request.uri == "/rpc/toolsets.update")
            #expect(request.text == #"{"slug":"pets","tool_urns":["u"]}"#)
            #expect(request.headers["Content-Type"] == ["application/json"])
            #expect(request.headers["If-Match"] == ["\"7\""])
            #expect(request.headers["Authorization"].isEmpty)
            #expect(request.headers["Slipway-Project"].isEmpty)
        }
    }

    @Test func `a document goes as it stands, its fields in the query`() async throws {
        try await FakeServer.with({ _ in
            .json(["tools": [], "next_cursor": nil, "toolset": [:], "settings_changes": [], "asset": [:]])
        }) {
            server in
            try await ManagementClient.with(profile(server)) { client in
                let document = Document(content: Array("openapi: 3.1.0\n".utf8), contentType: "application/yaml")
                _ = try await client.perform("assets.uploadOpenAPI", ["name": "my pets.yaml"], document: document)
            }
            let request = server.requests[0]
            #expect(request.uri == "/rpc/assets.uploadOpenAPI?name=my%20pets.yaml")
            #expect(request.text == "openapi: 3.1.0\n")
            #expect(request.headers["Content-Type"] == ["application/yaml"])
        }
    }

    @Test func `a problem keeps its code, its sentence and what is wrong with fields`() async throws {
        let errors: JSONValue = [["pointer": "/slug", "message": "is taken"], ["pointer": "", "message": "is odd"]]
        try await FakeServer.with({ _ in .problem(422, "invalid", "Look at the input.", ["errors": errors]) }) {
            server in
            let refusal = await #expect(throws: Refusal.self) {
                try await ManagementClient.with(profile(server)) { try await $0.perform("toolsets.list") }
            }
            #expect(refusal?.code == "invalid")
            #expect(refusal?.status == 422)
            #expect(refusal?.sentence == "Look at the input.")
            #expect(refusal?.errorLines == ["/slug: is taken", "is odd"])
        }
    }

    @Test(
        arguments: [
            ("Wrong: slug is odd.", []), ("Wrong: slug is bad.", ["/slug: is odd"]),
            ("None; toolsets.list names them.", ["/slug: is odd", "On the command line: slipway toolsets"]),
        ]
    )
    func `what a sentence says already is not said again`(sentence: String, lines: [String]) throws {
        let errors: JSONValue = [["pointer": "/slug", "message": "is odd"]]
        let body: JSONValue = ["code": "invalid", "detail": .string(sentence), "errors": errors]
        let refusal = try #require(Refusal(status: 422, body: body, hasKey: true))
        #expect(refusal.errorLines == lines)
    }

    @Test(
        arguments: [
            #"{"confirm_digest":["abc"]}"#, #"{"confirm_digest":"abc"}"#, #"{"details":{"confirm_digest":["abc"]}}"#,
        ]
    )
    func `details of a problem are found wherever they stand`(more: String) throws {
        let parsed = try JSONValue(parsing: more)
        var body = try #require(parsed.object)
        body["code"] = "confirm_required"
        let refusal = try #require(Refusal(status: 422, body: .object(body), hasKey: true))
        #expect(refusal.details("confirm_digest") == ["abc"])
        #expect(refusal.details("added_tools").isEmpty)
    }

    @Test(arguments: [(404, "<html>"), (200, "hello"), (302, ""), (500, "{}"), (502, #"{"error":"no"}"#)])
    func `what does not answer as Slipway does is said so`(status: Int, body: String) async throws {
        let headers = [("Location", "http://127.0.0.1:1/")]
        try await FakeServer.with({ _ in .init(status: status, body: body, headers: headers) }) { server in
            let failure = await #expect(throws: CommandFailure.self) {
                try await ManagementClient.with(profile(server)) { try await $0.perform("toolsets.list") }
            }
            #expect(failure?.sentence.contains("answered \(status) to toolsets.list") == true)
        }
    }

    @Test func `where nothing listens the sentence says how to start a server`() async throws {
        let address = try await FakeServer.with({ _ in
            .json(["tools": [], "next_cursor": nil, "toolset": [:], "settings_changes": [], "asset": [:]])
        }) { $0.address }
        var profile = Profile()
        profile.server = try ServerAddress(address)
        let gone = profile
        let failure = await #expect(throws: CommandFailure.self) {
            try await ManagementClient.with(gone) { try await $0.perform("toolsets.list") }
        }
        #expect(
            failure?.sentence
                == "no Slipway answers at \(address); start one with `slipway serve`, or name another by --server."
        )
    }

    @Test func `a server that says nothing is not waited for without end`() async throws {
        try await FakeServer.with({ _ in .silence }) { server in
            let failure = await #expect(throws: CommandFailure.self) {
                try await ManagementClient.with(profile(server)) {
                    try await $0.perform("toolsets.list", patience: .milliseconds(50))
                }
            }
            #expect(failure?.sentence.contains("did not answer toolsets.list") == true)
        }
    }

    @Test func `a list is read to its end`() async throws {
        let script: FakeServer.Script = { request in
            request.query.contains("cursor=two")
                ? .json(["keys": [3], "next_cursor": nil]) : .json(["keys": [1, 2], "next_cursor": "two"])
        }
        try await FakeServer.with(script) { server in
            let list = try await ManagementClient.with(profile(server)) { try await $0.list("keys.list", of: "keys") }
            #expect(list.json == ["keys": [1, 2, 3], "next_cursor": nil])
            #expect(server.requests.map(\.query) == ["limit=500", "limit=500&cursor=two"])
        }
    }

    @Test func `a list stops at its limit, and where a cursor comes again`() async throws {
        try await FakeServer.with({ _ in .json(["keys": [1, 2], "next_cursor": "same"]) }) { server in
            try await ManagementClient.with(profile(server)) { client in
                let two = try await client.list("keys.list", of: "keys", limit: 2)
                #expect(two.items == [1, 2])
                #expect(server.requests.map(\.query) == ["limit=2"])
                let all = try await client.list("keys.list", of: "keys")
                #expect(all.items == [1, 2, 1, 2])
            }
        }
    }

    @Test func `a key is never printed`() throws {
        let key = try AccessKey("slp_secret")
        var dumped = "\(key) \(String(reflecting: key))"
        dump(key, to: &dumped)
        #expect(!dumped.contains("slp_secret"))
        #expect(throws: CommandFailure.self) { try AccessKey("two\r\nlines") }
    }
}
