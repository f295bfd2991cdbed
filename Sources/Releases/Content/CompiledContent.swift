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
    /// Pages and what stands on them; none in content that was read.
    package let objects: [ManifestObject]
    /// Objects whose content was taken out: their entries are there, and what they were is not.
    package let redacted: Set<Digest>
    /// Remembers what was found of its tools.
    let known: CompiledTools?

    /// The estimated cost of the whole tool list for a model.
    package var tokens: Int { ServedTools(self).tokens }

    /// Each tool with the digest of its object.
    package var storedTools: [(object: Digest, tool: CompiledTool)] {
        let served = ServedTools(self)
        return zip(served.entries, served.tools).map { ($0.object, $1) }
    }

    /// The estimated cost of each tool for a model.
    package var toolTokens: [ToolURN: Int] {
        let served = ServedTools(self)
        return Dictionary(
            served.tools.indices.map { (served.tools[$0].urn, served.tokens(at: $0)) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}

extension CompiledContent {
    /// What these heads serve, in a format of manifests.
    ///
    /// `compiled` remembers tools that were compiled before, for whoever compiles one state after the other.
    package init(_ heads: Heads, format: Int = Manifest.format, compiled: CompiledTools? = nil) throws {
        let names = heads.servedNames.names
        var tools: [(tool: CompiledTool, object: ManifestObject)] = []
        var layers: [ToolURN: VariationLayers] = [:]
        for head in heads.tools {
            guard let definition = head.definition, let name = names[head.urn] else { continue }
            let servesOutputSchema = heads.metadata.servesOutputSchemas ?? head.servesOutputSchema
            if !head.layers.isEmpty { layers[head.urn] = head.layers }
            let make = {
                let tool = CompiledTool(
                    definition,
                    name: name,
                    variation: head.variation,
                    servesOutputSchema: servesOutputSchema
                )
                return (tool, tool.object(format: format, layers: head.layers))
            }
            let key = CompiledTools.Key(head, name: name, servesOutputSchema: servesOutputSchema, format: format)
            tools.append(key.flatMap { compiled?.tool($0, make) } ?? make())
        }
        try self.init(
            format: format,
            metadata: heads.metadata,
            tools: tools,
            layers: layers,
            prompts: heads.prompts,
            resources: heads.resources,
            sources: heads.sources,
            known: compiled
        )
    }

    private init(
        format: Int,
        metadata: Toolset.Metadata,
        tools: [(tool: CompiledTool, object: ManifestObject)],
        layers: [ToolURN: VariationLayers],
        prompts: [PromptTemplate.Content],
        resources: [CompiledResource],
        sources: [Manifest.Source],
        known: CompiledTools?
    ) throws {
        self.known = known
        let promptObjects = prompts.map { ManifestObject(content: $0.json.bytes) }
        let resourceObjects = resources.map { ManifestObject(content: $0.json.bytes, contents: [$0.digest]) }
        toolEntries = tools.map { ManifestEntry(name: $0.tool.name, urn: $0.tool.urn, object: $0.object.digest) }
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
        let used = Set(tools.compactMap(\.tool.urn.source))
        manifest = Manifest(
            format: format,
            metadata: metadata,
            toolPages: toolPages.map(\.digest),
            promptPages: promptPages.map(\.digest),
            resourcePages: resourcePages.map(\.digest),
            toolCount: tools.count,
            requiredVariables: Set(tools.flatMap(\.tool.call.requiredVariables)).sorted(),
            sources: sources.filter { used.contains($0.slug) }.sorted { $0.slug.text < $1.slug.text }
        )
        digest = Digest(of: try manifest.canonicalBytes())
        objects = tools.map(\.object) + promptObjects + resourceObjects + toolPages + promptPages + resourcePages
        self.tools = tools.map(\.tool)
        self.prompts = prompts
        self.resources = resources
        self.layers = format >= 2 ? layers : [:]
        redacted = []
    }

    /// The content of a stored manifest; `object` answers the bytes of a digest. It is not asked for tools that `known`
    /// remembers, of which nothing may have been redacted.
    ///
    /// - Throws: ``ManifestError`` where an object is missing or does not say what its kind must say.
    package init(
        manifest: Manifest,
        digest: Digest,
        known: CompiledTools? = nil,
        object: (Digest) throws -> [UInt8]
    ) throws {
        self.known = known
        self.manifest = manifest
        self.digest = digest
        toolEntries = try manifest.toolPages.flatMap { try ManifestPage.entries(of: try object($0)) }
        promptEntries = try manifest.promptPages.flatMap { try ManifestPage.entries(of: try object($0)) }
        resourceEntries = try manifest.resourcePages.flatMap { try ManifestPage.entries(of: try object($0)) }
        var redacted: Set<Digest> = []
        /// The bytes of an object, unless they were taken out.
        func whole(_ digest: Digest) throws -> [UInt8]? {
            let content = try object(digest)
            guard Tombstone(content: content) != nil else { return content }
            redacted.insert(digest)
            return nil
        }
        var layers: [ToolURN: VariationLayers] = [:]
        tools = try toolEntries.compactMap { entry in
            let found: CompiledTools.Known? =
                if let known {
                    try known.tool(of: entry.object) { try whole(entry.object) }
                } else {
                    try whole(entry.object).map(CompiledTools.Known.init(content:))
                }
            guard let found else { return nil }
            if !found.layers.isEmpty { layers[entry.urn] = found.layers }
            return found.tool
        }
        prompts = try promptEntries.compactMap { entry in
            try whole(entry.object).map { try PromptTemplate.Content(content: $0) }
        }
        resources = try resourceEntries.compactMap { entry in
            try whole(entry.object).map { try CompiledResource(content: $0) }
        }
        self.layers = layers
        self.redacted = redacted
        objects = []
    }
}

extension CompiledContent {
    /// The same content as a manifest of an older format says it.
    ///
    /// - Throws: ``ManifestError`` where something was taken out of the content: what it was cannot be written again.
    package func written(in format: Int) throws -> CompiledContent {
        guard redacted.isEmpty else { throw ManifestError(reason: "something was redacted in it") }
        return try CompiledContent(
            format: format,
            metadata: manifest.metadata,
            tools: tools.map { ($0, $0.object(format: format, layers: layers[$0.urn] ?? VariationLayers())) },
            layers: layers,
            prompts: prompts,
            resources: resources,
            sources: manifest.sources,
            known: known
        )
    }

    /// The digest that this content has in a format, which is what a release of that format is compared by.
    package func digest(in format: Int) throws -> Digest {
        format == manifest.format ? digest : try written(in: format).digest
    }

    /// Whether both say the same, as far as the older of their formats can say it.
    package func isSame(as other: CompiledContent) throws -> Bool {
        let format = min(manifest.format, other.manifest.format)
        return try digest(in: format) == other.digest(in: format)
    }
}
