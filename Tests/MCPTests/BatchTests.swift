import JSON
import MCP
import Testing

/// Several messages in one body, as only 2025-03-26 has them.
struct BatchTests {
    static let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
    static let notification = #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#

    @Test func `requests are answered in their order, and nothing else is answered`() async throws {
        let answer = await send(
            """
            [\(Self.ping),\(Self.notification),{"jsonrpc":"2.0","id":9,"result":{}},
            {"jsonrpc":"2.0","id":"b","method":"nope"},
            {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"echo","arguments":{"a":1}}}]
            """
        )
        #expect(answer.status == 200)
        #expect(
            answer.text
                == #"[{"jsonrpc":"2.0","id":1,"result":{}},"#
                + #"{"jsonrpc":"2.0","id":"b","error":{"code":-32601,"message":"The method \"nope\" is not offered here."}},"#
                + #"{"jsonrpc":"2.0","id":3,"result":{"content":[{"type":"text","text":"{\"a\":1}"}]}}]"#
        )
    }

    @Test func `one request in an array is answered in an array`() async {
        let answer = await send("[\(Self.ping)]", headers: [("MCP-Protocol-Version", "2025-03-26")])
        #expect(answer.text == #"[{"jsonrpc":"2.0","id":1,"result":{}}]"#)
    }

    @Test func `a batch without requests is taken and not answered`() async {
        let answer = await send(#"[\#(Self.notification),{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"m"}}]"#)
        #expect(answer.status == 202)
        #expect(answer.text.isEmpty)
    }

    @Test func `initialize is never part of a batch`() async throws {
        let initialize = #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26"}}"#
        for body in ["[\(initialize)]", "[\(Self.ping),\(initialize)]"] {
            #expect(try await send(body).outcome == "400 -32600")
        }
    }

    @Test func `an empty batch and a huge one are refused`() async throws {
        #expect(try await send("[]").outcome == "400 -32600")
        let huge = Array(repeating: Self.ping, count: 101).joined(separator: ",")
        #expect(try await send("[\(huge)]").outcome == "400 -32600")
    }

    @Test func `a batch inside a batch is refused`() async throws {
        #expect(try await send("[[\(Self.ping)]]").outcome == "400 -32600")
    }

    @Test func `what goes wrong inside one of a batch is not lost`() async throws {
        let broken = #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"broken"}}"#
        let answer = await send("[\(Self.ping),\(broken)]")
        #expect(answer.cause is SampleContent.Broken)
        #expect(try answer.json.array?.last?["error"]?["code"] == -32603)
    }
}
