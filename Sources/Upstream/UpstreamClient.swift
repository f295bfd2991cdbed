import AsyncHTTPClient
package import NIOCore
import NIOHTTP1
import NIOPosix

/// Sends requests to APIs, to addresses that the egress policy lets pass and to no others.
///
/// The host is resolved once a request; each address is checked, and one of those that were checked is dialled.
/// Redirects are not followed. Must be shut down.
package final class UpstreamClient: Sendable {
    /// What bounds each request and what is kept between requests.
    package struct Limits: Sendable, Hashable {
        /// How much of an answer's body is kept, in bytes; the rest is not read.
        package var answerBytes: Int
        /// For one connection, TLS included.
        package var connect: Duration
        /// How many clients are kept open between requests, one a host and address.
        package var idleClients: Int

        package init(answerBytes: Int = 1 << 20, connect: Duration = .seconds(5), idleClients: Int = 32) {
            self.answerBytes = answerBytes
            self.connect = connect
            self.idleClients = idleClients
        }
    }

    private let policy: EgressPolicy
    private let limits: Limits
    private let resolver: HostResolver
    private let clients: PinnedClients
    private let pool: NIOThreadPool

    /// A client that resolves hosts as the system does, unless it is given another `resolver`.
    package init(
        policy: EgressPolicy,
        limits: Limits = Limits(),
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        resolver: HostResolver? = nil
    ) {
        // A lookup that hangs keeps its thread; eight leave room for the others.
        pool = NIOThreadPool(numberOfThreads: 8)
        pool.start()
        self.policy = policy
        self.limits = limits
        self.resolver = resolver ?? .system(on: pool)
        clients = PinnedClients(group: group, connectTimeout: limits.connect, capacity: limits.idleClients)
    }

    /// Ends all requests and closes all connections.
    package func shutdown() async {
        await clients.shutdown()
        // The one error is that it has been shut down before.
        try? await pool.shutdownGracefully()
    }

    /// Sends the request and reads the answer; both must be done within `timeout`. Cancelling the task ends the
    /// request.
    package func perform(
        _ request: OutgoingRequest,
        timeout: Duration = .seconds(30)
    ) async throws(UpstreamFailure) -> UpstreamAnswer {
        let result = await withTaskGroup(of: Result<UpstreamAnswer, UpstreamFailure>?.self) { group in
            group.addTask { await self.attempt(request, timeout: timeout) }
            group.addTask {
                // Cancelled when the attempt is over first, or with the whole task; then the attempt tells.
                guard (try? await Task.sleep(for: timeout)) != nil else { return nil }
                return .failure(UpstreamFailure(.timedOut, server: request.server))
            }
            defer { group.cancelAll() }
            for await result in group {
                if let result { return result }
            }
            return .failure(UpstreamFailure(.cancelled, server: request.server))
        }
        return try result.get()
    }

    // MARK: - One request

    private func attempt(
        _ request: OutgoingRequest,
        timeout: Duration
    ) async -> Result<UpstreamAnswer, UpstreamFailure> {
        let deadline = NIODeadline.now() + TimeAmount(timeout)
        do {
            var failure = UpstreamFailure(.notConnected, server: request.server)
            let addresses = try await checkedAddresses(for: request.server)
            for address in clients.ordered(addresses, host: request.server.host).prefix(3) {
                switch await send(request, to: address, deadline: deadline) {
                case .success(let answer): return .success(answer)
                case .failure(let error): failure = UpstreamFailure(error, server: request.server)
                }
                // Only where nothing was sent may another address be tried.
                guard failure.kind == .notConnected, !Task.isCancelled else { break }
            }
            return .failure(Task.isCancelled ? UpstreamFailure(.cancelled, server: request.server) : failure)
        } catch let failure as UpstreamFailure {
            return .failure(failure)
        } catch {
            return .failure(UpstreamFailure(error, server: request.server))
        }
    }

    /// The addresses of a host that may be dialled, at least one.
    private func checkedAddresses(for server: ServerAddress) async throws -> [IPAddress] {
        var allowed: [IPAddress] = []
        var refused: [IPAddress: EgressRefusal] = [:]
        for address in try await resolver.addresses(server.host) {
            if let reason = policy.refusal(of: address, host: server.host, port: server.port) {
                refused[address] = reason
            } else {
                allowed.append(address)
            }
        }
        guard allowed.isEmpty else { return allowed }
        guard !refused.isEmpty else { throw UpstreamFailure(.notResolved, server: server) }
        throw UpstreamFailure(.refused, server: server, cause: Refused(addresses: refused))
    }

    /// For the log: what the failure's message does not say.
    private struct Refused: Error {
        let addresses: [IPAddress: EgressRefusal]
    }

    private func send(
        _ request: OutgoingRequest,
        to address: IPAddress,
        deadline: NIODeadline
    ) async -> Result<UpstreamAnswer, any Error> {
        let pin = PinnedClients.Pin(host: request.server.host, address: address)
        do {
            return try await clients.withClient(for: pin) { client in
                do {
                    let response = try await client.execute(request.prepared, deadline: deadline)
                    return .success(try await read(response))
                } catch {
                    return .failure(error)
                }
            }
        } catch {
            return .failure(error)
        }
    }

    /// Leaving the body half read closes the connection.
    private func read(_ response: HTTPClientResponse) async throws -> UpstreamAnswer {
        var body: [UInt8] = []
        var isTruncated = false
        for try await part in response.body {
            let room = limits.answerBytes - body.count
            body.append(contentsOf: part.readableBytesView.prefix(room))
            if part.readableBytes > room {
                isTruncated = true
                break
            }
        }
        // A cancelled sequence just ends.
        try Task.checkCancellation()
        var headers: [String: String] = [:]
        for name in UpstreamAnswer.keptHeaders { headers[name] = response.headers.first(name: name) }
        return UpstreamAnswer(
            status: Int(response.status.code),
            headers: headers,
            body: body,
            isTruncated: isTruncated
        )
    }
}

extension OutgoingRequest {
    fileprivate var prepared: HTTPClientRequest {
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: method)
        for header in headers { request.headers.add(name: header.name, value: header.value) }
        // A small answer could unpack to any size.
        request.headers.replaceOrAdd(name: "Accept-Encoding", value: "identity")
        request.body = body.map { .bytes(ByteBuffer(bytes: $0)) }
        return request
    }
}
