import JSON

/// All resources, in one page (2026-07-28, Resources: Listing Resources).
struct ResourcesList: Method {
    static let name = "resources/list"

    static func isOffered(by content: some ServedContent, in revision: Revision) -> Bool { content.offersResources }

    init(_ parameters: JSONObject) throws(Failure) {
        try Cursor.check(parameters)
    }

    func answer(from content: some ServedContent, context: CallContext) async throws -> Payload {
        var payload = Payload()
        payload.add("resources", encoded: content.resourcesJSON(for: context.revision))
        payload.caching = content.caching
        payload.meta = content.meta
        payload.etag = content.etag(of: .resources, in: context.revision)
        return payload
    }
}
