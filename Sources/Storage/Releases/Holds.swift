import Persistence
import Projects
import Releases
import Vocabulary

extension Connection {
    /// What stops automations after a rollback; nothing where nothing does.
    func hold(of parent: ToolsetRecord) throws -> Toolset.Hold? {
        guard let seq = parent.holdSeq else { return nil }
        let row = try first(
            """
            SELECT a.actor, a.reason, a.created_at, r.release_number, p.release_number AS previous_number
            FROM activations a
            JOIN toolset_releases r ON r.id = a.release_id
            JOIN toolset_releases p ON p.id = a.previous_release_id
            WHERE a.toolset_id = \(parent.id) AND a.seq = \(seq)
            """
        )
        guard let row else { return nil }
        return Toolset.Hold(
            from: try row.integer("previous_number"),
            to: try row.integer("release_number"),
            reason: try row.text("reason"),
            actor: try row.text("actor"),
            since: try row.timestamp("created_at")
        )
    }

    /// Refuses what a hold stops: whatever an automation would make live.
    ///
    /// - Throws: ``Problem`` `held_after_rollback`; `forbidden` where an automation asks to lift a hold.
    func requireNotHeld(_ parent: ToolsetRecord, by actor: Actor, lifting: Bool = false) throws {
        guard actor.isAutomation else { return }
        guard !lifting else { throw Problem.automationCannotLift }
        guard let hold = try hold(of: parent) else { return }
        let why = hold.reason.isEmpty ? "" : ": \(hold.reason)"
        throw Problem(
            .heldAfterRollback,
            "The toolset \"\(parent.slug)\" is on hold: \(hold.actor) rolled release \(hold.from) back to release \(hold.to)\(why). Automations wait until a person publishes, returns, or lifts the hold by toolsets.liftHold.",
            details: [
                .init("from", json: String(hold.from)), .init("to", json: String(hold.to)),
                .init("reason", hold.reason), .init("actor", hold.actor), .init("since", hold.since.description),
            ]
        )
    }

    /// Stops automations from now on.
    func setHold(at seq: Int, of parent: ToolsetRecord) throws {
        try execute("UPDATE toolsets SET hold_seq = \(seq) WHERE id = \(parent.id)")
    }

    /// Lets automations go on; answers whether they were stopped.
    @discardableResult
    func endHold(of parent: ToolsetRecord) throws -> Bool {
        try execute("UPDATE toolsets SET hold_seq = NULL WHERE id = \(parent.id) AND hold_seq IS NOT NULL") > 0
    }
}

extension Problem {
    static let automationCannotLift = Problem(
        .forbidden,
        "A hold is there to stop automations, so a key that is marked as one cannot lift it; a person's key can. Nothing was changed."
    )
}
