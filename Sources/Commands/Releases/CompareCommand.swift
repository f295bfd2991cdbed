import ArgumentParser
import JSON

/// `slipway compare`.
struct CompareCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract:
            "Tells what changes for callers between two releases, live or staging; ends with status 2 where something does.",
        discussion: "Each side is a release's number or label, live or staging, in either order."
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Argument(help: "The side before.")
    var from: String

    @Argument(help: "The side after.")
    var to: String

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        let answer = try await session.client.perform(
            "toolsets.compareReleases",
            ["slug": .string(toolset), "from": .string(from), "to": .string(to)]
        )
        let comparison = answer["comparison"] ?? .null
        let changes = ChangesText(comparison["changes"])
        session.show(answer) {
            guard !changes.isEmpty else {
                return "Callers see no difference between \(Self.name(from)) and \(Self.name(to))."
            }
            let verdicts = Wording.verdicts(comparison["verdicts"]) ?? ""
            let heading = "From \(Self.name(from)) to \(Self.name(to)): \(verdicts)"
            return changes.section(heading, on: session.console) ?? heading
        }
        if !changes.isEmpty { throw ExitCode(2) }
    }

    private static func name(_ side: String) -> String {
        ["live", "staging"].contains(side) ? side : "release \(side.printable)"
    }
}
