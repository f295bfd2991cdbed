import JSON

/// Tells modern requests from legacy ones, at one address for both.
enum Era {
    /// More than this in one body is refused; no client is known to send more than a handful.
    private static let batchLimit = 100

    static func conversation(for incoming: Incoming) -> Exchange.Conversation {
        do throws(Failure) {
            if incoming.method != "POST" { return try ofSession(incoming) }
            if let refusal = refusalByTransport(incoming) { return .settled(refusal) }
            let value: JSONValue
            do throws(JSONSyntaxError) {
                value = try JSONValue(parsing: incoming.body)
            } catch {
                throw .unreadable("The body is not JSON: \(error).")
            }
            let version = VersionHeader(incoming.headers)
            if case .array(let items) = value { return try batch(items, version: version) }
            return try conversation(for: value, headers: incoming.headers, version: version)
        } catch {
            return .settled(.refusal(error))
        }
    }

    /// Legacy clients open the stream of their session by GET and end it by DELETE. Without a session there is neither,
    /// nor has 2026-07-28 either of them (Transports: 405).
    private static func ofSession(_ incoming: Incoming) throws(Failure) -> Exchange.Conversation {
        let version = VersionHeader(incoming.headers)
        guard SessionUse.id(in: incoming.headers) != nil, !version.namesModern else { return .settled(onlyPOST) }
        _ = try version.legacyRevision()
        switch incoming.method {
        case "GET":
            guard MediaTypes.accepts("text/event-stream", incoming.headers) else {
                throw .invalidRequest("The answer is text/event-stream, which Accept rules out.", status: 406)
            }
            return .stream
        case "DELETE": return .end
        default: return .settled(onlyPOST)
        }
    }

    static var onlyPOST: Outgoing {
        let message = "Only POST is answered here; GET opens the stream of a session, and DELETE ends it."
        return .refusal(.invalidRequest(message, status: 405), headers: [("Allow", "POST")])
    }

    /// What HTTP alone says no to.
    private static func refusalByTransport(_ incoming: Incoming) -> Outgoing? {
        guard MediaTypes.isJSON(contentType: incoming.headers) else {
            return .refusal(.invalidRequest("The Content-Type must be application/json.", status: 415))
        }
        guard MediaTypes.acceptJSON(incoming.headers) else {
            return .refusal(.invalidRequest("The answer is application/json, which Accept rules out.", status: 406))
        }
        return nil
    }

    private static func conversation(
        for value: JSONValue,
        headers: HeaderFields,
        version: VersionHeader
    ) throws(Failure) -> Exchange.Conversation {
        let message: Message
        do throws(Failure) {
            message = try Message(value)
        } catch {
            return .settled(.refusal(error, of: RequestID(value["id"])))
        }
        switch message {
        case .request(let request):
            do throws(Failure) {
                return try conversation(for: request, headers: headers, version: version)
            } catch {
                return .settled(.refusal(error, of: request.id))
            }
        case .notification:
            if !version.namesModern { _ = try version.legacyRevision() }
            return .settled(.accepted)
        case .response:
            guard !version.namesModern else { throw .invalidRequest("This version has no responses from clients.") }
            _ = try version.legacyRevision()
            return .settled(.accepted)
        }
    }

    private static func conversation(
        for request: Request,
        headers: HeaderFields,
        version: VersionHeader
    ) throws(Failure) -> Exchange.Conversation {
        if let claim = request.meta[MetaKey.protocolVersion] {
            try checkIsModern(claim, version: version)
            return .modern(ModernRequest(request: request, headers: headers))
        }
        guard request.method == Initialize.name else {
            if version.namesModern { return .modern(ModernRequest(request: request, headers: headers)) }
            return .legacy(request, try version.legacyRevision())
        }
        guard !version.namesModern else {
            throw .headerMismatch("initialize belongs to versions before the one in \(StandardHeaders.version).")
        }
        // Clients send the header only after this, so what it says beside a handshake does not matter.
        return .legacy(request, Initialize.revision(for: request.parameters))
    }

    /// A claim of a revision that has no claims is answered as the TypeScript SDK does: with -32022, or with -32020
    /// where the header says something else. Such a client cannot know the other headers, so these are not looked at.
    private static func checkIsModern(_ claim: JSONValue, version: VersionHeader) throws(Failure) {
        guard let claim = claim.string, let revision = Revision(rawValue: claim), !revision.isModern else { return }
        guard version.isAbsent || version.says(claim) else {
            throw .headerMismatch("\(StandardHeaders.version) differs from the body.")
        }
        throw .unsupportedVersion(claim)
    }

    /// Several messages in one body (2025-03-26, Transports; JSON-RPC 2.0, section 6).
    private static func batch(_ items: [JSONValue], version: VersionHeader) throws(Failure) -> Exchange.Conversation {
        guard !version.namesModern else { throw .invalidRequest("A body must be one message in this version.") }
        let revision = try version.legacyRevision()
        guard revision.allowsBatches else { throw .invalidRequest("A body must be one message in this version.") }
        guard !items.isEmpty else { throw .invalidRequest("A batch must not be empty.") }
        guard items.count <= batchLimit else { throw .invalidRequest("A batch has at most \(batchLimit) messages.") }
        var requests: [Request] = []
        for item in items {
            guard case .request(let request) = try Message(item) else { continue }
            guard request.meta[MetaKey.protocolVersion] == nil else {
                throw .invalidRequest("A request with a version of its own cannot be part of a batch.")
            }
            guard request.method != Initialize.name else {
                throw .invalidRequest("initialize cannot be part of a batch.")
            }
            requests.append(request)
        }
        return requests.isEmpty ? .settled(.accepted) : .batch(requests, revision)
    }
}
