/// The base URL of an API, taken apart: `https://api.example.com:8443/v1`.
package struct ServerAddress: Sendable, Hashable {
    /// How the server is spoken to.
    package enum Scheme: String, Sendable {
        case http, https
    }

    package let scheme: Scheme
    /// A name or an address in lower case, without the brackets of an IPv6 address.
    package let host: String
    /// 1 to 65535; the scheme's own where the URL names none.
    package let port: Int
    /// Percent-encoded; empty, or with a `/` at the start and none at the end.
    package let path: String

    /// An address from an absolute URL, or a clause that says what is wrong with it: "it holds a user name".
    package init(_ text: String) throws(Malformed) {
        guard let separator = text.firstRange(of: "://") else { throw Malformed("it is not an absolute URL") }
        guard let scheme = Scheme(rawValue: text[..<separator.lowerBound].lowercased()) else {
            throw Malformed("it starts with neither http:// nor https://")
        }
        let rest = text[separator.upperBound...]
        guard !rest.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }) else {
            throw Malformed("it holds a space, a backslash or a control character")
        }
        guard !rest.contains("?"), !rest.contains("#") else { throw Malformed("it holds a query or a fragment") }
        guard !rest.contains("{"), !rest.contains("}") else { throw Malformed("it holds a variable without a value") }
        let end = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = rest[..<end]
        guard !authority.contains("@") else { throw Malformed("it holds a user name") }
        (host, port) = try Self.hostAndPort(authority, scheme: scheme)
        self.scheme = scheme
        var path = PercentEncoding.url.encode(String(rest[end...]))
        while path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    /// Why a text is no address of a server.
    package struct Malformed: Error, Hashable {
        /// Words that go on after "it cannot be used, since". They never repeat the text, which may hold a secret.
        package let clause: String

        init(_ clause: String) { self.clause = clause }
    }

    /// Scheme, host and, where it is not the scheme's own, port.
    package var origin: String { "\(scheme.rawValue)://\(authority)" }

    /// What the `Host` header says.
    package var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == Self.usualPort(scheme) ? name : "\(name):\(port)"
    }

    private static func usualPort(_ scheme: Scheme) -> Int { scheme == .https ? 443 : 80 }

    private static func hostAndPort(_ authority: Substring, scheme: Scheme) throws(Malformed) -> (String, Int) {
        var host = authority
        var port = usualPort(scheme)
        if let colon = authority.lastIndex(of: ":"), authority.last != "]" {
            host = authority[..<colon]
            let digits = authority[authority.index(after: colon)...]
            guard let number = Int(port: digits) else { throw Malformed("its port is not a number from 1 to 65535") }
            port = number
        }
        if host.hasPrefix("[") {
            let inner = host.dropFirst().dropLast()
            guard host.hasSuffix("]"), inner.contains(":"), IPAddress(String(inner)) != nil else {
                throw Malformed("its IPv6 address is not one")
            }
            return (inner.lowercased(), port)
        }
        guard !host.isEmpty else { throw Malformed("it names no host") }
        // What is left out here no resolver has to interpret: no escapes, no Unicode that folds into other letters.
        guard host.utf8.count <= 253, host.utf8.allSatisfy({ PercentEncoding.isUnreserved($0) && $0 != 0x7E }) else {
            throw Malformed("its host holds characters other than A-Z, a-z, 0-9, '-', '_' and '.'")
        }
        return (host.lowercased(), port)
    }
}

extension Int {
    /// The number of a port, from 1 to 65535, in digits and nothing else.
    init?(port digits: Substring) {
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits),
            (1...65535).contains(number)
        else { return nil }
        self = number
    }
}
