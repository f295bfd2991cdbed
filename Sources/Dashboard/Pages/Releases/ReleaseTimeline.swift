import Accounts
import Foundation
import JSON
import Vocabulary

/// Releases and activations as one story, newest first, with filters.
struct ReleaseTimelinePage: Sendable {
    /// A release, or the event that made another one live.
    struct Row: Sendable {
        let release: ReleaseRow?
        let event: EventRow?
    }

    struct ReleaseRow: Sendable {
        let number: Int
        let label: String
        let headline: String
        let actor: String
        let when: Moment?
        let state: String
        let isLive: Bool
        let isNeverLive: Bool
        let isRedacted: Bool
        let counts: VerdictCounts?
        let digest: String
        let shortDigest: String
        let actions: ReleaseActions
    }

    struct EventRow: Sendable {
        let sentence: String
        let reason: String
        let when: Moment?
        let isRollback: Bool
    }

    let header: ToolsetHeader
    let address: String
    let rows: [Row]
    /// That nothing was published ever.
    let isEmpty: Bool
    let isIteration: Bool
    let modeAddress: String
    let isNothingFound: Bool
    let filters: [FormOption]
    let query: String
    let more: String
    let compareAddress: String
    /// `12 releases`
    let total: String

    /// How many rows stand on a page.
    private static let pageSize = 50

    init(
        _ place: ToolsetPlace,
        _ history: ReleaseHistory,
        query: FormFields,
        actor: String,
        now: Timestamp = .now()
    ) {
        let filter = query["show"] ?? "all"
        let text = query.text("q") ?? ""
        header = ToolsetHeader(place, page: .releases, now: now)
        address = Address.toolset(place.slug, "releases", in: place.project)
        compareAddress = Address.toolset(place.slug, "compare", in: place.project)
        isEmpty = history.releases.isEmpty
        isIteration = !place.isStagingMode
        modeAddress = Address.toolset(place.slug, "editing-mode", in: place.project)
        total = Count.of(history.releases.count, "release")
        self.query = text
        filters = [
            ("all", "Everything"), ("live", "Went live"), ("labelled", "Labelled"), ("mine", "Mine"),
            ("breaking", "Has breaking changes"),
        ].map { FormOption(value: $0.0, label: $0.1, isChosen: $0.0 == filter) }
        let entries = Self.entries(history, filter: filter, text: text, actor: actor)
        let page = max(1, query.position("page") ?? 1)
        let start = min((page - 1) * Self.pageSize, entries.count)
        rows = entries[start...].prefix(Self.pageSize).map { Self.row($0, place, history, now: now) }
        isNothingFound = rows.isEmpty && !history.releases.isEmpty
        let words = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        more = start + Self.pageSize < entries.count ? "\(address)?show=\(filter)&q=\(words)&page=\(page + 1)" : ""
    }

    private enum Entry {
        case release(JSONValue)
        case event(JSONValue)

        var time: String {
            switch self {
            case .release(let release): release["created_at"]?.string ?? ""
            case .event(let event): event["at"]?.string ?? ""
            }
        }
    }

    private static func entries(
        _ history: ReleaseHistory,
        filter: String,
        text: String,
        actor: String
    ) -> [Entry] {
        let releases = history.releases.filter { release in
            matches(release, text) && isWanted(release, filter: filter, actor: actor, history)
        }
        var entries = releases.map(Entry.release)
        if ["all", "live", "mine"].contains(filter) {
            entries += history.activations.filter { event in
                isEventOfItsOwn(event, history) && matches(event, text)
                    && (filter != "mine" || event["actor"]?.string == actor)
            }.map(Entry.event)
        }
        return entries.stablySorted { $0.time > $1.time }
    }

    private static func isWanted(
        _ release: JSONValue,
        filter: String,
        actor: String,
        _ history: ReleaseHistory
    ) -> Bool {
        switch filter {
        case "live": history.wasEverLive(release["number"]?.integer ?? 0)
        case "labelled": release["label"]?.string != nil
        case "mine": release["released_by"]?.string == actor
        case "breaking": (release["verdicts"]?["breaking"]?.integer ?? 0) > 0
        default: true
        }
    }

    private static func matches(_ entry: JSONValue, _ text: String) -> Bool {
        guard !text.isEmpty else { return true }
        let number = (entry["number"] ?? entry["release"])?.integer.map(String.init)
        if number == text { return true }
        return ["label", "notes", "reason", "released_by", "actor"].contains {
            entry[$0]?.string?.localizedCaseInsensitiveContains(text) == true
        }
    }

    /// A publish that made its own release says nothing that the release does not say.
    private static func isEventOfItsOwn(_ event: JSONValue, _ history: ReleaseHistory) -> Bool {
        guard event["kind"]?.string == "publish", let number = event["release"]?.integer else { return true }
        guard let release = history.release(number),
            let made = release["created_at"]?.string.flatMap({ Timestamp($0) }),
            let at = event["at"]?.string.flatMap({ Timestamp($0) })
        else { return true }
        return at.milliseconds - made.milliseconds > 5000
            || history.activations.last { $0["release"]?.integer == number }?["seq"] != event["seq"]
    }

    private static func row(
        _ entry: Entry,
        _ place: ToolsetPlace,
        _ history: ReleaseHistory,
        now: Timestamp
    ) -> Row {
        switch entry {
        case .release(let release): Row(release: ReleaseRow(release, place, history, now: now), event: nil)
        case .event(let event): Row(release: nil, event: EventRow(event, now: now))
        }
    }
}

extension ReleaseTimelinePage.ReleaseRow {
    init(_ release: JSONValue, _ place: ToolsetPlace, _ history: ReleaseHistory, now: Timestamp) {
        number = release["number"]?.integer ?? 0
        label = release["label"]?.string ?? ""
        headline = release["notes"]?.string?.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        actor = ActorName.text(release["released_by"])
        when = Moment(release["created_at"]?.string, now: now)
        state = history.state(of: release)
        isLive = number == history.live
        isNeverLive = !history.wasEverLive(number)
        isRedacted = release["redaction"]?.object != nil
        counts = VerdictCounts(release["verdicts"])
        digest = release["digest"]?.string ?? ""
        shortDigest = String(digest.prefix(12))
        actions = ReleaseActions(release, place, history)
    }
}

extension ReleaseTimelinePage.EventRow {
    init(_ event: JSONValue, now: Timestamp) {
        let release = event["release"]?.integer ?? 0
        let actor = ActorName.text(event["actor"])
        let turn = event["previous_release"]?.integer.map { "\($0) → \(release)" } ?? "\(release)"
        isRollback = event["kind"]?.string == "rollback"
        switch event["kind"]?.string {
        case "rollback": sentence = "\(actor) rolled back \(turn)"
        case "roll_forward": sentence = "\(actor) returned to release \(release)"
        default: sentence = "\(actor) made release \(release) live"
        }
        reason = event["reason"]?.string?.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        when = Moment(event["at"]?.string, now: now)
    }
}
