import JSON
import NIOCore
import Synchronization
import Testing
import Tools
import Upstream

/// Runs the body with a client that is shut down behind it.
func withClient<Value>(
    allowing entries: [String] = ["127.0.0.0/8"],
    limits: UpstreamClient.Limits = UpstreamClient.Limits(),
    resolver: HostResolver? = nil,
    _ body: (UpstreamClient) async throws -> Value
) async throws -> Value {
    let client = UpstreamClient(policy: try EgressPolicy(entries: entries), limits: limits, resolver: resolver)
    do {
        let value = try await body(client)
        await client.shutdown()
        return value
    } catch {
        await client.shutdown()
        throw error
    }
}

func request(_ method: String = "GET", _ url: String, body: String? = nil) throws -> OutgoingRequest {
    OutgoingRequest(method: method, server: try ServerAddress(url), path: "/pets", body: body.map { Array($0.utf8) })
}

@Suite(.timeLimit(.minutes(2)))
struct UpstreamClientTests {
    @Test(arguments: ["Report", "M-SEARCH", "report", "MSEARCH", "X_1.~!"])
    func `a method arrives as it is written`(method: String) async throws {
        try await FakeUpstream.with(reply: .answer()) { upstream in
            try await withClient { client in
                let answer = try await client.perform(request(method, "http://127.0.0.1:\(upstream.port)"))
                #expect(answer.status == 200)
                #expect(upstream.requests.first?.hasPrefix("\(method) /pets HTTP/1.1\r\n") == true)
            }
        }
    }

    @Test func `a request arrives as it was built and its answer comes back`() async throws {
        try await FakeUpstream.with(reply: .answer("201 Created", #"{"id":1.0}"#)) { upstream in
            try await withClient { client in
                let recipe = CallRecipe.of(
                    "POST",
                    "/pets/{id}",
                    [.path("id"), .query("q")],
                    body: "application/json"
                )
                let json = #"{"z":1.10,"a":9007199254740993,"e":1e400}"#
                let built = try makeRequest(
                    recipe,
                    #"{"id":"a/b ü","q":"x y","body":\#(json)}"#,
                    variables: ["PETS_SERVER_URL": "http://127.0.0.1:\(upstream.port)/base"]
                )
                let answer = try await client.perform(built)
                #expect(answer.status == 201)
                #expect(String(decoding: answer.body, as: UTF8.self) == #"{"id":1.0}"#)
                #expect(answer.headers["content-type"] == "application/json")
                let raw = try #require(upstream.requests.first)
                #expect(raw.hasPrefix("POST /base/pets/a%2Fb%20%C3%BC?q=x%20y HTTP/1.1\r\n"))
                #expect(raw.hasSuffix("\r\n\r\n" + json))
                #expect(raw.contains("\r\nContent-Type: application/json\r\n"))
                #expect(raw.contains("\r\nUser-Agent: Slipway/1.0\r\n"))
                #expect(raw.contains("\r\nAccept-Encoding: identity\r\n"))
                #expect(raw.lowercased().contains("\r\nhost: 127.0.0.1:\(upstream.port)\r\n"))
            }
        }
    }

    @Test func `a query that the path holds arrives before the arguments`() async throws {
        try await FakeUpstream.with(reply: .answer()) { upstream in
            try await withClient { client in
                let built = try makeRequest(
                    .of("GET", "/responses/{id}?beta=true&v=1.0", [.path("id"), .query("q")]),
                    #"{"id":7,"q":"x y"}"#,
                    variables: ["PETS_SERVER_URL": "http://127.0.0.1:\(upstream.port)/base"]
                )
                #expect(try await client.perform(built).status == 200)
                let raw = try #require(upstream.requests.first)
                #expect(raw.hasPrefix("GET /base/responses/7?beta=true&v=1.0&q=x%20y HTTP/1.1\r\n"))
            }
        }
    }

    @Test func `the Host header is the name, not the address`() async throws {
        try await FakeUpstream.with(reply: .answer()) { upstream in
            try await withClient(resolver: .always("127.0.0.1")) { client in
                _ = try await client.perform(request("GET", "http://Pets.Example:\(upstream.port)"))
                #expect(
                    upstream.requests.first?.lowercased().contains("\r\nhost: pets.example:\(upstream.port)\r\n")
                        == true
                )
            }
        }
    }

