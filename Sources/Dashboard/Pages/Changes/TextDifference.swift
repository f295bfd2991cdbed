/// Two texts as one, with the words that went and those that came marked. The part `parts/words` shows it.
struct TextDifference: Sendable {
    struct Piece: Sendable {
        let text: String
        let isAdded: Bool
        let isRemoved: Bool
    }

    let pieces: [Piece]

    init(from old: String, to new: String) {
        let (before, after) = (Self.words(of: old), Self.words(of: new))
        let difference = SequenceDifference(from: before, to: after)
        let same = difference.runs.reduce(0) { $0 + ($1.isSame ? $1.elements.count : 0) }
        // Texts that share little are easier to read one after the other.
        guard same * 3 >= max(before.count, after.count) else {
            pieces = [Piece(removed: old), Piece(added: new)].filter { !$0.text.isEmpty }
            return
        }
        pieces = difference.runs.map { run in
            let text = run.elements.joined()
            return switch run {
            case .same: Piece(text: text, isAdded: false, isRemoved: false)
            case .removed: Piece(removed: text)
            case .added: Piece(added: text)
            }
        }
    }

    /// Words with the spaces behind them.
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isBehind = false
        for character in text {
            if character.isWhitespace {
                isBehind = true
            } else if isBehind {
                words.append(word)
                word = ""
                isBehind = false
            }
            word.append(character)
        }
        return word.isEmpty ? words : words + [word]
    }
}

extension TextDifference.Piece {
    init(added text: String) {
        self.init(text: text, isAdded: true, isRemoved: false)
    }

    init(removed text: String) {
        self.init(text: text, isAdded: false, isRemoved: true)
    }
}

/// Two texts line by line, with what is the same on both sides folded. The part `parts/lines` shows it.
struct LineDifference: Sendable {
    struct Line: Sendable {
        let text: String
        let isAdded: Bool
        let isRemoved: Bool
    }

    /// Lines that stand together: shown, or folded under a line that counts them.
    struct Block: Sendable {
        let lines: [Line]
        /// `12 unchanged lines`; empty where the lines are shown.
        let fold: String
    }

    let blocks: [Block]
    let isSame: Bool

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
    }

    private static func lines(of text: String) -> [String] {
        text.isEmpty ? [] : text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
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
