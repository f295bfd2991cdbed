import JSON

/// What a modern client may ask first (2026-07-28, Discovery).
struct Discover: Method {
    static let name = "server/discover"

    static func isOffered(by content: some ServedContent, in revision: Revision) -> Bool { revision.isModern }

    init(_ parameters: JSONObject) throws(Failure) {}

    func answer(from content: some ServedContent, context: CallContext) async throws -> Payload {
        var payload = Payload()
        payload.add("supportedVersions", JSONValue(Revision.newestFirst.map(\.rawValue)))
        payload.add("capabilities", .object(Capabilities.object(of: content)))
        payload.add("instructions", content.instructions.map(JSONValue.string))
        payload.caching = content.caching
        return payload
    }
}
