import JSON
import ManagementAPI
import Projects
import Releases
import Tools
import Vocabulary

/// `instances.*`
struct InstanceCalls: CallService {
    let toolsets: any ToolsetStore
    let settings: ManagementSettings

    var handlers: [String: CallHandler] {
        [
            "instances.invokeTool": invoke, "instances.listTools": listTools, "instances.getTool": getTool,
            "instances.listPrompts": listPrompts, "instances.getPrompt": getPrompt,
        ]
    }

    private func invoke(_ request: CallRequest) async throws -> CallAnswer {
        let (mcpSlug, side) = try await address(in: request)
        let result = try await settings.invoke(
            ToolInvocation(
                mcpSlug: mcpSlug,
                side: side,
                tool: request.input.text("tool") ?? "",
                arguments: request.input["arguments"]?.object ?? [:],
                caller: request.actor.name
            )
        )
        return CallAnswer(["result": .object(result.json), "call": .object(result.call)])
    }

    private func listTools(_ request: CallRequest) async throws -> CallAnswer {
        let all = try await content(in: request).tools
        let page = request.page
        var start = 0
        if let cursor = page.cursor {
            guard let last = all.firstIndex(where: { $0.name == cursor }) else { throw Problem.wrongCursor(cursor) }
            start = last + 1
        }
        let query = request.input.text("q")?.lowercased()
        let found = all[start...].lazy.filter { tool in query.map { tool.mentions($0) } ?? true }
        return CallAnswer(
            "tools",
            Page(fetched: Array(found.prefix(page.limit + 1)), request: page, cursor: \.name),
            request.input["schemas"]?.bool == true ? \.whole : \.summary
        )
    }

    private func getTool(_ request: CallRequest) async throws -> CallAnswer {
        let name = request.input.text("tool") ?? ""
        guard let tool = try await content(in: request).tools.first(where: { $0.name == name }) else {
            throw Problem(
                .notFound,
                "The toolset serves no tool \"\(name)\"; instances.listTools names those it serves."
            )
        }
        return CallAnswer(["tool": .object(tool.whole)])
    }

    private func listPrompts(_ request: CallRequest) async throws -> CallAnswer {
        let prompts = try await content(in: request).prompts.map { prompt -> JSONValue in
            let arguments = prompt.arguments.map { argument -> JSONValue in
                [
                    "name": .string(argument.name), "description": .string(argument.description),
                    "required": .bool(argument.isRequired),
                ]
            }
            return [
                "name": .string(prompt.name), "description": .string(prompt.description),
                "arguments": .array(arguments),
            ]
        }
        return CallAnswer(["prompts": .array(prompts)])
    }

    private func getPrompt(_ request: CallRequest) async throws -> CallAnswer {
        let name = request.input.text("prompt") ?? ""
        guard let prompt = try await content(in: request).prompts.first(where: { $0.name == name }) else {
            throw Problem(
                .notFound,
                "The toolset serves no prompt \"\(name)\"; instances.listPrompts names those it serves."
            )
        }
        let given = request.input["arguments"]?.object ?? [:]
        let arguments = Dictionary(given.map { ($0.key, $0.value.string ?? "") }, uniquingKeysWith: { $1 })
        let text = try rendered(prompt, with: arguments)
        return CallAnswer([
            "description": .string(prompt.description),
            "messages": [["role": "user", "content": ["type": "text", "text": .string(text)]]],
        ])
    }

    private func rendered(_ prompt: PromptTemplate.Content, with arguments: [String: String]) throws -> String {
        do throws(PromptFailure) {
            return try prompt.render(arguments)
        } catch {
            switch error {
            case .missingArgument(let argument):
                throw Problem(
                    .invalid,
                    "The prompt \(prompt.name) needs the argument \(argument).",
                    errors: [.init(pointer: "/arguments/\(argument)", message: "is required")]
                )
            case .unknownArgument(let argument):
                throw Problem(
                    .unknownField,
                    "The prompt \(prompt.name) has no argument \(argument).",
                    errors: [.init(pointer: "/arguments/\(argument)", message: "is no argument of the prompt")]
                )
            case .template(let fault): throw Problem(.invalid, "The prompt \(prompt.name) cannot be read: \(fault).")
            }
        }
    }

    private func content(in request: CallRequest) async throws -> CompiledContent {
        let (mcpSlug, side) = try await address(in: request)
        return try await settings.content(mcpSlug, side)
    }

    /// The address that `toolset_slug`, `view` and `release` name; live where only the toolset is named.
    private func address(in request: CallRequest) async throws -> (mcpSlug: Slug, side: ServedSide) {
        let slug = try request.input.slug("toolset_slug")
        let view = request.input.text("view").flatMap { Toolset.View(rawValue: $0) }
        let number = request.input["release"]?.integer
        guard view == nil || number == nil else {
            throw Problem(
                .invalid,
                "Name a view or a release, not both; nothing was called.",
                errors: [.init(pointer: "/release", message: "stands beside view")]
            )
        }
        let toolset = try await toolsets.toolset(
            slug,
            view: view ?? .live,
            comparing: false,
            in: try request.projectID
        )
        guard let toolset else { throw Problem.notFound("toolset", slug, list: "toolsets.list") }
        return (toolset.settings.mcpSlug, number.map(ServedSide.release) ?? ServedSide(view ?? .live))
    }
}

extension CompiledTool {
    fileprivate var summary: JSONObject {
        [
            "name": .string(name), "urn": .string(urn.description), "title": tool["title"] ?? .null,
            "description": tool["description"] ?? "", "method": .string(call.method), "path": .string(call.path),
            "tags": JSONValue(tags), "annotations": tool["annotations"] ?? [:], "tokens": JSONValue(tokens),
            "deprecated": .bool(isDeprecated),
        ]
    }

    fileprivate var whole: JSONObject {
        var json = summary
        json["input_schema"] = tool["inputSchema"] ?? [:]
        json["output_schema"] = tool["outputSchema"] ?? .null
        json["meta"] = tool["_meta"] ?? [:]
        return json
    }

    /// Whether its name, title or description hold a text in lower case.
    fileprivate func mentions(_ text: String) -> Bool {
        [name, tool["title"]?.string ?? "", tool["description"]?.string ?? ""]
            .contains { $0.lowercased().contains(text) }
    }
}
