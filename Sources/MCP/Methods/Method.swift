import JSON

/// One method of the protocol: its parameters, and how they are answered.
protocol Method: Sendable {
    static var name: String { get }
    /// Whether the revision has the method, and what is served offers it; otherwise it does not exist (-32601).
    static func isOffered(by content: some ServedContent, in revision: Revision) -> Bool

    /// Reads the parameters.
    init(_ parameters: JSONObject) throws(Failure)
    /// A thrown ``Failure`` is the answer; anything else is an internal error.
    func answer(from content: some ServedContent, context: CallContext) async throws -> Payload
}
