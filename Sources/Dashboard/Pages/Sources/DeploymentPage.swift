import Accounts
import JSON
import Vocabulary

/// How a deployment went: progress, what it means for toolsets, and every diagnostic with its place.
struct DeploymentPage: Sendable {
    /// Toolsets in one state.
    struct Touched: Sendable {
        let isLive: Bool
        let isWaiting: Bool
        let sentence: String
        let toolsets: [Toolset]
        /// A long list is folded.
        let isShort: Bool
    }

    struct Toolset: Sendable {
        let name: String
        let address: String
        let what: String
        let orphans: [String]
        let hasOrphans: Bool
    }

    /// Tools that the deployment touched in one way.
    struct Group: Sendable {
        let title: String
        let names: [String]
        let left: String
    }

    let title: String
    let seq: Int
    let isPending: Bool
    let isFailed: Bool
    let isActive: Bool
    let isOld: Bool
    let when: Moment?
    /// `Brings library. slipway and pets are as they were.`
    let brings: String
    /// The sources whose document failed, to upload another one.
    let again: [Again]
    let diagnosticsTitle: String
    /// `Live now in 3 toolsets, waiting in 5.`
    let consequence: String
    let toolCount: String
    let errors: String
    let warnings: String
    let sourcesAddress: String
    let deploymentsAddress: String
    let redeployAddress: String
    let refreshAddress: String
    let mayEdit: Bool
    let diagnostics: DiagnosticTable?
    /// What is told of documents that are as they were before.
    let unchanged: DiagnosticTable?
    let unchangedLabel: String
    /// Whether the page begins with them.
    let isUnchangedOpen: Bool
    let isClean: Bool
    let pager: Pager
    /// Says so where there are more lines than a page reads.
    let unread: String
    let groups: [Group]
    let isUnchanged: Bool
    let touched: [Touched]
    let touchesNone: Bool
    let offeredNames: [OfferedName]
    let hasOfferedNames: Bool
    /// The sources that nobody made a toolset of.
    let toolsetAddresses: [NewToolset]

    struct OfferedName: Sendable {
        let urn: String
        let name: String
    }

    struct Again: Sendable {
        let source: String
        let address: String
    }

    struct NewToolset: Sendable {
        let source: String
        let address: String
    }

    init(
        _ deployment: JSONValue,
        logs: [JSONValue],
        effects: JSONValue?,
        previous: JSONValue? = nil,
        visit: Visit,
        now: Timestamp = .now()
    ) {
        let item = DeploymentListPage.Item(deployment, active: nil, project: visit.project, now: now)
        seq = item.seq
        title = "Deployment \(item.seq)"
        isPending = item.isPending
        isFailed = item.isFailed
        isActive = effects?["active"]?.bool == true
        isOld = effects?["active"]?.bool == false
        when = item.when
        toolCount = item.toolCount
        errors = item.errors.isEmpty ? "" : "\(item.errors) in all"
        warnings = item.warnings.isEmpty ? "" : "\(item.warnings) in all"
        sourcesAddress = Address.section(.sources, in: visit.project)
        deploymentsAddress = "\(sourcesAddress)/deployments"
        redeployAddress = "\(item.address)/redeploy"
        refreshAddress = item.address
        mayEdit = visit.caller.allows(.producer)
        let news = SourceNews(of: deployment, since: previous)
        brings =
            item.isFailed
            ? news.changed.isEmpty ? "" : "It was to bring \(news.changed.joined(separator: ", "))." : news.sentence
        let upload = "\(sourcesAddress)/~new"
        again =
            item.isFailed && mayEdit
            ? news.changed.map { Again(source: $0, address: Address.query(upload, ["source": $0])) } : []
        diagnosticsTitle = item.isFailed ? "What is wrong" : "What to know about the new documents"
        let all = DiagnosticGroup.groups(of: logs)
        let foremost = all.filter { !news.unchanged.contains($0.source) }
        let others = all.filter { news.unchanged.contains($0.source) }
        let page = visit.query.position("page") ?? 1
        pager = Pager(page: page, total: all.count) { Address.query(item.address, ["page": String($0)]) }
        let start = pager.start
        let shown = foremost.dropFirst(start).prefix(Pager.size)
        diagnostics = DiagnosticTable(shown)
        unchanged = DiagnosticTable(others.dropFirst(max(0, start - foremost.count)).prefix(Pager.size - shown.count))
        unchangedLabel =
            unchanged == nil ? "" : "\(Count.of(others.count, "message")) about documents that are as they were before"
        isUnchangedOpen = start > 0
        isClean = foremost.isEmpty && !item.isPending && !item.isFailed
        unread =
            logs.count >= Self.mostLines
            ? "The first \(Count.number(Self.mostLines)) lines are read here; deployments.logs has all of them." : ""
        groups = Self.groups(effects)
        isUnchanged = effects != nil && groups.isEmpty
        touched = isActive ? Self.touched(effects, project: visit.project) : []
        consequence = isActive ? Self.consequence(effects) : ""
        touchesNone = isActive && touched.isEmpty && !groups.isEmpty
        offeredNames = (effects?["offered_names"]?.array ?? []).map {
            OfferedName(urn: $0["urn"]?.string ?? "", name: $0["name"]?.string ?? "")
        }
        hasOfferedNames = !offeredNames.isEmpty
        toolsetAddresses = isActive && touched.isEmpty ? Self.newToolsets(effects, project: visit.project) : []
    }

