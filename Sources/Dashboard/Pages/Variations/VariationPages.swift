import Accounts
import JSON
import ManagementAPI
import Vocabulary

/// Variations of the project: what tools say otherwise in every toolset that does not say it itself.
struct VariationPages: PageController {
    private static let path = "/projects/{project}/variations"

    var routes: [PageRoute] {
        [
            .get(Self.path, list), .get("\(Self.path)/~edit", edit),
            .post("\(Self.path)/~edit", scope: .producer, save),
            .get("\(Self.path)/~revert", scope: .producer, confirmRevert),
            .post("\(Self.path)/~revert", scope: .producer, revert),
        ]
    }

    private func list(_ visit: Visit) async throws -> PageAnswer {
        var input: JSONObject = ["limit": 50]
        if let cursor = visit.query.text("cursor") { input["cursor"] = .string(cursor) }
        let answer = try await visit.call("variations.listGlobal", input).body
        var uses: [String: [JSONValue]] = [:]
        for urn in (answer["variations"]?.array ?? []).compactMap({ $0["tool_urn"]?.string }) {
            uses[urn] = try await self.uses(of: urn, visit)
        }
        var found: [JSONValue]?
        let builtIn = try await visit.builtInSource()?.slug
        func isBuiltIn(_ tool: JSONValue) -> Bool { builtIn != nil && tool["source"]?.string == builtIn }
        if let search = visit.query.text("q").map(ToolSearch.init) {
            var names: [String: [String]] = [:]
            for variation in try await visit.all("variations.listGlobal", "variations") {
                names[variation["tool_urn"]?.string ?? ""] = ["name", "title"].compactMap { variation[$0]?.string }
            }
            let matching = try await visit.all("tools.list", "tools").filter { tool in
                search.finds(tool, called: names[tool["urn"]?.string ?? ""] ?? [])
            }
            // People look for tools of what they uploaded, rarely for the server's own calls.
            found = matching.filter { !isBuiltIn($0) } + matching.filter(isBuiltIn)
        }
        let page = VariationListPage(answer, uses: uses, found: found, builtIn: builtIn, visit: visit)
        return .page("Variations", page, by: "variation/list", in: .variations)
    }

    private func edit(_ visit: Visit) async throws -> PageAnswer {
        .page("Variation", try await page(visit), by: "variation/edit", in: .variations)
    }

    private func save(_ visit: Visit) async throws -> PageAnswer {
        do {
            var input = VariationFields(visit.form).input
            input["tool_urn"] = .string(visit.query.text("urn") ?? "")
            _ = try await visit.call("variations.upsertGlobal", input)
            let isVaried = !VariationFields.changed(by: .object(input)).isEmpty
            let what = isVaried ? "is changed" : "says what its document says"
            return .redirect(to: Address.section(.variations, in: visit.project), try await notice(what, visit))
        } catch let problem as Problem where problem.isAboutInput {
            let page = try await page(visit, problem)
            return .page("Variation", page, by: "variation/edit", in: .variations, status: problem.pageStatus)
        }
    }

    private func confirmRevert(_ visit: Visit) async throws -> PageAnswer {
        let urn = visit.query.text("urn") ?? ""
        let name = ToolName.of(urn)
        let list = Address.section(.variations, in: visit.project)
        let touched = TouchedToolsets(try await uses(of: urn, visit), project: visit.project)
        let page = ConfirmPage(
            title: "Take off the variation of \(name)",
            sentences: [
                "The tool says again what its document says, where no toolset says it otherwise.", touched.sentence,
            ],
            names: touched.toolsets.map(\.name),
            button: "Take off variation of \(name)",
            action: Address.query("\(list)/~revert", ["urn": urn]),
            back: list
        )
        return .page(page.title, page, by: "confirm", in: .variations)
    }

    private func revert(_ visit: Visit) async throws -> PageAnswer {
        let urn = visit.query.text("urn") ?? ""
        _ = try await visit.call("variations.deleteGlobal", ["tool_urn": .string(urn)])
        let notice = try await notice("says what its document says", visit)
        return .redirect(to: Address.section(.variations, in: visit.project), notice)
    }

    /// What a change means for toolsets, after it.
    private func notice(_ what: String, _ visit: Visit) async throws -> Notice {
        let urn = visit.query.text("urn") ?? ""
        let touched = TouchedToolsets(try await uses(of: urn, visit), project: visit.project)
        return Notice(text: "\(ToolName.of(urn)) \(what). \(touched.sentence)")
    }

    private func page(_ visit: Visit, _ problem: Problem? = nil) async throws -> VariationPage {
        let urn = JSONValue.string(visit.query.text("urn") ?? "")
        let history = try await visit.call("variations.history", ["tool_urn": urn, "limit": 10]).body["variations"]
        return VariationPage(
            tool: try await tool(urn, visit),
            history: history?.array ?? [],
            touched: TouchedToolsets(try await uses(of: urn.string ?? "", visit), project: visit.project),
            visit: visit,
            problem: problem
        )
    }

