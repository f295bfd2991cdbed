import ArgumentParser
import JSON

/// `slipway discard`.
struct DiscardCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard",
        abstract: "Discards the changes of the staging side: it says what live says. Live stays as it is.",
        discussion: """
            What a discard, a load or a merge takes out of staging is kept for 30 days; --undo puts the last of it back, \
            and once more takes it out again.
            """
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Flag(name: .customLong("undo"), help: "Put back what the last discard, load or merge took out of staging.")
    var undoes = false

    @Flag(name: .customLong("replace"), help: "With --undo: also where staging was edited since; that is kept in turn.")
    var replaces = false

    @OptionGroup(title: "Server") var options: ServerOptions

    func validate() throws {
        if replaces, !undoes { throw ValidationError("--replace belongs to --undo.") }
    }

    func perform(in session: Session) async throws {
        if undoes { try await undo(in: session) } else { try await discard(in: session) }
    }

    private func discard(in session: Session) async throws {
        let answer = try await session.client.perform("toolsets.discardStagingVersion", ["slug": .string(toolset)])
        let after = ToolsetAnswer(answer["toolset"])
        session.show(answer) {
            let live = after.liveNumber.map { "release \($0)" } ?? "what is live"
            guard let changes = after.changes, changes > 0 else {
                return "Discarded the changes of \(toolset). Staging is equal to \(live)."
            }
            let what = Wording.count(changes, "item")
            return
                "Discarded the changes of \(toolset). What the project changed stays: staging differs from \(live) in \(what)."
        }
        session.hint("To undo, within 30 days: \(session.command("discard", toolset, "--undo"))")
    }

    private func undo(in session: Session) async throws {
        var fields: JSONObject = ["slug": .string(toolset)]
        if replaces { fields["replace"] = true }
        let answer = try await session.client.perform("toolsets.undoDiscard", fields)
        let after = ToolsetAnswer(answer["toolset"])
        session.show(answer) {
            "Put back what staging of \(toolset) was before: \(after.stagingText ?? "not compared")."
        }
        session.hint("To go forward again: \(session.command("discard", toolset, "--undo"))")
    }
}
