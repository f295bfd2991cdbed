import JSON
import Persistence
package import Projects
package import Releases
package import Vocabulary

extension StoredReleases: ReviewStore {
    package func review(_ slug: Slug, in project: ID<Project>) async throws -> Review {
        try await database.read { [allowsHost] connection in
            try connection.review(of: try connection.stagedToolset(slug, in: project), allowsHost: allowsHost)
        }
    }

    package func comparison(
        of slug: Slug,
        from: ReleaseComparison.Side,
        to: ReleaseComparison.Side,
        in project: ID<Project>
    ) async throws -> ReleaseComparison {
        try await database.read { [allowsHost] connection in
            let parent = try connection.existingToolset(slug, in: project)
            let context = try connection.comparisonContext(of: parent, allowsHost: allowsHost)
            let shelf = ObjectShelf()
            let new = try connection.content(of: to, of: parent, from: shelf)
            let old = try connection.content(of: from, of: parent, from: shelf)
            let seq = try connection.activationSeq(of: parent.id)
            var digest: ReviewDigest?
            if from == .live, case .release = to, parent.mode == .staging {
                digest = ReviewDigest(
                    live: old.digest,
                    staged: new.digest,
                    rules: context.rules,
                    activationSeq: seq
                )
            }
            return ReleaseComparison(
                from: from,
                to: to,
                changes: try connection.changes(from: old, to: new, in: context),
                tokens: ReviewedTokens(before: old.tokens, after: new.tokens),
                digest: digest,
                activationSeq: seq
            )
        }
    }
}

extension Connection {
    func content(
        of side: ReleaseComparison.Side,
        of parent: ToolsetRecord,
        from shelf: ObjectShelf
    ) throws -> CompiledContent {
        switch (side, parent.mode) {
        case (.release(let number), _):
            let (release, _) = try release(.number(number, toolset: parent.slug), in: parent.projectID)
            if let redaction = release.redaction {
                throw Problem(
                    .redacted,
                    "Release \(number) of \"\(parent.slug)\" is redacted and cannot be compared: \(redaction.actor) took something out of it (\(redaction.reason))."
                )
            }
            return try content(ofManifest: release.digest, from: shelf)
        case (.live, .staging):
            guard let release = try currentRelease(of: parent) else { return try liveContent(of: parent) }
            return try content(ofManifest: release.digest, from: shelf)
        case (.live, .iteration):
            return try CompiledContent(try heads(of: parent).heads)
        case (.staging, _):
            return try CompiledContent(try heads(of: try editedRecord(of: try requireStaging(parent))).heads)
        }
    }

    private func requireStaging(_ parent: ToolsetRecord) throws -> ToolsetRecord {
        try stagedToolset(parent.slug, in: parent.projectID)
    }

    fileprivate func review(
        of parent: ToolsetRecord,
        allowsHost: @escaping @Sendable (String) -> Bool
    ) throws -> Review {
        let copy = try editedRecord(of: parent)
        let stored = try heads(of: copy)
        let staged = try CompiledContent(stored.heads)
        let live = try currentRelease(of: parent)
        let shelf = ObjectShelf(staged)
        let gate = try gate(for: staged, of: parent, what: "Staging", shelf: shelf, allowsHost: allowsHost)
        let pending = try pendingMerge(of: copy, parent: parent)
        let seq = try activationSeq(of: parent.id)
        return Review(
            live: live?.number,
            base: try copy.baseReleaseID.flatMap { try release($0)?.number },
            changes: ReviewedChanges(
                all: gate.changes,
                project: try projectChanges(live, staged: staged, copy: copy, gate),
                merged: pending == nil ? [] : try gained(since: copy.baseReleaseID, gate, shelf),
                broughtBack: gate.broughtBack
            ),
            deployments: ReviewedDeployments(live: live?.deploymentID, staging: stored.deploymentID),
            tokens: ReviewedTokens(before: gate.live?.tokens ?? 0, after: staged.tokens),
            checks: ReviewChecks(
                content: staged,
                renamed: stored.heads.servedNames.diagnostics,
                gone: stored.heads.orphans + gate.context.gone(from: staged),
                lacking: staged.missingVariables(having: gate.context.available),
                new: gate.context.missing(in: staged, since: gate.live),
                environment: gate.context.environment
            ).all + [.unacknowledgeable(gate.changes), .redacted(try redactedItems(of: staged))],
            suggestedLabel: try suggestedLabel(for: gate.changes, of: parent),
            nextNumber: try count(
                "SELECT last_release_number + 1 AS value FROM toolsets WHERE id = \(parent.id)"
            ),
            digest: ReviewDigest(
                live: gate.live?.digest,
                staged: staged.digest,
                rules: gate.context.rules,
                activationSeq: seq
            ),
            stagingEtag: try etag(of: copy),
            activationSeq: seq,
            pendingMerge: pending
        )
    }

    /// The fingerprints of what the project changed: what live's own edits would serve under the project as staging
    /// sees it, compared with live.
    private func projectChanges(
        _ live: Release?,
        staged: CompiledContent,
        copy: ToolsetRecord,
        _ gate: PublishGate
    ) throws -> Set<String> {
        guard let live, !gate.changes.isEmpty else { return [] }
        let followed = try CompiledContent(try heads(of: copy, editedAs: try frozenHeads(of: live)).heads)
        if followed.digest == staged.digest { return Set(gate.changes.map(\.fingerprint)) }
        return Set(try changes(from: gate.live, to: followed, in: gate.context).map(\.fingerprint))
    }

    /// What live gained since the release that staging is based on.
    private func gained(since base: ID<Release>?, _ gate: PublishGate, _ shelf: ObjectShelf) throws -> [Change] {
        guard let live = gate.live, let base = try base.flatMap({ try release($0) }), base.redaction == nil else {
            return []
        }
        return try changes(
            from: try content(ofManifest: base.digest, from: shelf),
            to: live,
            in: gate.context
        )
    }
}
