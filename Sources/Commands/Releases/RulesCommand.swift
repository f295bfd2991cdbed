import ArgumentParser
import JSON

/// `slipway rules`.
struct RulesCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Shows or sets which change rules count how much for a toolset. Acts at once, in both modes."
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Option(help: "The levels to begin with: agent, typed or solo.")
    var profile: String?

    @Option(
        help: ArgumentHelp(
            "The level of one rule: breaking, risky, safe, off, or default; may be repeated.",
            valueName: "id=level"
        )
    )
    var set: [String] = []

    @Option(
        name: .customLong("deprecation-days"),
        help: ArgumentHelp(
            "How long a tool must have been deprecated so that its removal is risky; 0 for never.",
            valueName: "days"
        )
    )
    var deprecationDays: Int?

    @OptionGroup(title: "Server") var options: ServerOptions

    func validate() throws {
        for word in set where word.split(separator: "=", omittingEmptySubsequences: false).count != 2 {
            throw ValidationError("--set takes ID=LEVEL, as in --set tool.description.changed=safe.")
        }
    }

    func perform(in session: Session) async throws {
        var fields: JSONObject = ["slug": .string(toolset)]
        fields["profile"] = profile.map(JSONValue.string)
        if !set.isEmpty {
            var rules: JSONObject = [:]
            for word in set {
                let parts = word.split(separator: "=").map(String.init)
                rules[parts[0]] = parts[1] == "default" ? .null : .string(parts[1])
            }
            fields["rules"] = .object(rules)
        }
        if let deprecationDays {
            fields["deprecation_days"] = deprecationDays == 0 ? .null : JSONValue(deprecationDays)
        }
        let isChange = fields.count > 1
        let answer = try await session.client.perform(
            isChange ? "toolsets.setChangeRules" : "toolsets.get",
            fields
        )
        session.show(answer) { text(answer["toolset"]?["change_rules"] ?? .null, on: session.console) }
    }

    private func text(_ rules: JSONValue, on console: Console) -> String {
        let days = rules["deprecation_days"]?.integer
        var rows: [[Table.Cell]] = [
            ["Profile", .init(rules["profile"]?.string ?? "agent")],
            ["Removal of a deprecated tool", .init(days.map { "risky after \($0) days" } ?? "as any removal")],
        ]
        for (id, level) in rules["rules"]?.object ?? [:] { rows.append([.init(id), .init(level.string)]) }
        return Table(rows: rows).text(on: console)
    }
}
