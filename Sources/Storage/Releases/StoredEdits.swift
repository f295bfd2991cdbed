import JSON
import Persistence
import Projects
import Releases
import Tools
import Vocabulary

/// Own edits as rows hold them.
struct StoredEdits {
    var edits: OwnEdits
    /// Those of its tools that the deployment had when they were chosen: they keep their names.
    var settled: Set<ToolURN>
}

extension Connection {
    /// The newest own edits of a live toolset or a staging copy.
    func ownEdits(of record: ToolsetRecord) throws -> StoredEdits {
        let selection = try selection(of: record.id)
        return StoredEdits(
            edits: OwnEdits(
                metadata: record.metadata,
                selection: selection.selection,
                variations: try ownVariations(of: record),
                pins: .init(deployment: record.pinnedDeploymentID, prompts: record.pinnedPromptsID)
            ),
            settled: selection.settled
        )
    }

    /// The own edits that a release was made from.
    func ownEdits(of release: Release) throws -> StoredEdits {
        let frozen = try frozenHeads(of: release)
        return StoredEdits(
            edits: OwnEdits(
                metadata: frozen.metadata,
                selection: frozen.selection.selection,
                variations: frozen.ownVariations,
                pins: frozen.pins
            ),
            settled: frozen.selection.settled
        )
    }

    /// Makes the newest own edits of a row those that are wanted, by new rows where they differ.
    func setOwnEdits(of record: ToolsetRecord, to wanted: StoredEdits, by actor: Actor) throws {
        let edits = wanted.edits
        if edits.metadata != record.metadata { try changeMetadata(of: record, to: edits.metadata, by: actor) }
        let current = try selection(of: record.id)
        let settled = wanted.settled.intersection(edits.selection.toolURNs)
        if edits.selection != current.selection || settled != current.settled {
            try appendSelection(edits.selection, settled: settled, to: record.id, by: actor)
        }
        try setVariations(in: record.variationsGroupID, to: edits.variations, by: actor)
        try execute(
            """
            UPDATE toolsets SET
                pinned_deployment_id = \(edits.pins.deployment),
                pinned_system_source_state_id = \(edits.pins.prompts)
            WHERE id = \(record.id)
            """
        )
    }

    /// Refuses edits that name a prompt or a resource which was deleted since: it would be dropped in silence.
    func requireThere(_ edits: OwnEdits, in project: ID<Project>) throws {
        let pinned = edits.pins.prompts
        let prompts = try edits.selection.promptNames.filter {
            try pinnedPrompt($0, in: pinned) == nil && prompt($0, in: project) == nil
        }
        let resources = try edits.selection.resourceURNs.filter {
            try pinnedResource($0.slug, in: pinned) == nil && resource($0.slug, in: project) == nil
        }
        let missing = prompts.map { "the prompt \($0)" } + resources.map { "the resource \($0.slug)" }
        guard let first = missing.first else { return }
        let more = missing.count > 1 ? ", and \(missing.count - 1) more," : ""
        throw Problem(
            .unknownURN,
            "Nothing was changed: \(first)\(more) was deleted since; make it again, and then go back.",
            details: [.init("missing", missing)]
        )
    }
}
