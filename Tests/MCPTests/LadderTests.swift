import JSON
import MCP
import Testing

/// The checks of a modern request, in their order (2026-07-28, Transports).
struct LadderTests {
    static let noCapabilities = #"{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}"#
    static let future =
        #"{"io.modelcontextprotocol/protocolVersion":"2027-01-01","io.modelcontextprotocol/clientCapabilities":{}}"#

    @Test func `a body that is not JSON is -32700 with 400 and no id`() async throws {
        let answer = await send("{", headers: [("MCP-Protocol-Version", "2026-07-28")])
        #expect(try answer.outcome == "400 -32700")
        #expect(try answer.json["id"] == nil)
    }

    @Test(arguments: [
        #"1"#, #""text""#, #"{}"#, #"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, #"{"id":1,"method":"ping"}"#,
        #"{"jsonrpc":"2.0","id":1,"method":7}"#, #"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"ping","params":null}"#, #"{"jsonrpc":"2.0","id":null,"method":"ping"}"#,
        #"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, #"{"jsonrpc":"2.0","id":{},"method":"ping"}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"ping","result":{}}"#, #"{"jsonrpc":"2.0","id":1,"result":{},"error":{}}"#,
        #"[]"#,
    ])
    func `what is not one message is -32600 with 400`(body: String) async throws {
        #expect(try await send(body).outcome == "400 -32600")
        #expect(try await send(body, headers: [("MCP-Protocol-Version", "2026-07-28")]).outcome == "400 -32600")
    }

    @Test func `a malformed request that has an id gets it back`() async throws {
        #expect(try await send(#"{"jsonrpc":"1.0","id":7,"method":"ping"}"#).json["id"] == 7)
        #expect(try await send(#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#).json["id"] == nil)
    }

    @Test(arguments: ["MCP-Protocol-Version", "mcp-method", "MCP-NAME"])
    func `a doubled header is -32020 with 400`(header: String) async throws {
        var call = ModernCall.tool("echo")
        call.more = [(header, header == "mcp-method" ? "tools/call" : header == "MCP-NAME" ? "echo" : "2026-07-28")]
        #expect(try await call.send().outcome == "400 -32020")
    }

    @Test func `doubled headers come before missing _meta`() async throws {
        let call = ModernCall(meta: "{}", more: [("MCP-Protocol-Version", "2026-07-28")])
        #expect(try await call.send().outcome == "400 -32020")
    }

