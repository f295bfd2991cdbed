/// A URI or a relative reference in its five parts (RFC 3986, section 3).
///
/// The parts are kept as written.
struct URIReference: Sendable, Hashable {
    var scheme: Substring?
    var authority: Substring?
    var path: String
    var query: Substring?
    var fragment: Substring?

    init(_ text: String) {
        var rest = text[...]
        fragment = Self.cut(&rest, after: "#")
        query = Self.cut(&rest, after: "?")
        if let colon = rest.utf8.firstIndex(of: UInt8(ascii: ":")), Self.isScheme(rest[..<colon]) {
            scheme = rest[..<colon]
            rest = rest[rest.utf8.index(after: colon)...]
        }
        if rest.utf8.starts(with: "//".utf8) {
            rest = rest.dropFirst(2)
            let end = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            authority = rest[..<end]
            rest = rest[end...]
        }
        path = String(rest)
    }

    private static func cut(_ rest: inout Substring, after mark: Unicode.Scalar) -> Substring? {
        guard let position = rest.unicodeScalars.firstIndex(of: mark) else { return nil }
        defer { rest = rest[..<position] }
        return rest[rest.unicodeScalars.index(after: position)...]
    }

    private static func isScheme(_ text: Substring) -> Bool {
        guard let first = text.unicodeScalars.first, first.isASCII, first.properties.isAlphabetic else { return false }
        return text.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || "0123456789+-.".unicodeScalars.contains($0))
        }
    }

    /// What a reference means in a document with this URI (RFC 3986, section 5.2.2).
    func resolving(_ reference: URIReference) -> URIReference {
        var result = reference
        if reference.scheme == nil {
            result.scheme = scheme
            if reference.authority == nil {
                result.authority = authority
                if reference.path.isEmpty {
                    result.path = path
                    result.query = reference.query ?? query
                } else if !reference.path.utf8.starts(with: "/".utf8) {
                    result.path = directory + reference.path
                }
            }
        }
        if result.scheme != nil || result.path.utf8.starts(with: "/".utf8) {
            result.path = Self.withoutDots(result.path)
        }
        return result
    }

    private var directory: String {
        if authority != nil, path.isEmpty { return "/" }
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return String(path[...slash])
    }

    private static func withoutDots(_ path: String) -> String {
        guard path.utf8.contains(UInt8(ascii: ".")) else { return path }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        var kept: [Substring] = []
        for (position, segment) in segments.enumerated() {
            let isLast = position == segments.count - 1
            switch segment {
            case ".": if isLast { kept.append("") }
            case "..":
                if kept.count > 1 { kept.removeLast() }
                if isLast { kept.append("") }
            default: kept.append(segment)
            }
        }
        return kept.joined(separator: "/")
    }

    /// The URI without its fragment, as text.
    var document: String {
        var text = ""
        if let scheme { text += scheme + ":" }
        if let authority { text += "//" + authority }
        text += path
        if let query { text += "?" + query }
        return text
    }

    /// The fragment with percent-encoding undone; nothing where that is not UTF-8.
    var decodedFragment: String? {
        guard let fragment else { return "" }
        var bytes: [UInt8] = []
        var rest = fragment.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(Substring(rest.prefix(2))), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
