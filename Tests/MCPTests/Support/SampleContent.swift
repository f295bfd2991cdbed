import JSON
import MCP

/// A toolset of a few tools that say what they were given.
struct SampleContent: ServedContent {
    var implementation = Implementation(
        name: "petstore",
        title: "Pet store",
        version: "12",
        description: "Pets for sale.",
        websiteURL: "https://petstore.example"
    )
    var instructions: String? = "List before you buy."
    var caching = Caching(for: .seconds(60), scope: .private)
    var offersTools = true
    var offersPrompts = true
    var offersResources = false
    var tellsChanges = true
    var meta: JSONObject = [:]
    var etag: String?

    struct Broken: Error {}

    private static let names: Set = [
        "echo", "grüßen", "trace", "regional", "linked", "data", "list", "broken", "sampling", "vanished",
    ]

    /// Spaces that an encoder would not write show that the bytes were copied.
    func toolsJSON(for revision: Revision) -> [UInt8] {
        Array(#"[ {"name":"echo", "in":"\#(revision.rawValue)"} ]"#.utf8)
    }

    func promptsJSON(for revision: Revision) -> [UInt8] {
        Array(#"[ {"name":"greet", "in":"\#(revision.rawValue)"} ]"#.utf8)
    }

    func resourcesJSON(for revision: Revision) -> [UInt8] {
        Array(#"[ {"uri":"sample:guide", "in":"\#(revision.rawValue)"} ]"#.utf8)
    }

    func resource(_ uri: String) async throws -> EmbeddedResource? {
        switch uri {
        case "sample:guide": EmbeddedResource(uri: uri, mimeType: "text/plain", contents: .text("Read \u{1F436}\n"))
        case "sample:logo": EmbeddedResource(uri: uri, mimeType: "image/png", bytes: [0, 255, 16])
        case "sample:broken": throw Broken()
        default: nil
        }
    }

    func etag(of list: ListKind, in revision: Revision) -> String? {
        etag.map { "\"\($0) \(list.rawValue) \(revision.rawValue)\"" }
    }

    func hasTool(named name: String) -> Bool {
        Self.names.contains(name)
    }

    func headerParameters(ofTool name: String) -> [HeaderParameter] {
        name == "regional"
            ? [
                HeaderParameter(name: "Region", path: ["region"]),
                HeaderParameter(name: "Count", path: ["filter", "count"]),
                HeaderParameter(name: "Dry-Run", path: ["dryRun"]),
            ] : []
    }

    func call(_ name: String, arguments: JSONObject, context: CallContext) async throws -> ToolResult {
        switch name {
        case "trace": return ToolResult(content: [.text(Self.described(context))])
        case "linked": return ToolResult(content: [Self.link], meta: ["seen": true])
        case "data": return ToolResult(content: [], structuredContent: ["id": 1])
        case "list": return ToolResult(content: [.text("one")], structuredContent: [1])
        case "broken": throw Broken()
        case "sampling": throw CallFailure.missingClientCapabilities(["sampling": [:]])
        case "vanished": throw CallFailure.unknownTool(name)
        default: return ToolResult(content: [.text(JSONValue.object(arguments).text)])
        }
    }

    func prompt(_ name: String, arguments: [String: String]) throws -> PromptResult {
        guard name == "greet" else { throw PromptFailure.unknownPrompt(name) }
        guard let whom = arguments["whom"] else { throw PromptFailure.missingArgument("whom", ofPrompt: name) }
        let message = PromptResult.Message(role: .user, content: .text("Greet \(whom)."))
        return PromptResult(description: "A greeting", messages: [message])
    }

    private static let link: ContentBlock = {
        var link = ResourceLink(uri: "https://petstore.example/1", name: "pet-1")
        link.title = "Pet 1"
        return ContentBlock(
            .resourceLink(link),
            annotations: Annotations(audience: [.user], priority: 0.5, lastModified: "2026-01-01T00:00:00Z"),
            meta: ["kept": true]
        )
    }()

    private static func described(_ context: CallContext) -> String {
        let parts: [String?] = [
            context.revision.rawValue, context.client?.name, context.client?.version, context.trace.traceparent,
            context.trace.tracestate, context.trace.baggage,
        ]
        return parts.map { $0 ?? "-" }.joined(separator: " ")
    }
}
