/// Merges the order of a list whose members are merged one by one.
///
/// The order is that of the side which moved what was there; where both moved it, and differently, somebody has to say
/// whose it is. What only one side has stands behind what it stands behind there.
struct ListMerge {
    let base: [String]
    let live: [String]
    let staging: [String]

    init(_ list: MergeItem.List, base: OwnEdits, live: OwnEdits, staging: OwnEdits) {
        self.base = base.texts(of: list)
        self.live = live.texts(of: list)
        self.staging = staging.texts(of: list)
    }

    /// What both sides have, in live's order and in staging's.
    private var shared: (live: [String], staging: [String]) {
        let both = Set(live).intersection(staging)
        return (live.filter(both.contains), staging.filter(both.contains))
    }

    /// The order of what both sides have; nothing where both moved it, each in another way.
    var settledOrder: [String]? {
        let (live, staging) = shared
        guard live != staging else { return live }
        let old = Set(base)
        let before = base.filter(Set(live).contains)
        switch (live.filter(old.contains) == before, staging.filter(old.contains) == before) {
        case (true, false): return staging
        case (false, true): return live
        default: return nil
        }
    }

    /// The order that a side has.
    func order(of side: MergeResolution.Side) -> [String] {
        switch side {
        case .live: shared.live
        case .staging: shared.staging
        case .base: base
        }
    }

    /// The members in an order that some of them have; each other one stands behind the one that it stands behind on
    /// its side.
    func merged(_ members: Set<String>, along order: [String]) -> [String] {
        let spine = order.filter(members.contains)
        var placed = Set(spine)
        // By the member of the spine that they follow; "" for the front, since no member is empty.
        var followers: [String: [[String]]] = [:]
        for side in [live, staging] {
            var anchor = ""
            var own: [String: [String]] = [:]
            let known = Set(spine)
            for text in side where members.contains(text) {
                if known.contains(text) {
                    anchor = text
                } else if placed.insert(text).inserted {
                    own[anchor, default: []].append(text)
                }
            }
            for (anchor, texts) in own { followers[anchor, default: []].append(texts) }
        }
        // Which side is called live must not matter, so what both add at one place stands in the order of its names.
        func following(_ anchor: String) -> [String] {
            (followers[anchor] ?? []).sorted { $0[0] < $1[0] }.flatMap { $0 }
        }
        return following("") + spine.flatMap { [$0] + following($0) }
    }
}
