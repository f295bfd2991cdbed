import Persistence
import Projects
import Releases
import Vocabulary

/// One version of which tools, prompts and resources a toolset row has.
struct SelectionVersion {
    let id: String
    let version: Int
    let selection: Toolset.Selection
    /// Those of its tools that the deployment had when the version was made.
    let settled: Set<ToolURN>
}

extension Connection {
    /// The newest version of a row's selection. A version never changes, so `contents` remembers those that were looked at.
    func selection(of toolset: ID<Toolset>, from contents: SideContents? = nil) throws -> SelectionVersion {
        guard
            let row = try first(
                "SELECT id FROM toolset_versions WHERE toolset_id = \(toolset) ORDER BY version DESC LIMIT 1"
            )
        else { throw Problem(.unexpected, "The toolset \(toolset) has no version.") }
        let id = try row.text("id")
        guard let contents else { return try selection(version: id) }
        return try contents.selection(id) { try selection(version: id) }
    }

    func selection(version id: String) throws -> SelectionVersion {
        let version = try count("SELECT version AS value FROM toolset_versions WHERE id = \(id)")
        let tools = try query(
            "SELECT tool_urn, is_settled FROM toolset_version_tools WHERE toolset_version_id = \(id) ORDER BY position"
        ).map { (urn: try $0.parsed("tool_urn") { ToolURN($0) }, isSettled: try $0.bool("is_settled")) }
        let prompts = try query(
            "SELECT prompt_name FROM toolset_version_prompts WHERE toolset_version_id = \(id) ORDER BY position"
        )
        let resources = try query(
            "SELECT resource_urn FROM toolset_version_resources WHERE toolset_version_id = \(id) ORDER BY position"
        )
        return SelectionVersion(
            id: id,
            version: version,
            selection: Toolset.Selection(
                toolURNs: tools.map(\.urn),
                promptNames: try prompts.map { try $0.text("prompt_name") },
                resourceURNs: try resources.map { try $0.parsed("resource_urn") { ResourceURN($0) } }
            ),
            settled: Set(tools.filter(\.isSettled).map(\.urn))
        )
    }

    /// The tools that a deployment has.
    func tools(in deployment: ID<Deployment>?) throws -> Set<ToolURN> {
        Set(
            try query(
                """
                SELECT c.urn FROM compilation_tools c
                JOIN deployment_sources s ON s.compilation_id = c.compilation_id
                WHERE s.deployment_id = \(deployment) AND c.definition_digest IS NOT NULL
                """
            ).map { try $0.parsed("urn") { ToolURN($0) } }
        )
    }

    /// Writes the next version of a row's selection; `settled` are those of its tools that are there.
    func appendSelection(
        _ selection: Toolset.Selection,
        settled: Set<ToolURN>,
        to toolset: ID<Toolset>,
        by actor: Actor
    ) throws {
        let previous = try first(
            "SELECT id, version FROM toolset_versions WHERE toolset_id = \(toolset) ORDER BY version DESC LIMIT 1"
        )
        let id = ID<SelectionVersion>.make()
        try execute(
            """
            INSERT INTO toolset_versions (id, toolset_id, version, predecessor_id, created_by, created_at)
            VALUES (\(id), \(toolset), \((try previous?.integer("version") ?? 0) + 1), \(try previous?.text("id")),
                \(actor.name), \(Timestamp.now()))
            """
        )
        for (position, urn) in selection.toolURNs.enumerated() {
            try execute(
                """
                INSERT INTO toolset_version_tools (toolset_version_id, position, tool_urn, is_settled)
                VALUES (\(id), \(position), \(urn), \(settled.contains(urn)))
                """
            )
        }
        for (position, name) in selection.promptNames.enumerated() {
            try execute(
                """
                INSERT INTO toolset_version_prompts (toolset_version_id, position, prompt_name)
                VALUES (\(id), \(position), \(name))
                """
            )
        }
        for (position, urn) in selection.resourceURNs.enumerated() {
            try execute(
                """
                INSERT INTO toolset_version_resources (toolset_version_id, position, resource_urn)
                VALUES (\(id), \(position), \(urn))
                """
            )
        }
    }
}
