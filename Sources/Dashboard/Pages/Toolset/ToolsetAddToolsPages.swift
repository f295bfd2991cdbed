import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// Putting tools of the project into a toolset.
struct ToolsetAddToolsPages: PageController {
    private let shelf = ProjectToolShelf()

    private static let path = "/projects/{project}/toolsets/{toolset}/tools/add"

    var routes: [PageRoute] {
        [.get(Self.path, scope: .producer, show), .post(Self.path, scope: .producer, add)]
    }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        try await page(visit, ProjectToolQuery(visit.query))
    }

    /// Adds the tools that were ticked, or all that match.
    private func add(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        let query = ProjectToolQuery(back: visit.form)
        let tools = ProjectTools(try await shelf.tools(visit), besides: place)
        let present = Set((place.toolset["tool_urns"]?.array ?? []).compactMap(\.string))
        let wanted =
            visit.form.has("all")
            ? tools.matching(query).compactMap { $0["urn"]?.string }
            : visit.form.all("urn").filter { !present.contains($0) }
        guard !wanted.isEmpty else {
            return try await page(visit, query, problem: Problem(.invalid, "Tick the tools that you want to add."))
        }
        let urns = (place.toolset["tool_urns"]?.array ?? []) + wanted.map(JSONValue.string)
        do {
            _ = try await visit.call(
                "toolsets.update",
                ["slug": .string(place.slug), "tool_urns": .array(urns)],
                etag: visit.form.text("etag")
            )
        } catch let problem as Problem {
            return try await page(visit, query, problem: problem)
        }
        return .redirect(to: place.address(), place.edited("\(Count.of(wanted.count, "tool")) added."))
    }

    private func page(_ visit: Visit, _ query: ProjectToolQuery, problem: Problem? = nil) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        let page = ToolsetAddToolsPage(
            ProjectTools(try await shelf.tools(visit), besides: place),
            place: place,
            query: query,
            ticked: Set(visit.form.all("urn")),
            fault: problem?.pageMessage ?? ""
        )
        return .page(
            "Add tools · \(place.name)",
            page,
            by: "toolset/add-tools",
            in: .toolsets,
            status: problem.map { HTTPResponse.Status(code: $0.code.httpStatus) } ?? .ok
        )
    }
}

/// The tools of the project that a toolset does not have.
struct ToolsetAddToolsPage: Sendable {
    let header: ToolsetHeader
    let filters: Filters
    let fault: String
    let address: String
    let backAddress: String
    let sourcesAddress: String
    let etag: String
    let back: String
    let summary: String
    let tools: [ToolRow]
    /// Tools that were ticked before and do not match any more.
    let alsoTicked: [String]
    let hasTools: Bool
    let hasNoSource: Bool
    let hasEverything: Bool
    let matchesNothing: Bool
    let addAllLabel: String
    let pager: Pager

    init(
        _ tools: ProjectTools,
        place: ToolsetPlace,
        query: ProjectToolQuery,
        ticked: Set<String> = [],
        fault: String = ""
    ) {
        header = ToolsetHeader(place, page: .tools, trail: [("Tools", ""), ("Add tools", "")])
        self.fault = fault
        address = Address.toolset(place.slug, "tools/add", in: place.project)
        backAddress = place.address()
        sourcesAddress = Address.section(.sources, in: place.project)
        etag = place.etag
        back = query.text()
        let matching = tools.matching(query)
        let start = min((query.page - 1) * Pager.size, max(0, matching.count - 1))
        let shown = matching.dropFirst(start / Pager.size * Pager.size).prefix(Pager.size)
        self.tools = shown.map { ToolRow($0, isTicked: ticked.contains($0["urn"]?.string ?? "")) }
        alsoTicked = ticked.subtracting(self.tools.map(\.urn)).sorted()
        hasTools = !shown.isEmpty
        hasNoSource = tools.all.isEmpty
        hasEverything = !tools.all.isEmpty && tools.open.isEmpty
        matchesNothing = !tools.open.isEmpty && matching.isEmpty
        let base = address
        pager = Pager(page: query.page, total: matching.count) { base + query.text(page: $0) }
        let all = [("", "All")]
        filters = Filters(
            address: base,
            view: nil,
            q: query.q,
            placeholder: "Name, description, path",
            selects: [
                FormSelect("source", "Source", all + tools.values("source").map { ($0, $0) }, chosen: query.source),
                FormSelect("method", "Method", all + tools.values("method").map { ($0, $0) }, chosen: query.method),
                FormSelect("tag", "Tag", all + tools.tags.map { ($0, $0) }, chosen: query.tag),
            ]
        )
        let tokens = Count.of(matching.reduce(0) { $0 + ($1["tokens"]?.integer ?? 0) }, "token")
        summary =
            filters.isFiltered
            ? "\(Count.number(matching.count)) of \(Count.of(tools.open.count, "tool")) match · about \(tokens)"
            : "\(Count.of(tools.open.count, "tool")) to choose from · about \(tokens) in all"
        addAllLabel = matching.count > 1 ? "Add all \(Count.of(matching.count, "tool"))" : ""
    }
}
