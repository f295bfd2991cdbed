import JSON
import ManagementAPI
import Projects
import Releases
import Vocabulary

/// `toolsets.*` but releases, and `mcpMetadata.*`
struct ToolsetCalls: CallService {
    let toolsets: any ToolsetStore
    let assets: any DeploymentStore
    let settings: ManagementSettings

    private var present: ToolsetPresentation { ToolsetPresentation(publicURL: settings.publicURL) }

    var handlers: [String: CallHandler] {
        [
            "toolsets.create": create, "toolsets.list": list, "toolsets.get": get, "toolsets.update": update,
            "toolsets.delete": delete, "toolsets.clone": clone,
            "toolsets.checkMCPSlugAvailability": checkAvailability,
            "mcpMetadata.get": getMetadata, "mcpMetadata.set": setMetadata,
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
        return present.answer(toolset)
    }

    private func list(_ request: CallRequest) async throws -> CallAnswer {
        let page = try await toolsets.toolsets(in: try request.projectID, request.page)
        var toolsets: [JSONValue] = []
        for toolset in page.items {
            var json = present.json(toolset)
            json["tokens"] = JSONValue(
                try await self.toolsets.tokens(toolset.slug, view: toolset.view, in: toolset.projectID) ?? 0
            )
            if var staging = json["staging"]?.object {
                staging["changes"] = JSONValue(
                    try await self.toolsets.changeCount(toolset.slug, in: toolset.projectID)
                )
                json["staging"] = .object(staging)
            }
            toolsets.append(.object(json))
        }
        return CallAnswer(["toolsets": .array(toolsets), "next_cursor": JSONValue(page.nextCursor)])
    }

    private func get(_ request: CallRequest) async throws -> CallAnswer {
        let (slug, project) = (try request.input.slug("slug"), try request.projectID)
        let view = request.input.text("view").flatMap { Toolset.View(rawValue: $0) }
        guard let toolset = try await toolsets.toolset(slug, view: view, comparing: true, in: project),
            let content = try await toolsets.content(slug, view: view, in: project)
        else { throw Problem.notFound("toolset", slug, list: "toolsets.list") }
        var json = present.json(toolset)
        json["tools"] = .array(
            content.content.tools.map {
                [
                    "name": .string($0.name), "urn": .string($0.urn.description),
                    "tokens": JSONValue(content.tokens[$0.urn]),
                ]
            }
        )
        json["tokens"] = JSONValue(content.tokens.values.reduce(0, +))
        json["orphans"] = JSONValue(content.orphans.map(\.description))
        json["warnings"] = .array(
            content.diagnostics.map { ["code": .string($0.code), "message": .string($0.message)] }
        )
        return CallAnswer(["toolset": .object(json)], etag: toolset.etag)
    }

    private func update(_ request: CallRequest) async throws -> CallAnswer {
        let update = try await toolsets.updateToolset(
            try request.input.slug("slug"),
            try Toolset.Change(request.input),
            expecting: request.etag,
            in: try request.projectID,
            by: request.actor
        )
        var answer = present.answer(update.toolset)
        answer.body["settings_changes"] = .array(update.settingsChanges.map { .object($0.json) })
        return answer
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
        let view = request.input.text("view").flatMap { Toolset.View(rawValue: $0) }
        let toolset = try await toolsets.toolset(slug, view: view, comparing: false, in: try request.projectID)
        guard let toolset else { throw Problem.notFound("toolset", slug, list: "toolsets.list") }
        return CallAnswer(["metadata": .object(present.json(toolset.metadata))], etag: toolset.etag)
    }

    private func setMetadata(_ request: CallRequest) async throws -> CallAnswer {
        var change = try Toolset.Change(request.input)
        if let value = request.input["logo_asset_id"] {
            change.logo = value.isNull ? .some(nil) : .some(try await logo(in: request))
        }
        let toolset = try await toolsets.updateToolset(
            try request.input.slug("toolset_slug"),
            change,
            expecting: request.etag,
            in: try request.projectID,
            by: request.actor
        ).toolset
        return CallAnswer(["metadata": .object(present.json(toolset.metadata))], etag: toolset.etag)
    }

    private func logo(in request: CallRequest) async throws -> Toolset.Logo {
        let id: ID<Asset> = try request.input.id("logo_asset_id")
        guard let asset = try await assets.asset(id, in: try request.projectID), asset.kind == Asset.imageKind else {
            throw Problem(
                .notFound,
                "The project has no image \(id); upload it by assets.uploadImage. Nothing was changed.",
                errors: [.init(pointer: "/logo_asset_id", message: "is no image of the project")]
            )
        }
        return Toolset.Logo(digest: asset.digest, mimeType: asset.contentType)
    }

    private func clone(_ request: CallRequest) async throws -> CallAnswer {
        let newSlug = try request.input.slug("new_slug")
        var change = Toolset.Change()
        change.name = request.input.text("name")
        change.mcpSlug = try request.input.optionalSlug("mcp_slug") ?? newSlug
        change.isEnabled = request.input["mcp_enabled"]?.bool
        // Whoever opens a toolset to everybody says so, also for a copy of an open one.
        change.isPublic = request.input["mcp_is_public"]?.bool ?? false
        return present.answer(
            try await toolsets.cloneToolset(
                try request.input.slug("slug"),
                as: newSlug,
                change,
                in: try request.projectID,
                by: request.actor
            )
        )
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
        servesOutputSchemas = input["output_schemas"].map(\.bool)
        callerVariables = try input.names("mcp_caller_variables")?.sorted()
        toolURNs = try input.urns("tool_urns")
        promptNames = try input.names("prompt_names")
        resourceURNs = try input.resourceURNs("resource_urns")
        mcpSlug = try input.optionalSlug("mcp_slug")
        isEnabled = input["mcp_enabled"]?.bool
        isPublic = input["mcp_is_public"]?.bool
        hasPinnedAddresses = input["pinned_addresses"]?.bool
        graceSeconds = input["grace_seconds"]?.integer
        defaultEnvironment = try input.clearableSlug("default_environment_slug")
        stagingEnvironment = try input.clearableSlug("staging_environment_slug")
        if let url = documentationURL, !url.isEmpty, !Self.isWebAddress(url) {
            throw Problem(
                .invalid,
                "documentation_url must be an absolute http or https address, such as https://example.com/docs. Nothing was changed.",
                errors: [.init(pointer: "/documentation_url", message: "must be an absolute http or https address")]
            )
        }
    }

    /// An absolute http or https URL with a host, in characters that a URL may have (RFC 3986, section 2).
    private static func isWebAddress(_ text: String) -> Bool {
        guard text.utf8.count <= 2048,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) })
        else { return false }
        let lower = text.lowercased()
        guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else { return false }
        let host = lower.dropFirst(scheme.utf8.count).prefix { !"/?#".contains($0) }
        return !host.contains("@") && host.first.map { $0 != ":" } ?? false
    }
}
