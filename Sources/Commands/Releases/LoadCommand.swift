import ArgumentParser
import JSON

/// `slipway load`.
struct LoadCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Makes staging show what a release serves, to be edited and published. Live stays as it is."
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Argument(help: "The release: its number, or its label.")
    var release: ReleaseArgument

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        let answer = try await session.client.perform(
            "toolsets.loadReleaseIntoStaging",
            release.fields(of: toolset)
        )
        let after = ToolsetAnswer(answer["toolset"])
        session.show(answer) {
            "Staging of \(toolset) shows release \(release.description.printable): \(after.stagingText ?? "not compared") against live. It stays on that release's deployment and prompts."
        }
        session.hint("To undo, within 30 days: \(session.command("discard", toolset, "--undo"))")
        session.hint("To follow the project again: \(session.command("pin", toolset, "--follow"))")
    }
}
