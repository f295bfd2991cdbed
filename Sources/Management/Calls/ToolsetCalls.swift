import JSON
import Projects
import Releases
import Vocabulary

/// `toolsets.*` but releases, `mcpMetadata.*` and `instances.*`
struct ToolsetCalls: CallService {
    let toolsets: any ToolsetStore
    let settings: ManagementSettings

    private var present: ToolsetPresentation { ToolsetPresentation(publicURL: settings.publicURL) }

    var handlers: [String: CallHandler] {
        [
            "toolsets.create": create, "toolsets.list": list, "toolsets.get": get, "toolsets.update": update,
            "toolsets.delete": delete, "toolsets.checkMCPSlugAvailability": checkAvailability,
            "mcpMetadata.get": getMetadata, "mcpMetadata.set": setMetadata, "instances.invokeTool": invoke,
        ]
    }

    private func create(_ request: CallRequest) async throws -> CallAnswer {
        let input = request.input
        let slug = try input.slug("slug")
        let change = try Toolset.Change(input)
        let toolset = try await toolsets.createToolset(
            slug: slug,
            metadata: change.apply(to: Toolset.Metadata(name: slug.text)),
            selection: change.apply(to: Toolset.Selection()),
            settings: change.apply(to: Toolset.Settings(mcpSlug: slug)),
            in: try request.projectID,
            by: request.actor
        )
        return answer(toolset)
    }

    private func list(_ request: CallRequest) async throws -> CallAnswer {
        let page = try await toolsets.toolsets(in: try request.projectID, request.page)
        return CallAnswer("toolsets", page) { present.json($0) }
    }

    private func get(_ request: CallRequest) async throws -> CallAnswer {
        let (slug, project) = (try request.input.slug("slug"), try request.projectID)
        let view = request.input.text("view").flatMap { Toolset.View(rawValue: $0) }
        guard let toolset = try await toolsets.toolset(slug, view: view, comparing: true, in: project),
            let content = try await toolsets.content(slug, view: view, in: project)
        else { throw Problem.notFound("toolset", slug, list: "toolsets.list") }
        var json = present.json(toolset)
        json["tools"] = .array(
            content.content.toolEntries.map { ["name": .string($0.name), "urn": .string($0.urn.description)] }
        )
        json["orphans"] = JSONValue(content.orphans.map(\.description))
        json["warnings"] = .array(
            content.diagnostics.map { ["code": .string($0.code), "message": .string($0.message)] }
        )
        return CallAnswer(["toolset": .object(json)], etag: toolset.etag)
    }

    private func update(_ request: CallRequest) async throws -> CallAnswer {
        let toolset = try await toolsets.updateToolset(
            try request.input.slug("slug"),
            try Toolset.Change(request.input),
            expecting: request.etag,
            in: try request.projectID,
            by: request.actor
        )
        return answer(toolset)
    }

    private func delete(_ request: CallRequest) async throws -> CallAnswer {
        try await toolsets.deleteToolset(
            try request.input.slug("slug"),
            expecting: request.etag,
            in: try request.projectID,
            by: request.actor
        )
        return CallAnswer([:])
    }

    private func checkAvailability(_ request: CallRequest) async throws -> CallAnswer {
        CallAnswer(["available": .bool(try await toolsets.isMCPSlugFree(try request.input.slug("mcp_slug")))])
    }

    private func getMetadata(_ request: CallRequest) async throws -> CallAnswer {
        let slug = try request.input.slug("toolset_slug")
        let toolset = try await toolsets.toolset(slug, view: nil, comparing: false, in: try request.projectID)
        guard let toolset else { throw Problem.notFound("toolset", slug, list: "toolsets.list") }
        return CallAnswer(["metadata": .object(toolset.metadata.json)], etag: toolset.etag)
    }

    private func setMetadata(_ request: CallRequest) async throws -> CallAnswer {
        let toolset = try await toolsets.updateToolset(
            try request.input.slug("toolset_slug"),
            try Toolset.Change(request.input),
            expecting: request.etag,
            in: try request.projectID,
            by: request.actor
        )
        return CallAnswer(["metadata": .object(toolset.metadata.json)], etag: toolset.etag)
    }

    private func invoke(_ request: CallRequest) async throws -> CallAnswer {
        let slug = try request.input.slug("toolset_slug")
        let view = request.input.text("view").flatMap { Toolset.View(rawValue: $0) } ?? .live
        let toolset = try await toolsets.toolset(slug, view: view, comparing: false, in: try request.projectID)
        guard let toolset else { throw Problem.notFound("toolset", slug, list: "toolsets.list") }
        let result = try await settings.invoke(
            ToolInvocation(
                mcpSlug: toolset.settings.mcpSlug,
                view: view,
                tool: request.input.text("tool") ?? "",
                arguments: request.input["arguments"]?.object ?? [:],
                caller: request.actor.name
            )
        )
        return CallAnswer(["result": .object(result.json)])
    }

    private func answer(_ toolset: Toolset) -> CallAnswer {
        CallAnswer(["toolset": .object(present.json(toolset))], etag: toolset.etag)
    }
}

extension Toolset.Metadata {
    fileprivate var json: JSONObject {
        [
            "name": .string(name), "instructions": .string(instructions),
            "documentation_url": JSONValue(documentationURL),
        ]
    }
}

extension Toolset.Change {
    /// The change that the fields of a call describe.
    fileprivate init(_ input: JSONObject) throws {
        self.init()
        name = input.text("name")
        description = input.text("description")
        instructions = input.text("instructions")
        documentationURL = input["documentation_url"].map { $0.string ?? "" }
        toolURNs = try input.urns("tool_urns")
        promptNames = try input.names("prompt_names")
        resourceURNs = try input.resourceURNs("resource_urns")
        mcpSlug = try input.optionalSlug("mcp_slug")
        isEnabled = input["mcp_enabled"]?.bool
        isPublic = input["mcp_is_public"]?.bool
        defaultEnvironment = try input.clearableSlug("default_environment_slug")
        stagingEnvironment = try input.clearableSlug("staging_environment_slug")
        if let url = documentationURL, !url.isEmpty, !url.hasPrefix("https://"), !url.hasPrefix("http://") {
            throw Problem(
                .invalid,
                "documentation_url must be an http or https address.",
                errors: [.init(pointer: "/documentation_url", message: "must be an http or https address")]
            )
        }
    }
}
