import AsyncHTTPClient
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Upstream

@Suite(.timeLimit(.minutes(2)))
struct EgressGuardTests {
    @Test(arguments: [
        "127.0.0.1", "localhost", "LOCALHOST", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
        "127.1", "0x7f.1", "0x7f000001", "2130706433", "017700000001", "0", "0.0.0.0", "127.0.0.2", "10.0.0.1",
        "169.254.169.254", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
    ])
    func `nothing is dialled inside by default, however it is written`(_ host: String) async throws {
        try await FakeUpstream.with(host: "0.0.0.0", reply: .answer()) { upstream in
            try await withClient(allowing: []) { client in
                let failure = await #expect(throws: UpstreamFailure.self) {
                    try await client.perform(request("GET", "http://\(host):\(upstream.port)"), timeout: .seconds(10))
                }
                #expect(failure?.kind == .refused)
                #expect(failure?.message.contains("leads to an address that is not of the public internet") == true)
                #expect(upstream.connections == 0)
            }
        }
    }

    @Test(arguments: ["127.0.0.1", "localhost", "127.1", "2130706433", "[::ffff:127.0.0.1]"])
    func `what the configuration allows is dialled`(_ host: String) async throws {
        try await FakeUpstream.with(reply: .answer()) { upstream in
            let entries = ["127.0.0.1:\(upstream.port)", "[::1]:\(upstream.port)"]
            try await withClient(allowing: entries) { client in
                let answer = try await client.perform(request("GET", "http://\(host):\(upstream.port)"))
                #expect(answer.status == 200)
            }
            try await withClient(allowing: ["127.0.0.1:1"]) { client in
                _ = await #expect(throws: UpstreamFailure.self) {
                    try await client.perform(request("GET", "http://\(host):\(upstream.port)"))
                }
            }
            #expect(upstream.requests.count == 1)
        }
    }

    /// 127.0.0.2 stands for the public address, 127.0.0.1 for what is inside.
    @Test func `a name that leads elsewhere after the check does not get there`() async throws {
        let lookups = Mutex(0)
        let rebinding = HostResolver { _ in
            let count = lookups.withLock { count in
                count += 1
                return count
            }
            return [count == 1 ? .v4(0x7F00_0002) : .v4(0x7F00_0001)]
        }
        try await FakeUpstream.with(reply: .answer("200 OK", "inside")) { inside in
            let reply = FakeUpstream.Reply.answer("200 OK", "outside")
            try await FakeUpstream.with(host: "127.0.0.2", port: inside.port, reply: reply) { outside in
                try await withClient(allowing: ["127.0.0.2"], resolver: rebinding) { client in
                    let call = try request("GET", "http://rebind.example:\(inside.port)")
                    let answer = try await client.perform(call)
                    #expect(String(decoding: answer.body, as: UTF8.self) == "outside")
                    #expect(lookups.withLock { $0 } == 1)
                    let failure = await #expect(throws: UpstreamFailure.self) { try await client.perform(call) }
                    #expect(failure?.kind == .refused)
                    #expect(lookups.withLock { $0 } == 2)
                    #expect(outside.requests.count == 1)
                    #expect(outside.requests.first?.contains("rebind.example") == true)
                    #expect(inside.connections == 0)
                }
            }
        }
    }

    @Test func `a refused address among several is never dialled, not even when the others fail`() async throws {
        try await FakeUpstream.with(reply: .answer()) { upstream in
            let resolver = HostResolver.always("127.0.0.1", "127.0.0.2", "127.0.0.1")
            try await withClient(allowing: ["127.0.0.2"], resolver: resolver) { client in
                let failure = await #expect(throws: UpstreamFailure.self) {
                    try await client.perform(request("GET", "http://mixed.example:\(upstream.port)"))
                }
                #expect(failure?.kind == .notConnected)
                #expect(upstream.connections == 0)
            }
        }
    }

    @Test func `the next address is dialled where the first takes no connection`() async throws {
        try await FakeUpstream.with(host: "127.0.0.3", reply: .answer()) { upstream in
            try await withClient(resolver: .always("127.0.0.2", "127.0.0.3")) { client in
                let answer = try await client.perform(request("GET", "http://two.example:\(upstream.port)"))
                #expect(answer.status == 200)
                #expect(upstream.connections == 1)
            }
        }
    }

    @Test func `a connection that leads to another address than the pinned one is not used`() async throws {
        try await FakeUpstream.with(reply: .answer()) { upstream in
            let group = MultiThreadedEventLoopGroup.singleton
            let clients = PinnedClients(group: group, connectTimeout: .seconds(2), capacity: 1)
            // The pin is for another host, so that its address is not used and the URL's is dialled.
            let pin = PinnedClients.Pin(host: "other.example", address: .v4(0x7F00_0002))
            let failure = try await clients.withClient(for: pin) { client -> (any Error)? in
                do {
                    let url = "http://127.0.0.1:\(upstream.port)/"
                    _ = try await client.execute(.init(url: url), timeout: .seconds(5))
                    return nil
                } catch {
                    return error
                }
            }
            #expect(failure is PinnedClients.DialledElsewhere)
            #expect(upstream.requests.isEmpty)
            await clients.shutdown()
        }
    }

    @Test func `a resolver that hangs is bounded by the deadline`() async throws {
        let hanging = HostResolver { _ in
            let (forever, continuation) = AsyncStream<Never>.makeStream()
            for await _ in forever {}
            continuation.finish()
            throw CancellationError()
        }
        try await withClient(resolver: hanging) { client in
            let failure = await #expect(throws: UpstreamFailure.self) {
                try await client.perform(request("GET", "http://slow.example"), timeout: .milliseconds(100))
            }
            #expect(failure?.kind == .timedOut)
        }
    }
}
