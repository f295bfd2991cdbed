import JSON
import JSONSchema
package import MCP
import Projects
package import Releases
import Synchronization

/// One content, ready to be served: lists as bytes for each revision, a table from name to tool.
///
/// An image never changes. A request goes on with the image that it began with, whatever is published meanwhile.
package final class ServingImage: Sendable {
    package let content: CompiledContent
    private let tools: [String: CompiledTool]
    private let toolLists: [Revision: [UInt8]]
    private let promptLists: [Revision: [UInt8]]
    /// Schemas are compiled at the first call of a tool: most tools of a large list are never called.
    private let schemas = Mutex<[String: CompiledSchema]>([:])

    package init(_ content: CompiledContent) {
        self.content = content
        tools = Dictionary(content.tools.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let prompts = content.prompts.map(\.listed)
        var toolLists: [Revision: [UInt8]] = [:]
        var promptLists: [Revision: [UInt8]] = [:]
        for revision in Revision.allCases {
            toolLists[revision] = ToolEncoding(for: revision).bytes(of: content.tools.map(\.tool))
            promptLists[revision] = PromptEncoding(for: revision).bytes(of: prompts)
        }
        self.toolLists = toolLists
        self.promptLists = promptLists
    }

    /// The `tools` array as clients of a revision read it.
    package func toolsJSON(for revision: Revision) -> [UInt8] { toolLists[revision] ?? [] }

    /// The `prompts` array as clients of a revision read it.
    package func promptsJSON(for revision: Revision) -> [UInt8] { promptLists[revision] ?? [] }

    func tool(_ name: String) -> CompiledTool? { tools[name] }

    func prompt(_ name: String) -> PromptTemplate.Content? { content.prompts.first { $0.name == name } }

    /// The schema that a tool's arguments must meet.
    func schema(of tool: CompiledTool) throws -> CompiledSchema {
        if let known = schemas.withLock({ $0[tool.name] }) { return known }
        let compiled = try CompiledSchema(tool.tool["inputSchema"] ?? true)
        schemas.withLock { $0[tool.name] = compiled }
        return compiled
    }
}

extension PromptTemplate.Content {
    /// The prompt as a list of MCP names it.
    fileprivate var listed: JSONObject {
        var prompt: JSONObject = ["name": .string(name)]
        prompt["description"] = .string(description)
        if !arguments.isEmpty { prompt["arguments"] = .array(arguments.map(\.json)) }
        return prompt
    }
}
