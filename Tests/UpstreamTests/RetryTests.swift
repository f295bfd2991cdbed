import JSON
import Synchronization
import Testing
import Tools

@testable import Upstream

/// Answers for one request after the other; the last stays.
private func replies(_ replies: FakeUpstream.Reply...) -> FakeUpstream.Reply {
    let rest = Mutex(replies[...])
    return .choice { _ in rest.withLock { $0.count > 1 ? $0.removeFirst() : $0[$0.startIndex] } }
}

private func busy(_ status: String, _ retryAfter: String?) -> FakeUpstream.Reply {
    .answer(status, "wait", headers: retryAfter.map { ["Retry-After: \($0)"] } ?? [])
}

@Suite(.timeLimit(.minutes(2)))
struct RetryTests {
    private func call(
        _ reply: FakeUpstream.Reply,
        _ method: String = "GET",
        timeout: Duration = .seconds(30),
        _ body: (ToolCallOutcome, [String], [Duration]) throws -> Void
    ) async throws {
        try await FakeUpstream.with(reply: reply) { upstream in
            try await withClient { client in
                let time = FakeClock()
                let caller = ToolCaller(client: client, userAgent: "x/1", timeout: timeout, clock: time.clock)
                let recipe = CallRecipe.of(method, "/pets", server: "http://127.0.0.1:\(upstream.port)")
                let outcome = await caller.call(recipe, arguments: [:], variables: [:])
                try body(outcome, upstream.requests, time.sleeps)
            }
        }
    }

    @Test(arguments: ["GET", "HEAD", "OPTIONS", "QUERY"], ["429 Too Many Requests", "503 Service Unavailable"])
    func `a safe call is made again when the answer says when`(method: String, status: String) async throws {
        // A HEAD has no body, so that nothing is left on the connection.
        let refusal = FakeUpstream.Reply.bytes("HTTP/1.1 \(status)\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n")
        let done = FakeUpstream.Reply.bytes("HTTP/1.1 204 No Content\r\n\r\n")
        try await call(replies(refusal, refusal, done), method) { outcome, requests, sleeps in
            #expect(!outcome.isError)
            #expect(outcome.status == 204)
            #expect(requests.count == 3)
            #expect(sleeps == [.seconds(2), .seconds(2)])
        }
    }

    /// A fault of peers: calls that change something are made twice.
    @Test(arguments: ["POST", "PUT", "PATCH", "DELETE"], ["429 Too Many Requests", "503 Service Unavailable"])
    func `fault: retries of a POST`(method: String, status: String) async throws {
        try await call(busy(status, "0"), method) { outcome, requests, sleeps in
            #expect(outcome.isError)
            #expect(requests.count == 1)
            #expect(sleeps.isEmpty)
            #expect(!outcome.text.contains("times"))
        }
    }

    @Test func `a POST whose connection is lost is not made again either`() async throws {
        try await call(.close(""), "POST") { outcome, requests, _ in
            #expect(outcome.isError)
            #expect(requests.count == 1)
        }
    }

    @Test func `at most two more calls are made, and the outcome says so`() async throws {
        try await call(busy("503 Service Unavailable", "1")) { outcome, requests, sleeps in
            #expect(requests.count == 3)
            #expect(sleeps == [.seconds(1), .seconds(1)])
            #expect(outcome.status == 503)
            #expect(outcome.text.hasSuffix("It was called 3 times, with the waits that the API asked for."))
        }
    }

    @Test(arguments: [nil, "6", "3600", "soon", "-1", "", "Sun, 06 Nov 1994 08:50:37 GMT", "99999999999999999999"])
    func `without a time that can be waited for, the call is not made again`(retryAfter: String?) async throws {
        try await call(busy("429 Too Many Requests", retryAfter)) { outcome, requests, sleeps in
            #expect(requests.count == 1)
            #expect(sleeps.isEmpty)
            #expect(outcome.isError)
        }
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:40 GMT", 3), ("Sunday, 06-Nov-94 08:49:40 GMT", 3), ("Sun Nov  6 08:49:40 1994", 3),
        ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
    ])
    func `a date is waited for in each of its forms`(date: String, seconds: Int) async throws {
        let reply = replies(busy("429 Too Many Requests", date), .answer())
        try await call(reply) { outcome, requests, sleeps in
            #expect(requests.count == 2)
            #expect(sleeps == [.seconds(seconds)])
            #expect(!outcome.isError)
        }
    }

    @Test func `what does not fit into the time of the call is not waited for`() async throws {
        try await call(busy("429 Too Many Requests", "3"), timeout: .seconds(3)) { _, requests, sleeps in
            #expect(requests.count == 1)
            #expect(sleeps.isEmpty)
        }
        try await call(busy("429 Too Many Requests", "2"), timeout: .seconds(3)) { _, requests, sleeps in
            #expect(requests.count == 2, "the second wait does not fit any more")
            #expect(sleeps == [.seconds(2)])
        }
    }

    @Test(arguments: ["500 Internal Server Error", "502 Bad Gateway", "408 Request Timeout", "404 Not Found"])
    func `other errors are not called again`(status: String) async throws {
        try await call(busy(status, "0")) { _, requests, _ in #expect(requests.count == 1) }
    }

    @Test(arguments: [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600),
        ("Wed, 01 Mar 2000 00:00:00 GMT", 951_868_800), ("Fri, 31 Dec 2100 23:59:59 GMT", 4_133_980_799),
        ("Thu, 22 Jul 2026 10:00:00 GMT", 1_784_714_400),
    ])
    func `dates are counted as calendars do`(text: String, seconds: Int) {
        #expect(HTTPDate.seconds(text) == seconds)
    }

    @Test(arguments: [
        "", "x", "Sun, 06 Nov 1994 08:49:37", "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Foo 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
    ])
    func `what is no date is none`(text: String) { #expect(HTTPDate.seconds(text) == nil) }
}
