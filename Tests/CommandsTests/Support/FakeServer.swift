import JSON
import ManagementAPI
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Testing

/// A server on a loopback address that answers calls of the management API by a script, and notes what it was asked.
final class FakeServer: Sendable {
    /// What came in.
    struct Request: Sendable {
        let method: String
        let uri: String
        let headers: HTTPHeaders
        let body: [UInt8]

        /// `toolsets.get` of `/rpc/toolsets.get?slug=pets`.
        var call: String { String(uri.split(separator: "?")[0].dropFirst("/rpc/".count)) }
        var query: String { uri.split(separator: "?").dropFirst().first.map(String.init) ?? "" }
        var text: String { String(decoding: body, as: UTF8.self) }
        var json: JSONValue? { try? JSONValue(parsing: body) }

        /// The fields by name, wherever they stand; texts of a query as they stand.
        var fields: [String: JSONValue] {
            var fields = Dictionary((json?.object ?? [:]).map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
            for part in query.split(separator: "&") {
                let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                fields[String(halves[0])] = .string(String(halves[1]))
            }
            return fields
        }
    }

    /// What goes out.
    struct Reply: Sendable {
        var status = 200
        var body: String
        var headers = [("Content-Type", "application/json")]
        var isSent = true

        static func json(_ value: JSONValue, status: Int = 200) -> Reply { Reply(status: status, body: value.text) }

        static func problem(_ status: Int, _ code: String, _ detail: String, _ more: JSONObject = [:]) -> Reply {
            var problem: JSONObject = ["status": JSONValue(status), "code": .string(code), "detail": .string(detail)]
            for (name, value) in more { problem[name] = value }
            return Reply(
                status: status,
                body: JSONValue.object(problem).text,
                headers: [("Content-Type", "application/problem+json")]
            )
        }

        static let silence = Reply(body: "", isSent: false)
    }

    typealias Script = @Sendable (Request) -> Reply

    let address: String
    private let channel: any Channel
    private let log: Mutex<[Request]> = Mutex([])

    var requests: [Request] { log.withLock { $0 } }

    /// Runs the body with a server that is closed behind it.
    static func with<Value>(
        _ script: @escaping Script,
        _ body: (FakeServer) async throws -> Value
    ) async throws -> Value {
        let notes = Notes()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(
                        RequestHandler { request in
                            notes.server.withLock { $0 }?.note(request)
                            return script(request)
                        }
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = FakeServer(channel: channel, port: try #require(channel.localAddress?.port))
        notes.server.withLock { $0 = server }
        do {
            let value = try await body(server)
            try await channel.close()
            return value
        } catch {
            try await channel.close()
            throw error
        }
    }

    private init(channel: any Channel, port: Int) {
        self.channel = channel
        address = "http://127.0.0.1:\(port)"
    }

    /// A call that the server does not have, or fields that it does not take, fail the test.
    private func note(_ request: Request) {
        log.withLock { $0.append(request) }
        guard let call = Calls.named(request.call) else {
            Issue.record("There is no call \(request.uri).")
            return
        }
        #expect(request.method == call.method.rawValue)
        let names = Set(call.fields.map(\.name))
        let sent = request.fields.keys.filter { call.takesDocument ? request.query.contains("\($0)=") : true }
        #expect(names.isSuperset(of: sent), "\(call.name) does not take \(sent)")
        let required = call.fields.filter(\.isRequired).map(\.name)
        #expect(Set(sent).isSuperset(of: required), "\(call.name) needs \(required)")
    }
}

private final class Notes: Sendable {
    let server = Mutex<FakeServer?>(nil)
}

private final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let answer: FakeServer.Script
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(answer: @escaping FakeServer.Script) { self.answer = answer }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let part):
            body += Array(part.readableBytesView)
        case .end:
            guard let head else { return }
            let request = FakeServer.Request(
                method: head.method.rawValue,
                uri: head.uri,
                headers: head.headers,
                body: body
            )
            send(answer(request), version: head.version, context: context)
        }
    }

    private func send(_ reply: FakeServer.Reply, version: HTTPVersion, context: ChannelHandlerContext) {
        guard reply.isSent else { return }
        var headers = HTTPHeaders(reply.headers)
        headers.add(name: "Content-Length", value: String(reply.body.utf8.count))
        let head = HTTPResponseHead(version: version, status: .init(statusCode: reply.status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: reply.body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