    @Test func `connections are used again`() async throws {
        try await FakeUpstream.with(reply: .answer()) { upstream in
            try await withClient { client in
                for _ in 0..<3 { _ = try await client.perform(request("GET", "http://127.0.0.1:\(upstream.port)")) }
                #expect(upstream.requests.count == 3)
                #expect(upstream.connections == 1)
            }
        }
    }

    @Test func `an answer that does not come ends with the deadline`() async throws {
        try await FakeUpstream.with(reply: .silence) { upstream in
            try await withClient { client in
                let failure = await #expect(throws: UpstreamFailure.self) {
                    try await client.perform(
                        request("GET", "http://127.0.0.1:\(upstream.port)"),
                        timeout: .milliseconds(200)
                    )
                }
                #expect(failure?.kind == .timedOut)
            }
        }
    }

    @Test func `a body that does not end is bounded by the deadline, and the connection is dropped`() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"
        try await FakeUpstream.with(reply: .bytes(head)) { upstream in
            try await withClient { client in
                let failure = await #expect(throws: UpstreamFailure.self) {
                    try await client.perform(
                        request("GET", "http://127.0.0.1:\(upstream.port)"),
                        timeout: .milliseconds(200)
                    )
                }
                #expect(failure?.kind == .timedOut)
                #expect(await upstream.events.first { $0 == .closed } == .closed)
            }
        }
    }

    @Test func `cancelling the task ends the request`() async throws {
        try await FakeUpstream.with(reply: .silence) { upstream in
            try await withClient { client in
                let call = try request("GET", "http://127.0.0.1:\(upstream.port)")
                let task = Task { () async -> UpstreamFailure.Kind? in
                    do throws(UpstreamFailure) {
                        _ = try await client.perform(call)
                        return nil
                    } catch {
                        return error.kind
                    }
                }
                var events = upstream.events.makeAsyncIterator()
                _ = await events.next()
                task.cancel()
                #expect(await task.value == .cancelled)
                #expect(await events.next() == .closed)
            }
        }
    }

    @Test func `a body over the limit is cut and marked, and the connection is dropped`() async throws {
        let body = String(repeating: "x", count: 5000)
        let limits = UpstreamClient.Limits(answerBytes: 1000)
        let lines = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
        try await FakeUpstream.with(reply: .bytes(lines + body)) { upstream in
            try await withClient(limits: limits) { client in
                let answer = try await client.perform(request("GET", "http://127.0.0.1:\(upstream.port)"))
                #expect(answer.isTruncated)
                #expect(answer.body.count == 1000)
                #expect(await upstream.events.first { $0 == .closed } == .closed)
            }
        }
        try await FakeUpstream.with(reply: .answer("200 OK", String(body.prefix(1000)))) { upstream in
            try await withClient(limits: limits) { client in
                let answer = try await client.perform(request("GET", "http://127.0.0.1:\(upstream.port)"))
                #expect(!answer.isTruncated)
                #expect(answer.body.count == 1000)
            }
        }
    }

    @Test(arguments: ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])
    func `a redirect is an answer and is not followed`(_ status: String) async throws {
        try await FakeUpstream.with(reply: .answer(status, "", headers: ["Location: /elsewhere"])) { upstream in
            try await withClient { client in
                let answer = try await client.perform(request("GET", "http://127.0.0.1:\(upstream.port)"))
                #expect(answer.status == Int(status.prefix(3)))
                #expect(answer.headers["location"] == "/elsewhere")
                #expect(upstream.requests.count == 1)
            }
        }
    }

    @Test func `a connection that is closed early is lost`() async throws {
        for reply in [FakeUpstream.Reply.close(""), .close("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab")] {
            try await FakeUpstream.with(reply: reply) { upstream in
                try await withClient { client in
                    let failure = await #expect(throws: UpstreamFailure.self) {
                        try await client.perform(request("GET", "http://127.0.0.1:\(upstream.port)"))
                    }
                    #expect(failure?.kind == .connectionLost)
                }
            }
        }
    }

    @Test func `an answer that is not HTTP is told as such`() async throws {
        try await FakeUpstream.with(reply: .bytes("220 smtp ready\r\n")) { upstream in
            try await withClient { client in
                let failure = await #expect(throws: UpstreamFailure.self) {
                    try await client.perform(request("GET", "http://127.0.0.1:\(upstream.port)"))
                }
                #expect(failure?.kind == .notHTTP)
            }
        }
    }

    @Test func `TLS asks for the name, not the address, and plain text in reply is not secure`() async throws {
        try await FakeUpstream.with(reply: .bytes("220 no TLS here\r\n")) { upstream in
            try await withClient(resolver: .always("127.0.0.1")) { client in
                let failure = await #expect(throws: UpstreamFailure.self) {
                    try await client.perform(request("GET", "https://pets.example:\(upstream.port)"))
                }
                #expect(failure?.kind == .notSecure)
                // The name stands in the clear in the first message of TLS.
                #expect(upstream.requests.first?.contains("pets.example") == true)
            }
        }
    }

    @Test func `a closed port is told at once and without its address`() async throws {
        let port = try await FakeUpstream.with(reply: .silence) { $0.port }
        try await withClient(resolver: .always("127.0.0.1")) { client in
            let failure = await #expect(throws: UpstreamFailure.self) {
                try await client.perform(request("GET", "http://pets.example:\(port)"), timeout: .seconds(4))
            }
            #expect(failure?.kind == .notConnected)
            #expect(failure?.message.contains("127.") == false)
        }
    }

    @Test func `a host without an address is not resolved`() async throws {
        try await withClient(resolver: HostResolver { _ in throw HostResolver.NotFound(code: -2) }) { client in
            let failure = await #expect(throws: UpstreamFailure.self) {
                try await client.perform(request("GET", "http://nowhere.invalid"))
            }
            #expect(failure?.kind == .notResolved)
        }
    }

    @Test func `a client that was shut down sends nothing`() async throws {
        try await FakeUpstream.with(reply: .answer()) { upstream in
            let client = UpstreamClient(policy: try EgressPolicy(entries: ["127.0.0.1"]))
            _ = try await client.perform(request("GET", "http://127.0.0.1:\(upstream.port)"))
            await client.shutdown()
            await client.shutdown()
            let failure = await #expect(throws: UpstreamFailure.self) {
                try await client.perform(request("GET", "http://127.0.0.1:\(upstream.port)"))
            }
            #expect(failure?.kind == .cancelled)
            #expect(upstream.requests.count == 1)
        }
    }

    @Test func `clients that nobody uses are bounded, and many calls at once all succeed`() async throws {
        try await FakeUpstream.with(host: "0.0.0.0", reply: .answer()) { upstream in
            try await withClient(limits: .init(idleClients: 2)) { client in
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 1...40 {
                        let call = try request("GET", "http://127.0.0.\(number % 8 + 1):\(upstream.port)")
                        group.addTask { try await client.perform(call).status }
                    }
                    for try await status in group { #expect(status == 200) }
                }
                #expect(upstream.requests.count == 40)
            }
        }
    }
}

extension HostResolver {
    /// A resolver that knows these addresses for every host.
    static func always(_ addresses: String...) -> HostResolver {
        let parsed = addresses.compactMap { IPAddress($0) }
        return HostResolver { _ in parsed }
    }
}
