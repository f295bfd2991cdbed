package import JSON
package import Projects
package import Tools
package import Vocabulary

/// A manifest with all of its objects: everything that serving a toolset needs, and nothing that can change.
package struct CompiledContent: Sendable {
    package let manifest: Manifest
    /// The SHA-256 of the manifest's canonical bytes.
    package let digest: Digest
    package let tools: [CompiledTool]
    package let prompts: [PromptTemplate.Content]
    package let resources: [CompiledResource]
    package let toolEntries: [ManifestEntry<ToolURN>]
    package let promptEntries: [ManifestEntry<ToolURN>]
    package let resourceEntries: [ManifestEntry<ResourceURN>]
    /// What the variations of the project and of the toolset said of its tools, for those of which they said something;
    /// none in content of format 1.
    package let layers: [ToolURN: VariationLayers]
    /// Pages and what stands on them.
    package let objects: [ManifestObject]

    /// The estimated cost of the whole tool list for a model.
    package var tokens: Int { tools.reduce(0) { $0 + $1.tokens } }
}

/// What both layers of variations said of one tool.
package struct VariationLayers: Sendable, Hashable {
    package var global: Variation
    package var own: Variation

    package init(global: Variation = Variation(), own: Variation = Variation()) {
        self.global = global
        self.own = own
    }
}

/// A tool as one release has it.
package struct CompiledTool: Sendable, Hashable {
    package let urn: ToolURN
    /// What a client sees: name, title, description, inputSchema, outputSchema where it is served, annotations, `_meta`.
    package let tool: JSONObject
    package let tags: [String]
    package let call: CallRecipe
    /// Whether its document marks the operation as deprecated; not known in content of format 1.
    package var isDeprecated = false

    /// The name that clients call.
    package var name: String { tool["name"]?.string ?? urn.name }

    /// The estimated cost of the tool in a client's list, as it is served.
    package var tokens: Int { TokenEstimate.tokens(ofTool: tool) }
}

extension CompiledContent {
    /// What these heads serve.
    package init(_ heads: Heads) throws {
        let names = heads.servedNames.names
        let tools = heads.tools.compactMap { head -> CompiledTool? in
            guard let definition = head.definition, let name = names[head.urn] else { return nil }
            return CompiledTool(
                definition,
                name: name,
                variation: head.variation,
                servesOutputSchema: heads.metadata.servesOutputSchemas ?? head.servesOutputSchema
            )
        }
        try self.init(
            metadata: heads.metadata,
            tools: tools,
            prompts: heads.prompts,
            resources: heads.resources
        )
    }

    private init(
        metadata: Toolset.Metadata,
        tools: [CompiledTool],
        prompts: [PromptTemplate.Content],
        resources: [CompiledResource]
    ) throws {
        let toolObjects = tools.map { ManifestObject(content: $0.json.bytes) }
        let promptObjects = prompts.map { ManifestObject(content: $0.json.bytes) }
        let resourceObjects = resources.map { ManifestObject(content: $0.json.bytes, contents: [$0.digest]) }
        toolEntries = zip(tools, toolObjects).map { ManifestEntry(name: $0.name, urn: $0.urn, object: $1.digest) }
        promptEntries = try zip(prompts, promptObjects).map { prompt, object in
            guard let urn = ToolURN("tools:prompt:\(prompt.name)") else {
                throw ManifestError(reason: "the prompt's name \"\(prompt.name)\" is not allowed")
            }
            return ManifestEntry(name: prompt.name, urn: urn, object: object.digest)
        }
        resourceEntries = zip(resources, resourceObjects).map {
            ManifestEntry(name: $0.urn.slug.text, urn: $0.urn, object: $1.digest)
        }
        let toolPages = ManifestPage.pages(of: toolEntries)
        let promptPages = ManifestPage.pages(of: promptEntries)
        let resourcePages = ManifestPage.pages(of: resourceEntries)
        manifest = Manifest(
            metadata: metadata,
            toolPages: toolPages.map(\.digest),
            promptPages: promptPages.map(\.digest),
            resourcePages: resourcePages.map(\.digest),
            toolCount: tools.count,
            requiredVariables: Set(tools.flatMap(\.call.requiredVariables)).sorted()
        )
        digest = Digest(of: try manifest.canonicalBytes())
        objects = toolObjects + promptObjects + resourceObjects + toolPages + promptPages + resourcePages
        self.tools = tools
        self.prompts = prompts
        self.resources = resources
        layers = [:]
    }

