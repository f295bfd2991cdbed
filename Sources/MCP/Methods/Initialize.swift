import JSON

/// The legacy handshake (2025-11-25, Lifecycle: Initialization). The transport may give a session to who
/// sends it; nothing here needs one.
struct Initialize: Method {
    static let name = "initialize"

    static func isOffered(by content: some ServedContent, in revision: Revision) -> Bool { !revision.isModern }

    init(_ parameters: JSONObject) throws(Failure) {
        guard parameters["protocolVersion"]?.string != nil else {
            throw .invalidParameters("initialize needs params.protocolVersion, a string.")
        }
    }

    /// What was asked for where it is spoken with a handshake, else the newest that is: never a modern one.
    static func revision(for parameters: JSONObject) -> Revision {
        let requested = parameters["protocolVersion"]?.string.flatMap(Revision.init(rawValue:))
        return requested.flatMap { $0.isModern ? nil : $0 } ?? .newestLegacy
    }

    func answer(from content: some ServedContent, context: CallContext) async throws -> Payload {
        var payload = Payload()
        payload.add("protocolVersion", .string(context.revision.rawValue))
        payload.add("capabilities", .object(Capabilities.object(of: content)))
        payload.add("serverInfo", .object(content.implementation.object(in: context.revision)))
        payload.add("instructions", content.instructions.map(JSONValue.string))
        return payload
    }
}
