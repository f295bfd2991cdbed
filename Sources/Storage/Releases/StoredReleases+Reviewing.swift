import JSON
import Persistence
package import Projects
package import Releases
package import Vocabulary

extension StoredReleases: ReviewStore {
    package func review(_ slug: Slug, in project: ID<Project>) async throws -> Review {
        try await database.read { [allowsHost, compiled] connection in
            try connection.requireStagingFeature()
            let parent = try connection.stagedToolset(slug, in: project)
            return try connection.review(of: parent, compiled, allowsHost: allowsHost)
        }
    }

    package func comparison(
        of slug: Slug,
        from: ReleaseComparison.Side,
        to: ReleaseComparison.Side,
        in project: ID<Project>
    ) async throws -> ReleaseComparison {
        try await database.read { [allowsHost, compiled] connection in
            if from == .staging || to == .staging { try connection.requireStagingFeature() }
            let parent = try connection.existingToolset(slug, in: project)
            let from = try connection.numbered(from, of: parent)
            let to = try connection.numbered(to, of: parent)
            let context = try connection.comparisonContext(of: parent, allowsHost: allowsHost)
            let shelf = ObjectShelf(compiled)
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

/// What the changes of staging count from: live, or the base as long as a merge waits.
private struct ChangeOrigin {
    let release: Release?
    let content: CompiledContent?
}

extension Connection {
    /// A side by its number where it was named by a label.
    fileprivate func numbered(
        _ side: ReleaseComparison.Side,
        of parent: ToolsetRecord
    ) throws -> ReleaseComparison.Side {
        guard case .label(let label) = side else { return side }
        return .release(try release(.label(label, toolset: parent.slug), in: parent.projectID).0.number)
    }

    func content(
        of side: ReleaseComparison.Side,
        of parent: ToolsetRecord,
        from shelf: ObjectShelf
    ) throws -> CompiledContent {
        switch (side, parent.mode) {
        case (.release(let number), _):
            let (release, _) = try release(.number(number, toolset: parent.slug), in: parent.projectID)
            try requireWhole(release, of: parent.slug, toBe: "compared")
            return try content(ofManifest: release.digest, from: shelf)
        case (.label, _):
            return try content(of: try numbered(side, of: parent), of: parent, from: shelf)
        case (.live, .staging):
            guard let release = try currentRelease(of: parent) else { return try liveContent(of: parent) }
            return try content(ofManifest: release.digest, from: shelf)
        case (.live, .iteration):
            return try content(ofHeadsOf: parent, shelf.compiled)
        case (.staging, _):
            return try content(ofHeadsOf: try editedRecord(of: try requireStaging(parent)), shelf.compiled)
        }
    }

    private func content(ofHeadsOf record: ToolsetRecord, _ compiled: CompiledTools) throws -> CompiledContent {
        try CompiledContent(try heads(of: record, compiled: compiled).heads, compiled: compiled)
    }

    private func requireStaging(_ parent: ToolsetRecord) throws -> ToolsetRecord {
        try stagedToolset(parent.slug, in: parent.projectID)
    }

    fileprivate func review(
        of parent: ToolsetRecord,
        _ compiled: CompiledTools,
        allowsHost: @escaping @Sendable (String) -> Bool
    ) throws -> Review {
        let copy = try editedRecord(of: parent)
        let stored = try heads(of: copy, compiled: compiled)
        let staged = try CompiledContent(stored.heads, compiled: compiled)
        let live = try currentRelease(of: parent)
        let shelf = ObjectShelf(compiled, staged)
        let gate = try gate(for: staged, of: parent, what: "Staging", shelf: shelf, allowsHost: allowsHost)
        let waiting = try waitingMerge(of: copy, parent: parent)
        let pending = waiting?.pending(onto: stored.heads, gate.live)
        let origin =
            try waiting.flatMap { try self.origin($0, shelf) } ?? ChangeOrigin(release: live, content: gate.live)
        // What live gained meanwhile is no change of anybody here, and goes live with nothing before it is merged.
        let all = waiting == nil ? gate.changes : try changes(from: origin.content, to: staged, in: gate.context)
        let known = Set(all.map(\.fingerprint))
        let seq = try activationSeq(of: parent.id)
        return Review(
            live: live?.number,
            base: try copy.baseReleaseID.flatMap { try release($0)?.number },
            changes: ReviewedChanges(
                all: all,
                project: try projectChanges(all, since: origin, staged: staged, copy: copy, gate.context, compiled),
                merged: pending == nil ? [] : try gained(since: copy.baseReleaseID, gate, shelf),
                broughtBack: waiting == nil
                    ? gate.broughtBack : gate.broughtBack.filter { known.contains($0.change.fingerprint) }
            ),
            deployments: ReviewedDeployments(live: live?.deploymentID, staging: stored.deploymentID),
            tokens: ReviewedTokens(before: gate.live?.tokens ?? 0, after: staged.tokens),
            checks: ReviewChecks(
                content: staged,
                renamed: stored.heads.servedNames.diagnostics,
                shared: pending?.sharedNames ?? [],
                gone: stored.heads.orphans + gate.context.gone(from: staged),
                lacking: staged.missingVariables(having: gate.context.available),
                new: gate.context.missing(in: staged, since: gate.live),
                environment: gate.context.environment
            ).all + [.unacknowledgeable(gate.changes), .redacted(try redactedItems(of: staged))],
            suggestedLabel: try suggestedLabel(for: all, of: parent),
            nextNumber: try count(
                "SELECT last_release_number + 1 AS value FROM toolsets WHERE id = \(parent.id)"
            ),
            digest: ReviewDigest(
                live: gate.live?.digest,
                staged: staged.digest,
                origins: try stagedOrigins(of: copy),
                rules: gate.context.rules,
                activationSeq: seq
            ),
            stagingEtag: try etag(of: copy),
            activationSeq: seq,
            pendingMerge: pending
        )
    }

    /// The base of a merge that waits; nothing where something was taken out of it.
    private func origin(_ waiting: WaitingMerge, _ shelf: ObjectShelf) throws -> ChangeOrigin? {
        guard waiting.base.redaction == nil else { return nil }
        return ChangeOrigin(
            release: waiting.base,
            content: try content(ofManifest: waiting.base.digest, from: shelf)
        )
    }

    /// The fingerprints of what the project changed: what the origin's own edits would serve under the project as staging
    /// sees it, compared with the origin.
    private func projectChanges(
        _ all: [Change],
        since origin: ChangeOrigin,
        staged: CompiledContent,
        copy: ToolsetRecord,
        _ context: ComparisonContext,
        _ compiled: CompiledTools
    ) throws -> Set<String> {
        guard let release = origin.release, !all.isEmpty else { return [] }
        let frozen = try frozenHeads(of: release)
        let heads = try heads(of: copy, editedAs: frozen, compiled: compiled).heads
        let followed = try CompiledContent(heads, compiled: compiled)
        if followed.digest == staged.digest { return Set(all.map(\.fingerprint)) }
        // No editor of a toolset changes what a document says.
        let documents = all.filter { $0.rule == .execSourceBytesChanged }
        return Set(
            try (changes(from: origin.content, to: followed, in: context) + documents).map(\.fingerprint)
        )
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
