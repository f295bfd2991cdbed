import JSON

/// Writes fields as the query of an address. Lists and `null` do not occur there: calls with lists take a body.
enum QueryText {
    static func of(_ fields: JSONObject) -> String {
        fields.map { "\(encode($0.key))=\(encode($0.value.string ?? $0.value.text))" }.joined(separator: "&")
    }

    /// Only unreserved characters of RFC 3986 stay as they are.
    static func encode(_ text: String) -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
