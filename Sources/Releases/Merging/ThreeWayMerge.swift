package import JSON
import Tools
import Vocabulary

/// What live and staging each did to the edits that both come from, put together.
///
/// By item: what one side changed is taken, what both changed in the same way is taken once, and what both changed in
/// different ways asks. Everything about one tool is one matter: where both sides changed it, each of its changes asks,
/// even where they are about different fields. Pure: nothing is lost and nothing is decided here.
package struct ThreeWayMerge: Sendable {
    /// What asks, in a stable order; empty where the merge needs no answer.
    package let conflicts: [MergeConflict]

    private let base: OwnEdits
    private let live: OwnEdits
    private let staging: OwnEdits
    /// Items that need no answer.
    private let settled: [MergeItem: JSONValue]
    /// The items of ``conflicts``.
    private let open: [MergeItem]

    package init(base: OwnEdits, live: OwnEdits, staging: OwnEdits) {
        self.base = base
        self.live = live
        self.staging = staging
        let sides = Sides(base: base.items, live: live.items, staging: staging.items)
        var settled = sides.agreed
        var open: [MergeItem] = []
        for items in sides.differing.values {
            let isLive = items.contains { sides.live[$0] != sides.base[$0] }
            let isStaging = items.contains { sides.staging[$0] != sides.base[$0] }
            if isLive, isStaging {
                open += items
            } else {
                for item in items { settled[item] = isLive ? sides.live[item] : sides.staging[item] }
            }
        }
        open += MergeItem.List.allCases.filter { list in
            ListMerge(list, base: base, live: live, staging: staging).settledOrder == nil
        }.map(MergeItem.order)
        self.settled = settled
        self.open = open.sorted()
        conflicts = self.open.map { item in
            guard case .order(let list) = item else { return sides.conflict(of: item) }
            return MergeConflict(
                item: item.description,
                base: JSONValue(base.texts(of: list)),
                live: JSONValue(live.texts(of: list)),
                staging: JSONValue(staging.texts(of: list))
            )
        }
    }

    /// What came of a merge.
    package enum Outcome: Sendable, Hashable {
        case merged(OwnEdits)
        /// What still asks.
        case unresolved([MergeConflict])
    }

    /// The merged edits, or what is left to be said.
    ///
    /// - Throws: ``Problem`` `invalid` where a resolution names an item that does not ask, or one twice, or gives a
    ///   value that the item cannot have.
    package func outcome(_ resolutions: [MergeResolution]) throws -> Outcome {
        let choices = try choices(resolutions)
        let left = zip(open, conflicts).filter { choices[$0.0] == nil }.map(\.1)
        guard left.isEmpty else { return .unresolved(left) }
        var items = settled
        let sides = Sides(base: base.items, live: live.items, staging: staging.items)
        for item in open {
            if case .order = item { continue }
            items[item] = sides.value(of: item, choices[item]?.choice)
        }
        var orders: [MergeItem.List: [String]] = [:]
        for list in MergeItem.List.allCases {
            let members = Set(items.keys.filter { $0.list == list }.map(\.member))
            orders[list] = try order(of: list, members: members, choice: choices[.order(list)])
        }
        return .merged(OwnEdits(items: items, orders: orders))
    }
}

/// The three states of every item.
private struct Sides {
    let base: [MergeItem: JSONValue]
    let live: [MergeItem: JSONValue]
    let staging: [MergeItem: JSONValue]

    private var all: Set<MergeItem> { Set(base.keys).union(live.keys).union(staging.keys) }

    /// What live and staging say in the same way.
    var agreed: [MergeItem: JSONValue] { live.filter { staging[$0.key] == $0.value } }

    /// The items that live and staging do not say in the same way, by what is asked about as a whole.
    var differing: [MergeItem: [MergeItem]] {
        Dictionary(grouping: all.filter { live[$0] != staging[$0] }, by: \.group)
    }

