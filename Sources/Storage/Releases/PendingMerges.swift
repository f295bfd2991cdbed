import JSON
import Persistence
import Releases
import Tools
import Vocabulary

/// A merge that a staging copy waits for.
struct WaitingMerge {
    let base: Release
    let live: Release
    let merge: ThreeWayMerge
    /// Tools of any side that keep their names.
    let settled: Set<ToolURN>

    var pending: PendingMerge {
        PendingMerge(base: base.number, live: live.number, conflicts: merge.conflicts)
    }

    /// The same with the names that two tools would have once it is carried out, where it needs no other answer.
    func pending(onto staged: Heads, _ content: CompiledContent?) -> PendingMerge {
        PendingMerge(
            base: base.number,
            live: live.number,
            conflicts: merge.conflicts,
            sharedNames: sharedNames(staged, content)
        )
    }

    private func sharedNames(_ staged: Heads, _ content: CompiledContent?) -> [String] {
        guard case .merged(let edits)? = try? merge.outcome([]) else { return [] }
        let heads = Dictionary(staged.tools.map { ($0.urn, $0) }, uniquingKeysWith: { first, _ in first })
        let served = Dictionary(
            content?.toolEntries.map { ($0.urn, $0.name) } ?? [],
            uniquingKeysWith: { first, _ in first }
        )
        let names = edits.selection.toolURNs.map { urn in
            edits.variations[urn]?.name ?? heads[urn].flatMap { $0.layers.global.name ?? $0.definition?.name }
                ?? served[urn] ?? urn.name
        }
        // Those that staging has already are no news.
        let known = Dictionary(grouping: staged.tools.map { $0.variation.name ?? $0.definition?.name ?? $0.urn.name }) {
            $0
        }
        return Dictionary(grouping: names) { $0 }.filter { $0.value.count > max(1, known[$0.key]?.count ?? 0) }.keys
            .sorted()
    }
}

extension Connection {
    /// What has to be merged before a staging copy can be published; nothing where live serves what the copy is based
    /// on, or an older release: a rollback starts no merge.
    func pendingMerge(of copy: ToolsetRecord, parent: ToolsetRecord) throws -> PendingMerge? {
        try waitingMerge(of: copy, parent: parent)?.pending
    }

    /// As ``pendingMerge(of:parent:)``, with what it takes to carry it out.
    func waitingMerge(of copy: ToolsetRecord, parent: ToolsetRecord) throws -> WaitingMerge? {
        guard let (base, live) = try releasesToMerge(of: copy, parent: parent) else { return nil }
        let (old, new, mine) = (try ownEdits(of: base), try ownEdits(of: live), try ownEdits(of: copy))
        return WaitingMerge(
            base: base,
            live: live,
            merge: ThreeWayMerge(base: old.edits, live: new.edits, staging: mine.edits),
            settled: new.settled.union(mine.settled)
        )
    }

    /// The release that a copy is based on and the newer one that is live, where there are two.
    func releasesToMerge(of copy: ToolsetRecord, parent: ToolsetRecord) throws -> (base: Release, live: Release)? {
        guard copy.baseReleaseID != parent.currentReleaseID, let live = try currentRelease(of: parent),
            let base = try copy.baseReleaseID.flatMap({ try release($0) }),
            try isLaterLive(live, than: base), try !servesTheSame(live, as: base)
        else { return nil }
        return (base, live)
    }

    /// Whether a release was made live after another one, each for the first time: a rollback starts no merge, and a
    /// release that was created earlier and made live later does. A release that was never live counts by its number.
    private func isLaterLive(_ release: Release, than base: Release) throws -> Bool {
        let seqs = try [release, base].map { release in
            try first("SELECT min(seq) AS value FROM activations WHERE release_id = \(release.id)")?
                .optionalInteger("value")
        }
        guard let own = seqs[0] ?? nil, let other = seqs[1] ?? nil else { return release.number > base.number }
        return own > other
    }

    /// Whether two releases serve the same, also where an older version of the program wrote one of them in its format.
    private func servesTheSame(_ release: Release, as older: Release) throws -> Bool {
        if release.digest == older.digest { return true }
        let formats = try [release, older].map {
            try count("SELECT format AS value FROM manifests WHERE digest = \($0.digest.hex)")
        }
        guard formats[0] != formats[1] else { return false }
        return try isSame(try content(ofManifest: release.digest, from: ObjectShelf(CompiledTools())), as: older)
    }
}
