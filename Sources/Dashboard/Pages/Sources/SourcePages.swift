import Accounts
import JSON
import ManagementAPI
import Vocabulary

/// The sources of a project: what its tools are made of.
struct SourcePages: PageController {
    static let path = "/projects/{project}/sources"

    var routes: [PageRoute] {
        [
            .get(Self.path, list),
            .get("\(Self.path)/~remove", scope: .producer, confirmRemoval),
            .post("\(Self.path)/~remove", scope: .producer, remove),
        ]
    }

    /// All sources; the tools of one where the query names it.
    private func list(_ visit: Visit) async throws -> PageAnswer {
        if let source = visit.query.text("source") { return try await tools(of: source, visit) }
        let sources = try await visit.call("sources.list").body
        let newest = try await visit.call("deployments.list", ["limit": 1]).body["deployments"]?.array?.first
        let page = SourceListPage(sources, newest: newest, visit: visit)
        return .page("Sources", page, by: "source/list", in: .sources)
    }

    private func tools(of source: String, _ visit: Visit) async throws -> PageAnswer {
        let sources = try await visit.call("sources.list").body["sources"]?.array ?? []
        guard let found = sources.first(where: { $0["slug"]?.string == source }) else {
            throw Self.absent(source)
        }
        var input: JSONObject = ["source": .string(source)]
        if let text = visit.query.text("q") {
            let search = ToolSearch(text)
            let tools = try await visit.all("tools.list", "tools", input).filter(search.finds)
            let page = SourceToolsPage(found, tools: tools, total: tools.count, visit: visit)
            return .page(source, page, by: "source/tools", in: .sources)
        }
        input["limit"] = JSONValue(Pager.size)
        if let cursor = visit.query.text("cursor") { input["cursor"] = .string(cursor) }
        let part = try await visit.call("tools.list", input).body
        let page = SourceToolsPage(
            found,
            tools: part["tools"]?.array ?? [],
            next: part["next_cursor"]?.string,
            visit: visit
        )
        return .page(source, page, by: "source/tools", in: .sources)
    }

    private func confirmRemoval(_ visit: Visit) async throws -> PageAnswer {
        let source = try await removable(visit)
        let users = try await toolsets(with: source, visit)
        return .page("Remove source", Self.removal(of: source, users: users, visit), by: "confirm", in: .sources)
    }

    private func remove(_ visit: Visit) async throws -> PageAnswer {
        let source = try await removable(visit)
        let answer = try await visit.call("deployments.evolve", ["remove": [.string(source)], "wait": false])
        let id = answer.body["deployment"]?["id"]?.string ?? ""
        return .redirect(to: DeploymentPages.address(id, in: visit.project), nil)
    }

    /// The source that the address names.
    ///
    /// - Throws: ``Problem`` where the project has none of that name, and for the one that came with the server.
    private func removable(_ visit: Visit) async throws -> String {
        let name = visit.query.text("source") ?? ""
        let sources = try await visit.call("sources.list").body["sources"]?.array ?? []
        guard let source = sources.first(where: { $0["slug"]?.string == name }) else { throw Self.absent(name) }
        guard !BuiltInSource.isBuiltIn(source) else {
            throw Problem(.invalid, "The source \(name) came with the server; pages do not remove it.")
        }
        return name
    }

    private static func absent(_ source: String) -> Problem {
        Problem(.notFound, "The project has no source \"\(source.prefix(60))\" now.")
    }

    /// The names of toolsets that have tools of a source.
    private func toolsets(with source: String, _ visit: Visit) async throws -> [String] {
        let prefix = "tools:http:\(source):"
        return try await visit.all("toolsets.list", "toolsets").filter { toolset in
            toolset["tool_urns"]?.array?.contains { $0.string?.hasPrefix(prefix) == true } == true
        }.compactMap { $0["name"]?.string }
    }

    private static func removal(of source: String, users: [String], _ visit: Visit) -> ConfirmPage {
        let list = Address.section(.sources, in: visit.project)
        let sentence =
            users.isEmpty
            ? "No toolset has a tool of it."
            : "Its tools go away in toolsets in iteration mode at once, and in staging of the others. These have some:"
        return ConfirmPage(
            title: "Remove the source \(source)",
            sentences: [
                "A new deployment without it is made. Releases go on serving the tools that they have.", sentence,
            ],
            names: users,
            button: "Remove source \(source)",
            action: Address.query("\(list)/~remove", ["source": source]),
            back: list
        )
    }
}

/// The sources of a project, each with its document and what became of it.
struct SourceListPage: Sendable {
    struct Item: Sendable {
        let slug: String
        let document: String
        let address: String
        let newVersionAddress: String
        let toolsetAddress: String
        let removeAddress: String
        let toolCount: String
        let errors: String
        let warnings: String
        let since: Moment?
        let deploymentSeq: Int
        /// Whether it came with the server: nobody uploads to it or removes it.
        let isBuiltIn: Bool
        let mayChange: Bool
    }

