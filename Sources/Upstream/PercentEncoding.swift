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
    /// What a segment of a path may hold stays, and `%XX`, as `allowReserved` asks of a path (OpenAPI 3.2, 4.12.2).
    case segment
    /// Everything stays: for places that know no escapes.
    case none

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
        case .segment: return byte != UInt8(ascii: "/") && Self.reservedInPath.contains(byte)
        case .none: return true
        }
    }

    private func keepsEscape(at position: Int, in bytes: [UInt8]) -> Bool {
        guard [.reserved, .url, .query, .segment].contains(self) else { return false }
        guard position + 2 < bytes.count else { return false }
        return Self.isHexadecimal(bytes[position + 1]) && Self.isHexadecimal(bytes[position + 2])
    }

    /// The text as a server reads it in a query, where `+` is a space; what is no escape stands for itself.
    static func decode(_ text: some StringProtocol) -> String {
        String(decoding: decodedBytes(text, plusIsSpace: true), as: UTF8.self)
    }

    /// The text that a server reads in a path, where `+` stands for itself.
    static func decodedOnce(_ text: String) -> String {
        String(decoding: decodedBytes(text, plusIsSpace: false), as: UTF8.self)
    }

    /// The bytes that the text stands for; what is no escape stands for itself.
    static func decodedBytes(_ text: some StringProtocol, plusIsSpace: Bool) -> [UInt8] {
        let bytes = Array(text.utf8)
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "%"), position + 2 < bytes.count,
                let high = hexadecimal(bytes[position + 1]), let low = hexadecimal(bytes[position + 2])
            {
                decoded.append(high << 4 | low)
                position += 3
            } else {
                decoded.append(plusIsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
                position += 1
            }
        }
        return decoded
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    private static let digits = Array("0123456789ABCDEF".utf8)
    private static let reservedInQuery = Set(":/?@!$'()*,;=".utf8)
    private static let reservedInPath = Set(":/@!$&'()*+,;=".utf8)

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        hexadecimal(byte) != nil
    }

    static func isUnreserved(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "~")
    }
}
