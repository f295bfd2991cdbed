import JSON
import Persistence
import Projects
import Releases
import Tools
import Vocabulary

/// Heads with the rows that they were read from, which a release refers to.
struct StoredHeads {
    let heads: Heads
    let deploymentID: ID<Deployment>?
    let promptIDs: [ID<PromptTemplate>]
    let resourceIDs: [ID<Resource>]
}

/// A tool of a selection, with what a deployment says about it.
struct SelectedTool {
    let urn: ToolURN
    /// None where the deployment does not have it.
    var definition: ToolDefinition?
    /// Of the definition as it is stored.
    var digest: Digest?
    /// What its source says in that deployment.
    var servesOutputSchema = false
}

extension Connection {
    /// The newest completed deployment of a project.
    func activeDeploymentID(in project: ID<Project>) throws -> ID<Deployment>? {
        try first(
            """
            SELECT id FROM deployments WHERE project_id = \(project) AND status = 'completed'
            ORDER BY seq DESC LIMIT 1
            """
        )?.id("id")
    }

    /// What an editor sees as the newest state of a live toolset or a staging copy; with another state's own edits where
    /// `frozen` says so, under the project as the row sees it.
    /// `compiled` remembers definitions that were read before.
    func heads(
        of record: ToolsetRecord,
        editedAs frozen: FrozenHeads? = nil,
        compiled: CompiledTools? = nil
    ) throws -> StoredHeads {
        let selection = try frozen?.selection ?? selection(of: record.id)
        let deployment = try record.pinnedDeploymentID ?? activeDeploymentID(in: record.projectID)
        let global = try variationsByTool(in: globalVariationsGroup(in: record.projectID))
        let own = try frozen?.ownVariations ?? variationsByTool(in: record.variationsGroupID)
        let prompts = try selection.selection.promptNames.compactMap {
            try pinnedPrompt($0, in: record.pinnedPromptsID) ?? prompt($0, in: record.projectID)
        }
        let resources = try selection.selection.resourceURNs.compactMap {
            try pinnedResource($0.slug, in: record.pinnedPromptsID) ?? resource($0.slug, in: record.projectID)
        }
        let heads = Heads(
            metadata: frozen?.metadata ?? record.metadata,
            tools: try tools(ofSelection: selection.id, in: deployment, compiled: compiled).map { tool in
                HeadTool(
                    tool,
                    layers: VariationLayers(
                        global: global[tool.urn] ?? Variation(),
                        own: own[tool.urn] ?? Variation()
                    ),
                    isSettled: selection.settled.contains(tool.urn)
                )
            },
            prompts: prompts.map(\.content),
            resources: try self.compiled(resources, in: record.projectID),
            sources: try sources(of: deployment)
        )
        return StoredHeads(
            heads: heads,
            deploymentID: deployment,
            promptIDs: prompts.map(\.id),
            resourceIDs: resources.map(\.id)
        )
    }

    /// The documents of a deployment, as far as they were compiled.
    func sources(of deployment: ID<Deployment>?) throws -> [Manifest.Source] {
        try query(
            """
            SELECT s.slug, c.sha256, c.compiler_version FROM deployment_sources d
            JOIN sources s ON s.id = d.source_id
            JOIN source_compilations c ON c.id = d.compilation_id
            WHERE d.deployment_id = \(deployment) ORDER BY s.slug
            """
        ).map { row in
            Manifest.Source(
                slug: try row.slug("slug"),
                digest: try row.parsed("sha256") { Digest($0) },
                compiler: try row.integer("compiler_version")
            )
        }
    }

    func compiled(_ resources: [Resource], in project: ID<Project>) throws -> [CompiledResource] {
        guard !resources.isEmpty, let row = try first("SELECT slug FROM projects WHERE id = \(project)") else {
            return []
        }
        let slug = try row.slug("slug")
        return resources.map { CompiledResource($0.content, in: slug) }
    }

    /// The version of a prompt that a system source state holds.
    func pinnedPrompt(_ name: String, in systemSourceState: String?) throws -> PromptTemplate? {
        guard let systemSourceState else { return nil }
        return try first(
            """
            SELECT p.* FROM system_source_state_prompts s JOIN prompt_templates p ON p.id = s.prompt_template_id
            WHERE s.system_source_state_id = \(systemSourceState) AND p.name = \(name)
            """
        ).map(PromptTemplate.init)
    }

    func variationsByTool(in group: String?) throws -> [ToolURN: Variation] {
        Dictionary(try variationHeads(in: group).map { ($0.urn, $0.variation) }, uniquingKeysWith: { _, last in last })
    }

    /// The tools of a selection in its order, with what they mean in a deployment. `compiled` remembers definitions that
    /// were read before.
    func tools(
        ofSelection selection: String,
        in deployment: ID<Deployment>?,
        compiled: CompiledTools? = nil
    ) throws -> [SelectedTool] {
        try query(
            """
            SELECT t.tool_urn, d.digest, d.content, current.serves_output_schemas
            FROM toolset_version_tools t
            LEFT JOIN (
                SELECT c.urn, c.definition_digest, s.serves_output_schemas FROM compilation_tools c
                JOIN deployment_sources s ON s.compilation_id = c.compilation_id
                WHERE s.deployment_id = \(deployment)
            ) current ON current.urn = t.tool_urn
            LEFT JOIN tool_definitions d ON d.digest = current.definition_digest
            WHERE t.toolset_version_id = \(selection)
            ORDER BY t.position
            """
        ).map { row in
            let urn = try row.parsed("tool_urn") { ToolURN($0) }
            guard try row.value("content") != .null else { return SelectedTool(urn: urn) }
            let digest = try row.parsed("digest") { Digest($0) }
            return SelectedTool(
                urn: urn,
                definition: try compiled?.definition(digest) { try row.bytes("content") }
                    ?? ToolDefinition(stored: try row.bytes("content")),
                digest: digest,
                servesOutputSchema: try row.bool("serves_output_schemas")
            )
        }
    }

    /// The newest version of a prompt that nobody deleted.
    func prompt(_ name: String, in project: ID<Project>) throws -> PromptTemplate? {
        guard
            let row = try first(
                """
                SELECT * FROM prompt_templates WHERE project_id = \(project) AND name = \(name)
                ORDER BY version DESC LIMIT 1
                """
            ), try !row.bool("is_deleted")
        else { return nil }
        return try PromptTemplate(row: row)
    }
}

extension HeadTool {
    init(_ tool: SelectedTool, layers: VariationLayers, isSettled: Bool) {
        self.init(
            urn: tool.urn,
            definition: tool.definition,
            variation: layers.own.over(layers.global),
            isSettled: isSettled,
            servesOutputSchema: tool.servesOutputSchema,
            layers: layers,
            definitionDigest: tool.digest
        )
    }
}

extension PromptTemplate {
    init(row: Row) throws {
        let arguments = try JSONValue(parsing: try row.text("arguments")).array ?? []
        self.init(
            id: try row.id("id"),
            version: try row.integer("version"),
            content: Content(
                name: try row.text("name"),
                description: try row.text("description"),
                arguments: arguments.compactMap { Argument(json: $0) },
                template: try row.text("template")
            ),
            createdAt: try row.timestamp("created_at")
        )
    }
}
