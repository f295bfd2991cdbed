package import ArgumentParser
import Vocabulary

/// The program: `serve` runs the server, `verify` reads a database, every other command speaks to a running server.
package struct SlipwayCommand: AsyncParsableCommand {
    /// What the program says that it is; the server says the same.
    package static let version = Version.current

    package static let configuration = CommandConfiguration(
        commandName: "slipway",
        abstract: "Turns OpenAPI documents into MCP servers that a team can change safely.",
        discussion: """
            A command other than serve and verify speaks to a running server. Which one, with which key and in which project say \
            --server, --key and --project; or SLIPWAY_SERVER, SLIPWAY_KEY and SLIPWAY_PROJECT; or the file \
            ~/.config/slipway/profile.json with the members server, key and project.

            Exit status: 0 done, 1 error, 2 differences that somebody has to agree to.
            """,
        version: version,
        groupedSubcommands: [
            CommandGroup(name: "Server", subcommands: [ServeCommand.self]),
            CommandGroup(
                name: "Documents and toolsets",
                subcommands: [
                    PushCommand.self, ToolsetsCommand.self, StatusCommand.self, CallCommand.self, InstallCommand.self,
                ]
            ),
            CommandGroup(
                name: "Releases",
                subcommands: [
                    ModeCommand.self, ReviewCommand.self, PublishCommand.self, ActivateCommand.self,
                    RollbackCommand.self, LiftHoldCommand.self, ReleasesCommand.self, LabelCommand.self,
                    CompareCommand.self, RulesCommand.self, ActivationsCommand.self, DiscardCommand.self,
                    MergeCommand.self, LoadCommand.self, PinCommand.self, UndoCommand.self, ExportCommand.self,
                    VerifyCommand.self, PruneCommand.self,
                ]
            ),
            CommandGroup(name: "Access", subcommands: [SignInCommand.self, MembersCommand.self, KeysCommand.self]),
        ]
    )

    package init() {}

    /// Runs what the command line says and ends the process with the exit status.
    package static func main() async {
        let status = await run(nil, console: .standard)
        exit(withError: ExitCode(status))
    }

    /// Runs what the arguments say (those of the process where there are none), with every error told to the person;
    /// returns the exit status.
    static func run(_ arguments: [String]?, console: Console) async -> Int32 {
        do {
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return 0
        } catch {
            return report(error, console: console)
        }
    }
}
