import JSON
import MCP
import Testing

/// What HTTP asks of a request before JSON is looked at.
struct TransportTests {
    static let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#

    @Test(arguments: ["application/json", "application/json; charset=utf-8", "Application/JSON ;charset=\"UTF-8\""])
    func `JSON is taken`(contentType: String) async throws {
        #expect(await send(Self.ping, headers: [("content-type", contentType)]).status == 200)
    }

    @Test(arguments: ["text/plain", "application/jsonp", "text/event-stream", "", "application/x-www-form-urlencoded"])
    func `another type is 415`(contentType: String) async throws {
        let answer = await send(Self.ping, headers: [("Content-Type", contentType)])
        #expect(try answer.outcome == "415 -32600")
        #expect(try answer.json["id"] == nil)
    }

    @Test func `no type at all is 415`() async {
        let incoming = Incoming(method: "POST", headers: [:], body: Array(Self.ping.utf8))
        #expect(await Exchange(incoming).answer(from: SampleContent()).status == 415)
    }

    @Test(arguments: [
        "application/json", "application/json, text/event-stream", "text/event-stream, application/json;q=0.1", "*/*",
        "application/*", "text/html, */*;q=0.1", "APPLICATION/JSON", "", "text/plain;q=0, application/json",
        "application/json, */*;q=0",
    ])
    func `JSON that is acceptable somehow is sent`(accept: String) async {
        #expect(await send(Self.ping, headers: [("Accept", accept)]).status == 200)
    }

    @Test func `no Accept at all means anything`() async {
        let headers: HeaderFields = ["Content-Type": "application/json"]
        let incoming = Incoming(method: "POST", headers: headers, body: Array(Self.ping.utf8))
        #expect(await Exchange(incoming).answer(from: SampleContent()).status == 200)
    }

    @Test func `Accept may take several lines`() async {
        let headers = [("Accept", "text/event-stream"), ("Accept", "application/json")]
        #expect(await send(Self.ping, headers: headers).status == 200)
    }

    @Test(arguments: ["text/event-stream", "text/html", "application/json;q=0", "*/*, application/json; q=0.0"])
    func `JSON that is not acceptable at all is 406`(accept: String) async throws {
        #expect(try await send(Self.ping, headers: [("Accept", accept)]).outcome == "406 -32600")
    }

    @Test func `answers are JSON, and this room gives no session out`() async throws {
        let answers = [await ModernCall().send(), await legacy("tools/list"), await send("{"), await legacy("nope")]
        for answer in answers {
            #expect(answer.headers.map(\.0) == ["Content-Type"])
            #expect(answer.headers.map(\.1) == ["application/json"])
        }
    }

    @Test(arguments: [#"1"#, #""x""#, #""""#, "-7", "9007199254740993", "1.0", #""\u00e9""#])
    func `an id comes back as it was`(id: String) async throws {
        let answer = await send(#"{"jsonrpc":"2.0","id":\#(id),"method":"ping"}"#)
        #expect(try answer.json["id"] == JSONValue(parsing: id))
    }
}
