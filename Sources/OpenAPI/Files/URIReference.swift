/// The text of a URI or of a relative reference without its fragment (RFC 3986), as far as references between files
/// need it. A base may itself be relative: the name of a file.
struct URIReference: Hashable {
    let text: String

    init(_ text: some StringProtocol) {
        self.text = String(text)
    }

    /// `https:` and its like (section 3.1).
    private var schemeEnd: String.Index? {
        guard let colon = text.firstIndex(of: ":"), let first = text.utf8.first, isLetter(first),
            text[..<colon].utf8.allSatisfy({ isLetter($0) || isDigit($0) || "+-.".utf8.contains($0) })
        else { return nil }
        return text.index(after: colon)
    }

    var isAbsolute: Bool { schemeEnd != nil }

    /// Where the path begins: behind scheme and authority.
    private var pathStart: String.Index {
        let start = schemeEnd ?? text.startIndex
        guard text[start...].hasPrefix("//") else { return start }
        let authority = text.index(start, offsetBy: 2)
        return text[authority...].firstIndex { $0 == "/" || $0 == "?" } ?? text.endIndex
    }

    /// What the text leads to from a base (section 5.2). Of a path that leaves the root of a relative base, the `..`
    /// that are too many stay at its front.
    func resolved(against base: URIReference) -> URIReference {
        if isAbsolute { return normalized }
        if text.isEmpty { return base }
        let start = base.pathStart
        if text.hasPrefix("//") { return URIReference(base.text[..<(base.schemeEnd ?? base.text.startIndex)] + text) }
        if text.hasPrefix("/") { return URIReference(base.text[..<start] + text).normalized }
        let path = base.text[start...].prefix { $0 != "?" }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? (start > base.text.startIndex ? "/" : "")
        return URIReference(base.text[..<start] + folder + text).normalized
    }

    /// Without `.` and `..` in its path (section 5.2.4), as far as that can be.
    var normalized: URIReference {
        let start = pathStart
        let path = text[start...].prefix { $0 != "?" }
        let isRooted = path.hasPrefix("/")
        var parts: [Substring] = []
        let written = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst(isRooted ? 1 : 0)
        for (index, part) in written.enumerated() {
            let isLast = index == written.count - 1
            switch part {
            case ".": if isLast { parts.append("") }
            case "..":
                if let last = parts.last, last != ".." {
                    parts.removeLast()
                } else if !isRooted {
                    parts.append("..")
                }
                if isLast, parts.last != ".." { parts.append("") }
            default: parts.append(part)
            }
        }
        let joined = (isRooted ? "/" : "") + parts.joined(separator: "/")
        return URIReference(text[..<start] + joined + text[path.endIndex...])
    }

    private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
