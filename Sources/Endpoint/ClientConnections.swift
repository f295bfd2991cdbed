package import NIOCore
import Synchronization

/// Which connections are open, so that a request can learn that its client has gone.
///
/// The server reads on while a request is answered, so the end of a connection is seen when it comes. A handler on each
/// connection tells it; nothing is taken from the request, and the connection serves the next one as usual.
package final class ClientConnections: Sendable {
    private struct State {
        /// Whether a server watches its connections, each from its beginning to its end.
        var isWatching = false
        var open: [ObjectIdentifier: Connection] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// The handler that watches one connection; for the end of the server's pipeline. From the first one on, every
    /// connection must have one.
    package func handler() -> any RemovableChannelHandler & Sendable {
        state.withLock { $0.isWatching = true }
        return WatchHandler(self)
    }

    /// Runs the body, and cancels it when the client of the connection goes away; nothing then, nor where it has gone
    /// already. Where no connection is watched, as there is none behind a test's router, none goes away.
    func whileConnected<Value: Sendable>(
        _ channel: any Channel,
        _ body: @escaping @Sendable () async -> Value
    ) async -> Value? {
        let (connection, isWatching) = state.withLock { ($0.open[ObjectIdentifier(channel)], $0.isWatching) }
        guard let connection else { return isWatching ? nil : await body() }
        guard !connection.isClosed else { return nil }
        return await withTaskGroup(of: Value?.self) { group in
            group.addTask { await body() }
            group.addTask {
                await connection.end()
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }

    /// Returns when the connection ends, at once where it has; where no connection is watched, when the task is cancelled.
    func end(of channel: any Channel) async {
        let (connection, isWatching) = state.withLock { ($0.open[ObjectIdentifier(channel)], $0.isWatching) }
        if let connection { return await connection.end() }
        guard !isWatching else { return }
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        for await _ in stream {}
        withExtendedLifetime(continuation) {}
    }

    fileprivate func add(_ channel: any Channel) {
        state.withLock { $0.open[ObjectIdentifier(channel)] = Connection() }
    }

    fileprivate func end(_ channel: any Channel) {
        state.withLock { $0.open[ObjectIdentifier(channel)] }?.close()
    }

    fileprivate func remove(_ channel: any Channel) {
        state.withLock { $0.open.removeValue(forKey: ObjectIdentifier(channel)) }?.close()
    }
}

/// One connection, and those who wait for its end.
private final class Connection: Sendable {
    private struct State {
        var isClosed = false
        var count: UInt64 = 0
        var waiters: [UInt64: AsyncStream<Void>.Continuation] = [:]
    }

    private let state = Mutex(State())

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Returns when the connection ends, or the task is cancelled.
    func end() async {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        let number = state.withLock { state -> UInt64? in
            guard !state.isClosed else { return nil }
            state.count += 1
            state.waiters[state.count] = continuation
            return state.count
        }
        guard let number else { return }
        for await _ in stream {}
        state.withLock { $0.waiters[number] = nil }
    }

    func close() {
        let waiters = state.withLock { state in
            state.isClosed = true
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.finish() }
    }
}

/// Tells of the end of one connection: it is closed, or its client will send nothing any more, which is all that a
/// server sees of a client that has gone before something is written to it.
private final class WatchHandler: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = Never

    private let connections: ClientConnections

    init(_ connections: ClientConnections) { self.connections = connections }

    func handlerAdded(context: ChannelHandlerContext) { connections.add(context.channel) }

    func handlerRemoved(context: ChannelHandlerContext) { connections.remove(context.channel) }

    func channelInactive(context: ChannelHandlerContext) {
        connections.end(context.channel)
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent { connections.end(context.channel) }
        context.fireUserInboundEventTriggered(event)
    }
}
