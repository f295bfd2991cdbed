/// An absolute URL taken apart: a server, and the path and query behind it.
struct WebAddress: Sendable, Hashable {
    /// Scheme, host and port; its own path is empty.
    let server: ServerAddress
    /// Percent-encoded; starts with `/`.
    let path: String
    /// Percent-encoded, without `?`; nothing where there is none.
    let query: String?

    /// An address from an absolute URL, or from one that is relative to a server, which counts as a folder: what it
    /// serves stands below its path.
    init(_ text: String, relativeTo base: ServerAddress?) throws(ServerAddress.Malformed) {
        let reference = String(text.trimmed.prefix { $0 != "#" })
        guard !reference.isEmpty else { throw ServerAddress.Malformed("it is empty") }
        let absolute: String
        if reference.startsWithScheme {
            absolute = reference
        } else if let base, reference.hasPrefix("//") {
            absolute = "\(base.scheme.rawValue):\(reference)"
        } else if let base {
            absolute = base.origin + (reference.hasPrefix("/") ? "" : base.path + "/") + reference
        } else {
            absolute = reference
        }
        let whole = absolute.prefix { $0 != "?" }
        guard let scheme = whole.firstRange(of: "://") else {
            throw ServerAddress.Malformed("it is not an absolute URL")
        }
        let start = whole[scheme.upperBound...].firstIndex(of: "/") ?? whole.endIndex
        // The whole is checked as one address, so that nothing slips by between its parts.
        _ = try ServerAddress(String(whole))
        server = try ServerAddress(String(whole[..<start]))
        path = Self.withoutDotSegments(PercentEncoding.url.encode(String(whole[start...])))
        let query = absolute[whole.endIndex...].dropFirst()
        guard !query.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else {
            throw ServerAddress.Malformed("it holds a space or a control character")
        }
        self.query = query.isEmpty ? nil : PercentEncoding.query.encode(String(query))
    }

    /// RFC 3986, section 5.2.4.
    private static func withoutDotSegments(_ path: String) -> String {
        var segments: [Substring] = []
        let all = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for segment in all {
            switch segment {
            case ".": continue
            case "..": _ = segments.popLast()
            default: segments.append(segment)
            }
        }
        if [".", ".."].contains(all.last) { segments.append("") }
        return "/" + segments.joined(separator: "/")
    }
}

extension StringProtocol {
    /// Whether it is a URL of its own and no reference that is relative to another (RFC 3986, sections 3.1 and 4.2): a
    /// scheme stands at the start. What looks like one behind that belongs to the path or query.
    var startsWithScheme: Bool {
        guard let end = utf8.firstIndex(where: { ":/?#".utf8.contains($0) }), utf8[end] == UInt8(ascii: ":"),
            let first = utf8.first, (0x61...0x7A).contains(first | 0x20)
        else { return false }
        return utf8[..<end].allSatisfy {
            (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || "+-.".utf8.contains($0)
        }
    }
}
