import JSON
import Vocabulary

/// Addresses in a text to which something could be sent: URLs, hosts, e-mail addresses.
enum TextAddresses {
    /// Each once, in order, without what makes no other address of it: `http` or `https`, a `/` at the end, a fragment.
    /// Names that are reserved for examples (RFC 2606) are left out.
    static func found(in text: String) -> [String] {
        guard text.utf8.contains(where: { $0 == 0x2E || $0 == 0x3A || $0 == 0x40 }) else { return [] }
        var found: [String] = []
        for word in text.split(whereSeparator: isSeparator) {
            guard let address = address(of: word), !isReserved(address), !found.contains(address) else { continue }
            found.append(address)
        }
        return found
    }

    /// What people register of an address: `acme.com` of `docs.acme.com/pets`, `acme.co.uk` of `www.acme.co.uk`.
    static func domain(of address: String) -> String {
        let rest = address.firstRange(of: "://").map { address[$0.upperBound...] } ?? address[...]
        let host = rest.drop { $0 == "@" }.prefix { !"/?:".contains($0) }.lowercased()
        let labels = host.split(separator: ".")
        guard labels.last?.first?.isLetter ?? false else { return host }
        let isCountry = labels.count > 2 && labels.suffix(2).allSatisfy { $0.count < 4 }
        return labels.suffix(isCountry ? 3 : 2).joined(separator: ".")
    }

    private static func isSeparator(_ character: Character) -> Bool {
        character.isWhitespace || "<>\"'`()[]|,;*“”‘’«»".contains(character)
    }

    private static func address(of word: Substring) -> String? {
        var word = word
        while let last = word.last, ".:!?…".contains(last) { word.removeLast() }
        if let sign = word.firstRange(of: "://") {
            let scheme = word[..<sign.lowerBound].lowercased()
            guard scheme.last?.isLetter ?? false, sign.upperBound < word.endIndex else { return nil }
            let rest = normalised(word[sign.upperBound...])
            return scheme.hasSuffix("http") || scheme.hasSuffix("https") ? rest : scheme + "://" + rest
        }
        let lowered = word.lowercased()
        for scheme in ["javascript:", "data:", "mailto:"] where lowered.hasPrefix(scheme) && lowered.contains("/") {
            return lowered
        }
        if let at = lowered.lastIndex(of: "@") {
            let host = lowered[lowered.index(after: at)...]
            return at > lowered.startIndex && isHost(host, isSure: true) ? "@" + host : nil
        }
        let host = word.prefix { !"/?#:".contains($0) }
        return isHost(host, isSure: host.endIndex < word.endIndex) || isAddress(host) ? normalised(word) : nil
    }

    private static func normalised(_ address: Substring) -> String {
        var rest = address.prefix { $0 != "#" }
        while rest.last == "/" || rest.last == "?" { rest.removeLast() }
        let host = rest.prefix { !"/?".contains($0) }
        return host.lowercased() + rest[host.endIndex...]
    }

    /// Endings under which addresses that people write without `https://` stand; in lower case, so that `ASP.NET` is
    /// none.
    private static let endings: Set<Substring> = [
        "com", "net", "org", "io", "dev", "app", "ai", "co", "xyz", "ru", "cn", "info", "biz", "site", "online", "top",
        "cloud", "link", "click", "page", "tk", "me", "sh", "tech", "live", "shop", "club", "us", "uk", "de", "eu",
    ]

    /// `isSure` where what stands beside it says that it is one: `user.me` and `obj.link` may be names in code.
    private static func isHost(_ text: some StringProtocol, isSure: Bool) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false).map { Substring($0) }
        guard labels.count > 1, let last = labels.last, endings.contains(last) else { return false }
        let isPlain = labels.allSatisfy { label in
            !label.isEmpty && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        }
        let isCommon = ["com", "net", "org"].contains(last)
        return isPlain && (isSure || isCommon || labels.count > 2)
    }

    private static func isAddress(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { $0.count < 4 && UInt8($0) != nil } && parts[0] != "0"
    }

    private static func isReserved(_ address: String) -> Bool {
        let rest = address.firstRange(of: "://").map { address[$0.upperBound...] } ?? address[...]
        let host = rest.prefix { !"/?:".contains($0) }
        let labels = host.split(whereSeparator: { $0 == "." || $0 == "@" })
        guard let last = labels.last else { return true }
        if ["example", "test", "invalid"].contains(last) { return true }
        return labels.suffix(2).first == "example" && ["com", "net", "org"].contains(last)
    }
}

/// Where a text names tools.
enum ToolMentions {
    /// The names of the set that a text names, each once, in order. A name that is an ordinary word counts only where it
    /// stands in code marks, or beside the word *tool*.
    static func names(in text: String, of names: Set<String>) -> [String] {
        guard !names.isEmpty else { return [] }
        var found: [String] = []
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            guard ToolName.isAllowed(bytes[start]) else {
                start += 1
                continue
            }
            var end = start
            while end < bytes.count, ToolName.isAllowed(bytes[end]) { end += 1 }
            let word = String(decoding: bytes[start..<end], as: UTF8.self)
            if names.contains(word), !found.contains(word),
                isDistinct(word) || isMarked(start..<end, in: bytes) || isBesideTool(start..<end, in: bytes)
            {
                found.append(word)
            }
            start = end
        }
        return found
    }

    /// `list_pets` and `listPets`, not `list`.
    private static func isDistinct(_ name: String) -> Bool {
        name.utf8.contains { $0 == 0x5F }
            || name.utf8.dropFirst().contains { (0x41...0x5A).contains($0) }
                && name.utf8.contains { (0x61...0x7A).contains($0) }
            || name.utf8.count(where: { $0 == 0x2D }) > 1
    }

    private static func isMarked(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
        guard range.lowerBound > 0, range.upperBound < bytes.count else { return false }
        let mark = bytes[range.lowerBound - 1]
        return mark == bytes[range.upperBound] && (mark == UInt8(ascii: "`") || mark == UInt8(ascii: "\""))
    }

    private static func isBesideTool(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
        let after = String(decoding: bytes[range.upperBound...].prefix(6), as: UTF8.self).lowercased()
        let before = String(decoding: bytes[..<range.lowerBound].suffix(6), as: UTF8.self).lowercased()
        return after.hasPrefix(" tool") || before.hasSuffix("tool ")
    }
}
