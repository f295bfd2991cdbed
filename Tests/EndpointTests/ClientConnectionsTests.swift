import NIOCore
import NIOPosix
import Testing

@testable import Endpoint

/// Whether a request learns that its client has gone, at real connections.
@Suite(.timeLimit(.minutes(2)))
struct ClientConnectionsTests {
    /// Runs the body with both ends of a connection; the server's is watched where `connections` are given.
    private func withConnection(
        watchedBy connections: ClientConnections?,
        _ body: (_ server: any Channel, _ client: any Channel) async throws -> Void
    ) async throws {
        let (accepted, continuation) = AsyncStream<any Channel>.makeStream()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                let added = connections.map { channel.pipeline.addHandler($0.handler()) }
                return (added ?? channel.eventLoop.makeSucceededVoidFuture()).map { _ = continuation.yield(channel) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let address = try #require(listener.localAddress)
        let client = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(to: address).get()
        var channels = accepted.makeAsyncIterator()
        let server = try #require(await channels.next())
        try await body(server, client)
        try? await client.close()
        try await listener.close()
    }

    @Test func `a client that stays gets its answer`() async throws {
        let connections = ClientConnections()
        try await withConnection(watchedBy: connections) { server, _ in
            #expect(await connections.whileConnected(server) { 7 } == 7)
        }
    }

    @Test func `what runs for a client that goes is cancelled`() async throws {
        let connections = ClientConnections()
        try await withConnection(watchedBy: connections) { server, client in
            let answer = await connections.whileConnected(server) {
                try? await client.close()
                while !Task.isCancelled { await Task.yield() }
                return 7
            }
            #expect(answer == nil)
        }
    }

    @Test func `for a client that has gone before nothing runs`() async throws {
        let connections = ClientConnections()
        try await withConnection(watchedBy: connections) { server, client in
            try await client.close()
            try await server.closeFuture.get()
            let answer = await connections.whileConnected(server) {
                Issue.record("The body ran.")
                return 7
            }
            #expect(answer == nil)
        }
    }

    @Test func `where nothing is watched no client goes away`() async throws {
        try await withConnection(watchedBy: nil) { server, client in
            try await client.close()
            try await server.closeFuture.get()
            #expect(await ClientConnections().whileConnected(server) { 7 } == 7)
        }
    }
}
