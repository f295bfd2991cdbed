import JSON
import Persistence
package import Projects
package import Releases
package import Vocabulary

extension StoredReleases {
    package func publish(
        _ slug: Slug,
        _ publication: Publication,
        expecting etag: String? = nil,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Release {
        try await database.write { [allowsHost, compiled, served] connection in
            try connection.requireStagingFeature()
            let parent = try connection.lockedStagedToolset(slug, in: project)
            try connection.require(etag, of: parent)
            try connection.requireNotHeld(parent, by: actor, lifting: publication.reviewed.liftsHold)
            let copy = try connection.editedRecord(of: parent)
            let stored = try connection.heads(of: copy, compiled: compiled)
            let state = try FreezableState(stored, compiled: compiled, served: served)
            let fresh = { try connection.freshReview(of: state.content, staging: copy, in: parent) }
            try connection.requireActivationSeq(publication.reviewed.expectedActivationSeq, of: parent, fresh: fresh)
            try connection.requireStagingEtag(publication.reviewed.stagingEtag, of: copy, fresh: fresh)
            try connection.requireNews(state, of: parent, publication)
            try connection.requireMerged(copy, of: parent)
            let gate = try connection.gate(
                for: state.content,
                of: parent,
                what: "Staging",
                shelf: ObjectShelf(compiled, state.content),
                allowsHost: allowsHost
            )
            let accepted = try connection.pass(gate, publication.reviewed, staging: copy)
            try connection.requireFree(publication.label, in: parent.id)
            try connection.appendHeads(of: copy, to: parent, by: actor)
            let release = try connection.freeze(
                state,
                of: parent.id,
                notes: publication.notes,
                terms: ReleaseTerms(publication, gate),
                by: actor
            )
            try connection.acknowledge(accepted, of: release.id, by: actor)
            if publication.activates { try connection.putInStep(copy, with: release, gate) }
            try connection.endPublish(of: release, publication, in: parent, accepted: accepted.count, by: actor)
            return release
        }
    }
}

extension ReleaseTerms {
    fileprivate init(_ publication: Publication, _ gate: PublishGate) {
        self.init(
            label: publication.label,
            verdicts: gate.live == nil ? nil : gate.changes.verdicts,
            activates: publication.activates
        )
    }
}

extension Connection {
    /// Everything that is checked of what goes live; answers the changes that were acknowledged now.
    func pass(
        _ gate: PublishGate,
        _ reviewed: ReviewedState,
        staging copy: ToolsetRecord? = nil,
        acknowledgedBefore: Set<String> = []
    ) throws -> [Change] {
        try gate.requireReviewed(
            reviewed.reviewDigest,
            origins: try copy.map { try stagedOrigins(of: $0) },
            activationSeq: try activationSeq(of: gate.context.parent.id)
        ) { try freshReview(of: gate.next, staging: copy, in: gate.context.parent) }
        try gate.requirePreflight()
        return try gate.requireAcknowledged(reviewed.acknowledged, earlier: acknowledgedBefore)
    }

    /// Makes a release that went live the base of staging; what it brought back counts as taken back no more.
    fileprivate func putInStep(_ copy: ToolsetRecord, with release: Release, _ gate: PublishGate) throws {
        try execute("UPDATE toolsets SET base_release_id = \(release.id) WHERE id = \(copy.id)")
        try forgetRolledBack(gate.everyChange, leadingTo: gate.next, of: gate.context.parent)
    }

    /// Lifts a hold where the publish does that, and records all of it.
    fileprivate func endPublish(
        of release: Release,
        _ publication: Publication,
        in parent: ToolsetRecord,
        accepted: Int,
        by actor: Actor
    ) throws {
        let ends = publication.activates || publication.reviewed.liftsHold
        let lifted = try endHold(of: parent, asPartOf: ends, by: actor)
        try audit(
            actor,
            publication.activates ? "toolset.publish" : "toolset.create_release",
            "toolset",
            named: parent.slug.text,
            in: parent.projectID,
            release.summary(publication, acknowledged: accepted, liftedHold: lifted)
        )
    }

