import JSON
import Vocabulary

/// The head of every page of a toolset: which side one sees, what state it is in, its address, and the tabs.
/// The part `parts/toolset-header` shows it.
struct ToolsetHeader: Sendable {
    /// A step of the way to the page; one without an address is the page itself.
    struct Crumb: Sendable {
        let title: String
        let address: String
    }

    struct Tab: Sendable {
        let title: String
        let address: String
        let isCurrent: Bool
    }

    /// The banner after a rollback.
    struct Hold: Sendable {
        let from: Int
        let to: Int
        let actor: String
        let reason: String
        let since: Moment?
        /// Whether it is told in full: where tools are edited, reviewed and published.
        let isFull: Bool
        let detailAddress: String
        let returnAddress: String
        let liftAddress: String
    }

    /// The tabs, by the last part of their address.
    enum Page: String, Sendable, CaseIterable {
        case tools = ""
        case prompts, resources, environment, calls, releases, playground, settings

        var title: String {
            switch self {
            case .tools: "Tools"
            default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
            }
        }
    }

    let name: String
    /// What the server is for; only where its tools are.
    let description: String
    let crumbs: [Crumb]
    let isStagingMode: Bool
    let isStagingView: Bool
    let liveAddress: String
    let liveLabel: String
    let stagingAddress: String
    let stagingLabel: String
    /// The state in words; ``when`` follows it.
    let state: String
    let when: Moment?
    let stateEnd: String
    let url: String
    let isOff: Bool
    let isPublic: Bool
    let tabs: [Tab]
    let isReadOnly: Bool
    /// Whether staging is turned off for the organization while this toolset is in staging mode.
    let isStagingOff: Bool
    let offersReview: Bool
    let offersStaging: Bool
    let maySwitch: Bool
    let mayPublish: Bool
    let mayEdit: Bool
    let hold: Hold?
    let hasChanges: Bool
    /// Whether a review is what to do next.
    let isReviewNext: Bool
    let offersDiscard: Bool
    let hasActions: Bool
    /// What moved, and what staging is based on; empty where live has not moved.
    let liveHasMoved: String
    let reviewAddress: String
    let mergeAddress: String
    let discardAddress: String
    let modeAddress: String
    let installAddress: String

    /// `isReview` says that the page is the review, which needs no link to itself. `trail` is the way to a page below a tab, by
    /// title and the page of the toolset; its last step is the page itself.
    init(
        _ place: ToolsetPlace,
        page: Page?,
        isReview: Bool = false,
        trail: [(title: String, page: String)] = [],
        now: Timestamp = .now()
    ) {
        let toolset = place.toolset
        let staging = toolset["staging"]
        let live = toolset["current_release"]?["number"]?.integer ?? 0
        name = toolset["name"]?.string ?? place.slug
        description = page == .tools && trail.isEmpty ? ToolRow.shortened(toolset["description"]?.string ?? "") : ""
        crumbs = Self.crumbs(place, trail: trail)
        isStagingMode = place.isStagingMode
        isStagingView = place.isStagingView
        let current = page?.rawValue ?? ""
        liveAddress = Address.toolset(place.slug, current, view: "live", in: place.project)
        stagingAddress = Address.toolset(place.slug, current, view: "staging", in: place.project)
        liveLabel = "Live · release \(live)"
        stagingLabel = "Staging · \(Count.changes(place.changeCount))"
        (state, when, stateEnd) = Self.state(place, live: live, now: now)
        let mcp = toolset["mcp_url"]?.string ?? ""
        url = place.isStagingView ? "\(mcp)/staging" : mcp
        isOff = toolset["mcp_enabled"]?.bool == false
        isPublic = toolset["mcp_is_public"]?.bool == true
        tabs = Page.allCases.map {
            Tab(title: $0.title, address: place.address($0.rawValue), isCurrent: $0 == page)
        }
        isReadOnly = place.isStagingMode && !place.isStagingView
        isStagingOff = place.isStagingMode && !place.isStagingOn
        offersReview = place.isStagingView && place.isStagingOn && !isReview
        offersStaging = !place.isStagingMode && place.isStagingOn && place.mayPublish
        maySwitch = place.mayPublish
        mayPublish = place.mayPublish
        mayEdit = place.mayEdit
        hold = Hold(toolset["hold"], place: place, isFull: [nil, .tools, .releases].contains(page), now: now)
        hasChanges = !place.isInStep
        isReviewNext = hasChanges
        offersDiscard = place.isStagingView && place.isStagingOn && hasChanges && place.mayEdit
        hasActions = offersReview || offersDiscard
        liveHasMoved = Self.movement(place, live: live, now: now)
        reviewAddress = Address.toolset(place.slug, "review", in: place.project)
        mergeAddress = Address.toolset(place.slug, "merge", in: place.project)
        discardAddress = Address.toolset(place.slug, "discard", in: place.project)
        modeAddress = Address.toolset(place.slug, "editing-mode", in: place.project)
        let mcpSlug = toolset["mcp_slug"]?.string ?? place.slug
        installAddress = "/install/\(mcpSlug)\(place.isStagingView ? "/staging" : "")"
    }

