import ArgumentParser
import JSON

/// `slipway toolsets edit`.
struct ToolsetEditCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Edits a toolset; in staging mode its staging side, in iteration mode what is live.",
        discussion: "Environment, access, addresses of releases and grace act at once in both modes."
    )

    @Argument(help: ArgumentHelp("The toolset.", valueName: "toolset"))
    var slug: String

    @Option(help: ArgumentHelp("A tool to add at the end; may be repeated.", valueName: "urn"))
    var add: [String] = []

    @Option(help: ArgumentHelp("A tool to take out; may be repeated.", valueName: "urn"))
    var remove: [String] = []

    @Option(help: "What people and clients read.")
    var name: String?

    @Option(help: ArgumentHelp("The environment that calls use.", valueName: "slug"))
    var environment: String?

    @Flag(name: .customLong("public"), inversion: .prefixedNo, help: "Whether everybody may call it.")
    var isPublic: Bool?

    @Flag(inversion: .prefixedNo, help: "Whether each release answers at an address of its own.")
    var pinnedAddresses: Bool?

    @Option(
        help: ArgumentHelp(
            "How long after a publish the release before takes calls that fit only it; 0 for not at all.",
            valueName: "seconds"
        )
    )
    var grace: Int?

    @OptionGroup(title: "Server") var options: ServerOptions

    func validate() throws {
        if !isContentEdited, environment == nil, isPublic == nil, pinnedAddresses == nil, grace == nil {
            throw ValidationError(
                "Say what changes: --add, --remove, --name, --environment, --public, --pinned-addresses or --grace."
            )
        }
    }

    func perform(in session: Session) async throws {
        let before = ToolsetAnswer(try await session.client.perform("toolsets.get", ["slug": .string(slug)])["toolset"])
        var fields: JSONObject = ["slug": .string(slug)]
        if !add.isEmpty || !remove.isEmpty { fields["tool_urns"] = JSONValue(try edited(before.toolURNs)) }
        fields["name"] = name.map(JSONValue.string)
        fields["default_environment_slug"] = environment.map(JSONValue.string)
        fields["mcp_is_public"] = isPublic.map(JSONValue.bool)
        fields["pinned_addresses"] = pinnedAddresses.map(JSONValue.bool)
        fields["grace_seconds"] = grace.map { JSONValue($0) }

        let answer = try await session.client.perform("toolsets.update", fields, etag: before.etag)
        let toolset = ToolsetAnswer(answer["toolset"])
        session.show(answer) {
            let tools = Wording.count(toolset.toolURNs.count, "tool")
            if toolset.isStaging, !isContentEdited {
                return "Changed the settings of \(slug). They act at once, in live and staging."
            }
            return toolset.isStaging
                ? "Edited the staging side of \(slug): \(tools). Live stays \(toolset.liveText)."
                : "Edited \(slug): \(tools), live now."
        }
        if toolset.isStaging, isContentEdited {
            session.hint("Next: \(session.command("publish", slug, "-m", "NOTES"))")
        }
    }

    /// Whether anything changes that belongs to a release.
    private var isContentEdited: Bool { !add.isEmpty || !remove.isEmpty || name != nil }

    private func edited(_ urns: [String]) throws -> [String] {
        if let unknown = remove.first(where: { !urns.contains($0) }) {
            throw CommandFailure("toolset \"\(slug)\" has no tool \(unknown); see `slipway toolsets show \(slug)`.")
        }
        var seen: Set<String> = []
        return (urns.filter { !remove.contains($0) } + add).filter { seen.insert($0).inserted }
    }
}
