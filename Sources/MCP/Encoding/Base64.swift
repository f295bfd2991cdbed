import FoundationEssentials

/// Standard base64 (RFC 4648, section 4), read strictly.
enum Base64 {
    static func text(of bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
    }

    /// The bytes of text that is exactly what an encoder writes: padded, nothing else between, no bits left over.
    static func bytes(of text: String) -> [UInt8]? {
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else { return nil }
        return Array(data)
    }
}
