import JSON
import MCP
import Testing

/// Being told of changes: the stream of a session, and `subscriptions/listen`.
struct SubscriptionTests {
    private func listen(
        _ notifications: String,
        accept: String = "application/json, text/event-stream",
        content: SampleContent = SampleContent()
    ) async -> Answer {
        await ModernCall(
            method: "subscriptions/listen",
            members: #""notifications":\#(notifications),"#,
            more: [("Accept", accept)],
            content: content
        ).send()
    }

    private func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    @Test func `a subscription is answered by a stream whose messages carry its id`() async throws {
        let answer = await listen(#"{"toolsListChanged":true,"resourcesListChanged":true,"promptsListChanged":false}"#)
        #expect(answer.status == 200)
        #expect(answer.headers.map(\.0) == ["Content-Type", "Cache-Control", "X-Accel-Buffering"])
        #expect(answer.headers.map(\.1) == ["text/event-stream", "no-cache, no-transform", "no"])
        let stream = try #require(answer.stream)
        #expect(stream.lists == [.tools, .resources])
        #expect(
            text(stream.opening)
                == #"{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"notifications":"#
                + #"{"toolsListChanged":true,"resourcesListChanged":true},"#
                + #""_meta":{"io.modelcontextprotocol/subscriptionId":"a"}}}"#
        )
        #expect(
            text(stream.notification(of: .prompts))
                == #"{"jsonrpc":"2.0","method":"notifications/prompts/list_changed","params":"#
                + #"{"_meta":{"io.modelcontextprotocol/subscriptionId":"a"}}}"#
        )
        let ending = try JSONValue(parsing: try #require(stream.ending))
        #expect(ending["id"] == "a")
        #expect(ending["result"]?["resultType"] == "complete")
        #expect(ending["result"]?["_meta"]?["io.modelcontextprotocol/subscriptionId"] == "a")
        #expect(ending["result"]?["_meta"]?["io.modelcontextprotocol/serverInfo"]?["name"] == "petstore")
    }

    @Test func `an empty filter is honoured, and so is one of lists that are not there yet`() async {
        #expect(await listen("{}").stream?.lists == [])
        let without = SampleContent(offersPrompts: false)
        #expect(await listen(#"{"promptsListChanged":true}"#, content: without).stream?.lists == [.prompts])
    }

    @Test func `what is not told is not acknowledged`() async throws {
        let stream = try #require(await listen(#"{"resourceSubscriptions":["x:y"],"later":true}"#).stream)
        #expect(text(stream.opening)?.contains(#""notifications":{}"#) == true)
    }

    @Test(arguments: [
        "[]", "null", "7", #"{"toolsListChanged":"yes"}"#, #"{"resourceSubscriptions":{}}"#,
        #"{"resourceSubscriptions":[1]}"#,
    ])
    func `a filter that is none is refused`(filter: String) async throws {
        let answer = await listen(filter)
        #expect(try answer.outcome == "200 -32602")
        #expect(answer.stream == nil)
    }

    @Test func `a subscription needs its filter, and a client that reads streams`() async throws {
        #expect(try await ModernCall(method: "subscriptions/listen").send().outcome == "200 -32602")
        #expect(try await listen("{}", accept: "application/json").outcome == "406 -32600")
        #expect(await listen("{}", accept: "*/*").stream != nil)
    }

