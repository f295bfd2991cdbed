/// What differs between two texts, line by line.
struct TextComparison: Sendable {
    struct Line: Sendable {
        let text: String
        let isAdded: Bool
        let isRemoved: Bool
        /// How many equal lines are left out here; empty where none.
        let folded: String
    }

    let isSame: Bool
    let isTooLong: Bool
    let lines: [Line]

    /// More lines than this are not compared: the time grows with the lines and the differences.
    private static let mostLines = 2000
    /// How many equal lines are shown before and after a difference.
    private static let context = 3

    init(_ before: String, _ after: String) {
        isSame = before == after
        let old = before.split(separator: "\n", omittingEmptySubsequences: false)
        let new = after.split(separator: "\n", omittingEmptySubsequences: false)
        isTooLong = old.count > Self.mostLines || new.count > Self.mostLines
        lines = isSame || isTooLong ? [] : Self.folded(Self.lines(old, new))
    }

    private static func lines(_ old: [Substring], _ new: [Substring]) -> [Line] {
        let difference = new.difference(from: old)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var lines: [Line] = []
        var (from, to) = (0, 0)
        while from < old.count || to < new.count {
            if from < old.count, removed.contains(from) {
                lines.append(Line(text: String(old[from]), isAdded: false, isRemoved: true, folded: ""))
                from += 1
            } else if to < new.count, inserted.contains(to) {
                lines.append(Line(text: String(new[to]), isAdded: true, isRemoved: false, folded: ""))
                to += 1
            } else {
                lines.append(Line(text: String(new[to]), isAdded: false, isRemoved: false, folded: ""))
                from += 1
                to += 1
            }
        }
        return lines
    }

    /// Leaves out equal lines that are far from any difference, and says how many.
    private static func folded(_ lines: [Line]) -> [Line] {
        var shown = Set<Int>()
        for (position, line) in lines.enumerated() where line.isAdded || line.isRemoved {
            shown.formUnion(max(0, position - context)...min(lines.count - 1, position + context))
        }
        var result: [Line] = []
        var hidden = 0
        let close = { (hidden: Int) -> [Line] in
            let text = Count.of(hidden, "equal line")
            return hidden == 0 ? [] : [Line(text: "", isAdded: false, isRemoved: false, folded: text)]
        }
        for (position, line) in lines.enumerated() {
            guard shown.contains(position) else {
                hidden += 1
                continue
            }
            result += close(hidden) + [line]
            hidden = 0
        }
        return result + close(hidden)
    }
}
