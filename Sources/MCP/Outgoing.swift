/// The HTTP response to an ``Incoming``, as plain values.
package struct Outgoing: Sendable {
    package let status: Int
    package let headers: [(String, String)]
    /// One JSON document, or nothing.
    package let body: [UInt8]
    /// What went wrong inside, where the answer says only "internal error": for the log, never for the caller.
    package let cause: (any Error)?

    init(status: Int, headers: [(String, String)] = [], body: [UInt8] = [], cause: (any Error)? = nil) {
        self.status = status
        self.headers = headers
        self.body = body
        self.cause = cause
    }
}

extension Outgoing {
    /// What a notification or a response is answered with: it was taken, and nothing comes back.
    static let accepted = Outgoing(status: 202)

    static func json(_ body: [UInt8], status: Int = 200, cause: (any Error)? = nil) -> Outgoing {
        Outgoing(status: status, headers: [("Content-Type", "application/json")], body: body, cause: cause)
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
