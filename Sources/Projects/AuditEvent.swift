package import Vocabulary

/// That somebody changed something. Never holds a secret.
package struct AuditEvent: Sendable, Hashable {
    package let id: ID<AuditEvent>
    package let actor: String
    /// What was done: `toolset.update`, `toolset.switch_mode`.
    package let action: String
    /// To what: `toolset`, `environment`.
    package let subject: String
    /// The slug or name of it.
    package let subjectName: String
    /// One line for people.
    package let summary: String
    package let at: Timestamp

    package init(
        id: ID<AuditEvent>,
        actor: String,
        action: String,
        subject: String,
        subjectName: String,
        summary: String,
        at: Timestamp
    ) {
        self.id = id
        self.actor = actor
        self.action = action
        self.subject = subject
        self.subjectName = subjectName
        self.summary = summary
        self.at = at
    }
}
