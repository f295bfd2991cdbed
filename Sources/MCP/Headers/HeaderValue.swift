/// The value of `Mcp-Name` and `Mcp-Param-…`: text as it is, or base64 between markers where a header could not hold
/// the text (2026-07-28, Transports: Header Value Encoding).
enum HeaderValue {
    private static let prefix = "=?base64?"
    private static let suffix = "?="

    /// The text that is meant; nothing where it has the markers and what stands between them is not base64 of UTF-8.
    static func decoded(_ value: String) -> String? {
        let value = value.trimmingOptionalSpace
        // The markers stand one after the other: `=?base64?=` has only a part of both.
        guard value.hasPrefix(prefix), value.dropFirst(prefix.count).hasSuffix(suffix) else { return value }
        let payload = value.utf8.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count)
        return Base64.bytes(of: String(Substring(payload))).flatMap { String(validating: $0, as: UTF8.self) }
    }
}
