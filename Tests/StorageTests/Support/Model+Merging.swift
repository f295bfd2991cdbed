import Releases

/// What live and staging each did to one state, put together by the words of the rules: different matters merge by
/// themselves, the same matter asks, and all that belongs to one tool is one matter.
struct ModelMerge {
    let base: Model.Side
    let live: Model.Side
    let staging: Model.Side

    /// What people change: the name, what a tool is, and what the side stays on.
    private enum Matter: Hashable {
        case name, deployment, state
        case tool(String)
    }

    private static let matters: [Matter] = [.name, .deployment, .state] + Action.tools.map(Matter.tool)

    /// Whether something asks.
    var asks: Bool {
        Self.matters.contains { asks($0) } || order == nil
    }

    /// All of it, with what asks answered by one side.
    func merged(_ choice: MergeResolution.Side?) -> Model.Side {
        var facts: [Matter: [String?]] = [:]
        for matter in Self.matters { facts[matter] = merged(matter, choice) }
        let name = facts[.name]?.first ?? nil
        let members = Action.tools.filter { facts[.tool($0)]?.first ?? nil != nil }
        var side = Model.Side(name: name ?? "", selection: arrange(members, along: order ?? order(of: choice)))
        for tool in Action.tools { side.own[tool] = facts[.tool(tool)]?.last ?? nil }
        side.pins.deployment = (facts[.deployment]?.first ?? nil).flatMap { Int($0) }
        side.pins.state = (facts[.state]?.first ?? nil).flatMap { Int($0) }
        return side
    }

    /// What a side says of a matter; of a tool whether it has it, and its title.
    private func facts(_ matter: Matter, of side: Model.Side) -> [String?] {
        switch matter {
        case .name: [side.name]
        case .deployment: [side.pins.deployment.map { String($0) }]
        case .state: [side.pins.state.map { String($0) }]
        case .tool(let tool): [side.selection.contains(tool) ? "there" : nil, side.own[tool]]
        }
    }

    /// Which facts of a matter the two sides do not say alike, and who of them changed one of those.
    private func movers(_ matter: Matter) -> (live: Bool, staging: Bool) {
        let (old, new, mine) = (facts(matter, of: base), facts(matter, of: live), facts(matter, of: staging))
        let open = old.indices.filter { new[$0] != mine[$0] }
        return (open.contains { new[$0] != old[$0] }, open.contains { mine[$0] != old[$0] })
    }

    private func asks(_ matter: Matter) -> Bool {
        let movers = movers(matter)
        return movers.live && movers.staging
    }

    private func merged(_ matter: Matter, _ choice: MergeResolution.Side?) -> [String?] {
        let (old, new, mine) = (facts(matter, of: base), facts(matter, of: live), facts(matter, of: staging))
        let movers = movers(matter)
        return old.indices.map { place in
            if new[place] == mine[place] { return mine[place] }
            switch (movers.live, movers.staging, choice) {
            case (true, false, _): return new[place]
            case (false, true, _): return mine[place]
            case (_, _, .live): return new[place]
            case (_, _, .base): return old[place]
            default: return mine[place]
            }
        }
    }

    /// The order of what both have: that of the side which moved it. None where both did, each in another way.
    private var order: [String]? {
        let new = live.selection.filter(staging.selection.contains)
        let mine = staging.selection.filter(live.selection.contains)
        if new == mine { return new }
        let old = base.selection.filter(new.contains)
        let isLiveMoved = new.filter(base.selection.contains) != old
        let isStagingMoved = mine.filter(base.selection.contains) != old
        return isLiveMoved == isStagingMoved ? nil : isLiveMoved ? new : mine
    }

    private func order(of choice: MergeResolution.Side?) -> [String] {
        switch choice {
        case .live: live.selection.filter(staging.selection.contains)
        case .base: base.selection
        case .staging, nil: staging.selection.filter(live.selection.contains)
        }
    }

    /// What is in the order stands as it says; each other tool behind the one that it follows on its own side. What two
    /// sides add at one place stands in the order of its names.
    private func arrange(_ members: [String], along order: [String]) -> [String] {
        let spine = order.filter(members.contains)
        var arranged: [String] = []
        var left = Set(members).subtracting(spine)
        var runs: [String: [[String]]] = [:]
        for side in [live.selection, staging.selection].map({ $0.filter(members.contains) }) {
            var run: [String: [String]] = [:]
            for (place, tool) in side.enumerated() where left.contains(tool) {
                run[side[..<place].last(where: spine.contains) ?? "", default: []].append(tool)
            }
            for (anchor, tools) in run { runs[anchor, default: []].append(tools) }
            left.subtract(side)
        }
        for anchor in [""] + spine {
            if !anchor.isEmpty { arranged.append(anchor) }
            arranged += (runs[anchor] ?? []).sorted { $0[0] < $1[0] }.joined()
        }
        return arranged
    }
}

extension Model {
    /// Whether a merge would ask.
    var mergeAsks: Bool {
        guard let (old, new) = toMerge, let copy else { return false }
        return ModelMerge(base: old.side, live: new.side, staging: copy).asks
    }
}