    /// Refuses to make a release of what live serves, or of what the last release already waits with.
    fileprivate func requireNews(_ state: FreezableState, of parent: ToolsetRecord, _ publication: Publication) throws {
        let live = try currentRelease(of: parent)
        guard try live.map({ try isSame(state.content, as: $0) }) != true else {
            throw Problem(
                .nothingToPublish,
                "There is nothing to publish: live serves release \(live?.number ?? 0), and staging is the same."
            )
        }
        guard !publication.activates else { return }
        let last = try releases(where: "r.toolset_id = \(parent.id)", limit: 1).first
        guard let last, last.state == .neverLive, try isSame(state.content, as: last) else { return }
        throw Problem(
            .nothingToPublish,
            "There is nothing to publish: release \(last.number) is the same as staging, and waits to be made live by toolsets.activateRelease."
        )
    }

    /// Refuses a label that another release of the toolset has; upper and lower case count the same.
    func requireFree(_ label: ReleaseLabel?, in toolset: ID<Toolset>, besides release: ID<Release>? = nil) throws {
        guard let label else { return }
        let owner = try first(
            """
            SELECT id, release_number, label FROM toolset_releases
            WHERE toolset_id = \(toolset) AND lower(label) = \(label.text.lowercased())
                AND id <> \(release?.text ?? "") ORDER BY release_number LIMIT 1
            """
        )
        guard let owner else { return }
        throw Problem(
            .nameTaken,
            "Release \(try owner.integer("release_number")) has the label \"\(try owner.text("label"))\" already; choose another one. Nothing was changed.",
            errors: [.init(pointer: "/label", message: "taken")]
        )
    }

    /// Keeps who took which changes knowingly. That is part of the release's record, which is renewed where it was right.
    func acknowledge(_ changes: [Change], of release: ID<Release>, by actor: Actor) throws {
        guard !changes.isEmpty else { return }
        let isSound = try hasSoundRecord(release)
        var seen: Set<String> = []
        for change in changes where seen.insert(change.fingerprint).inserted {
            try execute(
                """
                INSERT INTO release_acknowledgements (release_id, fingerprint, rule, subject, actor, created_at)
                VALUES (\(release), \(change.fingerprint), \(change.rule.rawValue), \(change.subject.key),
                    \(actor.name), \(Timestamp.now()))
                ON CONFLICT (release_id, fingerprint) DO NOTHING
                """
            )
        }
        if isSound { try sealRelease(release) }
    }

    /// What was acknowledged of a release, in the order in which it was.
    func acknowledgements(of release: ID<Release>) throws -> [Acknowledgement] {
        try query(
            """
            SELECT * FROM release_acknowledgements WHERE release_id = \(release)
            ORDER BY created_at, rule, fingerprint
            """
        ).map { row in
            Acknowledgement(
                fingerprint: try row.text("fingerprint"),
                rule: try row.text("rule"),
                subject: try row.text("subject"),
                actor: try row.text("actor"),
                at: try row.timestamp("created_at")
            )
        }
    }

    /// Ends a hold where what happens does that, and it is no automation that does it.
    func endHold(of parent: ToolsetRecord, asPartOf happens: Bool, by actor: Actor) throws -> Bool {
        guard happens, !actor.isAutomation else { return false }
        return try endHold(of: parent)
    }
}

extension Release {
    /// What an audit event says of a publish.
    fileprivate func summary(_ publication: Publication, acknowledged: Int, liftedHold: Bool) -> String {
        var parts = [publication.activates ? "published release \(number)" : "made release \(number), not live"]
        if let label = publication.label { parts.append("labelled \(label)") }
        if acknowledged > 0 { parts.append("acknowledged \(acknowledged) \(acknowledged == 1 ? "change" : "changes")") }
        if liftedHold { parts.append("lifted the hold") }
        return parts.joined(separator: ", ")
    }
}
