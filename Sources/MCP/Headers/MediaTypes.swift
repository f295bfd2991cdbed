/// Whether a request's headers allow JSON to go both ways.
enum MediaTypes {
    /// `Content-Type` must say JSON; its parameters do not matter, since JSON is always UTF-8 (RFC 8259).
    static func isJSON(contentType headers: HeaderFields) -> Bool {
        headers.values("Content-Type").count == 1
            && headers.values("Content-Type").allSatisfy { name(of: $0[...]) == "application/json" }
    }

    /// Whether `Accept` leaves room for JSON. Clients must list JSON and event streams; some list neither, or one, and
    /// are served, since every answer is JSON (RFC 9110, section 12.5.1: the most specific range counts).
    static func acceptJSON(_ headers: HeaderFields) -> Bool { accepts("application/json", headers) }

    /// Whether `Accept` leaves room for a type, written as `text/html`.
    static func accepts(_ type: String, _ headers: HeaderFields) -> Bool {
        let lines = headers.values("Accept").filter { !$0.isEmpty }
        guard !lines.isEmpty else { return true }
        let ranges = lines.flatMap { $0.split(separator: ",") }
        for wanted in [type, "\(type.prefix { $0 != "/" })/*", "*/*"] {
            let matching = ranges.filter { name(of: $0) == wanted }
            if !matching.isEmpty { return matching.contains { !isRefused($0) } }
        }
        return false
    }

    private static func name(of range: Substring) -> String {
        (range.split(separator: ";", omittingEmptySubsequences: false).first ?? "").trimmingOptionalSpace.lowercased()
    }

    /// Whether the range has the weight zero.
    private static func isRefused(_ range: Substring) -> Bool {
        range.split(separator: ";").dropFirst().contains { parameter in
            let parts = parameter.split(separator: "=", maxSplits: 1).map(\.trimmingOptionalSpace)
            return parts.count == 2 && parts[0].lowercased() == "q" && Double(parts[1]) == 0
        }
    }
}
