import ArgumentParser
import JSON

/// `slipway rollback`.
struct RollbackCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Makes a release live again that was live before, exactly as it was. Staging stays as it is.",
        discussion: """
            Rolling back to an older release needs a reason; returning to a newer one does not. The command prints the \
            command that undoes it.
            """
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Argument(help: "The release: its number, or its label.")
    var release: ReleaseArgument

    @Option(name: [.customShort("m"), .customLong("reason")], help: "Why, for people.")
    var reason: String?

    @Flag(name: .customLong("load"), help: "Make staging show that release too, in place of the edits it holds.")
    var loadsIntoStaging = false

    @Flag(name: .customLong("no-hold"), help: "Let automations publish on, which a rollback stops otherwise.")
    var leavesAutomations = false

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        var fields = release.fields(of: toolset)
        fields["reason"] = reason.map(JSONValue.string)
        if loadsIntoStaging { fields["staging"] = "load" }
        if leavesAutomations { fields["hold"] = false }
        let answer = try await session.client.perform("toolsets.rollbackToRelease", fields)

        let done = RollbackText(
            toolset: toolset,
            number: release.number ?? ToolsetAnswer(answer["toolset"]).liveNumber ?? 0,
            isLoaded: loadsIntoStaging,
            previous: answer["previous_release"]?.integer
        )
        session.show(answer) {
            [done.outcome, changes(answer), hold(answer, in: session), done.undo(session)].compactMap(\.self)
                .joined(separator: "\n")
        }
        for warning in answer["warnings"]?.array ?? [] {
            session.hint("Warning: \((warning["message"]?.string ?? "").printable)")
        }
        if session.wantsJSON { session.hint(done.undo(session)) }
    }

    private func changes(_ answer: JSONValue) -> String? {
        Wording.verdicts(answer["verdicts"]).map { "For callers of what was live: \($0)." }
    }

    private func hold(_ answer: JSONValue, in session: Session) -> String? {
        guard ToolsetAnswer(answer["toolset"]).hold != nil else { return nil }
        return
            "Automations wait until a person publishes, returns, or lifts the hold: \(session.command("lift-hold", toolset))"
    }
}

/// What is said after a rollback.
struct RollbackText: Sendable {
    let toolset: String
    let number: Int
    /// Whether staging was made to show the release too.
    var isLoaded = false
    /// What was live before, where that is known.
    let previous: Int?

    var outcome: String {
        guard let previous else { return "Release \(number) of \(toolset) is live." }
        let staging = isLoaded ? "Staging shows it too." : "Staging stays as it is."
        return number < previous
            ? "Rolled back to release \(number): it is live in place of release \(previous). \(staging)"
            : "Returned to release \(number): it is live in place of release \(previous). \(staging)"
    }

    /// The command that makes live again what was live before; an older release asks for a reason.
    func undo(_ session: Session) -> String {
        guard let previous else {
            return "To see what was live before: \(session.command("activations", toolset))"
        }
        let command = session.command("rollback", toolset, String(previous))
        return "To undo: \(command)" + (previous < number ? " -m REASON" : "")
    }
}

extension Session {
    /// What was live before a release that has just gone live, as the log of activations says.
    func previousRelease(of toolset: String, before number: Int) async -> Int? {
        // What was asked for is done; that its undoing is not known must not make it look failed.
        let activations = try? await client.list(
            "toolsets.listActivations",
            ["slug": .string(toolset)],
            of: "activations",
            limit: 10
        )
        let own = activations?.items.first { $0["release"]?.integer == number }
        return own?["previous_release"]?.integer
    }
}
