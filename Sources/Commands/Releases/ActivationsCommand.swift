import ArgumentParser
import JSON

/// `slipway activations`.
struct ActivationsCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "activations",
        abstract: "Lists which release went live when, by whom and why, newest first."
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Option(help: "How many at most; all where left out.")
    var limit: Int?

    @OptionGroup(title: "Server") var options: ServerOptions

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit is 1 or more.") }
    }

    func perform(in session: Session) async throws {
        let activations = try await session.client.list(
            "toolsets.listActivations",
            ["slug": .string(toolset)],
            of: "activations",
            limit: limit
        )
        session.show(activations.json) {
            Table.activations(activations.items).text(on: session.console, orElse: "\(toolset) has no releases yet.")
        }
    }
}

extension Table {
    /// Activations, a line each.
    static func activations(_ activations: [JSONValue]) -> Table {
        Table(
            ["SEQ", "LIVE", "BEFORE", "HOW", "BY", "WHEN (UTC)", "WHY"],
            rows: activations.map { activation in
                [
                    Cell(activation["seq"]?.integer), Cell(activation["release"]?.integer),
                    Cell(activation["previous_release"]?.integer), Wording.activationKind(activation["kind"]),
                    Cell(activation["actor"]?.string), Cell(Wording.minute(activation["at"])),
                    Cell(Wording.firstLine(activation["reason"]) ?? ""),
                ]
            }
        )
    }
}
