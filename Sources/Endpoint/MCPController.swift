package import Accounts
import HTTPTypes
package import Hummingbird
import Logging
import MCP
import NIOCore
import Releases
import Vocabulary

/// The MCP addresses: `/mcp/{slug}` and `/mcp/{slug}/staging`.
package struct MCPController: Sendable {
    private let catalog: ServingCatalog
    private let keys: KeyRing
    private let tools: ToolService
    private let connections: ClientConnections
    private let contents: ResourceContents
    /// How large a request may be (MCP SDKs cut at the same size).
    private static let largestBody = 4 << 20

    package init(
        catalog: ServingCatalog,
        keys: KeyRing,
        tools: ToolService,
        contents: ResourceContents,
        connections: ClientConnections
    ) {
        self.connections = connections
        self.catalog = catalog
        self.keys = keys
        self.tools = tools
        self.contents = contents
    }

    /// Adds the addresses of MCP to a router.
    package func addRoutes(to router: Router<ConnectionContext>) {
        for method in [HTTPRequest.Method.get, .post, .delete, .put, .patch] {
            router.on("/mcp/{slug}", method: method) { request, context in
                try await answer(request, context, view: .live)
            }
            router.on("/mcp/{slug}/staging", method: method) { request, context in
                try await answer(request, context, view: .staging)
            }
        }
    }

    private func answer(
        _ request: Request,
        _ context: ConnectionContext,
        view: Toolset.View
    ) async throws -> Response {
        let slug = try context.parameters.require("slug")
        _ = try await admit(request, slug: slug, view: view)
        let incoming = Incoming(
            method: request.method.rawValue,
            headers: HeaderFields(request.headers.map { ($0.name.rawName, $0.value) }),
            body: try await body(of: request)
        )
        // A body may take its time: what counts is who may come in, and what is live, when it is there.
        let (entry, key) = try await admit(request, slug: slug, view: view)
        let serving = Serving(
            entry: entry,
            tools: tools,
            contents: contents,
            person: key?.name,
            headers: incoming.headers
        )
        guard let outgoing = await answer(Exchange(incoming), from: serving, on: context.channel) else {
            Logger.current.debug("A client went away, and its call was cancelled")
            return Response(status: .requestTimeout)
        }
        if let cause = outgoing.cause {
            Logger.current.error("An MCP request failed inside", metadata: ["error": "\(String(reflecting: cause))"])
        }
        return Response(outgoing)
    }

    /// The answer; nothing where the client did not wait for it and meant by it that the call is to stop.
    ///
    /// That is what a client of 2026-07-28 means (Cancellation). Older ones may lose their connection and the call goes
    /// on; they cancel by `notifications/cancelled` in their session, and as there are no sessions here, whose requests
    /// could be told apart, such a notification is accepted with 202 and changes nothing: the same id may belong to
    /// another client's request.
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

    /// What answers at the address, and the key that the request carries, where it may come in.
    private func admit(
        _ request: Request,
        slug: String,
        view: Toolset.View
    ) async throws -> (ServingCatalog.Entry, APIKey?) {
        let key = try await key(of: request)
        // Staging never leaks: without a key nobody learns whether it is there, nor does a key of another project.
        if view == .staging { try require(.reader, of: key, given: request) }
        let nothing = Problem(.notFound, "Nothing is served at \(request.uri.path); check the address in the toolset.")
        guard let slug = Slug(slug), let entry = try await catalog.entry(slug, view: view) else { throw nothing }
        let isOfProject = key?.projectID == nil || key?.projectID == entry.served.projectID
        if view == .staging {
            guard isOfProject else { throw nothing }
        } else if !entry.served.isPublic {
            try require(.consumer, of: key, given: request)
            guard isOfProject else {
                throw Problem(.forbidden, "The key \"\(key?.name ?? "")\" is for another project.")
            }
        }
        return (entry, key)
    }

    private func body(of request: Request) async throws -> [UInt8] {
        do {
            return Array(buffer: try await request.body.collect(upTo: Self.largestBody))
        } catch is NIOTooManyBytesError {
            throw Problem(.tooLarge, "A request may have \(Self.largestBody >> 20) MiB at most.")
        }
    }

    private func key(of request: Request) async throws -> APIKey? {
        guard let secret = KeyRing.secret(inAuthorization: request.headers[.authorization]) else { return nil }
        return try await keys.key(for: secret)
    }

    private func require(_ scope: Scope, of key: APIKey?, given request: Request) throws {
        guard let key else {
            let wasGiven = request.headers[.authorization] != nil
            throw Problem(
                .unauthorized,
                wasGiven
                    ? "The key is not valid; it may have been revoked."
                    : "This address needs a key of scope \(scope.rawValue) in the header Authorization: Bearer."
            )
        }
        guard key.allows(scope) else {
            throw Problem(
                .insufficientScope,
                "The key \"\(key.name)\" has not the scope \(scope.rawValue), which this address needs."
            )
        }
    }
}

extension Response {
    fileprivate init(_ outgoing: Outgoing) {
        var headers = HTTPFields()
        for (name, value) in outgoing.headers {
            if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
        }
        headers[.cacheControl] = "no-store"
        self.init(
            status: HTTPResponse.Status(code: outgoing.status),
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: outgoing.body))
        )
    }
}
