/// Two texts side by side, with the words that went and those that came marked. The part `parts/words` shows it.
struct TextDifference: Sendable {
    struct Piece: Sendable {
        let text: String
        let isAdded: Bool
        let isRemoved: Bool
    }

    let pieces: [Piece]
    /// What the old text says, with what went marked.
    var before: [Piece] { pieces.filter { !$0.isAdded } }
    /// What the new text says, with what came marked.
    var after: [Piece] { pieces.filter { !$0.isRemoved } }

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

extension TextDifference: ComputedFields {
    var computedFields: [String: Any] {
        ["before": before, "after": after, "isBoth": !before.isEmpty && !after.isEmpty]
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