    func conflict(of item: MergeItem) -> MergeConflict {
        MergeConflict(item: item.description, base: base[item], live: live[item], staging: staging[item])
    }

    func value(of item: MergeItem, _ choice: MergeResolution.Choice?) -> JSONValue? {
        switch choice {
        case .value(let value): value.unlessNull
        case .side(.live): live[item]
        case .side(.base): base[item]
        case .side(.staging), nil: staging[item]
        }
    }
}

/// A resolution, and where it stands in the list.
private struct PlacedChoice {
    let position: Int
    let choice: MergeResolution.Choice
}

extension ThreeWayMerge {
    private func choices(_ resolutions: [MergeResolution]) throws -> [MergeItem: PlacedChoice] {
        let byName = Dictionary(open.map { ($0.description, $0) }, uniquingKeysWith: { first, _ in first })
        var choices: [MergeItem: PlacedChoice] = [:]
        for (position, resolution) in resolutions.enumerated() {
            guard let item = byName[resolution.item] else {
                throw Problem.wrongResolution(
                    position,
                    "item",
                    "\"\(resolution.item)\" is no item that live and staging both changed"
                )
            }
            guard choices[item] == nil else {
                throw Problem.wrongResolution(position, "item", "\"\(resolution.item)\" is resolved twice")
            }
            if case .value(let value) = resolution.choice { try check(value, for: item, at: position) }
            choices[item] = PlacedChoice(position: position, choice: resolution.choice)
        }
        return choices
    }

    private func check(_ value: JSONValue, for item: MergeItem, at position: Int) throws {
        guard item.takesValue else {
            throw Problem.wrongResolution(position, "value", "\(item) takes live, staging or base, and no other value")
        }
        let wanted = value.unlessNull
        let isAllowed =
            switch item {
            case .metadata(let field): metadata(accepts: wanted, for: field)
            case .variation(_, let field): variation(accepts: wanted, for: field)
            default: wanted?.array?.allSatisfy { $0.string != nil } ?? false
            }
        guard isAllowed else {
            throw Problem.wrongResolution(position, "value", "\(item) cannot have this value")
        }
    }

    private func metadata(accepts value: JSONValue?, for field: Toolset.Metadata.Field) -> Bool {
        var metadata = staging.metadata
        return metadata.set(field, to: value)
    }

    private func variation(accepts value: JSONValue?, for field: Variation.Field) -> Bool {
        var variation = Variation()
        return variation.set(field, to: value)
    }

    private func order(of list: MergeItem.List, members: Set<String>, choice: PlacedChoice?) throws -> [String] {
        let merge = ListMerge(list, base: base, live: live, staging: staging)
        switch choice?.choice {
        case nil: return merge.merged(members, along: merge.settledOrder ?? merge.order(of: .staging))
        case .side(let side): return merge.merged(members, along: merge.order(of: side))
        case .value(let value):
            let wanted = value.array?.compactMap(\.string) ?? []
            let position = choice?.position ?? 0
            guard Set(wanted).count == wanted.count else {
                throw Problem.wrongResolution(position, "value", "the order of \(list.rawValue) names one twice")
            }
            if let stray = wanted.first(where: { !members.contains($0) }) {
                throw Problem.wrongResolution(
                    position,
                    "value",
                    "\"\(stray)\" is not among the merged \(list.rawValue)"
                )
            }
            return merge.merged(members, along: wanted)
        }
    }
}

extension JSONValue {
    /// Nothing for `null`, which stands for nothing in a resolution.
    fileprivate var unlessNull: JSONValue? { isNull ? Optional.none : .some(self) }
}

extension Problem {
    fileprivate static func wrongResolution(_ position: Int, _ member: String, _ reason: String) -> Problem {
        Problem(
            .invalid,
            "Nothing was merged: \(reason).",
            errors: [.init(pointer: "/resolutions/\(position)/\(member)", message: reason)]
        )
    }
}
