import JSON

/// All prompts, in one page (2026-07-28, Prompts: Listing Prompts).
struct PromptsList: Method {
    static let name = "prompts/list"

    static func isOffered(by content: some ServedContent, in revision: Revision) -> Bool { content.offersPrompts }

    init(_ parameters: JSONObject) throws(Failure) {
        try Cursor.check(parameters)
    }

    func answer(from content: some ServedContent, context: CallContext) async throws -> Payload {
        var payload = Payload()
        payload.add("prompts", encoded: content.promptsJSON(for: context.revision))
        payload.caching = content.caching
        payload.meta = content.meta
        payload.etag = content.etag(of: .prompts, in: context.revision)
        return payload
    }
}
