/// Notes of a release as they are read: paragraphs, and lines that begin with `-` as lists. The part `parts/notes` shows it.
struct ReleaseNotes: Sendable {
    struct Item: Sendable {
        let text: String
        var items: [Item] = []

        var hasItems: Bool { !items.isEmpty }
    }

    /// A paragraph, or a list.
    struct Block: Sendable {
        let text: String
        var items: [Item] = []
    }

    let blocks: [Block]

    init(_ text: String) {
        var blocks: [Block] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.drop { $0.isWhitespace }
            guard !words.isEmpty else { continue }
            guard words.hasPrefix("- ") || words.hasPrefix("* ") else {
                blocks.append(Block(text: String(words)))
                continue
            }
            let item = Item(text: String(words.dropFirst(2)))
            if blocks.last?.items.isEmpty ?? true { blocks.append(Block(text: "")) }
            let last = blocks.count - 1
            if words.startIndex > line.startIndex, let position = blocks[last].items.indices.last {
                blocks[last].items[position].items.append(item)
            } else {
                blocks[last].items.append(item)
            }
        }
        self.blocks = blocks
    }
}

extension ReleaseNotes.Item: ComputedFields {
    var computedFields: [String: Any] { ["hasItems": hasItems] }
}

extension ReleaseNotes.Block: ComputedFields {
    var computedFields: [String: Any] { ["hasItems": !items.isEmpty] }
}
