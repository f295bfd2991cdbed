import JSON
import MCP
import Testing

/// What a tool says, as each revision's clients can read it.
struct ContentTests {
    private func called(_ tool: String, _ revision: Revision) async throws -> JSONObject {
        let answer =
            revision.isModern
            ? await ModernCall.tool(tool).send()
            : await legacy("tools/call", #"{"name":"\#(tool)"}"#, in: revision)
        return try #require(try answer.json["result"]?.object)
    }

    /// The one block as a modern client would read it, after a way through a prompt.
    private func written(_ block: ContentBlock, _ revision: Revision = .november2025) async throws -> String? {
        var content = BlockContent()
        content.block = block
        let headers: HeaderFields = [
            "Content-Type": "application/json", "MCP-Protocol-Version": revision.rawValue,
        ]
        let body = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"it"}}"#
        let incoming = Incoming(method: "POST", headers: headers, body: Array(body.utf8))
        let outgoing = await Exchange(incoming).answer(from: content)
        return try JSONValue(parsing: outgoing.body)["result"]?["content"]?.array?.first?.text
    }

    @Test func `a resource link is a link since 2025-06-18`() async throws {
        let link = #"""
            [{"type":"resource_link","uri":"https://petstore.example/1","name":"pet-1","title":"Pet 1","annotations":{"audience":["user"],"priority":0.5,"lastModified":"2026-01-01T00:00:00Z"},"_meta":{"kept":true}}]
            """#
        for revision in [Revision.june2025, .november2025, .july2026] {
            #expect(try await called("linked", revision)["content"]?.text == link)
        }
    }

    @Test func `a resource link is text before`() async throws {
        let text = #"""
            [{"type":"text","text":"Pet 1: https://petstore.example/1","annotations":{"audience":["user"],"priority":0.5}}]
            """#
        #expect(try await called("linked", .march2025)["content"]?.text == text)
    }

    @Test func `structured content of 2025-06-18 is an object or is left out`() async throws {
        for revision in [Revision.june2025, .november2025] {
            #expect(try await called("data", revision)["structuredContent"] == ["id": 1])
            #expect(try await called("list", revision)["structuredContent"] == nil)
        }
        #expect(try await called("data", .march2025)["structuredContent"] == nil)
        #expect(try await called("list", .july2026)["structuredContent"] == [1])
    }

    @Test(arguments: Revision.allCases)
    func `data without words is said as text too`(revision: Revision) async throws {
        #expect(try await called("data", revision)["content"] == [["type": "text", "text": #"{"id":1}"#]])
        #expect(try await called("list", revision)["content"] == [["type": "text", "text": "one"]])
    }

    @Test func `blocks are written with their members`() async throws {
        let media = Media([0, 255], mimeType: "image/png")
        #expect(try await written(.text("a\"b")) == #"{"type":"text","text":"a\"b"}"#)
        #expect(
            try await written(ContentBlock(.image(media)))
                == #"{"type":"image","data":"AP8=","mimeType":"image/png"}"#
        )
        #expect(
            try await written(ContentBlock(.audio(Media(base64: "AA==", mimeType: "audio/wav"))), .march2025)
                == #"{"type":"audio","data":"AA==","mimeType":"audio/wav"}"#
        )
        let text = EmbeddedResource(uri: "a:b", mimeType: "text/plain", contents: .text("hi"))
        #expect(
            try await written(ContentBlock(.resource(text)))
                == #"{"type":"resource","resource":{"uri":"a:b","mimeType":"text/plain","text":"hi"}}"#
        )
        let blob = EmbeddedResource(uri: "a:b", mimeType: nil, bytes: [1])
        #expect(
            try await written(ContentBlock(.resource(blob)))
                == #"{"type":"resource","resource":{"uri":"a:b","blob":"AQ=="}}"#
        )
    }

    @Test func `annotations that say nothing are left out`() async throws {
        let block = ContentBlock(.text("a"), annotations: Annotations(priority: .nan))
        #expect(try await written(block) == #"{"type":"text","text":"a"}"#)
        let late = ContentBlock(.text("a"), annotations: Annotations(lastModified: "2026"), meta: ["m": 1])
        #expect(try await written(late, .march2025) == #"{"type":"text","text":"a"}"#)
    }

    @Test func `a failure of the tool is a result`() async throws {
        var content = BlockContent()
        content.failure = "No such pet."
        let body = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"it"}}"#
        let headers: HeaderFields = ["Content-Type": "application/json"]
        let outgoing = await Exchange(Incoming(method: "POST", headers: headers, body: Array(body.utf8)))
            .answer(from: content)
        #expect(
            String(decoding: outgoing.body, as: UTF8.self)
                == #"{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"No such pet."}],"isError":true}}"#
        )
    }
}

/// One tool, `it`, that answers with one block or one failure.
private struct BlockContent: ServedContent {
    var block = ContentBlock.text("")
    var failure: String?
    let implementation = Implementation(name: "blocks", version: "1")
    let instructions: String? = nil
    let caching = Caching(for: .zero, scope: .private)
    let offersTools = true
    let offersPrompts = false

    func toolsJSON(for revision: Revision) -> [UInt8] { Array("[]".utf8) }
    func promptsJSON(for revision: Revision) -> [UInt8] { Array("[]".utf8) }
    func hasTool(named name: String) -> Bool { name == "it" }

    func call(_ name: String, arguments: JSONObject, context: CallContext) async throws -> ToolResult {
        failure.map(ToolResult.error) ?? ToolResult(content: [block])
    }

    func prompt(_ name: String, arguments: [String: String]) throws -> PromptResult {
        throw PromptFailure.unknownPrompt(name)
    }
}
