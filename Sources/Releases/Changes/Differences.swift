import JSON

/// What the rules say of one subject, as it is found.
struct Differences {
    private(set) var all: [RuledDifference] = []

    mutating func tell(
        _ rule: ChangeRule,
        at pointer: String,
        _ before: JSONValue?,
        _ after: JSONValue?,
        _ message: String
    ) {
        all.append(RuledDifference(rule: rule, pointer: pointer, before: before, after: after, message: message))
    }

    mutating func add(_ differences: [RuledDifference]) {
        all += differences
    }
}

/// Texts as people read them.
enum PlainText {
    /// Whether both are the same to the last code point; Swift's own equality takes a letter and its accent for one.
    static func isSame(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return left.utf8.elementsEqual(right.utf8)
    }

    /// Without white space at the ends, and with one space for every run of it between.
    static func normalised(_ text: String) -> String {
        text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).map { String($0) }
            .joined(separator: " ")
    }

    /// Whether nothing stands there but white space.
    static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
    }

    /// Whether two texts differ by nothing but white space.
    static func isSameButForSpace(_ left: String, _ right: String) -> Bool {
        isSame(normalised(left), normalised(right))
    }

    /// Whether a text is the beginning of a longer one, cut where no sentence ends.
    static func isTruncated(_ text: String, of longer: String) -> Bool {
        var rest = normalised(text)[...]
        var isMarked = false
        for mark in ["…", "...", "[truncated]"] where rest.hasSuffix(mark) {
            rest = rest.dropLast(mark.count)
            isMarked = true
        }
        while rest.last == " " { rest = rest.dropLast() }
        let whole = normalised(longer)
        guard !rest.isEmpty, whole.utf8.count > rest.utf8.count, whole.utf8.starts(with: rest.utf8) else {
            return false
        }
        return isMarked || !(rest.last.map { ".!?:)`\"".contains($0) } ?? true)
    }

    /// A value in a sentence: short, on one line, in quotation marks.
    static func quoted(_ text: String) -> String {
        let line = normalised(text)
        return "\"" + (line.count > 60 ? line.prefix(57) + "…" : line) + "\""
    }
}
