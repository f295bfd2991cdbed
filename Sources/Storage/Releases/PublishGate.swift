import JSON
import Persistence
import Projects
import Releases
import Vocabulary

/// What would go live, in place of what: compared once, and checked piece by piece before anything is written.
struct PublishGate {
    let context: ComparisonContext
    /// None where nothing was released.
    let live: CompiledContent?
    let next: CompiledContent
    /// As the toolset's rules tell them.
    let changes: [Change]
    /// As the rules stand, whatever the toolset makes of them: what was rolled back is known by these.
    let everyChange: [Change]
    let broughtBack: [BroughtBackChange]
    /// How sentences name what goes live: `Staging`, `Release 13`.
    let what: String
}

extension PublishGate {
    private var slug: Slug { context.parent.slug }

    /// Refuses what nobody can take knowingly.
    ///
    /// - Throws: ``Problem`` `preflight_failed`.
    func requirePreflight() throws {
        let missing = context.missing(in: next, since: live)
        guard missing.isEmpty else {
            throw Problem.missing(missing, environment: context.environment, toolset: slug, what: what)
        }
        let fatal = changes.filter { !$0.rule.canBeAcknowledged }
        guard let first = fatal.first else { return }
        let more = fatal.count > 1 ? " And \(fatal.count - 1) more." : ""
        throw Problem(
            .preflightFailed,
            "\(what) of \"\(slug)\" cannot go live, and nobody can acknowledge that away: \(first.name): \(first.message)\(more) Nothing was changed.",
            errors: fatal.map { .init(pointer: $0.pointer, message: "\($0.name): \($0.message)") },
            details: [.init("changes", json: JSONValue.array(fatal.map { .object($0.json) }).text)]
        )
    }

    /// The changes that were acknowledged, after none is left that must be.
    ///
    /// `earlier` are fingerprints that somebody acknowledged when the release was made, as far as they stand.
    ///
    /// - Throws: ``Problem`` `unacknowledged`; `invalid` for a fingerprint that no change has.
    func requireAcknowledged(_ fingerprints: Set<String>, earlier: Set<String> = []) throws -> [Change] {
        let known = changes + changes.untold(of: broughtBack)
        let unknown = fingerprints.subtracting(known.map(\.fingerprint)).sorted()
        guard unknown.isEmpty else {
            throw Problem(
                .invalid,
                "No change has the fingerprint \(unknown.joined(separator: ", ")); review again and acknowledge what you find. Nothing was changed.",
                errors: unknown.map { .init(pointer: "/acknowledge", message: "\($0) is the fingerprint of no change") }
            )
        }
        let back = Set(broughtBack.map(\.change.fingerprint))
        let covered = fingerprints.union(earlier)
        let open = changes.toAcknowledge(broughtBack: broughtBack).filter { !covered.contains($0.fingerprint) }
        guard open.isEmpty else { throw unacknowledged(open, back: back) }
        return known.filter { fingerprints.contains($0.fingerprint) }
    }

    /// The fingerprints of what was acknowledged earlier, but for what a rollback has taken back since.
    func standing(_ acknowledgements: [Acknowledgement]) -> Set<String> {
        let takenBack = Dictionary(
            broughtBack.map { ($0.change.fingerprint, $0.at) },
            uniquingKeysWith: { first, second in max(first, second) }
        )
        return Set(
            acknowledgements.filter { known in takenBack[known.fingerprint].map { $0 <= known.at } ?? true }
                .map(\.fingerprint)
        )
    }

