import JSON

/// The templates of resources (2026-07-28, Resources: Resource Templates). There are none: each resource has its URI.
/// Clients ask for both lists wherever resources are advertised, so the empty one is answered.
struct ResourceTemplatesList: Method {
    static let name = "resources/templates/list"

    static func isOffered(by content: some ServedContent, in revision: Revision) -> Bool { content.offersResources }

    init(_ parameters: JSONObject) throws(Failure) {
        try Cursor.check(parameters)
    }

    func answer(from content: some ServedContent, context: CallContext) async throws -> Payload {
        var payload = Payload()
        payload.add("resourceTemplates", [])
        payload.caching = content.caching
        return payload
    }
}
