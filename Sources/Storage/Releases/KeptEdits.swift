import JSON
import Persistence
import Projects
import Releases
import Vocabulary

/// A row of `kept_edits`: a state of a toolset's own edits that can be gone back to.
struct KeptEdits {
    /// What the state was kept for: what replaced it, or that it was answered as an edit.
    enum Kind: String {
        case discard, load, merge, undo, checkpoint
    }

    let id: ID<KeptEdits>
    let toolsetID: ID<Toolset>
    let kind: Kind
    let selectionID: String
    let metadataVersion: Int
    let variationsVersionID: String?
    let pins: OwnEdits.Pins
    let baseReleaseID: ID<Release>?
    let digest: String
    /// Of what took its place; none for a checkpoint.
    let successorDigest: String?
    let createdBy: String
    let createdAt: Timestamp

    /// How long what a discard, a load, a merge or an undo replaced can be put back.
    static let lifetime = Duration.seconds(30 * 24 * 60 * 60)

    init(row: Row) throws {
        id = try row.id("id")
        toolsetID = try row.id("toolset_id")
        kind = try row.parsed("kind") { Kind(rawValue: $0) }
        selectionID = try row.text("toolset_version_id")
        metadataVersion = try row.integer("metadata_version")
        variationsVersionID = try row.optionalText("own_variations_version_id")
        pins = OwnEdits.Pins(
            deployment: try row.optionalID("pinned_deployment_id"),
            prompts: try row.optionalText("pinned_system_source_state_id")
        )
        baseReleaseID = try row.optionalID("base_release_id")
        digest = try row.text("edits_digest")
        successorDigest = try row.optionalText("successor_digest")
        createdBy = try row.text("created_by")
        createdAt = try row.timestamp("created_at")
    }
}

extension Connection {
    /// Writes down what a row's own edits are, before something else takes their place.
    @discardableResult
    func keep(
        _ edits: StoredEdits,
        of record: ToolsetRecord,
        as kind: KeptEdits.Kind,
        successor: Digest? = nil,
        manifest: Digest? = nil,
        by actor: Actor
    ) throws -> ID<KeptEdits> {
        let id = ID<KeptEdits>.make()
        try execute(
            """
            INSERT INTO kept_edits (
                id, toolset_id, kind, toolset_version_id, metadata_version, own_variations_version_id,
                pinned_deployment_id, pinned_system_source_state_id, base_release_id, edits_digest, successor_digest,
                manifest_digest, created_by, created_at
            ) VALUES (
                \(id), \(record.id), \(kind.rawValue), \(try selection(of: record.id).id), \(record.version),
                \(try snapshotVariations(in: record.variationsGroupID)), \(edits.edits.pins.deployment),
                \(edits.edits.pins.prompts), \(record.baseReleaseID), \(edits.edits.digest.hex), \(successor?.hex),
                \(manifest?.hex), \(actor.name), \(Timestamp.now())
            )
            """
        )
        try sealKeptEdits(id.text)
        return id
    }

    /// Puts other edits in the place of a staging copy's, which are kept for 30 days where they are others.
    func replaceEdits(
        of copy: ToolsetRecord,
        with wanted: StoredEdits,
        base: ID<Release>?,
        keepingAs kind: KeptEdits.Kind,
        by actor: Actor
    ) throws {
        let now = try ownEdits(of: copy)
        try execute(
            """
            DELETE FROM kept_edits
            WHERE toolset_id = \(copy.id) AND kind <> 'checkpoint' AND created_at < \(KeptEdits.oldest())
            """
        )
        if now.edits != wanted.edits {
            try keep(now, of: copy, as: kind, successor: wanted.edits.digest, by: actor)
        }
        try setOwnEdits(of: copy, to: wanted, by: actor)
        try execute("UPDATE toolsets SET base_release_id = \(base) WHERE id = \(copy.id)")
    }

    /// What would be put back into a staging copy; nothing where nothing was replaced within 30 days.
    func lastReplacedEdits(of copy: ToolsetRecord) throws -> KeptEdits? {
        try first(
            """
            SELECT * FROM kept_edits
            WHERE toolset_id = \(copy.id) AND kind <> 'checkpoint' AND undone_at IS NULL
                AND created_at >= \(KeptEdits.oldest())
            ORDER BY id DESC LIMIT 1
            """
        ).map(KeptEdits.init)
    }

    /// The edits that were kept, from the histories of their row.
    func ownEdits(kept: KeptEdits) throws -> StoredEdits {
        let metadata = try first(
            """
            SELECT * FROM toolsets WHERE history_id = \(kept.toolsetID) AND version = \(kept.metadataVersion)
            """
        ).map(Toolset.Metadata.init(row:))
        guard let metadata else {
            throw Problem(.unexpected, "What was kept refers to metadata that is not there.")
        }
        let selection = try selection(version: kept.selectionID)
        return StoredEdits(
            edits: OwnEdits(
                metadata: metadata,
                selection: selection.selection,
                variations: try variations(atGroupVersion: kept.variationsVersionID),
                pins: kept.pins
            ),
            settled: selection.settled
        )
    }
}

extension KeptEdits {
    /// The time before which nothing is put back any more.
    static func oldest() -> Timestamp {
        Timestamp(milliseconds: Timestamp.now().milliseconds - lifetime.components.seconds * 1000)
    }
}
