import JSON

/// All tools, in one page (2026-07-28, Tools: Listing Tools).
struct ToolsList: Method {
    static let name = "tools/list"

    static func isOffered(by content: some ServedContent, in revision: Revision) -> Bool { content.offersTools }

    init(_ parameters: JSONObject) throws(Failure) {
        try Cursor.check(parameters)
    }

    func answer(from content: some ServedContent, context: CallContext) async throws -> Payload {
        var payload = Payload()
        payload.add("tools", encoded: content.toolsJSON(for: context.revision))
        payload.caching = content.caching
        payload.meta = content.meta
        payload.etag = content.etag(of: .tools, in: context.revision)
        return payload
    }
}
