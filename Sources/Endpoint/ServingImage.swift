import JSON
import JSONSchema
package import MCP
import Projects
package import Releases
import Synchronization
import Vocabulary

/// One content, ready to be served: lists as bytes, a table from name to tool, compiled schemas.
///
/// An image never changes. A request goes on with the image that it began with, whatever is published meanwhile.
package final class ServingImage: Sendable {
    package let content: CompiledContent
    /// About how many bytes the image takes, for a cache to bound itself by.
    package let weight: Int
    private let tools: [String: CompiledTool]
    private let resources: [String: CompiledResource]
    private let made: Mutex<Made>

    /// What is made of the content when it is first asked for: most clients speak one revision, and most tools of a
    /// large list are never called.
    private struct Made {
        var toolLists: [Revision: [UInt8]] = [:]
        var promptLists: [Revision: [UInt8]] = [:]
        var resourceLists: [Revision: [UInt8]] = [:]
        var digests: [ListKind: [Revision: String]] = [:]
        var schemas: [String: CompiledSchema] = [:]
        var outputSchemas: [String: CompiledSchema] = [:]
        var headerParameters: [String: [HeaderParameter]] = [:]
    }

    /// Makes the lists of the newest revision; the others follow when a client speaks them.
    package init(_ content: CompiledContent) {
        self.content = content
        tools = Dictionary(content.tools.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        resources = Dictionary(content.resources.map { ($0.uri, $0) }, uniquingKeysWith: { first, _ in first })
        let newest = ToolEncoding(for: .july2026).bytes(of: content.tools.map(\.tool))
        // The values that the bytes were written from take about three times as much.
        weight = newest.count * 4
        made = Mutex(Made(toolLists: [.july2026: newest]))
    }

    /// The `tools` array as clients of a revision read it.
    package func toolsJSON(for revision: Revision) -> [UInt8] {
        if let known = made.withLock({ $0.toolLists[revision] }) { return known }
        let list = ToolEncoding(for: revision).bytes(of: content.tools.map(\.tool))
        made.withLock { $0.toolLists[revision] = list }
        return list
    }

    /// The `prompts` array as clients of a revision read it.
    package func promptsJSON(for revision: Revision) -> [UInt8] {
        if let known = made.withLock({ $0.promptLists[revision] }) { return known }
        let list = PromptEncoding(for: revision).bytes(of: content.prompts.map(\.listed))
        made.withLock { $0.promptLists[revision] = list }
        return list
    }

    /// The `resources` array as clients of a revision read it.
    package func resourcesJSON(for revision: Revision) -> [UInt8] {
        if let known = made.withLock({ $0.resourceLists[revision] }) { return known }
        let list = ResourceEncoding(for: revision).bytes(of: content.resources.map(\.listed))
        made.withLock { $0.resourceLists[revision] = list }
        return list
    }

    /// Names the bytes of a list as clients of a revision read them, by 32 hexadecimal digits.
    func digest(of list: ListKind, in revision: Revision) -> String {
        if let known = made.withLock({ $0.digests[list]?[revision] }) { return known }
        let bytes =
            switch list {
            case .tools: toolsJSON(for: revision)
            case .prompts: promptsJSON(for: revision)
            case .resources: resourcesJSON(for: revision)
            }
        let digest = String(Digest(of: bytes).hex.prefix(32))
        made.withLock { $0.digests[list, default: [:]][revision] = digest }
        return digest
    }

    /// What clients see in each list. The newest revision says all that the others say.
    var lists: ListDigests {
        ListDigests { String(digest(of: $0, in: .july2026).prefix(16)) }
    }

    func tool(_ name: String) -> CompiledTool? { tools[name] }

    func tool(_ urn: ToolURN) -> CompiledTool? { content.tools.first { $0.urn == urn } }

    func resource(_ uri: String) -> CompiledResource? { resources[uri] }

    func prompt(_ name: String) -> PromptTemplate.Content? { content.prompts.first { $0.name == name } }

    /// The schema that a tool's arguments must meet.
    func schema(of tool: CompiledTool) throws -> CompiledSchema {
        if let known = made.withLock({ $0.schemas[tool.name] }) { return known }
        let compiled = try CompiledSchema(tool.tool["inputSchema"] ?? true)
        made.withLock { $0.schemas[tool.name] = compiled }
        return compiled
    }

    /// The schema that a tool's answers must meet; nothing where the tool promises nothing.
    func outputSchema(of tool: CompiledTool) throws -> CompiledSchema? {
        guard let schema = tool.tool["outputSchema"] else { return nil }
        if let known = made.withLock({ $0.outputSchemas[tool.name] }) { return known }
        let compiled = try CompiledSchema(schema)
        made.withLock { $0.outputSchemas[tool.name] = compiled }
        return compiled
    }

    /// The arguments that modern clients repeat as `Mcp-Param-…` headers.
    func headerParameters(of name: String) -> [HeaderParameter] {
        if let known = made.withLock({ $0.headerParameters[name] }) { return known }
        // Callers choose the names that they ask for: what is not there is not remembered.
        guard let schema = tools[name]?.tool["inputSchema"]?.object else { return [] }
        let declared = HeaderParameter.declared(in: schema)
        made.withLock { $0.headerParameters[name] = declared }
        return declared
    }
}

extension PromptTemplate.Content {
    /// The prompt as a list of MCP names it.
    var listed: JSONObject {
        var prompt: JSONObject = ["name": .string(name)]
        prompt["description"] = .string(description)
        if !arguments.isEmpty { prompt["arguments"] = .array(arguments.map(\.json)) }
        return prompt
    }
}

extension CompiledResource {
    /// The resource as a list of MCP names it.
    var listed: JSONObject {
        var resource: JSONObject = ["uri": .string(uri), "name": .string(name)]
        resource["title"] = title.map(JSONValue.string)
        resource["description"] = description.map(JSONValue.string)
        resource["mimeType"] = .string(mimeType)
        resource["size"] = .number(JSONNumber(size))
        return resource
    }
}
