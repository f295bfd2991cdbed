import JSON
import Persistence
package import Projects
package import Releases
package import Vocabulary

extension StoredReleases {
    package func rollBack(
        to reference: ReleaseReference,
        _ rollback: Rollback,
        expecting etag: String? = nil,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> RollbackOutcome {
        try await database.write { [allowsHost, compiled] connection in
            if rollback.loadsIntoStaging { try connection.requireStagingFeature() }
            let (release, parent) = try connection.lockedRelease(reference, in: project)
            try connection.require(etag, of: parent)
            try connection.requireActivationSeq(rollback.expectedActivationSeq, of: parent)
            let live = try connection.requireReturnable(to: release, of: parent, reason: rollback.reason)
            let kind: Activation.Kind = release.number > live.number ? .rollForward : .rollback
            if kind == .rollForward { try connection.requireNotHeld(parent, by: actor) }
            let turn = try connection.turn(
                from: live,
                to: release,
                of: parent,
                shelf: ObjectShelf(compiled),
                allowsHost: allowsHost
            )
            try connection.requireVariables(of: release, turn)
            let seq = try connection.activate(release.id, of: parent, kind: kind, reason: rollback.reason, by: actor)
            switch kind {
            case .rollback:
                try connection.noteRolledBack(turn.undone, leadingTo: turn.former, at: seq, of: parent)
                // A hold that stands goes on, and is that of the last rollback: this one is what people must know of.
                if rollback.holds || parent.holdSeq != nil { try connection.setHold(at: seq, of: parent) }
            case .rollForward, .publish:
                try connection.forgetRolledBack(turn.everythingDone, leadingTo: turn.next, of: parent)
                _ = try connection.endHold(of: parent, asPartOf: true, by: actor)
            }
            if rollback.loadsIntoStaging {
                try connection.load(release, into: try connection.editedRecord(of: parent), by: actor)
            }
            try connection.auditTurn(kind, from: live, to: release, rollback, by: actor)
            return RollbackOutcome(
                toolset: try connection.present(try connection.toolset(parent.id), view: .live, comparing: false),
                from: live.number,
                kind: kind,
                verdicts: turn.done.verdicts,
                warnings: turn.warnings
            )
        }
    }
}

/// Two releases that were live, one in place of the other, compared both ways.
private struct Turn {
    let context: ComparisonContext
    /// What is live; none where it cannot be read.
    let former: CompiledContent?
    /// What will be live.
    let next: CompiledContent
    /// From what is live to what will be.
    let done: [Change]
    /// The same as the rules stand, whatever the toolset makes of them.
    let everythingDone: [Change]
    /// From what will be live to what is, told likewise.
    let undone: [Change]
    let missing: [MissingVariable]
    let warnings: [ReviewCheck]
}

extension Connection {
    /// A release with its toolset in staging mode, whose row is locked.
    ///
    /// - Throws: ``Problem`` `not_found`, `wrong_mode`.
    func lockedRelease(_ reference: ReleaseReference, in project: ID<Project>) throws -> (Release, ToolsetRecord) {
        let (release, owner) = try release(reference, in: project)
        guard try toolset(owner.slug, in: project)?.id == owner.id else {
            throw Problem(.notFound, "The toolset of release \(release.number), \"\(owner.slug)\", was deleted.")
        }
        return (release, try lockedStagedToolset(owner.slug, in: project))
    }

    /// What is live, after every reason not to leave it for that release was looked for.
    fileprivate func requireReturnable(to release: Release, of parent: ToolsetRecord, reason: String) throws -> Release
    {
        guard let live = try currentRelease(of: parent), live.id != release.id else {
            throw Problem(.alreadyLive, "Release \(release.number) of \"\(parent.slug)\" is live already.")
        }
        guard release.state != .neverLive else {
            throw Problem(
                .invalid,
                "Release \(release.number) of \"\(parent.slug)\" was never live, so there is no way back to it; toolsets.activateRelease makes it live.",
                errors: [.init(pointer: "/number", message: "was never live")]
            )
        }
        try requireWhole(release, of: parent.slug, toBe: "made live")
        guard release.number > live.number || reason.contains(where: { !$0.isWhitespace }) else {
            throw Problem(
                .invalid,
                "Say why you roll back to release \(release.number): the reason is kept with the event.",
                errors: [.init(pointer: "/reason", message: "must not be empty")]
            )
        }
        return live
    }

    /// Refuses to go where calls would lack what they do not lack now.
    fileprivate func requireVariables(of release: Release, _ turn: Turn) throws {
        guard !turn.missing.isEmpty else { return }
        throw Problem.missing(
            turn.missing,
            environment: turn.context.environment,
            toolset: turn.context.parent.slug,
            what: "Release \(release.number)"
        )
    }

    fileprivate func auditTurn(
        _ kind: Activation.Kind,
        from live: Release,
        to release: Release,
        _ rollback: Rollback,
        by actor: Actor
    ) throws {
        let toolset = try toolset(release.toolsetID)
        let verb = kind == .rollback ? "rolled back" : "returned"
        try audit(
            actor,
            "toolset.\(kind.rawValue)",
            "toolset",
            named: toolset.slug.text,
            in: toolset.projectID,
            "\(verb) from release \(live.number) to release \(release.number)\(rollback.loadsIntoStaging ? ", loaded into staging" : "")"
        )
    }

    fileprivate func turn(
        from live: Release,
        to release: Release,
        of parent: ToolsetRecord,
        shelf: ObjectShelf,
        allowsHost: @escaping @Sendable (String) -> Bool
    ) throws -> Turn {
        let context = try comparisonContext(of: parent, allowsHost: allowsHost)
        let next = try content(ofManifest: release.digest, from: shelf)
        // What is live may be damaged, and the way back must stay open; then nothing is told of it.
        let old = try? content(ofManifest: live.digest, from: shelf)
        var warnings: [ReviewCheck] = []
        let gone = context.gone(from: next)
        if !gone.isEmpty { warnings.append(.operations(gone: gone)) }
        let missing = context.missing(in: next, since: old)
        let lacking = next.missingVariables(having: context.available)
        if missing.isEmpty, !lacking.isEmpty {
            warnings.append(.variables(lacking: lacking, new: [], environment: context.environment))
        }
        return Turn(
            context: context,
            former: old,
            next: next,
            done: try old.map { try changes(from: $0, to: next, in: context) } ?? [],
            everythingDone: try old.map { try changes(from: $0, to: next, in: context.tellingEverything) } ?? [],
            undone: try old.map { try changes(from: next, to: $0, in: context.tellingEverything) } ?? [],
            missing: missing,
            warnings: warnings
        )
    }
}
