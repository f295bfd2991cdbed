import JSON
import MCP
import Testing

/// What a request says about itself in `_meta`.
struct TraceTests {
    static let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    @Test func `a tool learns client and trace of a modern request`() async throws {
        var call = ModernCall.tool("trace")
        call.meta = """
            {"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},
            "io.modelcontextprotocol/clientInfo":{"name":"inspector","version":"2.1"},
            "traceparent":"\(Self.parent)","tracestate":"a=b","baggage":"user=7"}
            """
        let text = try await call.send().json["result"]?["content"]?.array?.first?["text"]
        #expect(text == "2026-07-28 inspector 2.1 \(Self.parent) a=b user=7")
    }

    @Test func `a tool learns the trace of a legacy request`() async throws {
        let params = #"{"name":"trace","_meta":{"progressToken":1,"traceparent":"\#(Self.parent)"}}"#
        let result = try await legacy("tools/call", params, in: .june2025).json["result"]
        let text = result?["content"]?.array?.first?["text"]
        #expect(text == "2025-06-18 - - \(Self.parent) - -")
    }

    @Test func `_meta that cannot be read is no _meta to legacy clients`() async throws {
        for meta in ["1", "null", #"{"traceparent":7,"io.modelcontextprotocol/clientInfo":"x"}"#] {
            let answer = await legacy("tools/call", #"{"name":"trace","_meta":\#(meta)}"#)
            #expect(try answer.json["result"]?["content"]?.array?.first?["text"] == "2025-11-25 - - - - -")
        }
    }

    @Test(arguments: [
        "",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "\(parent)-00",
        "\(parent)\r\nX: y",
        " \(parent)",
    ])
    func `a malformed traceparent is left out, and tracestate with it`(text: String) {
        let trace = TraceContext(traceparent: text, tracestate: "a=b", baggage: "c=d")
        #expect(trace.traceparent == nil)
        #expect(trace.tracestate == nil)
        #expect(trace.baggage == "c=d")
    }

    @Test func `a later version of traceparent may go on`() {
        let later = "01" + Self.parent.dropFirst(2) + "-ab"
        #expect(TraceContext(traceparent: later).traceparent == later)
    }

    @Test(arguments: ["", "a=b\r\nX: y", "a=é", "a=\u{0}"])
    func `text that cannot be a header is left out`(text: String) {
        let trace = TraceContext(traceparent: Self.parent, tracestate: text, baggage: text)
        #expect(trace.tracestate == nil)
        #expect(trace.baggage == nil)
        let long = String(repeating: "x", count: 8193)
        #expect(TraceContext(baggage: long).baggage == nil)
    }
}
