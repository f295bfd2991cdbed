import Accounts
import HTTPTypes
package import Hummingbird
import Logging
import MCP
import NIOCore
import Releases
import Vocabulary

/// The MCP addresses: `/mcp/{slug}`, `/mcp/{slug}/staging` and `/mcp/{slug}/releases/{number}`.
package struct MCPController: Sendable {
    private let admission: Admission
    private let tools: ToolService
    private let connections: ClientConnections
    private let contents: ResourceContents
    private let listeners: Listeners
    /// How large a request may be (MCP SDKs cut at the same size).
    private static let largestBody = 4 << 20

    package init(
        admission: Admission,
        tools: ToolService,
        contents: ResourceContents,
        connections: ClientConnections,
        listeners: Listeners
    ) {
        self.admission = admission
        self.tools = tools
        self.contents = contents
        self.connections = connections
        self.listeners = listeners
    }

    /// What clients need that want to be told of changes.
    package struct Listeners: Sendable {
        let sessions: LegacySessions
        let subscriptions: ChangeSubscriptions
        let announcer: ChangeAnnouncer

        package init(sessions: LegacySessions, subscriptions: ChangeSubscriptions, announcer: ChangeAnnouncer) {
            self.sessions = sessions
            self.subscriptions = subscriptions
            self.announcer = announcer
        }
    }

    /// Adds the addresses of MCP to a router.
    package func addRoutes(to router: Router<ConnectionContext>) {
        for method in [HTTPRequest.Method.get, .post, .delete, .put, .patch] {
            router.on("/mcp/{slug}", method: method) { request, context in
                try await answer(request, context, side: .live)
            }
            router.on("/mcp/{slug}/staging", method: method) { request, context in
                try await answer(request, context, side: .staging)
            }
            router.on("/mcp/{slug}/releases/{number}", method: method) { request, context in
                let text = try context.parameters.require("number")
                // One number has one address.
                let number = Int(text).flatMap { String($0) == text ? $0 : nil }
                return try await answer(request, context, side: .release(number ?? 0))
            }
        }
    }

    private func answer(_ request: Request, _ context: ConnectionContext, side: ServedSide) async throws -> Response {
        let address = Slug(try context.parameters.require("slug")).map { ServingAddress(slug: $0, side: side) }
        if request.isOfBrowser, let address { return .toInstallPage(of: address) }
        let caller = Admission.Caller(request)
        _ = try await admission.admit(caller, to: address)
        let incoming = Incoming(
            method: request.method.rawValue,
            headers: HeaderFields(request.headers.map { ($0.name.rawName, $0.value) }),
            body: try await body(of: request)
        )
        // A body may take its time: what counts is who may come in, and what is live, when it is there.
        let (entry, key) = try await admission.admit(caller, to: address)
        let visit = Visit(caller: caller, address: entry.served.address, entry: entry, key: key)
        let exchange = Exchange(incoming)
        let session: LegacySessions.Session?
        switch admit(exchange.session, in: visit) {
        case .success(let found): session = found
        case .failure: return Response(exchange.unknownSession)
        }
        let serving = Serving(
            entry: entry,
            tools: tools,
            contents: contents,
            person: key?.name,
            headers: incoming.headers
        )
        guard let outgoing = await answer(exchange, from: serving, on: context.channel) else {
            Logger.current.debug("A client went away, and its call was cancelled")
            return Response(status: .requestTimeout)
        }
        if let cause = outgoing.cause {
            Logger.current.error("An MCP request failed inside", metadata: ["error": "\(String(reflecting: cause))"])
        }
        if let stream = outgoing.stream {
            return await open(stream, answering: outgoing, visit, session: session, on: context.channel)
        }
        guard outgoing.beginsSession else { return Response(outgoing) }
        let id = try listeners.sessions.begin(at: visit.address, for: key, seeing: entry.image.lists)
        return Response(outgoing.giving(session: id))
    }

    /// The answer; nothing where the client did not wait for it and meant by it that the call is to stop.
    ///
    /// That is what a client of 2026-07-28 means (Cancellation). Older ones may lose their connection and the call goes
    /// on; they cancel by `notifications/cancelled`, which is accepted with 202 and changes nothing: nothing is kept of
    /// sessions by which whose request it means could be told, and the same id may belong to another client's request.
    private func answer(
        _ exchange: Exchange,
        from serving: Serving,
        on channel: any Channel
    ) async -> Outgoing? {
        guard exchange.isCancelledByDisconnecting, exchange.methods.contains("tools/call") else {
            return await exchange.answer(from: serving)
        }
        return await connections.whileConnected(channel) { await exchange.answer(from: serving) }
    }

    private func body(of request: Request) async throws -> [UInt8] {
        do {
            return Array(buffer: try await request.body.collect(upTo: Self.largestBody))
        } catch is NIOTooManyBytesError {
            throw Problem(.tooLarge, "A request may have \(Self.largestBody >> 20) MiB at most.")
        }
    }
}

/// A request that was let in.
private struct Visit: Sendable {
    let caller: Admission.Caller
    let address: ServingAddress
    let entry: ServingCatalog.Entry
    let key: APIKey?
}

private struct UnknownSession: Error {}

extension MCPController {
    /// The session that a legacy request names; nothing where it names none. One that is to end has ended then, with its
    /// stream.
    private func admit(_ use: SessionUse?, in visit: Visit) -> Result<LegacySessions.Session?, UnknownSession> {
        guard let use else { return .success(nil) }
        guard let session = listeners.sessions.session(use.id, at: visit.address, for: visit.key) else {
            return .failure(UnknownSession())
        }
        if case .end = use {
            listeners.sessions.end(session)
            listeners.subscriptions.end(session: session.id, at: visit.address)
        }
        return .success(session)
    }

    /// Opens a stream of changes; it is let go when its client is, or the server ends it.
    private func open(
        _ stream: ChangeStream,
        answering outgoing: Outgoing,
        _ visit: Visit,
        session: LegacySessions.Session?,
        on channel: any Channel
    ) async -> Response {
        let interest = ChangeSubscriber.Interest(
            lists: stream.lists,
            seen: session?.lists ?? visit.entry.image.lists,
            session: session?.id
        )
        let subscriber = ChangeSubscriber(
            interest,
            by: visit.caller,
            at: visit.address,
            disconnect: { channel.close(promise: nil) }
        )
        if let refusal = await listeners.announcer.take(subscriber) {
            return Response(stream.refusal(refusal))
        }
        let events = EventStream(stream: stream, subscriber: subscriber, connections: connections, channel: channel)
        return Response(
            outgoing,
            body: ResponseBody { writer in
                defer { listeners.subscriptions.remove(subscriber) }
                try await events.write(to: &writer)
            }
        )
    }
}

extension Admission.Caller {
    fileprivate init(_ request: Request) {
        let authorization = request.headers[.authorization]
        self.init(
            path: request.uri.path,
            wasGivenSomething: authorization != nil,
            secret: KeyRing.secret(inAuthorization: authorization)
        )
    }
}

extension ServedToolset {
    fileprivate var address: ServingAddress { ServingAddress(slug: mcpSlug, side: side) }
}

extension Response {
    fileprivate init(_ outgoing: Outgoing, body: ResponseBody? = nil) {
        var headers = HTTPFields()
        for (name, value) in outgoing.headers {
            if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
        }
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
        self.init(
            status: HTTPResponse.Status(code: outgoing.status),
            headers: headers,
            body: body ?? ResponseBody(byteBuffer: ByteBuffer(bytes: outgoing.body))
        )
    }
}
