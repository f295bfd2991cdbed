import JSON

/// What one resource says (2026-07-28, Resources: Reading Resources).
struct ResourcesRead: Method {
    static let name = "resources/read"

    static func isOffered(by content: some ServedContent, in revision: Revision) -> Bool { content.offersResources }

    private let uri: String

    init(_ parameters: JSONObject) throws(Failure) {
        guard let uri = parameters["uri"]?.string else {
            throw .invalidParameters("resources/read needs params.uri, a string.")
        }
        self.uri = uri
    }

    func answer(from content: some ServedContent, context: CallContext) async throws -> Payload {
        guard let resource = try await content.resource(uri) else {
            throw Failure.unknownResource(uri, in: context.revision)
        }
        var payload = Payload()
        payload.add("contents", [.object(resource.object)])
        payload.caching = content.caching
        return payload
    }
}
