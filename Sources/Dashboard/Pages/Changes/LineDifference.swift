/// Two texts line by line, side by side, with what is the same on both sides folded. The part `parts/lines` shows it.
struct LineDifference: Sendable {
    struct Line: Sendable {
        let text: String
        let isAdded: Bool
        let isRemoved: Bool
    }

    /// A line of one side, which may be empty.
    struct Cell: Sendable {
        let text: String
    }

    /// What stands beside each other: the same line twice, a line that went and one that came, or one of them alone.
    struct Row: Sendable {
        let text: String
        let isSame: Bool
        let before: Cell?
        let after: Cell?
    }

    /// Lines that stand together: shown, or folded under a line that counts them.
    struct Block: Sendable {
        let lines: [Line]
        /// `12 unchanged lines`; empty where the lines are shown.
        let fold: String
    }

    let blocks: [Block]
    let isSame: Bool
    /// Whether only one of the texts has lines: then there is nothing to stand beside them.
    let isOneSided: Bool

    /// How many unchanged lines stay around a change, and how few are not worth a fold.
    private static let context = 3

    /// Empty texts have no lines.
    init(from old: String, to new: String) {
        let difference = SequenceDifference(from: Self.lines(of: old), to: Self.lines(of: new))
        isSame = difference.runs.allSatisfy(\.isSame)
        var blocks: [Block] = []
        var shown: [Line] = []
        for (position, run) in difference.runs.enumerated() {
            let lines = run.elements.map { Line($0, in: run) }
            let isFirst = position == 0
            let isLast = position == difference.runs.count - 1
            let above = isFirst ? 0 : Self.context
            let below = isLast ? 0 : Self.context
            guard run.isSame, lines.count > above + below + 2, !isSame else {
                shown += lines
                continue
            }
            blocks.append(Block(lines: shown + lines.prefix(above), fold: ""))
            let folded = Array(lines.dropFirst(above).dropLast(below))
            blocks.append(Block(lines: folded, fold: Count.of(folded.count, "unchanged line")))
            shown = Array(lines.suffix(below))
        }
        blocks.append(Block(lines: shown, fold: ""))
        self.blocks = blocks.filter { !$0.lines.isEmpty }
        isOneSided = old.isEmpty || new.isEmpty || isSame
    }

    private static func lines(of text: String) -> [String] {
        text.isEmpty ? [] : text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}

extension LineDifference.Block: ComputedFields {
    var computedFields: [String: Any] { ["rows": rows] }

    /// The lines as two columns: of lines that went and lines that came in their place, the first stands beside the first.
    var rows: [LineDifference.Row] {
        var rows: [LineDifference.Row] = []
        var (gone, come): ([String], [String]) = ([], [])
        func close() {
            for position in 0..<max(gone.count, come.count) {
                rows.append(
                    LineDifference.Row(
                        text: "",
                        isSame: false,
                        before: position < gone.count ? LineDifference.Cell(text: gone[position]) : nil,
                        after: position < come.count ? LineDifference.Cell(text: come[position]) : nil
                    )
                )
            }
            (gone, come) = ([], [])
        }
        for line in lines {
            if line.isRemoved {
                if !come.isEmpty { close() }
                gone.append(line.text)
            } else if line.isAdded {
                come.append(line.text)
            } else {
                close()
                rows.append(LineDifference.Row(text: line.text, isSame: true, before: nil, after: nil))
            }
        }
        close()
        return rows
    }
}

extension LineDifference.Line {
    fileprivate init(_ text: String, in run: SequenceDifference<String>.Run) {
        self.text = text
        switch run {
        case .same: (isAdded, isRemoved) = (false, false)
        case .added: (isAdded, isRemoved) = (true, false)
        case .removed: (isAdded, isRemoved) = (false, true)
        }
    }
}
