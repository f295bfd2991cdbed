import Persistence
import Projects
import Vocabulary

extension Connection {
    /// Records that somebody changed something, in the transaction that changes it.
    func audit(
        _ actor: Actor,
        _ action: String,
        _ subject: String,
        named name: String,
        in project: ID<Project>?,
        _ summary: String
    ) throws {
        try execute(
            """
            INSERT INTO audit_events (
                id, organization_id, project_id, actor, action, subject, subject_name, summary, created_at
            )
            SELECT \(ID<AuditEvent>.make()), id, \(project), \(actor.name), \(action), \(subject), \(name),
                \(summary), \(Timestamp.now())
            FROM organizations ORDER BY created_at LIMIT 1
            """
        )
    }
}