    private func unacknowledged(_ open: [Change], back: Set<String>) -> Problem {
        let again = open.filter { back.contains($0.fingerprint) }
        let breaking = open.count - again.count
        var parts: [String] = []
        if breaking > 0 { parts.append("\(breaking) breaking \(breaking == 1 ? "change" : "changes")") }
        if !again.isEmpty {
            let releases = Set(broughtBack.filter { back.contains($0.change.fingerprint) }.map(\.from)).sorted()
            let from = releases.map { "release \($0)" }.joined(separator: ", ")
            let changes = again.count == 1 ? "1 change" : "\(again.count) changes"
            let worst = again.count { $0.level == .breaking }
            let breaking = worst == 0 ? "" : again.count == 1 ? ", breaking," : ", \(worst) of them breaking,"
            parts.append("\(changes)\(breaking) that a rollback of \(from) took back")
        }
        return Problem(
            .unacknowledged,
            "\(what) of \"\(slug)\" brings \(parts.joined(separator: " and ")); look at \(open.count == 1 ? "it" : "them") and send \(open.count == 1 ? "its fingerprint" : "their fingerprints") in acknowledge. Nothing was changed.",
            details: [
                .init(
                    "changes",
                    json: JSONValue.array(
                        open.map { change in
                            let brought = broughtBack.first { $0.change.fingerprint == change.fingerprint }
                            return .object(brought?.json ?? change.json)
                        }
                    ).text
                )
            ]
        )
    }

    /// Refuses where a review that somebody has seen was made of something else.
    ///
    /// - Throws: ``Problem`` `review_stale` with what a review would say now; `invalid` for a text that no review gave.
    func requireReviewed(
        _ text: String?,
        origins: ReviewDigest.Origins?,
        activationSeq: Int,
        fresh: () throws -> [Problem.Detail]
    ) throws {
        guard let text else { return }
        guard let reviewed = ReviewDigest(text) else {
            throw Problem(
                .invalid,
                "\"\(text.prefix(80))\" is no review_digest; send back what the review gave.",
                errors: [.init(pointer: "/review_digest", message: "is not what a review gave")]
            )
        }
        let actual = ReviewDigest(
            live: live?.digest,
            staged: next.digest,
            origins: origins,
            rules: context.rules,
            activationSeq: activationSeq
        )
        let moved = actual.differences(from: reviewed)
        guard !moved.isEmpty else { return }
        throw Problem(
            .reviewStale,
            "Since you reviewed \"\(slug)\" \(moved.map(\.rawValue).joined(separator: " and ")) changed; review again and publish what you find. Nothing was changed.",
            details: [
                .init("moved", moved.map { "\($0)" }), .init("expected", text), .init("actual", actual.text),
            ] + (try fresh())
        )
    }
}

extension Connection {
    /// Compares what would go live with live.
    func gate(
        for next: CompiledContent,
        of parent: ToolsetRecord,
        what: String,
        shelf: ObjectShelf,
        allowsHost: @escaping @Sendable (String) -> Bool
    ) throws -> PublishGate {
        let context = try comparisonContext(of: parent, allowsHost: allowsHost)
        let live = try currentRelease(of: parent).map { try content(ofManifest: $0.digest, from: shelf) }
        let changes = try changes(from: live, to: next, in: context)
        let everyChange =
            context.rules.tellsAsTheyStand
            ? changes : try self.changes(from: live, to: next, in: context.tellingEverything)
        return PublishGate(
            context: context,
            live: live,
            next: next,
            changes: changes,
            everyChange: everyChange,
            broughtBack: try broughtBack(among: everyChange, leadingTo: next, of: parent),
            what: what
        )
    }

