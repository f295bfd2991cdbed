import AsyncHTTPClient
import NIOCore
import Synchronization

/// HTTP clients of which each dials one address for one host.
///
/// AsyncHTTPClient resolves names itself, when it connects, and a name may lead elsewhere by then. A client whose
/// `dnsOverride` turns the host into an address connects to that address and goes on using the name for `Host`, for
/// TLS and for the certificate.
final class PinnedClients: Sendable {
    struct Pin: Hashable {
        let host: String
        let address: IPAddress
    }

    /// The clients have been shut down.
    struct Closed: Error {}

    /// A connection led to another address than the one that was checked.
    struct DialledElsewhere: Error {}

    private struct Entry {
        let client: HTTPClient
        var leases = 0
        var lastLease: UInt64 = 0
    }

    private struct State {
        var entries: [Pin: Entry] = [:]
        var leases: UInt64 = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let group: any EventLoopGroup
    private let connectTimeout: Duration
    private let capacity: Int

    /// `capacity` bounds the clients that are kept while nobody uses them.
    init(group: any EventLoopGroup, connectTimeout: Duration, capacity: Int) {
        self.group = group
        self.connectTimeout = connectTimeout
        self.capacity = capacity
    }

    /// Runs the body with the client for that pin, which stays open until the body returns.
    func withClient<Value>(for pin: Pin, _ body: (HTTPClient) async -> Value) async throws(Closed) -> Value {
        let client = try lease(pin)
        let value = await body(client)
        await Self.shutDown(release(pin))
        return value
    }

    /// The same addresses, those first for which there is a client: its connections may still be open. The order of
    /// the others stays.
    func ordered(_ addresses: [IPAddress], host: String) -> [IPAddress] {
        let known = state.withLock { state in
            Set(addresses.filter { state.entries[Pin(host: host, address: $0)] != nil })
        }
        return addresses.filter(known.contains) + addresses.filter { !known.contains($0) }
    }

    /// Ends all requests and closes all connections; later requests fail.
    func shutdown() async {
        let clients = state.withLock { state in
            state.isClosed = true
            defer { state.entries = [:] }
            return state.entries.values.map(\.client)
        }
        await Self.shutDown(clients)
    }

    private func lease(_ pin: Pin) throws(Closed) -> HTTPClient {
        let client = state.withLock { state -> HTTPClient? in
            guard !state.isClosed else { return nil }
            state.leases += 1
            var entry = state.entries[pin] ?? Entry(client: makeClient(for: pin))
            entry.leases += 1
            entry.lastLease = state.leases
            state.entries[pin] = entry
            return entry.client
        }
        guard let client else { throw Closed() }
        return client
    }

    /// Gives back what is no longer kept.
    private func release(_ pin: Pin) -> [HTTPClient] {
        state.withLock { state in
            state.entries[pin]?.leases -= 1
            let idle = state.entries.filter { $0.value.leases == 0 }.sorted { $0.value.lastLease < $1.value.lastLease }
            return idle.prefix(max(0, idle.count - capacity)).compactMap {
                state.entries.removeValue(forKey: $0.key)?.client
            }
        }
    }

    private static func shutDown(_ clients: [HTTPClient]) async {
        for client in clients {
            // The one error is that it has been shut down before.
            try? await client.shutdown()
        }
    }

    private func makeClient(for pin: Pin) -> HTTPClient {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(connect: TimeAmount(connectTimeout)),
            decompression: .disabled
        )
        configuration.dnsOverride = [pin.host: pin.address.description]
        configuration.httpVersion = .http1Only
        // Else a refused connection is tried again until the connect timeout is over.
        configuration.connectionPool.retryConnectionEstablishment = false
        // Requests over the limit wait in a queue which the connect timeout bounds.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 128
        configuration.connectionPool.idleTimeout = .seconds(30)
        configuration.http1_1ConnectionDebugInitializer = { channel in
            guard channel.remoteAddress.flatMap(IPAddress.init) == pin.address else {
                // The pool must hear of the failure before it hears that the connection is closed.
                channel.eventLoop.execute { channel.close(promise: nil) }
                return channel.eventLoop.makeFailedFuture(DialledElsewhere())
            }
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        return HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
    }
}
