import Foundation

/// Where a command writes: what it was asked for, and beside it what people should know.
struct Console: Sendable {
    let output: @Sendable (String) -> Void
    let error: @Sendable (String) -> Void
    /// Whether what was asked for goes to a terminal that shows colours.
    let hasColor: Bool
    let isTerminal: Bool

    static let standard: Console = {
        let environment = ProcessInfo.processInfo.environment
        let isTerminal = isatty(FileHandle.standardOutput.fileDescriptor) == 1
        let wantsColor = (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        return Console(
            output: { write($0, to: .standardOutput) },
            error: { write($0, to: .standardError) },
            hasColor: isTerminal && wantsColor,
            isTerminal: isTerminal
        )
    }()

    /// Without a buffer, so that the two streams keep their order where they end in one file.
    private static func write(_ line: String, to file: FileHandle) {
        // Nobody reads any more, as after `| head`: there is nobody to tell.
        try? file.write(contentsOf: Data((line + "\n").utf8))
    }

    /// What was asked for.
    func write(_ text: String) {
        if !text.isEmpty { output(text) }
    }

    /// What people should know besides.
    func hint(_ text: String) {
        if !text.isEmpty { error(text) }
    }

    /// What went wrong: `slipway: <sentence> [code]`, and a line for each detail.
    func complain(_ sentence: String, code: String? = nil, details: [String] = []) {
        let code = code.map { " [\($0)]" } ?? ""
        error("slipway: \(sentence.printable)\(code.printable)")
        for line in details { error("  \(line.printable)") }
    }

    /// The text in a colour, where there are colours.
    func style(_ text: String, _ style: Style) -> String {
        hasColor && style != .plain ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}

/// How text stands out.
enum Style: String, Sendable {
    case plain = "0"
    case strong = "1"
    case faint = "2"
    case bad = "31"
    case good = "32"
    case notable = "33"
}

extension String {
    /// The text on one line, without what a terminal would obey: it may come from anybody's document.
    var printable: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.isObeyed ? " " : $0 }))
    }

    /// The same for text of several lines.
    var printableLines: String {
        String(
            String.UnicodeScalarView(unicodeScalars.map { $0.isObeyed && $0 != "\n" && $0 != "\t" ? " " : $0 })
        )
    }
}

extension Unicode.Scalar {
    /// Control characters, line separators, and what turns the direction of text.
    fileprivate var isObeyed: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
        }
    }
}
