import ArgumentParser
import JSON

/// `slipway undo`.
struct UndoCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Takes back the last edit of a toolset in iteration mode; once more, the one before it.",
        discussion: """
            It takes back what was edited of the toolset itself. Deployments, prompts and variations of the whole \
            project stay as they are.
            """
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        let answer = try await session.client.perform("toolsets.undoLastChange", ["slug": .string(toolset)])
        session.show(answer) { "Took back the last edit of \(toolset). That is live." }
    }
}
