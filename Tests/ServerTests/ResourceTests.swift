import Endpoint
import Foundation
import HTTPTypes
import JSON
import Releases
import Synchronization
import Testing
import Vocabulary

/// Resources from the management API to what MCP clients read.
struct ResourceTests {
    private func create(
        _ server: TestServer,
        _ slug: String = "guide",
        _ fields: JSONObject = ["mime_type": "text/markdown", "text": "# Books\n"],
        headers: [(String, String)] = []
    ) async throws -> TestServer.Answer {
        var fields = fields
        fields["slug"] = .string(slug)
        return try await server.post("resources.create", .object(fields), headers: headers)
    }

    /// The result of an MCP request at the toolset `books`.
    private func mcp(_ server: TestServer, _ method: String, _ params: JSONValue = [:]) async throws -> JSONValue {
        let answer = try await server.send(
            .post,
            "/mcp/books",
            headers: [
                ("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream"),
                ("MCP-Protocol-Version", "2025-11-25"),
            ],
            body: JSONValue.object(["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": params]).bytes
        )
        return answer.json
    }

    @Test func `text and bytes are given, told about and given back`() async throws {
        try await TestServer.with { server in
            let made = try await create(server)
            #expect(made.status == 201)
            #expect(made.headers[.eTag] == "\"1\"")
            let resource = try #require(made.json["resource"])
            #expect(resource["urn"] == "resources:asset:guide")
            #expect(resource["uri"] == "slipway://default/resources/guide")
            #expect(resource["name"] == "guide")
            #expect(resource["title"] == .null)
            #expect(resource["size"] == 8)
            #expect(resource["encoding"] == "text")
            #expect(resource["text"] == nil)
            let text = try await server.get("resources.get", "slug=guide&content=true").json["resource"]
            #expect(text?["text"] == "# Books\n")
            #expect(text?["blob"] == nil)

            _ = try await create(server, "logo", ["mime_type": "image/png", "blob": "AP8Q", "name": "Logo"])
            let blob = try await server.get("resources.get", "slug=logo&content=true").json["resource"]
            #expect(blob?["blob"] == "AP8Q")
            #expect(blob?["text"] == nil)
            #expect(blob?["size"] == 3)
            let list = try await server.get("resources.list").json["resources"]?.array ?? []
            #expect(list.map { $0["slug"] } == ["guide", "logo"])
            #expect(list.allSatisfy { $0["text"] == nil && $0["blob"] == nil })
        }
    }

    @Test func `an edit changes what it names, and null takes away`() async throws {
        try await TestServer.with { server in
            _ = try await create(
                server,
                "guide",
                ["mime_type": "text/markdown", "text": "one", "title": "T", "description": "D"]
            )
            let titled = try await server.post("resources.update", ["slug": "guide", "title": "New"])
            #expect(titled.json["resource"]?["version"] == 2)
            #expect(titled.json["resource"]?["title"] == "New")
            #expect(titled.json["resource"]?["description"] == "D")
            let cleared = try await server.post(
                "resources.update",
                ["slug": "guide", "title": nil, "description": nil, "text": "two"],
                headers: [("If-Match", "\"2\"")]
            )
            #expect(cleared.json["resource"]?["title"] == .null)
            #expect(cleared.json["resource"]?["description"] == .null)
            let stale = try await server.post(
                "resources.update",
                ["slug": "guide", "text": "three"],
                headers: [("If-Match", "\"2\"")]
            )
            #expect(stale.status == 412)
            // Another type, with the bytes as they are, is another way to send them.
            let bytes = try await server.post(
                "resources.update",
                ["slug": "guide", "mime_type": "application/octet-stream"]
            )
            #expect(bytes.json["resource"]?["encoding"] == "blob")
            let read = try await server.get("resources.get", "slug=guide&content=true").json["resource"]
            #expect(read?["blob"] == "dHdv")
            let history = try await server.get("resources.history", "slug=guide&limit=3").json
            #expect(history["resources"]?.array?.map { $0["version"] } == [4, 3, 2])
            let cursor = try #require(history["next_cursor"]?.string)
            let rest = try await server.get("resources.history", "slug=guide&limit=3&cursor=\(cursor)").json
            #expect(rest["resources"]?.array?.map { $0["version"] } == [1])
        }
    }

    @Test func `a resource of 4 MiB is taken whole, and one of a byte more is refused`() async throws {
        try await TestServer.with { server in
            let largest = [UInt8](repeating: 0x61, count: 4 << 20)
            let text = String(decoding: largest, as: UTF8.self)
            let blob = Data(largest).base64EncodedString()
            #expect(try await create(server, "a", ["mime_type": "text/plain", "text": .string(text)]).status == 201)
            #expect(try await create(server, "b", ["mime_type": "image/png", "blob": .string(blob)]).status == 201)
            for fields in [
                ["mime_type": "text/plain", "text": .string(text + "a")],
                ["mime_type": "image/png", "blob": .string(Data(largest + [0]).base64EncodedString())],
            ] as [JSONObject] {
                let answer = try await create(server, "c", fields)
                #expect(answer.status == 413)
                #expect(answer.code == "too_large")
                #expect(answer.detail?.contains("4 MiB at most, and this has 4194305 bytes") == true)
            }
        }
    }

