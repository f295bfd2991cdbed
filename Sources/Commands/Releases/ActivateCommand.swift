import ArgumentParser
import JSON

/// `slipway activate`.
struct ActivateCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate",
        abstract: "Makes a release live that was made by publish --create-only."
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Argument(help: "The release: its number, or its label.")
    var release: ReleaseArgument

    @Option(name: [.customShort("m"), .customLong("notes")], help: "Why now, for people.")
    var notes: String?

    @OptionGroup var reviewed: ReviewedOptions

    @Option(
        name: .customLong("expected-seq"),
        help: ArgumentHelp(
            "The seq of the last activation that was seen; takes it that live is another release than this was made on.",
            valueName: "seq"
        )
    )
    var expectedSeq: Int?

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        var fields = reviewed.fields
        fields["slug"] = .string(toolset)
        release.name(in: &fields)
        fields["notes"] = notes.map(JSONValue.string)
        if let expectedSeq { fields["expected_activation_seq"] = JSONValue(expectedSeq) }
        let answer = try await session.takingKnowingly(retry) {
            try await session.client.perform("toolsets.activateRelease", fields)
        }
        let number = answer["release"]?["number"]?.integer ?? release.number ?? 0
        session.show(answer) { "Release \(number) of \(toolset) is live." }
        if let previous = await session.previousRelease(of: toolset, before: number) {
            session.hint("To undo: \(session.command("rollback", toolset, String(previous))) -m REASON")
        }
    }

    private var retry: [String] {
        var words = ["activate", toolset, release.description]
        if let notes { words += ["-m", notes] }
        if let expectedSeq { words += ["--expected-seq", String(expectedSeq)] }
        return words + reviewed.words
    }
}
