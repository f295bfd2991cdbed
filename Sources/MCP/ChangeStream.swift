import JSON

/// A stream on which a client is told that lists have become other ones: what each message on it says.
///
/// The transport writes ``opening``, then a ``notification(of:)`` for each change, and ``ending`` where it is the one who
/// ends the stream. Nothing is told twice for one change, and nothing is told again to a client that comes back.
package struct ChangeStream: Sendable {
    /// The lists that the client wants to be told of.
    package let lists: Set<ListKind>
    /// The request that the stream answers; none for the stream of a legacy session.
    private let request: RequestID?
    private let implementation: Implementation

    /// The stream of a legacy session, which is told of everything (2025-11-25, Transports: Listening for Messages).
    init(by implementation: Implementation) {
        lists = Set(ListKind.allCases)
        request = nil
        self.implementation = implementation
    }

    /// The stream that answers `subscriptions/listen` (2026-07-28, Subscriptions).
    init(of lists: Set<ListKind>, for request: RequestID, by implementation: Implementation) {
        self.lists = lists
        self.request = request
        self.implementation = implementation
    }

    /// The message that comes first: which of the wanted changes will be told.
    package var opening: [UInt8]? {
        guard request != nil else { return nil }
        let honored = ListKind.allCases.filter(lists.contains).map { ($0.filter, JSONValue.bool(true)) }
        return message(
            "notifications/subscriptions/acknowledged",
            ["notifications": .object(JSONObject(honored))]
        )
    }

    /// The message that a list is another one now.
    package func notification(of list: ListKind) -> [UInt8] {
        message(list.notification, [:])
    }

    /// The message that comes last, where the server ends the stream: the result of the request.
    package var ending: [UInt8]? {
        guard let request else { return nil }
        var payload = Payload()
        payload.meta = meta
        return Reply(id: request, outcome: .success(payload)).bytes(modernFor: implementation)
    }

    /// The answer in place of the stream, where there is no room for one more. The message is for people.
    package func refusal(_ message: String) -> Outgoing {
        .refusal(.noRoom(message), of: request, headers: [("Retry-After", "60")])
    }

    private var meta: JSONObject {
        request.map { [MetaKey.subscriptionID: $0.value] } ?? [:]
    }

    private func message(_ method: String, _ parameters: JSONObject) -> [UInt8] {
        var parameters = parameters
        if !meta.isEmpty { parameters["_meta"] = .object(meta) }
        var message: JSONObject = ["jsonrpc": "2.0", "method": .string(method)]
        if !parameters.isEmpty { message["params"] = .object(parameters) }
        return JSONValue.object(message).bytes
    }
}
