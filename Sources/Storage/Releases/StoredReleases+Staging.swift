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
        try await database.write { connection in
            let (parent, copy) = try connection.lockedCopy(slug, expecting: etag, in: project)
            guard let waiting = try connection.waitingMerge(of: copy, parent: parent) else {
                try requireNone(resolutions, of: slug)
                let toolset = try connection.present(parent, view: .staging, comparing: true)
                return MergedStaging(toolset: toolset, merged: nil)
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
            try connection.audit(
                actor,
                "toolset.merge",
                "toolset",
                named: slug.text,
                in: project,
                "merged release \(waiting.live.number) into staging, which was based on release \(waiting.base.number)"
            )
            let toolset = try connection.present(parent, view: .staging, comparing: true)
            return MergedStaging(toolset: toolset, merged: waiting.pending)
        }
    }

    package func loadRelease(
        _ number: Int,
        into slug: Slug,
        expecting etag: String? = nil,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset {
        try await database.write { connection in
            let (parent, copy) = try connection.lockedCopy(slug, expecting: etag, in: project)
            let (release, _) = try connection.release(.number(number, toolset: slug), in: project)
            if let redaction = release.redaction {
                throw Problem(
                    .redacted,
                    "Release \(number) of \"\(slug)\" was redacted (\(redaction.reason)) and cannot be loaded; choose another release."
                )
            }
            try connection.load(release, into: copy, by: actor)
            try connection.audit(
                actor,
                "toolset.load",
                "toolset",
                named: slug.text,
                in: project,
                "loaded release \(number) into staging"
            )
            return try connection.present(parent, view: .staging, comparing: true)
        }
    }

    package func undoDiscard(
        _ slug: Slug,
        replacing: Bool,
        expecting etag: String? = nil,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset {
        try await database.write { connection in
            let (parent, copy) = try connection.lockedCopy(slug, expecting: etag, in: project)
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
            try connection.replaceEdits(of: copy, with: wanted, base: kept.baseReleaseID, keepingAs: .undo, by: actor)
            try connection.audit(
                actor,
                "toolset.undo_discard",
                "toolset",
                named: slug.text,
                in: project,
                "put back the edits in staging that a \(kept.kind.rawValue) had replaced"
            )
            return try connection.present(parent, view: .staging, comparing: true)
        }
    }

    package func pin(
        _ slug: Slug,
        to pins: PinChange,
        expecting etag: String? = nil,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset {
        try await database.write { connection in
            let (parent, copy) = try connection.lockedCopy(slug, expecting: etag, in: project)
            let said = try connection.pin(copy, of: parent, to: pins, by: actor)
            try connection.audit(actor, "toolset.pin", "toolset", named: slug.text, in: project, said)
            return try connection.present(parent, view: .staging, comparing: true)
        }
    }

    /// Where nothing is to merge, nothing asks.
    private func requireNone(_ resolutions: [MergeResolution], of slug: Slug) throws {
        guard let first = resolutions.first else { return }
        throw Problem(
            .invalid,
            "Nothing was merged: live of \"\(slug)\" has gained nothing that staging lacks, so \"\(first.item)\" asks for no answer.",
            errors: [.init(pointer: "/resolutions/0/item", message: "does not ask")]
        )
    }
}

extension Connection {
    /// A toolset in staging mode and its staging copy, for a write.
    ///
    /// - Throws: ``Problem`` `not_found`, `wrong_mode`, `etag_mismatch`.
    fileprivate func lockedCopy(
        _ slug: Slug,
        expecting etag: String?,
        in project: ID<Project>
    ) throws -> (parent: ToolsetRecord, copy: ToolsetRecord) {
        let parent = try lockedStagedToolset(slug, in: project)
        try require(etag, of: parent)
        return (parent, try editedRecord(of: parent))
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
