import JSON
import MCP
import Testing

/// The headers that repeat the body (2026-07-28, Transports and Tools).
struct HeaderTests {
    @Test(arguments: [
        ("echo", "echo"), ("echo", "  echo\t"), ("echo", "=?base64?ZWNobw==?="), ("echo", " =?base64?ZWNobw==?= "),
        ("grüßen", "=?base64?Z3LDvMOfZW4=?="), ("grüßen", "grüßen"),
        // Without both markers, a value is what it says.
        ("=?base64?ZWNobw==", "=?base64?ZWNobw=="), ("ZWNobw==?=", "ZWNobw==?="), ("=?base64?=", "=?base64?="),
        ("=?BASE64?ZWNobw==?=", "=?BASE64?ZWNobw==?="), ("=?Base64?ZWNobw==?=", "=?Base64?ZWNobw==?="),
        // A name that looks encoded has to be encoded.
        ("=?base64?x?=", "=?base64?PT9iYXNlNjQ/eD89?="),
    ])
    func `a name is read from its header`(name: String, header: String) async throws {
        var call = ModernCall.tool(name)
        call.name = header
        let expected = SampleContent().hasTool(named: name) ? "200" : "200 -32602"
        #expect(try await call.send().outcome == expected)
    }

    @Test(arguments: [
        "ECHO", "ech", "echo ?=", "=?base64?ZWNobw=?=", "=?base64?ZWNobw?=", "=?base64?ZWNo bw==?=",
        "=?base64?ZWNobx==?=", "=?base64?ZWN*bw==?=", "=?base64?ZWNobw==\n?=", "=?base64?_w==?=", "=?base64?/w==?=",
        "=?base64??=", "=?base64?ZWNobw==?=?=", "=?base64?RUNITw==?=",
    ])
    func `a name that differs or is badly encoded is refused`(header: String) async throws {
        var call = ModernCall.tool("echo")
        call.name = header
        #expect(try await call.send().outcome == "400 -32020")
    }

    @Test func `names are compared by their bytes`() async throws {
        var call = ModernCall.tool("gr\u{FC}\u{DF}en")
        call.name = "gru\u{308}\u{DF}en"
        #expect(try await call.send().outcome == "400 -32020")
    }

    @Test func `Mcp-Name is not looked at where a method has none`() async throws {
        #expect(try await ModernCall(name: "whatever").send().outcome == "200")
    }