    @Test func `a repeated request makes one resource`() async throws {
        try await TestServer.with { server in
            let headers = [("Idempotency-Key", "k1")]
            let first = try await create(server, headers: headers)
            let again = try await create(server, headers: headers)
            #expect(again.status == 201)
            #expect(again.json == first.json)
            #expect(try await create(server).code == "name_taken")
        }
    }

    @Test func `a toolset takes resources in order, clients read them, and what is gone is named`() async throws {
        try await TestServer.with { server in
            _ = try await create(server)
            _ = try await create(server, "logo", ["mime_type": "image/png", "blob": "AP8Q", "title": "Our logo"])
            let urns: JSONValue = ["resources:asset:logo", "resources:asset:guide"]
            let made = try await server.post("toolsets.create", ["slug": "books", "resource_urns": urns])
            #expect(made.json["toolset"]?["resource_urns"] == urns)
            let twice = try await server.post(
                "toolsets.update",
                ["slug": "books", "resource_urns": ["resources:asset:logo", "resources:asset:logo"]]
            )
            #expect(twice.code == "unknown_urn")
            #expect(twice.detail?.contains("stands in the list twice") == true)

            let list = try await mcp(server, "resources/list")["result"]?["resources"]
            #expect(
                list == [
                    [
                        "uri": "slipway://default/resources/logo", "name": "logo", "title": "Our logo",
                        "mimeType": "image/png", "size": 3,
                    ],
                    [
                        "uri": "slipway://default/resources/guide", "name": "guide", "mimeType": "text/markdown",
                        "size": 8,
                    ],
                ]
            )
            let uri: JSONValue = ["uri": "slipway://default/resources/guide"]
            let read = try await mcp(server, "resources/read", uri)["result"]?["contents"]
            #expect(
                read == [
                    ["uri": "slipway://default/resources/guide", "mimeType": "text/markdown", "text": "# Books\n"]
                ]
            )
            _ = try await server.post("resources.update", ["slug": "guide", "text": "new"])
            let after = try await mcp(server, "resources/read", uri)["result"]?["contents"]
            #expect(after?.array?.first?["text"] == "new")

            let refused = try await server.send(.delete, "/rpc/resources.delete?slug=guide")
            #expect(refused.status == 409)
            #expect(refused.json["toolsets"] == ["toolset books"])
            _ = try await server.post("toolsets.update", ["slug": "books", "resource_urns": []])
            #expect(try await mcp(server, "resources/list")["error"]?["code"] == -32601)
            #expect(try await server.send(.delete, "/rpc/resources.delete?slug=guide").status == 200)
            #expect(try await server.get("resources.get", "slug=guide").status == 404)
        }
    }

    @Test func `the toolset that reads the server itself reads its resources too`() async throws {
        try await TestServer.with { server in
            _ = try await create(server)
            let toolset = try await server.get("toolsets.get", "slug=slipway").json["toolset"]
            let names = (toolset?["tools"]?.array ?? []).compactMap { $0["name"]?.string }
            #expect(Set(["resources_list", "resources_get", "resources_history"]).isSubset(of: names))
            #expect(!names.contains("resources_create"))
        }
    }

    @Test func `contents that were read are kept up to the bound, the last used longest`() async throws {
        let store = CountingStore()
        let contents = ResourceContents(store: store, keptBytes: 10)
        func read(_ text: String) async throws -> Int {
            let before = store.reads.withLock { $0 }
            #expect(try await contents.bytes(Digest(of: text.utf8)) == Array(text.utf8))
            return store.reads.withLock { $0 } - before
        }
        #expect(try await [read("aaaa"), read("bbbb"), read("aaaa")] == [1, 1, 0])
        // Four more bytes are too many: what was not used for the longest time goes.
        #expect(try await [read("cccc"), read("aaaa"), read("bbbb")] == [1, 0, 1])
        // What is larger than the bound is never kept, and pushes nothing out.
        #expect(try await [read("eleven byte"), read("eleven byte"), read("bbbb")] == [1, 1, 0])
        await #expect(throws: Problem.self) { try await contents.bytes(Digest(of: "missing".utf8)) }
    }
}

/// Gives the bytes of a few texts, and counts how often it is asked.
private final class CountingStore: ServingStore {
    let reads = Mutex(0)
    let changeCount = 0

    func change(from known: Int) async {}
    func servedToolset(mcpSlug: Slug, side: ServedSide) async throws -> ServedToolset? { nil }
    func content(of served: ServedToolset) async throws -> CompiledContent? { nil }
    func content(of former: FormerRelease) async throws -> CompiledContent {
        throw Problem(.notFound, "There is nothing.")
    }

    func resourceBytes(_ digest: Digest) async throws -> [UInt8]? {
        reads.withLock { $0 += 1 }
        return ["aaaa", "bbbb", "cccc", "eleven byte"].map { Array($0.utf8) }.first { Digest(of: $0) == digest }
    }
}