    /// How many lines of the log are read for the page.
    static let mostLines = 20_000
    /// The most tools that are named; a number stands for the rest.
    private static let mostNames = 50
    private static let mostListed = 8

    /// `Live now in 3 toolsets, waiting in 5.`
    private static func consequence(_ effects: JSONValue?) -> String {
        let states = (effects?["toolsets"]?.array ?? []).compactMap { $0["state"]?.string }
        let words = [("live", "live now in"), ("waiting", "waiting in"), ("pinned", "kept out of")]
        let parts = words.compactMap { state, word -> String? in
            let count = states.count { $0 == state }
            return count == 0 ? nil : "\(word) \(Count.of(count, "toolset"))"
        }
        guard let first = parts.first else { return "" }
        return ([first.prefix(1).uppercased() + first.dropFirst()] + parts.dropFirst()).joined(separator: ", ") + "."
    }

    private static func groups(_ effects: JSONValue?) -> [Group] {
        let kinds = [("added", "new"), ("changed", "changed"), ("removed", "gone")]
        return kinds.compactMap { name, word in
            let urns = (effects?[name]?.array ?? []).compactMap(\.string)
            guard !urns.isEmpty else { return nil }
            return Group(
                title: "\(Count.of(urns.count, "tool")) \(word)",
                names: Array(urns.prefix(mostNames)),
                left: urns.count > mostNames ? "and \(Count.number(urns.count - mostNames)) more" : ""
            )
        }
    }

    /// `live now in 3 toolsets`, `waits in 5`.
    private static func touched(_ effects: JSONValue?, project: Slug?) -> [Touched] {
        let toolsets = effects?["toolsets"]?.array ?? []
        return ["live", "waiting", "pinned"].compactMap { state in
            let own = toolsets.filter { $0["state"]?.string == state }
            guard !own.isEmpty else { return nil }
            let sentence =
                switch state {
                case "live": "In iteration mode: callers get it now"
                case "waiting": "In staging mode: told there as project changes, until somebody publishes them"
                default: "Staging stays on an earlier deployment"
                }
            return Touched(
                isLive: state == "live",
                isWaiting: state == "waiting",
                sentence: sentence,
                toolsets: own.map { Toolset($0, isReviewed: state == "waiting", project: project) },
                isShort: own.count <= mostListed
            )
        }
    }

    /// For the sources whose tools are new.
    private static func newToolsets(_ effects: JSONValue?, project: Slug?) -> [NewToolset] {
        var sources: [String] = []
        for urn in (effects?["added"]?.array ?? []).compactMap(\.string) {
            let parts = urn.split(separator: ":")
            guard parts.count > 2, !sources.contains(String(parts[2])) else { continue }
            sources.append(String(parts[2]))
        }
        let address = Address.section(.toolsets, in: project) + "/new"
        return sources.map { NewToolset(source: $0, address: Address.query(address, ["source": $0])) }
    }
}

extension DeploymentPage.Toolset {
    init(_ toolset: JSONValue, isReviewed: Bool, project: Slug?) {
        let slug = toolset["slug"]?.string ?? ""
        name = toolset["name"]?.string ?? slug
        address = Address.toolset(slug, isReviewed ? "review" : "", in: project)
        let changed = toolset["changed"]?.array?.count ?? 0
        orphans = (toolset["orphans"]?.array ?? []).compactMap(\.string)
        hasOrphans = !orphans.isEmpty
        what = changed == 0 ? "" : "\(Count.of(changed, "tool")) changed"
    }
}
