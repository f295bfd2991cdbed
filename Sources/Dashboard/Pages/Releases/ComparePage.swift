import JSON
import Vocabulary

/// Which two sides are compared.
struct CompareSides: Sendable {
    let from: String
    let to: String

    /// Those that the query names; else live, or what was live before it, and the newest.
    init(_ query: FormFields, _ place: ToolsetPlace, _ history: ReleaseHistory) {
        let newest = history.releases.first?["number"]?.integer.map(String.init) ?? "live"
        to = query.text("to") ?? (place.isStagingMode ? "staging" : "live")
        from = query.text("from") ?? (place.isStagingMode ? "live" : newest)
    }
}

/// The changes between any two sides of a toolset.
struct ComparePage: Sendable {
    let header: ToolsetHeader
    let address: String
    let fromOptions: [FormOption]
    let toOptions: [FormOption]
    let swapAddress: String
    let fault: String
    /// `From release 9 to staging`
    let title: String
    /// `3 changes`
    let total: String
    let counts: VerdictCounts?
    let tokens: String
    let list: ChangeList?
    let isSame: Bool

    /// How many releases can be chosen from; older ones by the address.
    private static let offered = 300

    init(
        _ place: ToolsetPlace,
        _ history: ReleaseHistory,
        sides: CompareSides,
        comparison: JSONValue?,
        fault: String? = nil,
        now: Timestamp = .now()
    ) {
        header = ToolsetHeader(place, page: .releases, trail: [("Releases", "releases"), ("Compare", "")], now: now)
        address = Address.toolset(place.slug, "compare", in: place.project)
        var options = [("live", "Live")]
        if place.isStagingMode { options.append(("staging", "Staging")) }
        options += history.releases.prefix(Self.offered).map { release in
            let number = release["number"]?.integer ?? 0
            let label = release["label"]?.string.map { " · \($0)" } ?? ""
            return ("\(number)", "Release \(number)\(label)\(number == history.live ? " · live" : "")")
        }
        for side in [sides.from, sides.to] where !options.contains(where: { $0.0 == side }) {
            options.append((side, ComparedSides.name(side)))
        }
        fromOptions = options.map { FormOption(value: $0.0, label: $0.1, isChosen: $0.0 == sides.from) }
        toOptions = options.map { FormOption(value: $0.0, label: $0.1, isChosen: $0.0 == sides.to) }
        swapAddress = "\(address)?from=\(sides.to)&to=\(sides.from)"
        self.fault = fault ?? ""
        title = "From \(ComparedSides.name(sides.from)) to \(ComparedSides.name(sides.to))"
        counts = VerdictCounts(comparison?["verdicts"])
        let (before, after) = (comparison?["tokens"]?["before"]?.integer, comparison?["tokens"]?["after"]?.integer)
        tokens =
            before.flatMap { before in after.map { "about \(Count.number(before)) → \(Count.of($0, "token"))" } } ?? ""
        let changes = comparison?["changes"]?.array ?? []
        total = Count.changes(changes.count)
        isSame = comparison != nil && changes.isEmpty
        list =
            changes.isEmpty
            ? nil
            : ChangeList(
                changes,
                prefix: "change",
                definitions: Address.toolset(place.slug, "compare/item", in: place.project)
                    + "?from=\(sides.from)&to=\(sides.to)&subject="
            )
    }
}
