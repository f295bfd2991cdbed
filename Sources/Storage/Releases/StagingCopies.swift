import Persistence
import Projects
import Releases
import Tools
import Vocabulary

/// What a release was made from and its toolset may go back to.
struct FrozenHeads {
    let metadata: Toolset.Metadata
    let selection: SelectionVersion
    let ownVariations: [ToolURN: Variation]
    let globalVariations: [ToolURN: Variation]
    /// The row that pins its prompts.
    let systemSourceStateID: String
    /// What its toolset stayed on when it was made.
    let pins: OwnEdits.Pins
}

extension Connection {
    /// Makes the staging copy of a toolset: a row of its own with the parent's newest content and the parent's slug.
    func makeStagingCopy(of parent: ToolsetRecord, base: ID<Release>, by actor: Actor) throws {
        let id = ID<Toolset>.make()
        let now = Timestamp.now()
        let group = try makeVariationsGroup(kind: "toolset", in: parent.projectID)
        try execute(
            """
            INSERT INTO toolsets (
                id, project_id, slug, name, description, instructions, documentation_url, logo_asset_id,
                logo_sha256, logo_media_type, serves_output_schemas, tool_selection_mode, variations_group_id, mcp_slug, mcp_enabled, mcp_is_public, created_by, created_at,
                updated_at, parent_toolset_id, editing_mode, base_release_id, pinned_deployment_id,
                pinned_system_source_state_id, version, history_id
            )
            SELECT \(id), project_id, slug, name, description, instructions, documentation_url, logo_asset_id,
                logo_sha256, logo_media_type, serves_output_schemas, tool_selection_mode, \(group), NULL, 0, 0, \(actor.name), \(now),
                \(now), id, 'staging', \(base), pinned_deployment_id,
                pinned_system_source_state_id, 1, \(id)
            FROM toolsets WHERE id = \(parent.id)
            """
        )
        let selection = try selection(of: parent.id)
        try appendSelection(selection.selection, settled: selection.settled, to: id, by: actor)
        try setVariations(in: group, to: try ownVariations(of: parent), by: actor)
    }

    /// Writes down what a toolset stays on for the release that was just made of it.
    func recordPins(of toolset: ID<Toolset>, for release: ID<Release>) throws {
        try execute(
            """
            INSERT INTO toolset_release_pins (release_id, deployment_id, system_source_state_id)
            SELECT \(release), pinned_deployment_id, pinned_system_source_state_id FROM toolsets
            WHERE id = \(toolset)
                AND (pinned_deployment_id IS NOT NULL OR pinned_system_source_state_id IS NOT NULL)
            """
        )
    }

    /// Appends a staging copy's newest content to the histories of its parent, as far as it differs.
    func appendHeads(of copy: ToolsetRecord, to parent: ToolsetRecord, by actor: Actor) throws {
        if copy.metadata != parent.metadata {
            try changeMetadata(of: parent, to: copy.metadata, by: actor)
        }
        let staged = try selection(of: copy.id)
        let own = try selection(of: parent.id)
        if staged.selection != own.selection || staged.settled != own.settled {
            try appendSelection(staged.selection, settled: staged.settled, to: parent.id, by: actor)
        }
        try setVariations(in: parent.variationsGroupID, to: try ownVariations(of: copy), by: actor)
        try execute(
            """
            UPDATE toolsets SET
                pinned_deployment_id = \(copy.pinnedDeploymentID),
                pinned_system_source_state_id = \(copy.pinnedPromptsID)
            WHERE id = \(parent.id)
            """
        )
    }

    /// Makes a staging copy's own edits equal to a release's, and lets it follow its project. What it said is kept.
    func resetCopy(_ copy: ToolsetRecord, to release: Release, by actor: Actor) throws {
        var wanted = try ownEdits(of: release)
        wanted.edits.pins = OwnEdits.Pins()
        try replaceEdits(of: copy, with: wanted, base: release.id, keepingAs: .discard, by: actor)
    }

