/// Which bytes of a value go into a URL as they are; all others are written as `%XX` (RFC 3986, section 2.1).
enum PercentEncoding: Sendable {
    /// Only unreserved characters stay: a value cannot leave its place.
    case strict
    /// Reserved characters and `%XX` stay too, as OpenAPI's `allowReserved` asks, except those that would end the
    /// value: `#` and `&`, `+` that would be read as a space, and brackets, which no query may hold.
    case reserved
    /// What a cookie may hold (RFC 6265, section 4.1.1) stays: many servers do not decode cookies.
    case cookie
    /// Text of a URL as it was written by its author: only what no URL may hold is encoded.
    case url
    /// The same for text of a query, in which `?` stands for itself (RFC 3986, section 3.4).
    case query

    func encode(_ text: String) -> String {
        var encoded: [UInt8] = []
        let bytes = Array(text.utf8)
        encoded.reserveCapacity(bytes.count)
        for (position, byte) in bytes.enumerated() {
            if keeps(byte) || (byte == UInt8(ascii: "%") && keepsEscape(at: position, in: bytes)) {
                encoded.append(byte)
            } else {
                encoded.append(UInt8(ascii: "%"))
                encoded.append(Self.digits[Int(byte >> 4)])
                encoded.append(Self.digits[Int(byte & 15)])
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private func keeps(_ byte: UInt8) -> Bool {
        if Self.isUnreserved(byte) { return true }
        switch self {
        case .strict: return false
        case .cookie: return (0x21...0x7E).contains(byte) && !"\",;\\".utf8.contains(byte)
        case .reserved: return Self.reservedInQuery.contains(byte)
        case .url: return Self.reservedInPath.contains(byte)
        case .query: return byte == UInt8(ascii: "?") || Self.reservedInPath.contains(byte)
        }
    }

    private func keepsEscape(at position: Int, in bytes: [UInt8]) -> Bool {
        guard [.reserved, .url, .query].contains(self) else { return false }
        guard position + 2 < bytes.count else { return false }
        return Self.isHexadecimal(bytes[position + 1]) && Self.isHexadecimal(bytes[position + 2])
    }

    /// The text as a server reads it in a query, where `+` is a space; what is no escape stands for itself.
    static func decode(_ text: some StringProtocol) -> String {
        let bytes = Array(text.utf8)
        var decoded: [UInt8] = []
        var position = 0
        while position < bytes.count {
            let escape = bytes[position...].dropFirst().prefix(2)
            if bytes[position] == UInt8(ascii: "%"), escape.count == 2, escape.allSatisfy(isHexadecimal),
                let byte = UInt8(String(decoding: escape, as: UTF8.self), radix: 16)
            {
                decoded.append(byte)
                position += 3
            } else {
                decoded.append(bytes[position] == UInt8(ascii: "+") ? 0x20 : bytes[position])
                position += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static let digits = Array("0123456789ABCDEF".utf8)
    private static let reservedInQuery = Set(":/?@!$'()*,;=".utf8)
    private static let reservedInPath = Set(":/@!$&'()*+,;=".utf8)

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    static func isUnreserved(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "~")
    }
}
