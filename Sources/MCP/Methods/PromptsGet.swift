import JSON

/// One prompt with its blanks filled in (2026-07-28, Prompts: Getting a Prompt).
struct PromptsGet: Method {
    static let name = "prompts/get"

    static func isOffered(by content: some ServedContent, in revision: Revision) -> Bool { content.offersPrompts }

    private let prompt: String
    private let arguments: [String: String]

    init(_ parameters: JSONObject) throws(Failure) {
        guard let prompt = parameters["name"]?.string else {
            throw .invalidParameters("prompts/get needs params.name, a string.")
        }
        self.prompt = prompt
        var arguments: [String: String] = [:]
        for (name, value) in try ToolsCall.arguments(of: parameters) {
            guard let text = value.string else {
                throw .invalidParameters("The argument \"\(name.shortened)\" of a prompt must be a string.")
            }
            arguments[name] = text
        }
        self.arguments = arguments
    }

    func answer(from content: some ServedContent, context: CallContext) async throws -> Payload {
        do {
            return try content.prompt(prompt, arguments: arguments).payload(in: context.revision)
        } catch PromptFailure.unknownPrompt(let name) {
            throw Failure.invalidParameters("There is no prompt named \"\(name.shortened)\" here.")
        } catch PromptFailure.missingArgument(let argument, let name) {
            let message = "The prompt \"\(name.shortened)\" needs the argument \"\(argument.shortened)\"."
            throw Failure.invalidParameters(message)
        } catch PromptFailure.unknownArgument(let argument, let name) {
            let message = "The prompt \"\(name.shortened)\" has no argument \"\(argument.shortened)\"."
            throw Failure.invalidParameters(message)
        }
    }
}