    /// Refuses where live is not what somebody has seen last.
    ///
    /// - Throws: ``Problem`` `live_moved`, with the last 20 activations since, and with what a review would say now.
    func requireActivationSeq(
        _ expected: Int?,
        of parent: ToolsetRecord,
        fresh: () throws -> [Problem.Detail] = { [] }
    ) throws {
        guard let expected else { return }
        let actual = try activationSeq(of: parent.id)
        guard expected != actual else { return }
        let since = try lastActivations(of: parent.id, after: expected, limit: 20)
        let more = actual - expected > 1 ? ", the last of \(actual - expected) activations since" : ""
        throw Problem(
            .liveMoved,
            "\(since.last.map { $0.sentence + more } ?? "You expected activation \(expected), and the last one of \"\(parent.slug)\" is \(actual)"); look at what is live now before you go on. Nothing was changed.",
            details: [
                .init("expected", json: String(expected)), .init("actual", json: String(actual)),
                .init("activations", json: JSONValue.array(since.map { .object($0.json) }).text),
            ] + (try fresh())
        )
    }

    /// Refuses where staging is not what somebody has seen.
    ///
    /// - Throws: ``Problem`` `staging_moved`, with who edited it last, and with what a review would say now.
    func requireStagingEtag(
        _ expected: String?,
        of copy: ToolsetRecord,
        fresh: () throws -> [Problem.Detail]
    ) throws {
        guard let expected else { return }
        let actual = try etag(of: copy)
        guard expected != actual else { return }
        let last = try lastEdit(of: copy)
        var details: [Problem.Detail] = [.init("expected", expected), .init("actual", actual)]
        var sentence = "Somebody edited the staging side of \"\(copy.slug)\" since you looked at it"
        if let last {
            let actor = try last.text("actor")
            sentence += "; the last to change the toolset was \(actor)"
            details.append(.init("last_change_by", actor))
            details.append(.init("last_change", try last.text("action")))
            details.append(.init("last_change_at", try last.text("created_at")))
        }
        throw Problem(
            .stagingMoved,
            "\(sentence). Review again and publish what you find. Nothing was changed.",
            details: details + (try fresh())
        )
    }

    /// The last edit of a staging copy: of the toolset, or of what it says of a tool.
    private func lastEdit(of copy: ToolsetRecord) throws -> Row? {
        try first(
            """
            SELECT actor, action, created_at FROM (
                SELECT actor, action, created_at FROM audit_events
                WHERE project_id = \(copy.projectID) AND subject = 'toolset' AND subject_name = \(copy.slug)
                    AND action NOT IN ('toolset.publish', 'toolset.switch_mode', 'toolset.activate_release')
                UNION ALL
                SELECT created_by AS actor, 'variation.upsert' AS action, created_at FROM tool_variations
                WHERE group_id = \(copy.variationsGroupID)
            ) edits ORDER BY created_at DESC LIMIT 1
            """
        )
    }

    /// Refuses where live gained something that staging does not have.
    ///
    /// - Throws: ``Problem`` `live_moved`, naming what merges.
    func requireMerged(_ copy: ToolsetRecord, of parent: ToolsetRecord) throws {
        guard let pending = try pendingMerge(of: copy, parent: parent) else { return }
        throw Problem(
            .liveMoved,
            "Live of \"\(parent.slug)\" has moved to release \(pending.live), and staging is based on release \(pending.base): publishing would lose what came in between. Merge first, by toolsets.mergeLiveIntoStaging. Nothing was changed.",
            details: [
                .init("base", json: String(pending.base)), .init("live", json: String(pending.live)),
                .init("conflicts", pending.conflicts.map(\.item)),
            ]
        )
    }

    /// The last activations after a seq, oldest first.
    private func lastActivations(of toolset: ID<Toolset>, after seq: Int, limit: Int) throws -> [Activation] {
        try query(
            """
            SELECT a.*, r.release_number, p.release_number AS previous_number FROM activations a
            JOIN toolset_releases r ON r.id = a.release_id
            LEFT JOIN toolset_releases p ON p.id = a.previous_release_id
            WHERE a.toolset_id = \(toolset) AND a.seq > \(seq) ORDER BY a.seq DESC LIMIT \(limit)
            """
        ).map(Activation.init).reversed()
    }
}

extension Activation {
    /// `key:ada published release 13`.
    fileprivate var sentence: String {
        let verb =
            switch kind {
            case .publish: "published"
            case .rollback: "rolled back to"
            case .rollForward: "returned to"
            }
        return "\(actor) \(verb) release \(release) meanwhile"
    }
}
