import ArgumentParser
import JSON

/// Which side an item is taken from.
enum MergeSide: String, ExpressibleByArgument, CaseIterable {
    case live, staging, base
}

/// `ITEM=SIDE` of a command line.
struct ItemChoice: ExpressibleByArgument, Hashable {
    let item: String
    let side: MergeSide

    init?(argument: String) {
        let parts = argument.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2, !parts[0].isEmpty, let side = parts.last.flatMap({ MergeSide(rawValue: $0) }) else {
            return nil
        }
        item = parts.dropLast().joined(separator: "=")
        self.side = side
    }
}

/// `slipway merge`.
struct MergeCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Puts into staging what live gained since the release that staging is based on.",
        discussion: """
            What only one side changed is taken from that side. Where both changed the same item, the command shows \
            what each says, changes nothing, and ends with status 2 until every item has a side.
            """
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Option(help: "The side of every item that both changed and that --item does not name: live, staging or base.")
    var take: MergeSide?

    @Option(
        name: .customLong("item"),
        help: ArgumentHelp("The side of one item: live, staging or base; may be repeated.", valueName: "item=side")
    )
    var items: [ItemChoice] = []

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        var choices = items
        let answer: JSONValue
        do {
            answer = try await merge(choices, on: session.client)
        } catch let refusal as Refusal where refusal.code == "merge_conflicts" {
            let conflicts = refusal.body["conflicts"]?.array ?? []
            guard let take else { throw ask(conflicts, refusal, in: session) }
            for conflict in conflicts {
                if let name = conflict["item"]?.string, let choice = ItemChoice(argument: "\(name)=\(take.rawValue)") {
                    choices.append(choice)
                }
            }
            answer = try await merge(choices, on: session.client)
        }
        let after = ToolsetAnswer(answer["toolset"])
        session.show(answer) {
            guard let live = answer["merged"]?["live_release"]?.integer else {
                return "There is nothing to merge: staging of \(toolset) has all that live has gained."
            }
            let changes = after.stagingText ?? "not compared"
            return "Merged release \(live) into staging of \(toolset), which is based on it now: \(changes)."
        }
        if answer["merged"]?.object != nil {
            session.hint("To undo: \(session.command("discard", toolset, "--undo"))")
        }
    }

    private func merge(_ choices: [ItemChoice], on client: ManagementClient) async throws -> JSONValue {
        let resolutions = choices.map { choice -> JSONValue in
            ["item": .string(choice.item), "take": .string(choice.side.rawValue)]
        }
        var fields: JSONObject = ["slug": .string(toolset)]
        if !resolutions.isEmpty { fields["resolutions"] = .array(resolutions) }
        return try await client.perform("toolsets.mergeLiveIntoStaging", fields)
    }

    /// Shows what asks, and how to answer.
    private func ask(_ conflicts: [JSONValue], _ refusal: Refusal, in session: Session) -> ExitCode {
        session.show(refusal.body) { ConflictText.of(conflicts, refusal, on: session.console) }
        session.hint("Nothing was merged.")
        let first = conflicts.first?["item"]?.string ?? "ITEM"
        session.hint("To take one side for all: \(session.command("merge", toolset, "--take", "staging"))")
        session.hint("To choose: \(session.command("merge", toolset, "--item", "\(first)=live")), one --item for each")
        return ExitCode(2)
    }
}

/// What both sides changed, for people.
enum ConflictText {
    static func of(_ conflicts: [JSONValue], _ refusal: Refusal, on console: Console) -> String {
        let base = refusal.body["base_release"]?.integer.map { "release \($0)" } ?? "the base"
        let live = refusal.body["live_release"]?.integer.map { "release \($0)" } ?? "live"
        var lines = ["Staging is based on \(base), and live is \(live) by now. Both changed:"]
        for conflict in conflicts {
            lines.append("")
            lines.append(console.style((conflict["item"]?.string ?? "").printable, .strong))
            lines.append("  base     \(text(conflict["base"]))")
            lines.append("  live     \(text(conflict["live"]))")
            lines.append("  staging  \(text(conflict["staging"]))")
        }
        return lines.joined(separator: "\n")
    }

    private static func text(_ value: JSONValue?) -> String {
        switch value {
        case nil, .null?: "-"
        case .bool(true)?: "yes"
        case .bool(false)?: "no"
        case .string(let text)?: text.printable
        case .array(let items)?: items.map { text($0) }.joined(separator: ", ")
        case let value?: value.text.printable
        }
    }
}
