import JSON

/// A call of one tool (2026-07-28, Tools: Calling Tools).
struct ToolsCall: Method {
    static let name = "tools/call"

    static func isOffered(by content: some ServedContent, in revision: Revision) -> Bool { content.offersTools }

    private let tool: String
    private let arguments: JSONObject

    init(_ parameters: JSONObject) throws(Failure) {
        guard let tool = parameters["name"]?.string else {
            throw .invalidParameters("tools/call needs params.name, a string.")
        }
        self.tool = tool
        arguments = try Self.arguments(of: parameters)
    }

    /// The arguments; none where they are left out, or `null` as some clients write it.
    static func arguments(of parameters: JSONObject) throws(Failure) -> JSONObject {
        guard let arguments = parameters["arguments"], !arguments.isNull else { return [:] }
        guard let object = arguments.object else { throw .invalidParameters("The arguments must be an object.") }
        return object
    }

    func answer(from content: some ServedContent, context: CallContext) async throws -> Payload {
        guard content.hasTool(named: tool) else { throw Failure.unknownTool(tool) }
        do {
            return try await content.call(tool, arguments: arguments, context: context)
                .payload(in: context.revision)
        } catch CallFailure.unknownTool(let name) {
            throw Failure.unknownTool(name)
        } catch CallFailure.missingClientCapabilities(let required) {
            throw Failure.missingCapabilities(required)
        }
    }
}