    /// The content of a stored manifest; `object` answers the bytes of a digest.
    ///
    /// - Throws: ``ManifestError`` where an object is missing or does not say what its kind must say.
    package init(manifest: Manifest, digest: Digest, object: (Digest) throws -> [UInt8]) throws {
        self.manifest = manifest
        self.digest = digest
        toolEntries = try manifest.toolPages.flatMap { try ManifestPage.entries(of: try object($0)) }
        promptEntries = try manifest.promptPages.flatMap { try ManifestPage.entries(of: try object($0)) }
        resourceEntries = try manifest.resourcePages.flatMap { try ManifestPage.entries(of: try object($0)) }
        tools = try toolEntries.map { try CompiledTool(content: try object($0.object)) }
        prompts = try promptEntries.map { try PromptTemplate.Content(content: try object($0.object)) }
        resources = try resourceEntries.map { try CompiledResource(content: try object($0.object)) }
        layers = [:]
        objects = []
    }
}

extension CompiledTool {
    /// `servesOutputSchema` counts where the variation does not say it.
    init(_ definition: ToolDefinition, name: String, variation: Variation, servesOutputSchema: Bool) {
        let effective = definition.applying(variation)
        var tool: JSONObject = ["name": .string(name)]
        tool["title"] = effective.title.map(JSONValue.string)
        tool["description"] = .string(effective.description)
        tool["inputSchema"] = .object(effective.inputSchema)
        if variation.outputSchema ?? servesOutputSchema {
            tool["outputSchema"] = effective.outputSchema.map(JSONValue.object)
        }
        if !effective.annotations.isEmpty { tool["annotations"] = .object(effective.annotations.json) }
        if let confirm = variation.confirm ?? definition.confirm {
            var meta: JSONObject = ["mode": .string(confirm.rawValue)]
            meta["prompt"] = variation.confirmPrompt.map(JSONValue.string)
            tool["_meta"] = ["slipway/confirm": .object(meta)]
        }
        self.init(urn: definition.urn, tool: tool, tags: effective.tags, call: definition.call)
    }

    /// The tool as an object of format 1.
    var json: JSONValue {
        [
            "format": 1, "kind": "tool", "urn": .string(urn.description), "tool": .object(tool),
            "tags": JSONValue(tags), "call": call.json,
        ]
    }

    init(content: [UInt8]) throws {
        let json = try JSONValue(parsing: content)
        guard json["format"]?.integer == 1, json["kind"] == "tool",
            let urn = json["urn"]?.string.flatMap({ ToolURN($0) }),
            let tool = json["tool"]?.object, let call = json["call"].flatMap({ CallRecipe(json: $0) })
        else { throw ManifestError(reason: "an object is no tool of format 1") }
        self.init(urn: urn, tool: tool, tags: json["tags"]?.array?.compactMap(\.string) ?? [], call: call)
    }
}

extension PromptTemplate.Content {
    /// The prompt as an object of format 1.
    var json: JSONValue {
        [
            "format": 1, "kind": "prompt", "name": .string(name), "description": .string(description),
            "arguments": .array(arguments.map(\.json)), "template": .string(template),
        ]
    }

    init(content: [UInt8]) throws {
        let json = try JSONValue(parsing: content)
        guard json["format"]?.integer == 1, json["kind"] == "prompt", let name = json["name"]?.string,
            let description = json["description"]?.string, let template = json["template"]?.string,
            let arguments = json["arguments"]?.array
        else { throw ManifestError(reason: "an object is no prompt of format 1") }
        self.init(
            name: name,
            description: description,
            arguments: arguments.compactMap { PromptTemplate.Argument(json: $0) },
            template: template
        )
    }
}

extension PromptTemplate.Argument {
    /// The argument as MCP and the management API write it.
    package var json: JSONValue {
        ["name": .string(name), "description": .string(description), "required": .bool(isRequired)]
    }

    package init?(json: JSONValue) {
        guard let name = json["name"]?.string else { return nil }
        self.init(
            name: name,
            description: json["description"]?.string ?? "",
            isRequired: json["required"]?.bool ?? false
        )
    }
}