    @Test(arguments: [
        (#"{}"#, ["protocolVersion", "clientCapabilities"]),
        (noCapabilities, ["clientCapabilities"]),
        (#"{"io.modelcontextprotocol/clientCapabilities":{}}"#, ["protocolVersion"]),
        (#"7"#, ["protocolVersion", "clientCapabilities"]),
        (
            #"{"io.modelcontextprotocol/protocolVersion":20260728,"io.modelcontextprotocol/clientCapabilities":{}}"#,
            ["protocolVersion"]
        ),
        (
            #"{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":true}"#,
            ["clientCapabilities"]
        ),
    ])
    func `missing keys of _meta are -32602 with 400 and named`(meta: String, missing: [String]) async throws {
        let answer = await ModernCall(meta: meta).send()
        #expect(try answer.outcome == "400 -32602")
        #expect(try answer.json["id"] == "a")
        let message = try #require(try answer.json["error"]?["message"]?.string)
        for key in ["protocolVersion", "clientCapabilities"] {
            #expect(message.contains("io.modelcontextprotocol/\(key)") == missing.contains(key))
        }
    }

    @Test func `missing keys come before headers that differ`() async throws {
        #expect(try await ModernCall(meta: Self.noCapabilities, version: "2027-01-01").send().outcome == "400 -32602")
    }

    @Test func `clientInfo is optional`() async throws {
        #expect(try await ModernCall().send().outcome == "200")
    }

    @Test(arguments: [
        ModernCall(version: nil), ModernCall(version: "2025-11-25"), ModernCall(version: "2027-01-01"),
        ModernCall(methodHeader: .some(nil)), ModernCall(methodHeader: "tools/call"),
        ModernCall(methodHeader: "Tools/List"),
        ModernCall(method: "tools/call", members: #""name":"echo","#),
        ModernCall(method: "tools/call", members: #""name":"echo","#, name: "Echo"),
        ModernCall(method: "tools/call", name: "echo"),
        ModernCall(method: "prompts/get", members: #""name":"greet","#),
        ModernCall(method: "resources/read", members: #""uri":"a:b","#, name: "a:c"),
    ])
    func `a header that is missing or differs is -32020 with 400`(call: ModernCall) async throws {
        let answer = await call.send()
        #expect(try answer.outcome == "400 -32020")
        #expect(try answer.json["id"] == "a")
    }

    @Test func `a version that differs and is unknown is -32020 first`() async throws {
        #expect(try await ModernCall(meta: Self.future).send().outcome == "400 -32020")
    }

    @Test func `an unknown version is -32022 with both data members`() async throws {
        let answer = await ModernCall(meta: Self.future, version: "2027-01-01").send()
        #expect(try answer.outcome == "400 -32022")
        let supported: JSONValue = ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"]
        #expect(try answer.json["error"]?["data"] == ["supported": supported, "requested": "2027-01-01"])
        let discovered = try await ModernCall(method: "server/discover").send().json["result"]?["supportedVersions"]
        #expect(discovered == supported)
    }

    @Test func `an unknown version comes before parameter headers and methods`() async throws {
        var call = ModernCall.tool("regional", #"{"region":"eu"}"#)
        call.meta = Self.future
        call.version = "2027-01-01"
        #expect(try await call.send().outcome == "400 -32022")
        #expect(
            try await ModernCall(method: "nope", meta: Self.future, version: "2027-01-01").send().outcome
                == "400 -32022"
        )
    }

    @Test(arguments: [
        "initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe", "resources/list",
        "resources/templates/list", "completion/complete", "tasks/get", "nope",
    ])
    func `a method that is not offered is 404 with -32601`(method: String) async throws {
        let answer = await ModernCall(method: method).send()
        #expect(try answer.outcome == "404 -32601")
        #expect(try answer.json["id"] == "a")
        #expect(try answer.json["error"]?["message"]?.string?.contains(method) == true)
    }

    @Test func `an unknown method comes before its parameters`() async throws {
        let call = ModernCall(method: "resources/read", members: #""uri":"a:b","#, name: "a:b")
        #expect(try await call.send().outcome == "404 -32601")
    }

    @Test(arguments: ["tools/list", "tools/call", "prompts/list", "prompts/get"])
    func `a method whose capability is not advertised is 404 with -32601`(method: String) async throws {
        let content = SampleContent(offersTools: false, offersPrompts: false)
        #expect(try await ModernCall(method: method, content: content).send().outcome == "404 -32601")
    }

    @Test func `a capability that the client lacks is -32021 with an object`() async throws {
        let answer = await ModernCall.tool("sampling").send()
        #expect(try answer.outcome == "400 -32021")
        #expect(try answer.json["error"]?["data"] == ["requiredCapabilities": ["sampling": [:]]])
    }

    @Test(arguments: [
        ModernCall.tool("nope"), ModernCall.tool("vanished"), ModernCall(method: "tools/call"),
        ModernCall.tool("echo", "[]"), ModernCall(members: #""cursor":"x","#), ModernCall(members: #""cursor":"","#),
        ModernCall(method: "prompts/list", members: #""cursor":7,"#),
        ModernCall(method: "prompts/get", members: #""name":"nope","#, name: "nope"),
        ModernCall(method: "prompts/get", members: #""name":"greet","#, name: "greet"),
    ])
    func `what a handler finds wrong is -32602 with 200`(call: ModernCall) async throws {
        let answer = await call.send()
        #expect(try answer.outcome == "200 -32602")
        #expect(try answer.json["id"] == "a")
    }

    @Test func `an internal error is -32603 with 200 and tells nothing`() async throws {
        let answer = await ModernCall.tool("broken").send()
        #expect(try answer.outcome == "200 -32603")
        #expect(!answer.text.contains("Broken"))
        #expect(answer.cause is SampleContent.Broken)
    }
}
