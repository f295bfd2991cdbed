import JSON
import MCP
import Projects
import Releases
import Vocabulary

/// One address as one request meets it: an image, and who is asking.
struct Serving: ServedContent {
    let entry: ServingCatalog.Entry
    let tools: ToolService
    let person: String?

    var implementation: Implementation {
        let metadata = entry.image.content.manifest.metadata
        return Implementation(
            name: entry.served.mcpSlug.text,
            title: metadata.name,
            version: entry.served.releaseNumber.map(String.init)
                ?? (entry.served.view == .staging ? "staging" : "iteration"),
            description: metadata.description.isEmpty ? nil : metadata.description,
            websiteURL: metadata.documentationURL,
            icons: metadata.logo.map { logo in
                [Icon(source: "\(entry.publicURL)/images/\(logo.digest.hex)", mimeType: logo.mimeType)]
            } ?? []
        )
    }

    var instructions: String? {
        let text = entry.image.content.manifest.metadata.instructions
        return text.isEmpty ? nil : text
    }

    /// Clients are not told of changes yet, so a list is good for the moment only.
    var caching: Caching { Caching(for: .zero, scope: entry.served.isPublic ? .public : .private) }

    var offersTools: Bool { true }
    var offersPrompts: Bool { !entry.image.content.prompts.isEmpty }

    func toolsJSON(for revision: Revision) -> [UInt8] { entry.image.toolsJSON(for: revision) }
    func promptsJSON(for revision: Revision) -> [UInt8] { entry.image.promptsJSON(for: revision) }
    func hasTool(named name: String) -> Bool { entry.image.tool(name) != nil }

    func call(_ name: String, arguments: JSONObject, context: CallContext) async throws -> ToolResult {
        try await tools.call(name, arguments: arguments, at: entry, by: person, trace: context.trace)
    }

    func prompt(_ name: String, arguments: [String: String]) throws -> PromptResult {
        guard let prompt = entry.image.prompt(name) else { throw MCP.PromptFailure.unknownPrompt(name) }
        do throws(Projects.PromptFailure) {
            return PromptResult(
                description: prompt.description,
                messages: [PromptResult.Message(role: .user, content: .text(try prompt.render(arguments)))]
            )
        } catch {
            switch error {
            case .missingArgument(let argument): throw MCP.PromptFailure.missingArgument(argument, ofPrompt: name)
            case .unknownArgument(let argument): throw MCP.PromptFailure.unknownArgument(argument, ofPrompt: name)
            case .template: throw error
            }
        }
    }
}
