import JSON

/// Whether somebody is there (2025-11-25, Ping; removed by 2026-07-28). The result is exactly `{}`.
struct Ping: Method {
    static let name = "ping"

    static func isOffered(by content: some ServedContent, in revision: Revision) -> Bool { !revision.isModern }

    init(_ parameters: JSONObject) throws(Failure) {}

    func answer(from content: some ServedContent, context: CallContext) async throws -> Payload { Payload() }
}
