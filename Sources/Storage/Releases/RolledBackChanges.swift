import JSON
import Persistence
import Releases
import Vocabulary

extension Connection {
    /// Notes what a rollback takes back: the changes that led from the release that is live again to the one that was.
    func noteRolledBack(_ changes: [Change], at seq: Int, of parent: ToolsetRecord) throws {
        for fingerprint in Set(changes.map(\.fingerprint)).sorted() {
            try execute(
                """
                INSERT INTO rolled_back_changes (toolset_id, activation_seq, fingerprint)
                VALUES (\(parent.id), \(seq), \(fingerprint))
                ON CONFLICT (toolset_id, fingerprint, activation_seq) DO NOTHING
                """
            )
        }
    }

    /// The manifests that rollbacks before an activation took back and that still count as taken back, with the seq of the
    /// rollback; the last ten, newest first.
    func releasesTakenBack(before seq: Int, of parent: ToolsetRecord) throws -> [(manifest: Digest, seq: Int)] {
        try query(
            """
            SELECT p.manifest_digest, a.seq FROM activations a JOIN toolset_releases p ON p.id = a.previous_release_id
            WHERE a.toolset_id = \(parent.id) AND a.seq < \(seq) AND EXISTS (
                SELECT 1 FROM rolled_back_changes c WHERE c.toolset_id = a.toolset_id AND c.activation_seq = a.seq
            )
            ORDER BY a.seq DESC LIMIT 10
            """
        ).map { (try $0.parsed("manifest_digest") { Digest($0) }, try $0.integer("seq")) }
    }

    /// Those of some changes that a rollback took back, with the last one that did. What only adds others up is not
    /// among them: whoever acknowledges those has acknowledged their total.
    func broughtBack(among all: [Change], of parent: ToolsetRecord) throws -> [BroughtBackChange] {
        let changes = all.filter { !$0.rule.isTotal }
        guard !changes.isEmpty else { return [] }
        let rows = try query(
            """
            SELECT c.fingerprint, a.actor, a.reason, a.created_at, r.release_number,
                p.release_number AS previous_number
            FROM rolled_back_changes c
            JOIN activations a ON a.toolset_id = c.toolset_id AND a.seq = c.activation_seq
            JOIN toolset_releases r ON r.id = a.release_id
            JOIN toolset_releases p ON p.id = a.previous_release_id
            WHERE c.toolset_id = \(parent.id) ORDER BY c.activation_seq
            """
        )
        let byFingerprint = Dictionary(
            try rows.map { (try $0.text("fingerprint"), $0) },
            uniquingKeysWith: { _, last in last }
        )
        return try changes.compactMap { change in
            guard let row = byFingerprint[change.fingerprint] else { return nil }
            return BroughtBackChange(
                change,
                from: try row.integer("previous_number"),
                to: try row.integer("release_number"),
                actor: try row.text("actor"),
                reason: try row.text("reason"),
                at: try row.timestamp("created_at")
            )
        }
    }

    /// Lets changes that are live again, by somebody who knew of them, no longer count as taken back.
    func forgetRolledBack(_ changes: [Change], of parent: ToolsetRecord) throws {
        for fingerprint in Set(changes.map(\.fingerprint)).sorted() {
            try execute(
                """
                DELETE FROM rolled_back_changes
                WHERE toolset_id = \(parent.id) AND fingerprint = \(fingerprint)
                """
            )
        }
    }

    /// As ``forgetRolledBack(_:of:)``, for all that the rollbacks took back from releases up to the one that is
    /// returned to.
    func forgetRolledBack(fromReleasesAfter live: Int, upTo number: Int, of parent: ToolsetRecord) throws {
        try execute(
            """
            DELETE FROM rolled_back_changes WHERE toolset_id = \(parent.id) AND activation_seq IN (
                SELECT a.seq FROM activations a JOIN toolset_releases p ON p.id = a.previous_release_id
                WHERE a.toolset_id = \(parent.id) AND p.release_number > \(live) AND p.release_number <= \(number)
            )
            """
        )
    }
}
