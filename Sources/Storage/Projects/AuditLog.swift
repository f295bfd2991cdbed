import JSON
import Persistence
import Projects
import Vocabulary

extension Connection {
    /// Records that somebody changed something, in the transaction that changes it.
    ///
    /// Each event has the digest of itself and of the one before, so that a change of any of them is found. The seq comes
    /// from the last one: where two transactions write at the same time, the database's index refuses the second, which is
    /// tried again.
    func audit(
        _ actor: Actor,
        _ action: String,
        _ subject: String,
        named name: String,
        in project: ID<Project>?,
        _ summary: String
    ) throws {
        guard let organization = try first("SELECT id FROM organizations ORDER BY created_at LIMIT 1") else { return }
        let last = try first(
            "SELECT seq, record_digest FROM audit_events WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1"
        )
        let id = ID<AuditEvent>.make()
        let now = Timestamp.now()
        let seq = (try last?.integer("seq") ?? 0) + 1
        let record = AuditRecord(
            before: try last?.optionalText("record_digest"),
            values: [
                id.sqlValue, .text(try organization.text("id")), project?.sqlValue ?? .null, .text(actor.name),
                .text(action), .text(subject), .text(name), .text(summary), now.sqlValue, seq.sqlValue,
            ]
        )
        try execute(
            """
            INSERT INTO audit_events (
                id, organization_id, project_id, actor, action, subject, subject_name, summary, created_at, seq,
                record_digest
            ) VALUES (
                \(id), \(try organization.text("id")), \(project), \(actor.name), \(action), \(subject), \(name),
                \(summary), \(now), \(seq), \(record.digest.hex)
            )
            """
        )
    }
}
