import ArgumentParser
import JSON

/// `slipway discard`.
struct DiscardCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard",
        abstract: "Discards the changes of the staging side: it says what live says. Live stays as it is."
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
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
    }
}
