/// The HTTP response to an ``Incoming``, as plain values.
package struct Outgoing: Sendable {
    package let status: Int
    package let headers: [(String, String)]
    /// One JSON document, or nothing.
    package let body: [UInt8]
    /// What comes in place of a body: a stream that goes on until either side ends it.
    package let stream: ChangeStream?
    /// Whether the answer shakes hands with a legacy client, to which the transport may give a session.
    package let beginsSession: Bool
    /// What went wrong inside, where the answer says only "internal error": for the log, never for the caller.
    package let cause: (any Error)?

    init(
        status: Int,
        headers: [(String, String)] = [],
        body: [UInt8] = [],
        stream: ChangeStream? = nil,
        beginsSession: Bool = false,
        cause: (any Error)? = nil
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.stream = stream
        self.beginsSession = beginsSession
        self.cause = cause
    }
}

extension Outgoing {
    /// What a notification or a response is answered with: it was taken, and nothing comes back.
    static let accepted = Outgoing(status: 202)

    /// What the end of a session is answered with.
    static let ended = Outgoing(status: 204)

    /// The reply to one request; a list comes with its entity tag.
    static func json(_ reply: Reply, modernFor implementation: Implementation?, status: Int = 200) -> Outgoing {
        Outgoing(
            status: status,
            headers: [("Content-Type", "application/json")] + (reply.etag.map { [("ETag", $0)] } ?? []),
            body: reply.bytes(modernFor: implementation),
            cause: reply.failure?.cause
        )
    }

    /// The answer to `initialize`, for which the transport may make a session.
    static func handshake(_ reply: Reply) -> Outgoing {
        Outgoing(
            status: 200,
            headers: [("Content-Type", "application/json")],
            body: reply.bytes(modernFor: nil),
            beginsSession: true
        )
    }

    static func json(_ body: [UInt8], cause: (any Error)?) -> Outgoing {
        Outgoing(status: 200, headers: [("Content-Type", "application/json")], body: body, cause: cause)
    }

    /// A stream of events; nobody on the way may keep or hold back a part of it (2026-07-28, Transports).
    static func events(_ stream: ChangeStream) -> Outgoing {
        Outgoing(
            status: 200,
            headers: [
                ("Content-Type", "text/event-stream"), ("Cache-Control", "no-cache, no-transform"),
                ("X-Accel-Buffering", "no"),
            ],
            stream: stream
        )
    }

    /// A refusal of the whole body, for a request that is known by its id or for none.
    static func refusal(_ failure: Failure, of id: RequestID? = nil, headers: [(String, String)] = []) -> Outgoing {
        Outgoing(
            status: failure.status,
            headers: [("Content-Type", "application/json")] + headers,
            body: Reply(id: id, outcome: .failure(failure)).bytes(modernFor: nil),
            cause: failure.cause
        )
    }
}
