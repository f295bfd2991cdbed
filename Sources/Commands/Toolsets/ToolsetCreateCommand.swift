import ArgumentParser
import JSON

/// `slipway toolsets create`.
struct ToolsetCreateCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Makes a toolset in iteration mode: what it has is live at once.",
        discussion: "Its tools are all those of each --source, then each --tool, in the order given."
    )

    @Argument(help: "What the toolset is called in addresses.")
    var slug: String

    @Option(help: "What people and clients read; the slug where left out.")
    var name: String?

    @Option(help: ArgumentHelp("A source whose tools it has, all of them; may be repeated.", valueName: "slug"))
    var source: [String] = []

    @Option(help: ArgumentHelp("A tool that it has; may be repeated.", valueName: "urn"))
    var tool: [String] = []

    @Option(help: ArgumentHelp("The environment that calls use.", valueName: "slug"))
    var environment: String?

    @Flag(name: .customLong("public"), help: "Let everybody call it; a key of scope consumer is needed otherwise.")
    var isPublic = false

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        var fields: JSONObject = ["slug": .string(slug)]
        fields["name"] = name.map(JSONValue.string)
        fields["tool_urns"] = JSONValue(try await toolURNs(on: session))
        fields["default_environment_slug"] = environment.map(JSONValue.string)
        if isPublic { fields["mcp_is_public"] = true }

        let answer = try await session.client.perform("toolsets.create", fields)
        let toolset = ToolsetAnswer(answer["toolset"])
        session.show(answer) {
            "Toolset \(toolset.slug) is live with \(Wording.count(toolset.toolURNs.count, "tool")): \(toolset.address ?? "")"
        }
        for warning in toolset.warnings { session.hint("Warning: \(warning.printable)") }
        if !toolset.isPublic {
            let create = session.command("keys", "create", "NAME", "--scope", "consumer")
            session.hint("Clients need a key of scope consumer. Make one: \(create)")
        }
    }

    private func toolURNs(on session: Session) async throws -> [String] {
        var urns: [String] = []
        for source in source {
            let tools = try await session.client.list("tools.list", ["source": .string(source)], of: "tools")
            guard !tools.items.isEmpty else {
                throw CommandFailure(
                    "the active deployment has no tools of a source \"\(source)\"; push its document by `slipway push FILE`."
                )
            }
            urns += tools.items.compactMap { $0["urn"]?.string }
        }
        var seen: Set<String> = []
        return (urns + tool).filter { seen.insert($0).inserted }
    }
}
