import ArgumentParser
import JSON

/// A side of a toolset.
enum Side: String, ExpressibleByArgument, CaseIterable {
    case live, staging
}

/// `slipway toolsets show`.
struct ToolsetShowCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows a toolset and its tools."
    )

    @Argument(help: ArgumentHelp("The toolset.", valueName: "toolset"))
    var slug: String

    @Option(help: "The side to show; in staging mode staging where left out.")
    var view: Side?

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        var fields: JSONObject = ["slug": .string(slug)]
        fields["view"] = view.map { .string($0.rawValue) }
        let answer = try await session.client.perform("toolsets.get", fields)
        session.show(answer) { text(ToolsetAnswer(answer["toolset"]), on: session.console) }
    }

    private func text(_ toolset: ToolsetAnswer, on console: Console) -> String {
        let side = toolset.isStaging && toolset.view == "staging" ? "Staging" : "Live"
        var parts = [
            "\(console.style(toolset.slug, .strong))  \(toolset.name.printable)",
            Table(
                rows: [
                    ["Mode", .init(toolset.mode)],
                    ["Side", .init(side)],
                    ["Live", .init(toolset.liveText)],
                    ["Environment", .init(toolset.environment)],
                    ["Access", .init(toolset.isPublic ? "public" : "key of scope consumer")],
                    ["Address", .init(toolset.isEnabled ? toolset.address : "switched off")],
                ]
            ).text(on: console),
        ]
        parts.append(tools(of: toolset, on: console))
        if !toolset.promptNames.isEmpty {
            parts.append(Table(["PROMPT"], rows: toolset.promptNames.map { [.init($0)] }).text(on: console))
        }
        if !toolset.resourceURNs.isEmpty {
            parts.append(Table(["RESOURCE"], rows: toolset.resourceURNs.map { [.init($0)] }).text(on: console))
        }
        parts += toolset.orphans.map { "No deployment has \($0.printable) any more; it is not served." }
        parts += toolset.warnings.map { "Warning: \($0.printable)" }
        return parts.joined(separator: "\n\n")
    }

    private func tools(of toolset: ToolsetAnswer, on console: Console) -> String {
        let rows: [[Table.Cell]] =
            if toolset.tools.isEmpty {
                toolset.toolURNs.map { ["-", .init($0), "-"] }
            } else {
                toolset.tools.map {
                    [.init($0["name"]?.string), .init($0["urn"]?.string), .init($0["tokens"]?.integer)]
                }
            }
        return Table(["TOOL", "URN", "TOKENS"], rows: rows).text(on: console, orElse: "It has no tools.")
    }
}