    @Test func `a subscription climbs the ladder of every modern request`() async throws {
        var call = ModernCall(method: "subscriptions/listen", members: #""notifications":{},"#)
        call.version = nil
        #expect(try await call.send().outcome == "400 -32020")
        call.version = "2026-07-28"
        call.methodHeader = .some("tools/list")
        #expect(try await call.send().outcome == "400 -32020")
    }

    @Test(arguments: Revision.allCases)
    func `where nothing is told nobody can listen, and the capabilities say so`(revision: Revision) async throws {
        var content = SampleContent()
        content.tellsChanges = false
        let answer =
            revision.isModern
            ? await listen("{}", content: content)
            : await legacy("subscriptions/listen", #"{"notifications":{}}"#, in: revision, to: content)
        #expect(try answer.code == -32601)
        #expect(answer.stream == nil)
        let hello =
            revision.isModern
            ? await ModernCall(method: "server/discover", content: content).send()
            : await legacy("initialize", #"{"protocolVersion":"\#(revision.rawValue)"}"#, to: content)
        #expect(try hello.json["result"]?["capabilities"]?["tools"] == ["listChanged": false])
        #expect(!hello.beginsSession)
        let session = [("Mcp-Session-Id", "s")]
        #expect(await send("", method: "GET", headers: session, to: content).status == 405)
    }

    @Test func `a stream for which there is no room is an error of its request`() async throws {
        let stream = try #require(await listen("{}").stream)
        let refusal = stream.refusal("Too many.")
        #expect(refusal.status == 503)
        let json = try JSONValue(parsing: refusal.body)
        #expect(json["id"] == "a")
        #expect(json["error"]?["code"]?.integer == -32603)
        #expect(json["error"]?["message"] == "Too many.")
    }

    // Sessions of legacy clients.

    private func exchange(_ body: String, method: String = "POST", _ headers: [(String, String)]) -> Exchange {
        let fields = [("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")]
        return Exchange(
            Incoming(method: method, headers: HeaderFields(fields + headers), body: Array(body.utf8))
        )
    }

    private static let session = [("Mcp-Session-Id", "s")]
    private static let november = [("MCP-Protocol-Version", "2025-11-25")] + session

    @Test func `a handshake may begin a session, and nothing else does`() async {
        let revisions = ["2025-03-26", "2025-06-18", "2025-11-25"]
        for revision in revisions {
            #expect(await legacy("initialize", #"{"protocolVersion":"\#(revision)"}"#).beginsSession)
        }
        #expect(await !legacy("initialize").beginsSession)
        #expect(await !legacy("tools/list").beginsSession)
        #expect(await !ModernCall(method: "server/discover").send().beginsSession)
    }

    @Test func `a legacy request belongs to the session that it names`() {
        let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
        let note = #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#
        #expect(exchange(ping, Self.november).session == .member("s"))
        #expect(exchange(note, Self.november).session == .member("s"))
        #expect(exchange("[\(ping)]", Self.session).session == .member("s"))
        #expect(exchange("", method: "GET", Self.november).session == .listen("s"))
        #expect(exchange("", method: "DELETE", Self.november).session == .end("s"))
        #expect(exchange(ping, []).session == nil)
        #expect(exchange(ping, Self.session + Self.session).session == .member("s,s"))
        // What cannot be read is refused for that, whatever it names.
        #expect(exchange("{", Self.november).session == nil)
        let hello = #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}"#
        #expect(exchange(hello, Self.session).session == nil)
    }

    @Test func `a modern request has no session`() {
        let modern = [("MCP-Protocol-Version", "2026-07-28")] + Self.session
        let list = #"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{\#(EraTests.claim)}}"#
        #expect(exchange(list, modern).session == nil)
        #expect(exchange(#"{"jsonrpc":"2.0","method":"x"}"#, modern).session == nil)
        #expect(exchange("", method: "GET", modern).session == nil)
    }

    @Test func `the stream of a session tells of everything and has no id`() async throws {
        let answer = await send("", method: "GET", headers: Self.november)
        let stream = try #require(answer.stream)
        #expect(stream.lists == [.tools, .prompts, .resources])
        #expect(stream.opening == nil)
        #expect(stream.ending == nil)
        #expect(
            text(stream.notification(of: .tools)) == #"{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}"#
        )
        #expect(await send("", method: "DELETE", headers: Self.november).status == 204)
        #expect(await send("", method: "PUT", headers: Self.november).status == 405)
        let wrong = [("MCP-Protocol-Version", "1999-01-01")] + Self.session
        #expect(try await send("", method: "GET", headers: wrong).outcome == "400 -32600")
        #expect(
            try await send("", method: "GET", headers: [("Accept", "text/html")] + Self.session).outcome == "406 -32600"
        )
    }

    @Test func `a session that is not there is 404, for the request that names it`() throws {
        let ping = #"{"jsonrpc":"2.0","id":"p","method":"ping"}"#
        let answer = exchange(ping, Self.november).unknownSession
        #expect(answer.status == 404)
        let json = try JSONValue(parsing: answer.body)
        #expect(json["id"] == "p")
        #expect(json["error"]?["code"]?.integer == -32600)
        #expect(try JSONValue(parsing: exchange("", method: "GET", Self.november).unknownSession.body)["id"] == nil)
    }

    // What lists say about themselves.

    @Test(arguments: Revision.allCases)
    func `a list says which content it is of, and has an entity tag`(revision: Revision) async throws {
        var content = SampleContent(offersResources: true)
        content.meta = ["slipway/release": 12]
        content.etag = "t"
        for list in ["tools", "prompts", "resources"] {
            let answer =
                revision.isModern
                ? await ModernCall(method: "\(list)/list", content: content).send()
                : await legacy("\(list)/list", in: revision, to: content)
            #expect(try answer.json["result"]?["_meta"]?["slipway/release"]?.integer == 12)
            #expect(answer.headers.contains { $0 == ("ETag", "\"t \(list) \(revision.rawValue)\"") })
        }
        let call =
            revision.isModern
            ? await ModernCall.tool("echo").send() : await legacy("tools/call", #"{"name":"echo"}"#, in: revision)
        #expect(!call.headers.contains { $0.0 == "ETag" })
    }
}
