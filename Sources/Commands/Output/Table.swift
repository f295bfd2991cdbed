/// Rows for people, in columns as wide as their widest cell.
struct Table: Sendable {
    /// A cell: text that anybody may have written, and how it stands out.
    struct Cell: Sendable, ExpressibleByStringInterpolation {
        let text: String
        var style = Style.plain

        init(_ text: String?, _ style: Style = .plain) {
            self.text = text.map(\.printable) ?? "-"
            self.style = style
        }

        init(_ number: Int?) {
            self.init(number.map(String.init))
        }

        init(stringLiteral text: String) {
            self.init(text)
        }
    }

    private let header: [String]
    private var rows: [[Cell]]

    init(_ header: [String] = [], rows: [[Cell]] = []) {
        self.header = header
        self.rows = rows
    }

    /// The table, or the sentence where it has no rows.
    func text(on console: Console, orElse sentence: String) -> String {
        rows.isEmpty ? sentence : text(on: console)
    }

    func text(on console: Console) -> String {
        let head = header.isEmpty ? [] : [header.map { Cell($0, .strong) }]
        let lines = head + rows
        let columns = lines.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            lines.compactMap { column < $0.count ? $0[column].text.count : nil }.max() ?? 0
        }
        return lines.map { line($0, widths: widths, on: console) }.joined(separator: "\n")
    }

    private func line(_ cells: [Cell], widths: [Int], on console: Console) -> String {
        var line = ""
        // No spaces stand at the end of a line.
        let last = cells.lastIndex { !$0.text.isEmpty } ?? -1
        for (column, cell) in cells.prefix(last + 1).enumerated() {
            line += console.style(cell.text, cell.style)
            guard column < last else { break }
            line += String(repeating: " ", count: widths[column] - cell.text.count + 2)
        }
        return line
    }
}
