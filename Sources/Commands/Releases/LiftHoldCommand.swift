import ArgumentParser
import JSON

/// `slipway lift-hold`.
struct LiftHoldCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "lift-hold",
        abstract: "Lets automations publish again after a rollback."
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Option(name: [.customShort("m"), .customLong("reason")], help: "Why, for people.")
    var reason: String?

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        var fields: JSONObject = ["slug": .string(toolset)]
        fields["reason"] = reason.map(JSONValue.string)
        let answer = try await session.client.perform("toolsets.liftHold", fields)
        session.show(answer) { "The hold of \(toolset) is lifted: automations may publish again." }
    }
}
