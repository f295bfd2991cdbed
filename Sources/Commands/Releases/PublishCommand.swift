import ArgumentParser
import JSON

/// `slipway publish`.
struct PublishCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Freezes the staging side as the next release and makes it live."
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Option(name: [.customShort("m"), .customLong("notes")], help: "What changes, for people.")
    var notes: String

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        let answer = try await session.client.perform(
            "toolsets.publishStagingVersion",
            ["slug": .string(toolset), "notes": .string(notes)]
        )
        let release = answer["release"] ?? .null
        session.show(answer) {
            let tools = release["tool_count"]?.integer.map { " with \(Wording.count($0, "tool"))" } ?? ""
            return "Published release \(release["number"]?.integer ?? 0) of \(toolset)\(tools). It is live."
        }
        let number = release["number"]?.integer ?? 0
        if let previous = await session.previousRelease(of: toolset, before: number) {
            session.hint("To undo: \(session.command("rollback", toolset, String(previous))) -m REASON")
        }
    }
}
