package import JSON
package import Projects
package import Vocabulary

/// Changes what a toolset's editors work on, other than by an edit: merges live into it, loads a release, goes back.
///
/// Each call is one transaction with its audit event. An etag is that of the side that edits act on; another state than
/// its own is refused with `etag_mismatch`. All throw ``Problem`` `not_found` for a toolset that is not there, and
/// `wrong_mode` in the other editing mode.
package protocol StagingStore: Sendable {
    /// Puts into staging what live gained since the release that staging is based on; nothing where live gained nothing.
    /// What staging was is kept for 30 days.
    ///
    /// - Throws: `merge_conflicts` with those that no resolution answers, `invalid` for a resolution that answers none,
    ///   `duplicate_tool_name` where the merged toolset would have two tools of one name. Nothing is written then.
    func mergeLive(
        into slug: Slug,
        resolving resolutions: [MergeResolution],
        expecting etag: String?,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> MergedStaging

    /// Makes staging show what a release serves: its own edits are loaded, deployment, prompts and resources are pinned
    /// to its, and what the project's variations say differently by now becomes an own override. Live stays, and is
    /// what staging is based on from then on. What staging was is kept for 30 days.
    func loadRelease(
        _ name: ReleaseName,
        into slug: Slug,
        expecting etag: String?,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset

    /// Puts back what the last discard, load or merge replaced, with its base and pins. What it replaces is kept in
    /// turn, so that calling it again goes forward.
    ///
    /// - Throws: `not_found` where nothing was replaced within 30 days; `staging_moved` where staging was edited since,
    ///   unless `replacing` says that those edits may go; `unknown_urn` where a prompt or resource of it was deleted.
    func undoDiscard(
        _ slug: Slug,
        replacing: Bool,
        expecting etag: String?,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset

    /// Makes staging stay on a state of its project, or follow it again.
    ///
    /// - Throws: `not_found` for a deployment that the project does not have, `invalid` for one that is not completed.
    func pin(
        _ slug: Slug,
        to pins: PinChange,
        expecting etag: String?,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset

    /// Goes back to the newest checkpoint of a toolset in iteration mode whose own edits are not those of now. It counts
    /// as an edit; calling it again goes back further.
    ///
    /// - Throws: `not_found` where there is nothing to go back to; `unknown_urn` where a prompt or resource of it was
    ///   deleted.
    func undoLastChange(
        _ slug: Slug,
        expecting etag: String?,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset

    /// The checkpoints of a toolset, newest first.
    func checkpoints(of slug: Slug, in project: ID<Project>, _ page: PageRequest) async throws -> Page<Checkpoint>
}

/// What staging is after a merge, and what was merged into it.
package struct MergedStaging: Sendable {
    package let toolset: Toolset
    /// None where live had gained nothing.
    package let merged: PendingMerge?

    package init(toolset: Toolset, merged: PendingMerge?) {
        self.toolset = toolset
        self.merged = merged
    }
}

/// What staging stays on from now on; what is left out stays as it is.
package struct PinChange: Sendable {
    /// Which state of the project is shown.
    package enum State: String, Sendable, CaseIterable {
        /// As the live release has it.
        case live
        /// As the project has it.
        case newest
    }

    /// `.some(nil)` follows the active deployment.
    package var deployment: ID<Deployment>??
    /// Prompts and resources.
    package var prompts: State?
    /// The variations of the whole project, held by own overrides.
    package var variations: State?

    package init(deployment: ID<Deployment>?? = nil, prompts: State? = nil, variations: State? = nil) {
        self.deployment = deployment
        self.prompts = prompts
        self.variations = variations
    }
}

/// What a toolset in iteration mode was after an edit: unnumbered, and kept for "undo last change".
package struct Checkpoint: Sendable, Hashable {
    package let id: ID<Checkpoint>
    /// Of the manifest of what was served.
    package let digest: Digest
    /// Who made the edit.
    package let actor: String
    package let at: Timestamp
    /// Whether an undo went back beyond it, so that no undo comes to it again.
    package let isUndone: Bool

    package init(id: ID<Checkpoint>, digest: Digest, actor: String, at: Timestamp, isUndone: Bool) {
        self.id = id
        self.digest = digest
        self.actor = actor
        self.at = at
        self.isUndone = isUndone
    }

    /// How many are kept of a toolset.
    package static let kept = 50
}

/// Freezes what toolsets in iteration mode serve, behind the edits.
package protocol CheckpointStore: Sendable {
    /// Freezes what a toolset serves, unless its newest checkpoint holds the same own edits. Nothing for a toolset that
    /// was deleted, or is in staging mode by now.
    func writeCheckpoint(of toolset: ID<Toolset>, by actor: Actor) async throws

    /// The toolsets in iteration mode. Those that were edited just before the server was killed are among them.
    func toolsetsInIterationMode() async throws -> [ID<Toolset>]
}
