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
    let sources: String
    let toolCount: String
    let errors: String
    let warnings: String
    let sourcesAddress: String
    let deploymentsAddress: String
    let redeployAddress: String
    let refreshAddress: String
    let mayEdit: Bool
    let diagnostics: [DiagnosticGroup]
    let hasDiagnostics: Bool
    let isClean: Bool
    let more: String
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

    struct NewToolset: Sendable {
        let source: String
        let address: String
    }

    init(
        _ deployment: JSONValue,
        logs: [JSONValue],
        effects: JSONValue?,
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
        (sources, toolCount, errors, warnings) = (item.sources, item.toolCount, item.errors, item.warnings)
        sourcesAddress = Address.section(.sources, in: visit.project)
        deploymentsAddress = "\(sourcesAddress)/deployments"
        redeployAddress = "\(item.address)/redeploy"
        refreshAddress = item.address
        mayEdit = visit.caller.allows(.producer)
        let all = DiagnosticGroup.groups(of: logs)
        let start = visit.query.position("from") ?? 0
        diagnostics = Array(all.dropFirst(start).prefix(DiagnosticGroup.mostShown))
        hasDiagnostics = !diagnostics.isEmpty
        isClean = all.isEmpty && !item.isPending && !item.isFailed
        let end = start + DiagnosticGroup.mostShown
        more = end < all.count ? Address.query(item.address, ["from": String(end)]) : ""
        groups = Self.groups(effects)
        isUnchanged = effects != nil && groups.isEmpty
        touched = isActive ? Self.touched(effects, project: visit.project) : []
        touchesNone = isActive && touched.isEmpty && !groups.isEmpty
        offeredNames = (effects?["offered_names"]?.array ?? []).map {
            OfferedName(urn: $0["urn"]?.string ?? "", name: $0["name"]?.string ?? "")
        }
        hasOfferedNames = !offeredNames.isEmpty
        toolsetAddresses = isActive && touched.isEmpty ? Self.newToolsets(effects, project: visit.project) : []
    }

    /// The most tools that are named; a number stands for the rest.
    private static let mostNames = 50

    private static func groups(_ effects: JSONValue?) -> [Group] {
        let kinds = [("added", "new"), ("changed", "changed"), ("removed", "gone")]
        return kinds.compactMap { name, word in
            let urns = (effects?[name]?.array ?? []).compactMap(\.string)
            guard !urns.isEmpty else { return nil }
            return Group(
                title: "\(Count.of(urns.count, "tool")) \(word)",
                names: Array(urns.prefix(mostNames)),
                left: urns.count > mostNames ? "and \(urns.count - mostNames) more" : ""
            )
        }
    }

    /// `live now in 3 toolsets`, `waits in 5`.
    private static func touched(_ effects: JSONValue?, project: Slug?) -> [Touched] {
        let toolsets = effects?["toolsets"]?.array ?? []
        return ["live", "waiting", "pinned"].compactMap { state in
            let own = toolsets.filter { $0["state"]?.string == state }
            guard !own.isEmpty else { return nil }
            let count = Count.of(own.count, "toolset")
            let sentence =
                switch state {
                case "live": "Live now in \(count), in iteration mode."
                case "waiting":
                    "Waiting in \(count), in staging mode: shown there as project changes until they are published."
                default: "Not in \(count), whose staging stays on an earlier deployment."
                }
            return Touched(
                isLive: state == "live",
                isWaiting: state == "waiting",
                sentence: sentence,
                toolsets: own.map { Toolset($0, isReviewed: state == "waiting", project: project) }
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