    /// Makes a staging copy show what a release serves: its own edits are loaded, deployment and prompts are pinned to
    /// the release's, and what the project's variations say differently by now becomes an own override. Its base is what
    /// is live, since that is what whoever loads has in view. What it said is kept.
    func load(_ release: Release, into copy: ToolsetRecord, by actor: Actor) throws {
        let frozen = try frozenHeads(of: release)
        let wanted = StoredEdits(
            edits: OwnEdits(
                metadata: frozen.metadata,
                selection: frozen.selection.selection,
                variations: try ownVariations(showing: frozen, of: release, in: copy.projectID),
                pins: .init(deployment: release.deploymentID, prompts: frozen.systemSourceStateID)
            ),
            settled: frozen.selection.settled
        )
        let live = try copy.parentID.flatMap { try toolset($0).currentReleaseID }
        try replaceEdits(of: copy, with: wanted, base: live ?? release.id, keepingAs: .load, by: actor)
    }

    /// The heads that a release was made from, as far as they are the toolset's own.
    func frozenHeads(of release: Release) throws -> FrozenHeads {
        let row = try first(
            """
            SELECT r.toolset_version_id, r.own_variations_version_id, r.global_variations_version_id,
                s.system_source_state_id, p.deployment_id AS pin_deployment_id,
                p.system_source_state_id AS pin_system_source_state_id, m.*
            FROM toolset_releases r
            JOIN source_states s ON s.id = r.source_state_id
            LEFT JOIN toolset_release_pins p ON p.release_id = r.id
            JOIN toolsets m ON m.history_id = r.metadata_history_id AND m.version = r.metadata_version
            WHERE r.id = \(release.id)
            """
        )
        guard let row else { throw Problem(.unexpected, "What release \(release.number) refers to is not there.") }
        return FrozenHeads(
            metadata: try Toolset.Metadata(row: row),
            selection: try selection(version: try row.text("toolset_version_id")),
            ownVariations: try variations(atGroupVersion: try row.optionalText("own_variations_version_id")),
            globalVariations: try variations(atGroupVersion: try row.optionalText("global_variations_version_id")),
            systemSourceStateID: try row.text("system_source_state_id"),
            pins: OwnEdits.Pins(
                deployment: try row.optionalID("pin_deployment_id"),
                prompts: try row.optionalText("pin_system_source_state_id")
            )
        )
    }

    /// The own variations by which a toolset shows what a release shows: the release's own, and for what the project's
    /// variations say differently by now an override.
    func ownVariations(
        showing frozen: FrozenHeads,
        of release: Release,
        in project: ID<Project>
    ) throws -> [ToolURN: Variation] {
        try ownVariations(
            frozen.ownVariations,
            holding: frozen.globalVariations,
            for: try tools(ofSelection: frozen.selection.id, in: release.deploymentID),
            metadata: frozen.metadata,
            in: project
        )
    }

    /// Own variations with what it takes for some tools to show what they show over an earlier global layer, whatever
    /// the project's variations say by now.
    func ownVariations(
        _ variations: [ToolURN: Variation],
        holding global: [ToolURN: Variation],
        for tools: [SelectedTool],
        metadata: Toolset.Metadata,
        in project: ID<Project>
    ) throws -> [ToolURN: Variation] {
        let now = try variationsByTool(in: globalVariationsGroup(in: project))
        var own = variations
        for tool in tools {
            guard let definition = tool.definition else { continue }
            let mine = own[tool.urn] ?? Variation()
            own[tool.urn] = mine.keeping(
                mine.over(global[tool.urn] ?? Variation()),
                over: now[tool.urn] ?? Variation(),
                of: definition,
                servesOutputSchema: metadata.servesOutputSchemas ?? tool.servesOutputSchema
            )
        }
        return own
    }

    /// The newest variation of each tool in a row's own group.
    func ownVariations(of record: ToolsetRecord) throws -> [ToolURN: Variation] {
        Dictionary(
            try variationHeads(in: record.variationsGroupID).map { ($0.urn, $0.variation) },
            uniquingKeysWith: { _, last in last }
        )
    }
}
