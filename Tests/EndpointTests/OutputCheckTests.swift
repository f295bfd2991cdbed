import JSON
import JSONSchema
import MCP
import Testing
import Upstream

@testable import Endpoint

struct OutputCheckTests {
    private func result(_ text: String, structured: JSONValue?, schema: JSONValue) -> ToolResult {
        OutputCheck.result(ToolCallOutcome(content: [.text(text)], structured: structured, status: 201)) {
            try CompiledSchema(schema).validate($0)
        }
    }

    @Test(arguments: [#"{"id":1.0}"#, "[1]", "7", "null"])
    func `an answer that conforms is structured content, whatever JSON it is`(text: String) throws {
        let value = try JSONValue(parsing: text)
        let result = result(text, structured: value, schema: [:])
        #expect(result == ToolResult(content: [.text(text)], structuredContent: value))
    }

    @Test func `an answer that does not conform is an error that says the call was made`() {
        let schema: JSONValue = ["type": "object", "properties": ["id": ["type": "integer"]]]
        let result = result(#"{"id":"x"}"#, structured: ["id": "x"], schema: schema)
        #expect(result.isError)
        #expect(result.structuredContent == nil)
        #expect(result.content.last == .text(#"{"id":"x"}"#))
        guard case .text(let sentence)? = result.content.first?.kind else {
            Issue.record("no sentence")
            return
        }
        #expect(sentence.contains("answered with success (201): the call was made, and must not simply be made again"))
        #expect(sentence.contains("- at /id: "))
    }

    @Test func `an answer that is no complete JSON is an error too`() {
        let result = result("no", structured: nil, schema: [:])
        #expect(result.isError)
        #expect(result.content.count == 2)
    }

    @Test func `a schema that cannot be read is said`() {
        let result = result("1", structured: 1, schema: ["$ref": "#/$defs/nowhere"])
        #expect(result.isError)
    }
}

struct CarriedTraceTests {
    private static let inner = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    private static let outer = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"

    @Test func `_meta goes before the headers, and a state stays with its parent`() {
        let headers: HeaderFields = ["traceparent": Self.outer, "tracestate": "a=1", "baggage": "b=1"]
        let own = TraceContext(traceparent: Self.inner).completed(by: headers)
        #expect(own == TraceContext(traceparent: Self.inner, baggage: "b=1"))
        let full = TraceContext(traceparent: Self.inner, tracestate: "c=2", baggage: "d=2").completed(by: headers)
        #expect(full == TraceContext(traceparent: Self.inner, tracestate: "c=2", baggage: "d=2"))
    }

    @Test func `the headers' trace is taken where _meta has none`() {
        let headers = HeaderFields([("Traceparent", Self.outer), ("tracestate", "a=1"), ("Tracestate", "b=2")])
        let carried = TraceContext().completed(by: headers)
        #expect(carried == TraceContext(traceparent: Self.outer, tracestate: "a=1,b=2"))
        let twice = HeaderFields([("traceparent", Self.outer), ("traceparent", Self.inner)])
        #expect(TraceContext().completed(by: twice) == TraceContext())
        #expect(TraceContext().completed(by: ["traceparent": "\(Self.outer)\u{0}"]) == TraceContext())
    }
}
