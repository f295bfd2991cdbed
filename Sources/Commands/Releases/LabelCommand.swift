import ArgumentParser
import JSON

/// `slipway label`.
struct LabelCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "label",
        abstract: "Sets what people call a release besides its number, or takes that away."
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Argument(help: "The release's number.")
    var number: Int

    @Argument(help: "The label: letters, digits, and . _ + -; no number, live, staging or latest.")
    var label: String?

    @Flag(help: "Take the label away.")
    var remove = false

    @OptionGroup(title: "Server") var options: ServerOptions

    func validate() throws {
        guard (label == nil) == remove else { throw ValidationError("Give either a label or --remove.") }
    }

    func perform(in session: Session) async throws {
        let answer = try await session.client.perform(
            "toolsets.setReleaseLabel",
            ["slug": .string(toolset), "number": JSONValue(number), "label": JSONValue(label)]
        )
        session.show(answer) {
            label.map { "Release \(number) of \(toolset) is labelled \($0)." }
                ?? "Release \(number) of \(toolset) has no label."
        }
    }
}