    @Test(
        arguments: [
            ("{}", []),
            (#"{"region":null}"#, []),
            (#"{"region":"eu"}"#, ["eu"]),
            (#"{"region":"eu"}"#, ["=?base64?ZXU=?="]),
            (#"{"region":"日本"}"#, ["=?base64?5pel5pys?="]),
            (#"{"region":""}"#, [""]),
        ] as [(String, [String])]
    )
    func `a parameter header that agrees is let through`(arguments: String, lines: [String]) async throws {
        var call = ModernCall.tool("regional", arguments)
        call.more = lines.map { ("mcp-param-REGION", $0) }
        #expect(try await call.send().outcome == "200")
    }

    @Test(
        arguments: [
            ("{}", ["eu"]),
            (#"{"region":null}"#, ["null"]),
            (#"{"region":"eu"}"#, []),
            (#"{"region":"eu"}"#, ["us"]),
            (#"{"region":"eu"}"#, ["EU"]),
            (#"{"region":"eu"}"#, ["eu", "eu"]),
            (#"{"region":"eu"}"#, ["=?base64?ZXU?="]),
            (#"{"region":["eu"]}"#, ["eu"]),
        ] as [(String, [String])]
    )
    func `a parameter header that disagrees is -32020 with 400`(arguments: String, lines: [String]) async throws {
        var call = ModernCall.tool("regional", arguments)
        call.more = lines.map { ("Mcp-Param-Region", $0) }
        #expect(try await call.send().outcome == "400 -32020")
    }

    @Test(arguments: [("42", true), ("42.0", true), ("4.2e1", true), ("43", false), ("x", false), ("042", false)])
    func `whole numbers are compared by value`(header: String, agrees: Bool) async throws {
        var call = ModernCall.tool("regional", #"{"filter":{"count":42}}"#)
        call.more = [("Mcp-Param-Count", header)]
        #expect(try await call.send().outcome == (agrees ? "200" : "400 -32020"))
    }

    @Test(arguments: [("true", true), ("True", false), ("1", false), ("false", false)])
    func `booleans are spelled as in JSON`(header: String, agrees: Bool) async throws {
        var call = ModernCall.tool("regional", #"{"dryRun":true}"#)
        call.more = [("Mcp-Param-Dry-Run", header)]
        #expect(try await call.send().outcome == (agrees ? "200" : "400 -32020"))
    }

    @Test func `parameter headers that no tool declares are ignored`() async throws {
        var call = ModernCall.tool("echo", #"{"region":"eu"}"#)
        call.more = [("Mcp-Param-Region", "us")]
        #expect(try await call.send().outcome == "200")
    }

    @Test func `parameter headers come before the tool is looked for`() async throws {
        var call = ModernCall.tool("regional", #"{"region":"eu"}"#)
        call.content.offersTools = false
        #expect(try await call.send().outcome == "400 -32020")
    }

    @Test func `no standard header is enforced from legacy clients`() async throws {
        let answer = await send(
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"regional","arguments":{"region":"eu"}}}"#,
            headers: [
                ("MCP-Protocol-Version", "2025-11-25"), ("Mcp-Method", "nope"), ("Mcp-Name", "nope"),
                ("Mcp-Param-Region", "us"),
            ]
        )
        #expect(try answer.outcome == "200")
    }

    @Test func `parameter headers are found through properties only`() throws {
        let schema = try JSONValue(
            parsing: #"""
                {"type":"object","properties":{
                  "region":{"type":"string","x-mcp-header":"Region"},
                  "filter":{"type":"object","properties":{"count":{"type":"integer","x-mcp-header":"Count"}}},
                  "list":{"type":"array","items":{"properties":{"no":{"x-mcp-header":"No"}}}},
                  "either":{"anyOf":[{"x-mcp-header":"Never"}]}, "yes":true}}
                """#
        )
        let declared = HeaderParameter.declared(in: try #require(schema.object))
        #expect(
            declared == [
                HeaderParameter(name: "Region", path: ["region"]),
                HeaderParameter(name: "Count", path: ["filter", "count"]),
            ]
        )
    }

    @Test(arguments: [
        #"{"a":{"type":"string","x-mcp-header":""}}"#, #"{"a":{"type":"string","x-mcp-header":"A b"}}"#,
        #"{"a":{"type":"string","x-mcp-header":"A\r\nB"}}"#, #"{"a":{"type":"string","x-mcp-header":"é"}}"#,
        #"{"a":{"type":"number","x-mcp-header":"A"}}"#, #"{"a":{"type":"array","x-mcp-header":"A"}}"#,
        #"{"a":{"type":["string","null"],"x-mcp-header":"A"}}"#, #"{"a":{"x-mcp-header":"A"}}"#,
        #"{"a":{"type":"string","x-mcp-header":7}}"#, ##"{"a":{"$ref":"#/$defs/b"}}"##,
        #"{"a":{"type":"string","x-mcp-header":"A"},"b":{"type":"string","x-mcp-header":"a"}}"#,
        #"{"a":{"allOf":[{"properties":{"b":{"type":"string","x-mcp-header":"B"}}}]}}"#,
    ])
    func `a declaration that breaks the rules is none`(properties: String) throws {
        let schema = try JSONValue(
            parsing: #"{"properties":\#(properties),"$defs":{"b":{"type":"string","x-mcp-header":"B"}}}"#
        )
        #expect(HeaderParameter.declared(in: try #require(schema.object)).isEmpty)
    }

    @Test func `whole numbers that no double tells apart are told apart`() async throws {
        for (header, agrees) in [("12345678901234567890", true), ("12345678901234567891", false), ("1.5", false)] {
            var call = ModernCall.tool("regional", #"{"filter":{"count":12345678901234567890}}"#)
            call.more = [("Mcp-Param-Count", header)]
            #expect(try await call.send().outcome == (agrees ? "200" : "400 -32020"))
        }
    }
}
