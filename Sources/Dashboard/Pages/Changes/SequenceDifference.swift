/// Two sequences as one: what both have, what only the old one had, what only the new one has.
struct SequenceDifference<Element: Hashable & Sendable>: Sendable {
    /// Elements that stand together and have the same fate.
    enum Run: Sendable {
        case same([Element])
        case removed([Element])
        case added([Element])
    }

    let runs: [Run]

    /// Above it, in elements of the part that differs, the old part is shown as gone and the new one as come: finding
    /// out more costs their product.
    private static var largest: Int { 1500 }

    init(from old: [Element], to new: [Element]) {
        let prefix = zip(old, new).prefix { $0 == $1 }.count
        let rest = min(old.count, new.count) - prefix
        let suffix = zip(old.reversed(), new.reversed()).prefix(rest).prefix { $0 == $1 }.count
        let gone = Array(old[prefix..<(old.count - suffix)])
        let come = Array(new[prefix..<(new.count - suffix)])
        var runs = [Run.same(Array(old.prefix(prefix)))]
        if max(gone.count, come.count) > Self.largest {
            runs += [.removed(gone), .added(come)]
        } else {
            runs += Self.runs(from: gone, to: come)
        }
        runs.append(.same(Array(old.suffix(suffix))))
        self.runs = runs.filter { !$0.elements.isEmpty }
    }

    private static func runs(from old: [Element], to new: [Element]) -> [Run] {
        var removed: Set<Int> = []
        var added: Set<Int> = []
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var runs: [Run] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            let gone = old[left...].indices.prefix { removed.contains($0) }
            let come = new[right...].indices.prefix { added.contains($0) }
            if !gone.isEmpty { runs.append(.removed(Array(old[gone.startIndex..<gone.endIndex]))) }
            if !come.isEmpty { runs.append(.added(Array(new[come.startIndex..<come.endIndex]))) }
            left += gone.count
            right += come.count
            let kept = old[left...].indices.prefix { !removed.contains($0) }.count
            let same = min(kept, new[right...].indices.prefix { !added.contains($0) }.count)
            if same > 0 { runs.append(.same(Array(old[left..<(left + same)]))) }
            left += same
            right += same
        }
        return runs
    }
}

extension SequenceDifference.Run {
    var elements: [Element] {
        switch self {
        case .same(let elements), .removed(let elements), .added(let elements): elements
        }
    }

    var isSame: Bool {
        if case .same = self { true } else { false }
    }
}
