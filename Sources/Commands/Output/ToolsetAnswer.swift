import JSON

/// A toolset as the server answers it, as far as people see it.
struct ToolsetAnswer: Sendable {
    private let json: JSONValue

    init(_ json: JSONValue?) {
        self.json = json ?? .null
    }

    var slug: String { json["slug"]?.string ?? "" }
    var name: String { json["name"]?.string ?? slug }
    var etag: String? { json["etag"]?.string }
    var view: String? { json["view"]?.string }
    var isStaging: Bool { json["editing_mode"]?.string == "staging" }
    var isPublic: Bool { json["mcp_is_public"]?.bool ?? false }
    var isEnabled: Bool { json["mcp_enabled"]?.bool ?? true }
    var environment: String? { json["default_environment_slug"]?.string }
    var toolURNs: [String] { json["tool_urns"]?.array?.compactMap(\.string) ?? [] }
    var promptNames: [String] { json["prompt_names"]?.array?.compactMap(\.string) ?? [] }
    var resourceURNs: [String] { json["resource_urns"]?.array?.compactMap(\.string) ?? [] }
    var orphans: [String] { json["orphans"]?.array?.compactMap(\.string) ?? [] }
    var warnings: [String] { json["warnings"]?.array?.compactMap { $0["message"]?.string ?? $0.string } ?? [] }
    var tools: [JSONValue] { json["tools"]?.array ?? [] }
    var liveRelease: JSONValue? { json["current_release"].flatMap { $0.isNull ? nil : $0 } }
    var liveNumber: Int? { liveRelease?["number"]?.integer ?? liveRelease?.integer }
    /// The release that staging was last in step with.
    var base: Int? { json["staging"]?["base_release"]?.integer }
    /// The number of the deployment that staging stays on; none where it follows the active one.
    var pinnedDeployment: Int? { json["staging"]?["pinned_deployment_seq"]?.integer }
    /// Whether staging stays on prompts and resources of a release.
    var pinsPrompts: Bool { json["staging"]?["pins_prompts"]?.bool ?? false }
    /// Whether live is a newer release than the one that staging is based on.
    var hasToMerge: Bool { json["staging"]?["live_has_moved"]?.bool ?? false }
    /// The estimated cost of its tools for a model; none where the server did not count.
    var tokens: Int? { json["tokens"]?.integer }
    /// Whether clients get output schemas; none where that is left to the sources.
    var outputSchemas: Bool? { json["output_schemas"]?.bool }
    var callerVariables: [String] { json["mcp_caller_variables"]?.array?.compactMap(\.string) ?? [] }
    var hasPinnedAddresses: Bool { json["pinned_addresses"]?.bool ?? false }
    var graceSeconds: Int { json["grace_seconds"]?.integer ?? 0 }
    var logo: String? { json["logo"]?["url"]?.string }
    var address: String? { json["mcp_url"]?.string }
    var stagingAddress: String? { json["staging"]?["mcp_url"]?.string }
    /// What stops automations after a rollback.
    var hold: JSONValue? {
        guard let hold = json["hold"], !hold.isNull else { return nil }
        return hold
    }

    /// `rolled back from release 12 to 9 by key:ada: it is slow`
    var holdText: String? {
        guard let hold else { return nil }
        let (from, to) = (hold["from"]?.integer ?? 0, hold["to"]?.integer ?? 0)
        let actor = hold["actor"]?.string?.printable ?? "somebody"
        let reason = Wording.firstLine(hold["reason"]).map { ": \($0)" } ?? ""
        return "rolled back from release \(from) to \(to) by \(actor)\(reason)"
    }

    /// How many changes publishing staging makes; none where the server did not compare.
    var changes: Int? {
        guard let changes = json["staging"]?["changes"], !changes.isNull else { return nil }
        return changes.integer ?? changes["count"]?.integer ?? changes.object.map(Self.count)
    }

    private static func count(_ difference: JSONObject) -> Int {
        difference.reduce(0) { $0 + ($1.value.array?.count ?? ($1.value.bool == true ? 1 : 0)) }
    }

    /// `staging` or `iteration`.
    var mode: String { isStaging ? "staging" : "iteration" }

    /// `release 12`, or what is served in iteration mode.
    var liveText: String {
        guard isStaging else { return "every edit" }
        return liveNumber.map { "release \($0)" } ?? "nothing yet"
    }

    /// Whether staging differs from live in nothing that callers see, and can be published all the same.
    var isOnlyRecordChanged: Bool {
        changes == 0 && json["staging"]?["difference"]?["record_changed"]?.bool == true
    }

    /// `3 changes`, or nothing where there is no staging side or nobody compared it.
    var stagingText: String? {
        guard isStaging, let changes else { return nil }
        if isOnlyRecordChanged { return "no change that callers see" }
        return changes == 0 ? "no changes" : Wording.count(changes, "change")
    }
}

extension Table {
    /// Toolsets, a line each. How staging differs is told where the server was asked to compare.
    static func toolsets(_ toolsets: [ToolsetAnswer]) -> Table {
        let isCompared = toolsets.contains { $0.changes != nil }
        let staging = isCompared ? ["STAGING"] : []
        return Table(
            ["TOOLSET", "MODE", "LIVE"] + staging + ["TOOLS", "TOKENS", "ADDRESS"],
            rows: toolsets.map { toolset in
                let changes = Cell(toolset.stagingText, toolset.changes ?? 0 > 0 ? .notable : .plain)
                return [Cell(toolset.slug, .strong), Cell(toolset.mode), Cell(toolset.liveText)]
                    + (isCompared ? [changes] : [])
                    + [Cell(toolset.toolURNs.count), Cell(toolset.tokens)]
                    + [Cell(toolset.isEnabled ? toolset.address : "switched off")]
            }
        )
    }
}
