import JSON

/// One HTTP request and its answer, over all revisions at one address.
///
/// Making one reads the request and decides its era; nothing has been run yet, so the transport can see what it is
/// about to do. Whatever an answer needs is in the request; a legacy request that names a session is the transport's to
/// check, by ``session``.
///
///     let exchange = Exchange(incoming)
///     let outgoing = await exchange.answer(from: image)
package struct Exchange: Sendable {
    /// How a request is spoken to, and by which rules it is checked.
    enum Conversation: Sendable {
        /// Nothing is left to do.
        case settled(Outgoing)
        case modern(ModernRequest)
        case legacy(Request, Revision)
        case batch([Request], Revision)
        /// Opens the stream of a legacy session.
        case stream
        /// Ends a legacy session.
        case end
    }

    let conversation: Conversation
    /// The session that the request names, where it is legacy; to be checked before ``answer(from:)``.
    package let session: SessionUse?

    /// Reads a request.
    package init(_ incoming: Incoming) {
        conversation = Era.conversation(for: incoming)
        session = Self.session(of: conversation, incoming)
    }

    /// An `initialize` names no session, whatever stands in its headers: it asks for a new one.
    private static func session(of conversation: Conversation, _ incoming: Incoming) -> SessionUse? {
        guard let id = SessionUse.id(in: incoming.headers) else { return nil }
        switch conversation {
        case .modern: return nil
        case .stream: return .listen(id)
        case .end: return .end(id)
        case .legacy(let request, _): return request.method == Initialize.name ? nil : .member(id)
        case .batch: return .member(id)
        case .settled(let outgoing):
            let isAccepted = outgoing.status == Outgoing.accepted.status
            return isAccepted && !VersionHeader(incoming.headers).namesModern ? .member(id) : nil
        }
    }

    /// Runs what was asked. Cancelling the task cancels the call, and what is returned then can be thrown away.
    package func answer(from content: some ServedContent) async -> Outgoing {
        switch conversation {
        case .settled(let outgoing): return outgoing
        case .modern(let request): return await request.answer(from: content)
        case .legacy(let request, let revision):
            let reply = await Self.legacyReply(to: request, in: revision, from: content)
            let begins = request.method == Initialize.name && reply.failure == nil && content.tellsChanges
            return begins ? .handshake(reply) : .json(reply, modernFor: nil)
        case .batch(let requests, let revision):
            return await Self.answer(requests, in: revision, from: content)
        case .stream: return content.tellsChanges ? .events(ChangeStream(by: content.implementation)) : Era.onlyPOST
        case .end: return .ended
        }
    }

    /// The answer to a request whose session is not there.
    package var unknownSession: Outgoing {
        guard case .legacy(let request, _) = conversation else { return .refusal(.unknownSession) }
        return .refusal(.unknownSession, of: request.id)
    }
}

extension Exchange {
    /// Whether a client that goes away means by it that the call is to stop: so in 2026-07-28, and not before
    /// (2026-07-28, Cancellation; 2025-11-25, Transports).
    package var isCancelledByDisconnecting: Bool {
        if case .modern = conversation { true } else { false }
    }

    /// The revision whose rules count; nothing where the answer stands already.
    package var revision: Revision? {
        switch conversation {
        case .settled, .stream, .end: nil
        case .modern: .july2026
        case .legacy(_, let revision), .batch(_, let revision): revision
        }
    }

    /// The methods that are asked for, as the client named them, for limits and logs. Notifications are not here.
    package var methods: [String] {
        switch conversation {
        case .settled, .stream, .end: []
        case .modern(let modern): [modern.request.method]
        case .legacy(let request, _): [request.method]
        case .batch(let requests, _): requests.map(\.method)
        }
    }
}

extension Exchange {
    /// Legacy clients look for errors in the body only.
    private static func legacyReply(
        to request: Request,
        in revision: Revision,
        from content: some ServedContent
    ) async -> Reply {
        let context = CallContext(revision: revision, meta: request.meta)
        return await Methods.reply(to: request, from: content, context: context)
    }

    /// One after the other, so that a batch takes no more of the server at a time than a single request does.
    private static func answer(
        _ requests: [Request],
        in revision: Revision,
        from content: some ServedContent
    ) async -> Outgoing {
        var writer = JSONWriter()
        var cause: (any Error)?
        writer.write(raw: "[")
        for (position, request) in requests.enumerated() {
            if position > 0 { writer.write(raw: ",") }
            let reply = await legacyReply(to: request, in: revision, from: content)
            reply.write(to: &writer, modernFor: nil)
            cause = cause ?? reply.failure?.cause
        }
        writer.write(raw: "]")
        return .json(writer.bytes, cause: cause)
    }
}
