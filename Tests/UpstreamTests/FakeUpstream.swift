import NIOCore
import NIOPosix
import Synchronization
import Testing

/// A server on a loopback address that records what it is sent, byte for byte, and gives every request the same reply.
final class FakeUpstream: Sendable {
    indirect enum Reply: Sendable {
        /// Bytes of an answer; the connection stays open.
        case bytes(String)
        /// The connection stays open and says nothing.
        case silence
        /// The connection is closed, after these bytes.
        case close(String)
        /// What the request asks for, told by its text.
        case choice(@Sendable (_ request: String) -> Reply)

        /// An answer with a body.
        static func answer(_ status: String = "200 OK", _ body: String = "{}", headers: [String] = []) -> Reply {
            let fixed = ["HTTP/1.1 \(status)", "Content-Type: application/json", "Content-Length: \(body.utf8.count)"]
            return .bytes((fixed + headers).joined(separator: "\r\n") + "\r\n\r\n" + body)
        }
    }

    enum Event: Sendable, Equatable {
        case request(String)
        case closed
    }

    let port: Int
    /// What happened, in order; for one reader.
    let events: AsyncStream<Event>
    private let log: Log
    private let channel: any Channel

    /// Runs the body with a server that is closed behind it.
    static func with<Value>(
        host: String = "127.0.0.1",
        port: Int = 0,
        reply: Reply,
        _ body: (FakeUpstream) async throws -> Value
    ) async throws -> Value {
        let server = try await FakeUpstream(host: host, port: port, reply: reply)
        do {
            let value = try await body(server)
            try await server.channel.close()
            return value
        } catch {
            try await server.channel.close()
            throw error
        }
    }

    private init(host: String, port: Int, reply: Reply) async throws {
        let (events, continuation) = AsyncStream<Event>.makeStream()
        let log = Log(continuation)
        self.events = events
        self.log = log
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                log.connected()
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(RequestHandler(log: log, reply: reply))
                }
            }
            .bind(host: host, port: port).get()
        self.port = try #require(channel.localAddress?.port)
    }

    var requests: [String] { log.requests }
    var connections: Int { log.connections }
}

private final class Log: Sendable {
    private let state = Mutex<(requests: [String], connections: Int)>(([], 0))
    private let continuation: AsyncStream<FakeUpstream.Event>.Continuation

    init(_ continuation: AsyncStream<FakeUpstream.Event>.Continuation) { self.continuation = continuation }

    var requests: [String] { state.withLock { $0.requests } }
    var connections: Int { state.withLock { $0.connections } }

    func connected() { state.withLock { $0.connections += 1 } }
    func closed() { continuation.yield(.closed) }

    func received(_ request: String) {
        state.withLock { $0.requests.append(request) }
        continuation.yield(.request(request))
    }
}

private final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let log: Log
    private let reply: FakeUpstream.Reply
    private var received = ""

    init(log: Log, reply: FakeUpstream.Reply) {
        self.log = log
        self.reply = reply
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += String(buffer: unwrapInboundIn(data))
        guard isComplete else { return }
        let request = received
        received = ""
        log.received(request)
        send(reply, to: request, context: context)
    }

    private func send(_ reply: FakeUpstream.Reply, to request: String, context: ChannelHandlerContext) {
        switch reply {
        case .bytes(let text):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        case .silence:
            break
        case .close(let text):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            context.close(promise: nil)
        case .choice(let choose):
            send(choose(request), to: request, context: context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { log.closed() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private var isComplete: Bool {
        // The first message of TLS is one record, which is never answered as it should be.
        if received.utf8.first == 0x16 { return true }
        let head = received.utf8.split(separator: [13, 10, 13, 10], maxSplits: 1, omittingEmptySubsequences: false)
        guard head.count == 2 else { return false }
        let lines = String(Substring(head[0])).split(separator: "\r\n").map { $0.lowercased() }
        let length = lines.first { $0.hasPrefix("content-length:") }?.filter(\.isNumber)
        return head[1].count >= length.flatMap { Int($0) } ?? 0
    }
}