    /// What the document says of the tool; none where no document has it any more.
    private func tool(_ urn: JSONValue, _ visit: Visit) async throws -> JSONValue? {
        do {
            return try await visit.call("tools.get", ["urn": urn]).body["tool"]
        } catch let problem as Problem where problem.code == .notFound {
            return nil
        }
    }

    private func uses(of urn: String, _ visit: Visit) async throws -> [JSONValue] {
        try await visit.call("tools.uses", ["urn": .string(urn)]).body["toolsets"]?.array ?? []
    }
}

/// Names of tools for people.
enum ToolName {
    /// `getBook` of `tools:http:library:getBook`
    static func of(_ urn: String) -> String { urn.split(separator: ":").last.map(String.init) ?? urn }

    /// `library` of `tools:http:library:getBook`
    static func source(of urn: String) -> String {
        let parts = urn.split(separator: ":")
        return parts.count == 4 ? String(parts[2]) : ""
    }
}

/// The toolsets that a variation of the project touches.
struct TouchedToolsets: Sendable {
    struct Toolset: Sendable {
        let name: String
        let address: String
        let isLive: Bool
        let isWaiting: Bool
        /// Its own variation may say it otherwise.
        let isOverridden: Bool
        let isNotLast: Bool
    }

    let toolsets: [Toolset]
    let isEmpty: Bool
    /// `Live at once in 2 toolsets; waits in staging of 1.`
    let sentence: String

    init(_ uses: [JSONValue], project: Slug?) {
        toolsets = uses.enumerated().map { position, use in
            let slug = use["slug"]?.string ?? ""
            let isLive = use["editing_mode"]?.string == "iteration"
            return Toolset(
                name: use["name"]?.string ?? slug,
                address: Address.toolset(slug, in: project),
                isLive: isLive,
                isWaiting: !isLive,
                isOverridden: use["has_own_variation"]?.bool == true,
                isNotLast: position + 1 < uses.count
            )
        }
        isEmpty = toolsets.isEmpty
        let live = toolsets.count(where: \.isLive)
        let waiting = toolsets.count - live
        switch (live, waiting) {
        case (0, 0): sentence = "No toolset has this tool."
        case (_, 0): sentence = "Live at once in \(Count.of(live, "toolset"))."
        case (0, _): sentence = "Waits in staging of \(Count.of(waiting, "toolset")); live stays as it is."
        default: sentence = "Live at once in \(Count.of(live, "toolset")); waits in staging of \(waiting)."
        }
    }
}

/// The variations of a project.
struct VariationListPage: Sendable {
    struct Item: Sendable {
        let name: String
        /// What agents call it by, where that is another name.
        let newName: String
        let source: String
        let what: String
        let address: String
        let revertAddress: String
        let touched: TouchedToolsets
        let actor: String
        let when: Moment?
    }

    let variations: [Item]
    let isEmpty: Bool
    let mayEdit: Bool
    let listAddress: String
    let search: String
    let found: [FoundTool]
    let findsNone: Bool
    /// How many more were found than are shown.
    let left: String
    let more: String

    /// The most tools that a search shows.
    private static let mostFound = 30

    init(
        _ answer: JSONObject,
        uses: [String: [JSONValue]],
        found: [JSONValue]?,
        builtIn: String? = nil,
        visit: Visit,
        now: Timestamp = .now()
    ) {
        let list = Address.section(.variations, in: visit.project)
        listAddress = list
        variations = (answer["variations"]?.array ?? []).map { variation in
            let urn = variation["tool_urn"]?.string ?? ""
            return Item(
                name: ToolName.of(urn),
                newName: variation["name"]?.string ?? "",
                source: ToolName.source(of: urn),
                what: VariationFields.changed(by: variation).joined(separator: ", "),
                address: Address.query("\(list)/~edit", ["urn": urn]),
                revertAddress: Address.query("\(list)/~revert", ["urn": urn]),
                touched: TouchedToolsets(uses[urn] ?? [], project: visit.project),
                actor: ActorName.text(variation["created_by"]),
                when: Moment(variation["created_at"]?.string, now: now)
            )
        }
        isEmpty = variations.isEmpty && visit.query.text("cursor") == nil
        mayEdit = visit.caller.allows(.producer)
        search = visit.query["q"] ?? ""
        self.found = (found ?? []).prefix(Self.mostFound).map { tool in
            let address = Address.query("\(list)/~edit", ["urn": tool["urn"]?.string ?? ""])
            return FoundTool(tool, builtIn: builtIn, address: address)
        }
        let left = (found?.count ?? 0) - self.found.count
        self.left = left > 0 ? "\(Count.of(left, "more tool")) found; search for more words." : ""
        findsNone = found?.isEmpty == true
        more = answer["next_cursor"]?.string.map { Address.query(list, ["cursor": $0]) } ?? ""
    }
}
