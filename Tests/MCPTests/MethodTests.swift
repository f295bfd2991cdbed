import JSON
import MCP
import Testing

/// The methods, where the eras agree or differ about them.
struct MethodTests {
    static let legacyRevisions: [Revision] = [.march2025, .june2025, .november2025]

    @Test(arguments: legacyRevisions)
    func `a legacy ping is answered with exactly {}`(revision: Revision) async {
        #expect(await legacy("ping", in: revision).text == #"{"jsonrpc":"2.0","id":1,"result":{}}"#)
    }

    @Test(arguments: legacyRevisions)
    func `what is not offered is -32601 with 200 to legacy clients`(revision: Revision) async throws {
        let methods = [
            "server/discover", "completion/complete", "logging/setLevel", "resources/list", "resources/read",
            "resources/templates/list", "resources/subscribe", "subscriptions/listen", "tasks/get", "nope",
        ]
        for method in methods {
            #expect(try await legacy(method, in: revision).outcome == "200 -32601", "\(method)")
        }
    }

    @Test(arguments: legacyRevisions)
    func `a capability that is not advertised has no methods`(revision: Revision) async throws {
        let content = SampleContent(offersTools: false, offersPrompts: false)
        for method in ["tools/list", "tools/call", "prompts/list", "prompts/get"] {
            #expect(try await legacy(method, in: revision, to: content).outcome == "200 -32601")
        }
        let initialized = await legacy("initialize", #"{"protocolVersion":"2025-11-25"}"#, to: content)
        #expect(try initialized.json["result"]?["capabilities"] == [:])
        let discovered = await ModernCall(method: "server/discover", content: content).send()
        #expect(try discovered.json["result"]?["capabilities"] == [:])
    }

    @Test(arguments: [
        ("2025-03-26", "2025-03-26"), ("2025-06-18", "2025-06-18"), ("2025-11-25", "2025-11-25"),
        ("2026-07-28", "2025-11-25"), ("2024-11-05", "2025-11-25"), ("nonsense", "2025-11-25"), ("", "2025-11-25"),
    ])
    func `initialize answers with a revision that has a handshake`(asked: String, answered: String) async throws {
        let answer = await send(
            #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"\#(asked)"}}"#,
            headers: [("MCP-Protocol-Version", "2024-11-05")]
        )
        #expect(try answer.json["result"]?["protocolVersion"]?.string == answered)
    }

    @Test(arguments: ["{}", #"{"protocolVersion":7}"#])
    func `initialize without a version is -32602`(params: String) async throws {
        #expect(try await legacy("initialize", params).outcome == "200 -32602")
    }

    @Test func `what answers is described as far as a revision can`() async throws {
        func info(_ revision: Revision) async throws -> [String] {
            let answer = await legacy("initialize", #"{"protocolVersion":"\#(revision.rawValue)"}"#)
            return Array(try #require(try answer.json["result"]?["serverInfo"]?.object).keys)
        }
        #expect(try await info(.march2025) == ["name", "version"])
        #expect(try await info(.june2025) == ["name", "title", "version"])
        #expect(try await info(.november2025) == ["name", "title", "version", "description", "websiteUrl"])
    }

    @Test func `what was not given is left out`() async throws {
        var content = SampleContent(offersPrompts: false)
        content.implementation = Implementation(name: "n", version: "1")
        content.instructions = nil
        #expect(
            await legacy("initialize", #"{"protocolVersion":"2025-11-25"}"#, to: content).text
                == #"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":"#
                + #"{"tools":{"listChanged":true}},"serverInfo":{"name":"n","version":"1"}}}"#
        )
    }

    @Test(arguments: ["tools/list", "prompts/list"])
    func `a cursor is unknown, since there is one page`(method: String) async throws {
        for cursor in [#""x""#, #""""#, "7"] {
            #expect(try await legacy(method, #"{"cursor":\#(cursor)}"#).outcome == "200 -32602")
        }
        for params in ["{}", #"{"cursor":null}"#] {
            let answer = await legacy(method, params)
            #expect(try answer.outcome == "200")
            #expect(try answer.json["result"]?["nextCursor"] == nil)
        }
    }

    @Test(arguments: Revision.allCases)
    func `the bytes of the lists are copied`(revision: Revision) async {
        let tools = #""tools":[ {"name":"echo", "in":"\#(revision.rawValue)"} ]"#
        let prompts = #""prompts":[ {"name":"greet", "in":"\#(revision.rawValue)"} ]"#
        if revision.isModern {
            #expect(await ModernCall().send().text.contains(tools))
            #expect(await ModernCall(method: "prompts/list").send().text.contains(prompts))
        } else {
            #expect(await legacy("tools/list", in: revision).text.contains(tools))
            #expect(await legacy("prompts/list", in: revision).text.contains(prompts))
        }
    }

    @Test func `an unknown tool is named in the sentence that refuses it`() async throws {
        let answer = await legacy("tools/call", #"{"name":"nope"}"#)
        #expect(try answer.outcome == "200 -32602")
        #expect(try answer.json["error"]?["message"] == "There is no tool named \"nope\" here.")
    }

    @Test func `a very long name is not repeated whole`() async throws {
        let name = String(repeating: "x", count: 100_000)
        #expect(await legacy("tools/call", #"{"name":"\#(name)"}"#).text.utf8.count < 400)
        #expect(await legacy(name).text.utf8.count < 400)
    }

    @Test(arguments: [#"{"name":"echo"}"#, #"{"name":"echo","arguments":null}"#, #"{"name":"echo","arguments":{}}"#])
    func `a tool may be called without arguments`(params: String) async throws {
        #expect(try await legacy("tools/call", params).json["result"]?["content"]?.array?.first?["text"] == "{}")
    }

    @Test func `the request of a task is ignored`() async throws {
        #expect(try await legacy("tools/call", #"{"name":"echo","task":{"ttl":1}}"#).outcome == "200")
    }

    @Test(arguments: [
        #"{}"#, #"{"name":1}"#, #"{"name":"nope"}"#, #"{"name":"greet"}"#, #"{"name":"greet","arguments":{"whom":1}}"#,
        #"{"name":"greet","arguments":[]}"#,
    ])
    func `a prompt that cannot be filled in is -32602`(params: String) async throws {
        #expect(try await legacy("prompts/get", params).outcome == "200 -32602")
    }

    @Test func `an internal error is told to the log and not to the caller`() async throws {
        let answer = await legacy("tools/call", #"{"name":"broken"}"#)
        #expect(try answer.outcome == "200 -32603")
        #expect(!answer.text.contains("Broken"))
        #expect(answer.cause is SampleContent.Broken)
    }

    @Test func `a missing capability is an error of status 200 to legacy clients`() async throws {
        #expect(try await legacy("tools/call", #"{"name":"sampling"}"#).outcome == "200 -32021")
    }

    @Test(arguments: [(Duration.seconds(60), 60_000), (.milliseconds(1500), 1500), (.zero, 0), (.seconds(-1), 0)])
    func `lists say how long they keep`(time: Duration, milliseconds: Int) async throws {
        let content = SampleContent(caching: Caching(for: time, scope: .public))
        for method in ["tools/list", "prompts/list", "server/discover"] {
            let result = try await ModernCall(method: method, content: content).send().json["result"]
            #expect(result?["ttlMs"] == .number(JSONNumber(milliseconds)))
            #expect(result?["cacheScope"] == "public")
            #expect(result?["resultType"] == "complete")
        }
        let called = try await ModernCall.tool("echo").send().json["result"]
        #expect(called?["ttlMs"] == nil)
        #expect(called?["cacheScope"] == nil)
        #expect(called?["resultType"] == "complete")
    }

    @Test func `every modern result says who answers, beside the tool's own _meta`() async throws {
        let serverInfo: JSONValue = [
            "name": "petstore", "title": "Pet store", "version": "12", "description": "Pets for sale.",
            "websiteUrl": "https://petstore.example",
        ]
        for call in [ModernCall(), ModernCall(method: "server/discover"), ModernCall.tool("linked")] {
            let meta = try await call.send().json["result"]?["_meta"]
            #expect(meta?["io.modelcontextprotocol/serverInfo"] == serverInfo)
            #expect(meta?["seen"] == (call.name == "linked" ? true : nil))
        }
    }
}