    private static func crumbs(_ place: ToolsetPlace, trail: [(title: String, page: String)]) -> [Crumb] {
        var crumbs = [Crumb(title: "Toolsets", address: Address.section(.toolsets, in: place.project))]
        guard let last = trail.last else { return crumbs }
        crumbs.append(Crumb(title: place.name, address: place.address()))
        crumbs += trail.dropLast().map { Crumb(title: $0.title, address: place.address($0.page)) }
        crumbs.append(Crumb(title: last.title, address: ""))
        return crumbs
    }

    /// `Ada published release 13 2 hours ago; staging is based on release 12.`
    private static func movement(_ place: ToolsetPlace, live: Int, now: Timestamp) -> String {
        guard place.toolset["staging"]?["live_has_moved"]?.bool == true else { return "" }
        let base = place.toolset["staging"]?["base_release"]?.integer
        let staging = base.map { "staging is based on release \($0)" } ?? "staging is based on no release"
        guard let activation = place.activation else { return "Live is release \(live); \(staging)." }
        let verb =
            switch activation["kind"]?.string {
            case "rollback": "rolled back to"
            case "roll_forward": "returned to"
            default: "made live"
            }
        let when = Moment(activation["at"]?.string, now: now).map { " \($0.relative)" } ?? ""
        return "\(ActorName.text(activation["actor"])) \(verb) release \(live)\(when); \(staging)."
    }

    /// `Live: release 12, published`, when, `by Ada. Staging is based on it.`
    private static func state(
        _ place: ToolsetPlace,
        live: Int,
        now: Timestamp
    ) -> (String, Moment?, String) {
        guard place.isStagingMode else { return ("Iteration mode: every edit is live at once.", nil, "") }
        let activation = place.activation
        let actor = ActorName.text(activation?["actor"])
        let verb =
            switch activation?["kind"]?.string {
            case "rollback": "rolled back"
            case "roll_forward": "brought back"
            default: "published"
            }
        let base = place.toolset["staging"]?["base_release"]?.integer
        let staging =
            if base == live {
                "Staging is based on it."
            } else if let base {
                "Staging is based on release \(base)."
            } else {
                ""
            }
        return (
            "Live: release \(live), \(verb)", Moment(activation?["at"]?.string, now: now), "by \(actor). \(staging)"
        )
    }
}

extension ToolsetHeader.Hold {
    fileprivate init?(_ hold: JSONValue?, place: ToolsetPlace, isFull: Bool, now: Timestamp) {
        guard let hold, let from = hold["from"]?.integer, let to = hold["to"]?.integer else { return nil }
        self.from = from
        self.to = to
        actor = ActorName.text(hold["actor"])
        reason = hold["reason"]?.string ?? ""
        since = Moment(hold["since"]?.string, now: now)
        self.isFull = isFull
        detailAddress = Address.toolset(place.slug, "releases", in: place.project)
        returnAddress = Address.toolset(place.slug, "releases/\(from)/roll-back", in: place.project)
        liftAddress = Address.toolset(place.slug, "lift-hold", in: place.project)
    }
}
