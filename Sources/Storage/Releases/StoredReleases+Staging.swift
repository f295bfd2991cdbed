import JSON
package import Persistence
package import Projects
package import Releases
import Tools
package import Vocabulary

extension StoredReleases: StagingStore {
    package func mergeLive(
        into slug: Slug,
        resolving resolutions: [MergeResolution],
        expecting etag: String? = nil,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> MergedStaging {
        let edit = CopyEdit(slug, "toolset.merge", expecting: etag, in: project, by: actor)
        let (toolset, merged) = try await carryOut(edit) { connection, parent, copy in
            guard let waiting = try connection.waitingMerge(of: copy, parent: parent) else {
                try connection.requireNone(resolutions, of: slug)
                return (said: nil, outcome: PendingMerge?.none)
            }
            switch try waiting.merge.outcome(resolutions) {
            case .unresolved(let conflicts): throw Problem.mergeConflicts(conflicts, of: waiting, in: slug)
            case .merged(let edits):
                let before = try connection.heads(of: copy).heads
                try connection.replaceEdits(
                    of: copy,
                    with: StoredEdits(edits: edits, settled: waiting.settled),
                    base: waiting.live.id,
                    keepingAs: .merge,
                    by: actor
                )
                try connection.checkNames(of: try connection.toolset(copy.id), since: before)
            }
            return (
                said:
                    "merged release \(waiting.live.number) into staging, which was based on release \(waiting.base.number)",
                outcome: waiting.pending
            )
        }
        return MergedStaging(toolset: toolset, merged: merged)
    }

    package func loadRelease(
        _ name: ReleaseName,
        into slug: Slug,
        expecting etag: String? = nil,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset {
        let edit = CopyEdit(slug, "toolset.load", expecting: etag, in: project, by: actor)
        return try await carryOut(edit) { connection, _, copy in
            let (release, _) = try connection.release(name.of(slug), in: project)
            try connection.requireWhole(release, of: slug, toBe: "loaded")
            try connection.load(release, into: copy, by: actor)
            return (said: "loaded release \(release.number) into staging", outcome: ())
        }.toolset
    }

    package func undoDiscard(
        _ slug: Slug,
        replacing: Bool,
        expecting etag: String? = nil,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset {
        let edit = CopyEdit(slug, "toolset.undo_discard", expecting: etag, in: project, by: actor)
        return try await carryOut(edit) { connection, _, copy in
            guard let kept = try connection.lastReplacedEdits(of: copy) else {
                throw Problem(
                    .notFound,
                    "There is nothing to put back: no edits of \"\(slug)\" in staging were discarded, loaded over or merged over within the last 30 days, and older ones are not kept."
                )
            }
            let now = try connection.ownEdits(of: copy)
            guard replacing || now.edits.digest.hex == kept.successorDigest else {
                throw Problem.editedSince(kept, in: slug)
            }
            let wanted = try connection.ownEdits(kept: kept)
            try connection.requireThere(wanted.edits, in: project)
            try connection.execute("UPDATE kept_edits SET undone_at = \(Timestamp.now()) WHERE id = \(kept.id)")
            try connection.sealKeptEdits(kept.id.text)
            try connection.replaceEdits(of: copy, with: wanted, base: kept.baseReleaseID, keepingAs: .undo, by: actor)
            return (said: "put back the edits in staging that a \(kept.kind.rawValue) had replaced", outcome: ())
        }.toolset
    }

    package func pin(
        _ slug: Slug,
        to pins: PinChange,
        expecting etag: String? = nil,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset {
        let edit = CopyEdit(slug, "toolset.pin", expecting: etag, in: project, by: actor)
        return try await carryOut(edit) { connection, parent, copy in
            (said: try connection.pin(copy, of: parent, to: pins, by: actor), outcome: ())
        }.toolset
    }

    /// Carries out work on a staging copy in one transaction, and writes its audit event where it did anything.
    ///
    /// - Throws: ``Problem`` `feature_disabled`, `not_found`, `wrong_mode`, `etag_mismatch`, and what `work` throws.
    private func carryOut<Outcome: Sendable>(
        _ edit: CopyEdit,
        _ work:
            @escaping @Sendable (_ connection: any Connection, _ parent: ToolsetRecord, _ copy: ToolsetRecord) throws
            -> (said: String?, outcome: Outcome)
    ) async throws -> (toolset: Toolset, outcome: Outcome) {
        try await database.write { connection in
            try connection.requireStagingFeature()
            let parent = try connection.lockedStagedToolset(edit.slug, in: edit.project)
            try connection.require(edit.etag, of: parent)
            let (said, outcome) = try work(connection, parent, try connection.editedRecord(of: parent))
            if let said {
                try connection.audit(edit.actor, edit.action, "toolset", named: edit.slug.text, in: edit.project, said)
            }
            return (
                try connection.present(parent, view: .staging, comparing: true, allowsHost: allowsHost), outcome
            )
        }
    }
}

/// What is asked of a staging copy, and by whom.
private struct CopyEdit: Sendable {
    let slug: Slug
    /// As audit events name it.
    let action: String
    let etag: String?
    let project: ID<Project>
    let actor: Actor

    init(_ slug: Slug, _ action: String, expecting etag: String?, in project: ID<Project>, by actor: Actor) {
        self.slug = slug
        self.action = action
        self.etag = etag
        self.project = project
        self.actor = actor
    }
}

extension Connection {
    /// Where nothing is to merge, nothing asks.
    fileprivate func requireNone(_ resolutions: [MergeResolution], of slug: Slug) throws {
        guard let first = resolutions.first else { return }
        throw Problem(
            .invalid,
            "Nothing was merged: live of \"\(slug)\" has gained nothing that staging lacks, so \"\(first.item)\" asks for no answer.",
            errors: [.init(pointer: "/resolutions/0/item", message: "does not ask")]
        )
    }
}

extension Problem {
    fileprivate static func mergeConflicts(
        _ conflicts: [MergeConflict],
        of waiting: WaitingMerge,
        in slug: Slug
    ) -> Problem {
        let items = conflicts.prefix(3).map(\.item).joined(separator: ", ")
        let rest = conflicts.count > 3 ? " and \(conflicts.count - 3) more" : ""
        let count = conflicts.count == 1 ? "1 item asks" : "\(conflicts.count) items ask"
        return Problem(
            .mergeConflicts,
            "Nothing was merged: live of \"\(slug)\" has moved from release \(waiting.base.number) to release \(waiting.live.number), and \(count) for a resolution, since staging changed it too: \(items)\(rest).",
            details: [
                .init("base_release", json: String(waiting.base.number)),
                .init("live_release", json: String(waiting.live.number)),
                .init("conflicts", json: JSONValue.array(conflicts.map { .object($0.json) }).text),
            ]
        )
    }

    fileprivate static func editedSince(_ kept: KeptEdits, in slug: Slug) -> Problem {
        Problem(
            .stagingMoved,
            "Nothing was put back: staging of \"\(slug)\" was edited since the \(kept.kind.rawValue) of \(kept.createdAt). Send replace to put back what it was before; what it is now is kept in turn.",
            details: [
                .init("kind", kept.kind.rawValue), .init("at", kept.createdAt.description),
                .init("by", kept.createdBy),
            ]
        )
    }
}
