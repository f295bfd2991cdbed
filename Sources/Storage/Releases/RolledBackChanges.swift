import JSON
import Persistence
import Releases
import Vocabulary

/// By what changes are known that lead to a content, where a rollback takes them back and when they come again.
///
/// A change is known by its fingerprint; by its outcome, since something else may be live when it comes again; and by the
/// object of its tool, prompt or resource, since what is the same as a whole may be told in other pieces.
struct RolledBackKeys {
    private let changes: [Change]
    private let objects: [String: Digest]

    /// The keys of these changes; of totals there are none, since whoever has one of the changes has acknowledged it.
    init(_ changes: [Change], leadingTo content: CompiledContent?) {
        self.changes = changes.filter { !$0.rule.isTotal }
        let subjects = Set(self.changes.map(\.subject))
        let tools = content?.toolEntries.map { (Change.Subject.tool($0.urn), $0.object) } ?? []
        let prompts = content?.promptEntries.map { (Change.Subject.prompt($0.name), $0.object) } ?? []
        let resources = content?.resourceEntries.map { (Change.Subject.resource($0.urn), $0.object) } ?? []
        objects = (tools + prompts + resources).reduce(into: [:]) { objects, entry in
            if subjects.contains(entry.0) { objects[entry.0.key] = entry.1 }
        }
    }

    /// Each once, in parts that a statement takes.
    var parts: [[String]] {
        let all = Set(changes.flatMap { keys(of: $0) }).sorted()
        return stride(from: 0, to: all.count, by: 500).map { Array(all[$0...].prefix(500)) }
    }

    func keys(of change: Change) -> [String] {
        let item = objects[change.subject.key].map { object in
            "@" + Digest(of: "\(change.subject.key)\n\(object.hex)".utf8).hex.prefix(16)
        }
        return [change.fingerprint, "=" + change.outcome] + [item].compactMap(\.self)
    }
}

extension Connection {
    /// Notes what a rollback takes back: the changes that led from the release that is live again to the one that was.
    func noteRolledBack(
        _ changes: [Change],
        leadingTo content: CompiledContent?,
        at seq: Int,
        of parent: ToolsetRecord
    ) throws {
        for key in RolledBackKeys(changes, leadingTo: content).parts.joined() {
            try execute(
                """
                INSERT INTO rolled_back_changes (toolset_id, activation_seq, fingerprint)
                VALUES (\(parent.id), \(seq), \(key))
                ON CONFLICT (toolset_id, fingerprint, activation_seq) DO NOTHING
                """
            )
        }
    }

    /// Those of some changes that a rollback took back, with the last one that did. What only adds others up is not
    /// among them: whoever acknowledges those has acknowledged their total.
    func broughtBack(
        among all: [Change],
        leadingTo content: CompiledContent,
        of parent: ToolsetRecord
    ) throws -> [BroughtBackChange] {
        let changes = all.filter { !$0.rule.isTotal }
        guard !changes.isEmpty else { return [] }
        let keys = RolledBackKeys(changes, leadingTo: content)
        let noted = try lastRollbacks(of: keys, of: parent)
        guard !noted.isEmpty else { return [] }
        let rows = try query(
            """
            SELECT a.seq, a.actor, a.reason, a.created_at, r.release_number, p.release_number AS previous_number
            FROM activations a
            JOIN toolset_releases r ON r.id = a.release_id
            JOIN toolset_releases p ON p.id = a.previous_release_id
            WHERE a.toolset_id = \(parent.id) AND a.seq IN \(list: Array(Set(noted.values)))
            """
        )
        let rollbacks = Dictionary(
            try rows.map { (try $0.integer("seq"), $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return try changes.compactMap { change in
            guard let seq = keys.keys(of: change).compactMap({ noted[$0] }).max(), let row = rollbacks[seq] else {
                return nil
            }
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

    /// The seq of the last rollback that took something back by each of some keys. Nobody looks at the others, however many
    /// rollbacks there were.
    private func lastRollbacks(of keys: RolledBackKeys, of parent: ToolsetRecord) throws -> [String: Int] {
        var noted: [String: Int] = [:]
        for part in keys.parts {
            let rows = try query(
                """
                SELECT fingerprint, max(activation_seq) AS seq FROM rolled_back_changes
                WHERE toolset_id = \(parent.id) AND fingerprint IN \(list: part)
                GROUP BY fingerprint
                """
            )
            for row in rows { noted[try row.text("fingerprint")] = try row.integer("seq") }
        }
        return noted
    }

    /// Lets changes that are live again, by somebody who knew of them, no longer count as taken back.
    func forgetRolledBack(_ changes: [Change], leadingTo content: CompiledContent, of parent: ToolsetRecord) throws {
        for part in RolledBackKeys(changes, leadingTo: content).parts {
            try execute(
                """
                DELETE FROM rolled_back_changes
                WHERE toolset_id = \(parent.id) AND fingerprint IN \(list: part)
                """
            )
        }
    }
}
