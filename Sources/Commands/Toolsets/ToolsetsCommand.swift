import ArgumentParser
import JSON

/// `slipway toolsets`: lists toolsets, where no subcommand says otherwise.
struct ToolsetsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "toolsets",
        abstract: "Lists, makes, shows and edits toolsets. Each is served as one MCP server.",
        subcommands: [
            ToolsetListCommand.self, ToolsetCreateCommand.self, ToolsetShowCommand.self, ToolsetEditCommand.self,
        ],
        defaultSubcommand: ToolsetListCommand.self
    )
}

/// `slipway toolsets list`.
struct ToolsetListCommand: ManagementCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists toolsets by slug.")

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        let toolsets = try await session.client.list("toolsets.list", of: "toolsets")
        session.show(toolsets.json) {
            Table.toolsets(toolsets.items.map(ToolsetAnswer.init))
                .text(on: session.console, orElse: "There are no toolsets yet.")
        }
        if toolsets.items.isEmpty {
            session.hint("Make one: \(session.command("toolsets", "create", "SLUG", "--source", "SOURCE"))")
        }
    }
}