    /// The newest deployment, where it is not what is active.
    struct Newest: Sendable {
        let seq: Int
        let address: String
        let isPending: Bool
    }

    /// What people uploaded.
    let sources: [Item]
    let isEmpty: Bool
    let builtIn: Item?
    let mayEdit: Bool
    let newest: Newest?
    let uploadAddress: String
    let deploymentsAddress: String

    init(_ answer: JSONObject, newest: JSONValue?, visit: Visit, now: Timestamp = .now()) {
        let project = visit.project
        mayEdit = visit.caller.allows(.producer)
        let all = (answer["sources"]?.array ?? []).map { Item($0, visit: visit, now: now) }
        sources = all.filter { !$0.isBuiltIn }
        builtIn = all.first(where: \.isBuiltIn)
        isEmpty = sources.isEmpty
        let list = Address.section(.sources, in: project)
        uploadAddress = "\(list)/~new"
        deploymentsAddress = "\(list)/deployments"
        let status = newest?["status"]?.string
        self.newest =
            status == nil || status == "completed"
            ? nil
            : Newest(
                seq: newest?["seq"]?.integer ?? 0,
                address: DeploymentPages.address(newest?["id"]?.string ?? "", in: project),
                isPending: status == "pending"
            )
    }
}

extension SourceListPage.Item {
    init(_ source: JSONValue, visit: Visit, now: Timestamp) {
        let project = visit.project
        let list = Address.section(.sources, in: project)
        slug = source["slug"]?.string ?? ""
        document = source["asset"]?["name"]?.string ?? ""
        address = Address.query(list, ["source": slug])
        newVersionAddress = Address.query("\(list)/~new", ["source": slug])
        toolsetAddress = Address.query(Address.section(.toolsets, in: project) + "/new", ["source": slug])
        removeAddress = Address.query("\(list)/~remove", ["source": slug])
        toolCount = Count.of(source["tool_count"]?.integer ?? 0, "tool")
        let diagnostics = source["diagnostics"]
        errors = Count.ofSome(diagnostics?["error"]?.integer, "error")
        warnings = Count.ofSome(diagnostics?["warning"]?.integer, "warning")
        since = Moment(source["compiled_at"]?.string, now: now)
        deploymentSeq = source["deployment_seq"]?.integer ?? 0
        isBuiltIn = BuiltInSource.isBuiltIn(source)
        mayChange = !isBuiltIn && visit.caller.allows(.producer)
    }
}

extension Count {
    /// `3 errors`; empty where there are none.
    static func ofSome(_ count: Int?, _ noun: String) -> String {
        count.flatMap { $0 > 0 ? of($0, noun) : nil } ?? ""
    }
}

/// The tools of one source, a part at a time.
struct SourceToolsPage: Sendable {
    struct Tool: Sendable {
        let name: String
        let urn: String
        let method: String
        let path: String
        let description: String
        let tokens: Int
        let isDeprecated: Bool
        let offeredName: String
        let variationAddress: String
    }

    let slug: String
    let listAddress: String
    let source: SourceListPage.Item
    let tools: [Tool]
    let isEmpty: Bool
    let search: String
    let more: String
    /// Where what was searched for fills more than a page.
    let pager: Pager
    let mayEdit: Bool

    /// `tools` are those from a cursor on, with the `next` one; or all that were searched for, and how many in `total`.
    init(
        _ source: JSONValue,
        tools: [JSONValue],
        next: String? = nil,
        total: Int = 0,
        visit: Visit,
        now: Timestamp = .now()
    ) {
        self.source = SourceListPage.Item(source, visit: visit, now: now)
        self.slug = self.source.slug
        listAddress = Address.section(.sources, in: visit.project)
        let (list, text) = (Address.section(.sources, in: visit.project), visit.query["q"] ?? "")
        search = text
        let slug = source["slug"]?.string ?? ""
        let pager = Pager(page: visit.query.position("page") ?? 1, total: total) {
            Address.query(list, ["source": slug, "q": text, "page": String($0)])
        }
        self.pager = pager
        self.tools = tools.dropFirst(pager.start).prefix(Pager.size).map { Tool($0, project: visit.project) }
        isEmpty = tools.isEmpty
        more = next.map { Address.query(list, ["source": slug, "cursor": $0]) } ?? ""
        mayEdit = visit.caller.allows(.producer)
    }
}

extension SourceToolsPage.Tool {
    init(_ tool: JSONValue, project: Slug?) {
        name = tool["name"]?.string ?? ""
        urn = tool["urn"]?.string ?? ""
        method = tool["method"]?.string ?? ""
        path = tool["path"]?.string ?? ""
        description = tool["description"]?.string ?? ""
        tokens = tool["tokens"]?.integer ?? 0
        isDeprecated = tool["deprecated"]?.bool == true
        offeredName = tool["offered_name"]?.string ?? ""
        variationAddress = Address.query(Address.section(.variations, in: project) + "/~edit", ["urn": urn])
    }
}
