import Persistence
import Projects
import Releases
import Tools
import Vocabulary

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
                tool_selection_mode, variations_group_id, mcp_slug, mcp_enabled, mcp_is_public, created_by, created_at,
                updated_at, parent_toolset_id, editing_mode, base_release_id, pinned_deployment_id,
                pinned_system_source_state_id, version, history_id
            )
            SELECT \(id), project_id, slug, name, description, instructions, documentation_url, logo_asset_id,
                tool_selection_mode, \(group), NULL, 0, 0, \(actor.name), \(now),
                \(now), id, 'staging', \(base), pinned_deployment_id,
                pinned_system_source_state_id, 1, \(id)
            FROM toolsets WHERE id = \(parent.id)
            """
        )
        let selection = try selection(of: parent.id)
        try appendSelection(selection.selection, settled: selection.settled, to: id, by: actor)
        try setVariations(in: group, to: try ownVariations(of: parent), by: actor)
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

    /// Makes a staging copy's own edits equal to a release's.
    func resetCopy(_ copy: ToolsetRecord, to release: Release, by actor: Actor) throws {
        let frozen = try first(
            """
            SELECT r.toolset_version_id, r.own_variations_version_id,
                m.name, m.description, m.instructions, m.documentation_url
            FROM toolset_releases r
            JOIN toolsets m ON m.history_id = r.metadata_history_id AND m.version = r.metadata_version
            WHERE r.id = \(release.id)
            """
        )
        guard let frozen else { throw Problem(.unexpected, "What release \(release.number) refers to is not there.") }
        let metadata = Toolset.Metadata(
            name: try frozen.text("name"),
            description: try frozen.text("description"),
            instructions: try frozen.text("instructions"),
            documentationURL: try frozen.optionalText("documentation_url")
        )
        if metadata != copy.metadata { try changeMetadata(of: copy, to: metadata, by: actor) }
        let wanted = try selection(version: try frozen.text("toolset_version_id"))
        let current = try selection(of: copy.id)
        if wanted.selection != current.selection || wanted.settled != current.settled {
            try appendSelection(wanted.selection, settled: wanted.settled, to: copy.id, by: actor)
        }
        let variations = try variations(atGroupVersion: try frozen.optionalText("own_variations_version_id"))
        try setVariations(in: copy.variationsGroupID, to: variations, by: actor)
        try execute(
            """
            UPDATE toolsets SET
                base_release_id = \(release.id), pinned_deployment_id = NULL, pinned_system_source_state_id = NULL
            WHERE id = \(copy.id)
            """
        )
    }

    /// Makes a staging copy show what a release serves: its own edits are loaded, deployment and prompts are pinned to
    /// the release's, and what the project's variations say differently by now becomes an own override.
    func load(_ release: Release, into copy: ToolsetRecord, by actor: Actor) throws {
        try resetCopy(copy, to: release, by: actor)
        let pins = try first(
            """
            SELECT r.toolset_version_id, r.global_variations_version_id, s.system_source_state_id
            FROM toolset_releases r JOIN source_states s ON s.id = r.source_state_id WHERE r.id = \(release.id)
            """
        )
        guard let pins else { throw Problem(.unexpected, "What release \(release.number) refers to is not there.") }
        try execute(
            """
            UPDATE toolsets SET
                pinned_deployment_id = \(release.deploymentID),
                pinned_system_source_state_id = \(try pins.text("system_source_state_id"))
            WHERE id = \(copy.id)
            """
        )
        let before = try variations(atGroupVersion: try pins.optionalText("global_variations_version_id"))
        let now = try variationsByTool(in: globalVariationsGroup(in: copy.projectID))
        var own = try ownVariations(of: copy)
        for (urn, definition) in try tools(ofSelection: pins.text("toolset_version_id"), in: release.deploymentID) {
            guard let definition else { continue }
            let mine = own[urn] ?? Variation()
            own[urn] = mine.keeping(
                mine.over(before[urn] ?? Variation()),
                over: now[urn] ?? Variation(),
                of: definition
            )
        }
        try setVariations(in: copy.variationsGroupID, to: own, by: actor)
    }

    private func ownVariations(of record: ToolsetRecord) throws -> [ToolURN: Variation] {
        Dictionary(
            try variationHeads(in: record.variationsGroupID).map { ($0.urn, $0.variation) },
            uniquingKeysWith: { _, last in last }
        )
    }
}
