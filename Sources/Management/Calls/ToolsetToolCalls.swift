import JSON
import ManagementAPI
import Projects
import Releases
import Vocabulary

/// The calls of `toolsets.*` that tell how tools are served.
struct ToolsetToolCalls: CallService {
    let toolsets: any ToolsetStore

    var handlers: [String: CallHandler] {
        ["toolsets.listTools": list, "toolsets.getTool": get]
    }

    private func list(_ request: CallRequest) async throws -> CallAnswer {
        let content = try await content(request)
        let tools = try await tools(of: content, request)
        let filter = ToolFilter(request.input)
        let matching = filter.includesAll ? Array(tools.indices) : tools.indices.filter { filter.includes(tools[$0]) }
        let start = try start(request)
        let shown = matching.dropFirst(start).prefix(request.page.limit)
        let end = start + shown.count
        return CallAnswer(
            [
                "tools": .array(shown.map { .object(tools[$0].summary) }),
                "next_cursor": end < matching.count ? .string(String(end)) : .null,
                "matching": JSONValue(matching.count), "total": JSONValue(tools.count),
                "tokens": JSONValue(content.tokens.values.reduce(0, +)), "sources": JSONValue(tools.sources),
                "etag": .string(content.toolset.etag),
            ],
            etag: content.toolset.etag
        )
    }

    private func get(_ request: CallRequest) async throws -> CallAnswer {
        let urn = try request.input.urn("urn")
        let content = try await content(request)
        guard let tool = try await tools(of: content, request).tool(urn) else {
            throw Problem(
                .notFound,
                "The toolset \"\(content.toolset.slug)\" has no tool \(urn); toolsets.listTools names those it has."
            )
        }
        return CallAnswer(
            ["tool": .object(tool.details), "etag": .string(content.toolset.etag)],
            etag: content.toolset.etag
        )
    }

    private func content(_ request: CallRequest) async throws -> ToolsetContent {
        let slug = try request.input.slug("slug")
        let view = request.input.text("view").flatMap { Toolset.View(rawValue: $0) }
        guard let content = try await toolsets.content(slug, view: view, in: try request.projectID) else {
            throw Problem.notFound("toolset", slug, list: "toolsets.list")
        }
        return content
    }

    /// The tools of a side, compared with live where it is staging.
    private func tools(of content: ToolsetContent, _ request: CallRequest) async throws -> SideTools {
        var live: CompiledContent?
        if content.toolset.view == .staging {
            live = try await toolsets.content(content.toolset.slug, view: .live, in: try request.projectID)?.content
        }
        return SideTools(content, live: live)
    }

    private func start(_ request: CallRequest) throws -> Int {
        let skip = request.input["skip"]?.integer
        guard let cursor = request.page.cursor else { return skip ?? 0 }
        guard skip == nil, let start = Int(cursor), start >= 0 else {
            throw Problem(
                .invalid,
                "Send a cursor that this list gave, or skip, not both.",
                errors: [.init(pointer: "/cursor", message: "stands beside skip, or is not of this list")]
            )
        }
        return start
    }
}

/// Which tools somebody wants to see.
struct ToolFilter {
    private let text: String
    private let source: String?
    private let mark: String?
    private let hint: String?

    init(_ input: JSONObject) {
        text = (input.text("q") ?? "").lowercased()
        source = input.text("source")
        mark = input.text("mark")
        hint = input.text("hint")
    }

    /// Whether nothing is asked, so that nobody has to look at the tools.
    var includesAll: Bool { text.isEmpty && source == nil && mark == nil && hint == nil }

    func includes(_ tool: SideTool) -> Bool {
        if let source, tool.urn.source?.text != source { return false }
        if let mark, !tool.marks.contains(mark) { return false }
        if let hint, !tool.gives(hint) { return false }
        return text.isEmpty || tool.searchable.contains { $0.lowercased().contains(text) }
    }
}
