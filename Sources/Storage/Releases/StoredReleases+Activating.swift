import Persistence
package import Projects
package import Releases
package import Vocabulary

extension StoredReleases {
    package func activate(
        _ reference: ReleaseReference,
        reason: String,
        _ reviewed: ReviewedState,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Release {
        try await database.write { [allowsHost, compiled] connection in
            try connection.requireStagingFeature()
            let (release, parent) = try connection.lockedRelease(reference, in: project)
            try connection.requireNotHeld(parent, by: actor, lifting: reviewed.liftsHold)
            let live = try connection.requireWaiting(release, of: parent)
            let shelf = ObjectShelf(compiled)
            let content = try connection.content(ofManifest: release.digest, from: shelf)
            try connection.requireActivationSeq(reviewed.expectedActivationSeq, of: parent) {
                try connection.freshReview(of: content, in: parent)
            }
            let gate = try connection.gate(
                for: content,
                of: parent,
                what: "Release \(release.number)",
                shelf: shelf,
                allowsHost: allowsHost
            )
            if reviewed.expectedActivationSeq == nil {
                try connection.requireOwnBase(of: release, live: live, gate, shelf)
            }
            let before = try connection.acknowledgements(of: release.id)
            let accepted = try connection.pass(gate, reviewed, acknowledgedBefore: gate.standing(before))
            _ = try connection.activate(release.id, of: parent, kind: .publish, reason: reason, by: actor)
            try connection.acknowledge(accepted, of: release.id, by: actor)
            try connection.forgetRolledBack(gate.everyChange, leadingTo: gate.next, of: parent)
            _ = try connection.endHold(of: parent, asPartOf: true, by: actor)
            let copy = try connection.editedRecord(of: parent)
            let staged = try connection.heads(of: copy, compiled: compiled).heads
            if try connection.isSame(try CompiledContent(staged, compiled: compiled), as: release) {
                try connection.execute("UPDATE toolsets SET base_release_id = \(release.id) WHERE id = \(copy.id)")
            }
            try connection.audit(
                actor,
                "toolset.activate_release",
                "toolset",
                named: parent.slug.text,
                in: project,
                "made release \(release.number) live in place of release \(live?.number ?? 0)"
            )
            guard let after = try connection.release(release.id) else {
                throw Problem(.unexpected, "The release is not there any more.")
            }
            return after
        }
    }
}

extension Connection {
    /// What is live, after it was made sure that the release never was.
    fileprivate func requireWaiting(_ release: Release, of parent: ToolsetRecord) throws -> Release? {
        switch release.state {
        case .live:
            throw Problem(.alreadyLive, "Release \(release.number) of \"\(parent.slug)\" is live already.")
        case .wasLive:
            throw Problem(
                .invalid,
                "Release \(release.number) of \"\(parent.slug)\" was live before; toolsets.rollbackToRelease makes it live again.",
                errors: [.init(pointer: "/number", message: "was live before")]
            )
        case .neverLive:
            try requireWhole(release, of: parent.slug, toBe: "made live")
            return try currentRelease(of: parent)
        }
    }

    /// Refuses where live is no longer what the release was made on: what came since would be lost.
    private func requireMadeOnLive(_ release: Release, base: Release, live: Release, lost: Int, _ slug: Slug) throws {
        let changes = "\(lost) \(lost == 1 ? "change" : "changes") of release \(live.number)"
        throw Problem(
            .liveMoved,
            "Release \(release.number) of \"\(slug)\" was made on release \(base.number), and live is release \(live.number): \(lost == 0 ? "look at what it changes" : "\(changes) would be lost"). Send expected_activation_seq \(try activationSeq(of: release.toolsetID)) to make it live all the same. Nothing was changed.",
            details: [
                .init("base", json: String(base.number)), .init("live", json: String(live.number)),
                .init("lost_changes", json: String(lost)),
                .init("activation_seq", json: String(try activationSeq(of: release.toolsetID))),
            ]
        )
    }

    fileprivate func requireOwnBase(
        of release: Release,
        live: Release?,
        _ gate: PublishGate,
        _ shelf: ObjectShelf
    ) throws {
        guard let live, let number = release.base, number != live.number else { return }
        let slug = gate.context.parent.slug
        let base = try self.release(.number(number, toolset: slug), in: gate.context.parent.projectID).0
        guard base.digest != live.digest, let liveContent = gate.live else { return }
        var lost = 0
        if base.redaction == nil {
            let content = try content(ofManifest: base.digest, from: shelf)
            if try content.isSame(as: liveContent) { return }
            let kept = Set(try changes(from: content, to: gate.next, in: gate.context).map(\.fingerprint))
            lost = try changes(from: content, to: liveContent, in: gate.context).count {
                !kept.contains($0.fingerprint)
            }
        }
        try requireMadeOnLive(release, base: base, live: live, lost: lost, slug)
    }
}
