/// What `MCP-Protocol-Version` says, before anything else is known of a request.
struct VersionHeader {
    private let values: [String]

    init(_ headers: HeaderFields) {
        values = headers.values(StandardHeaders.version)
    }

    var isAbsent: Bool { values.isEmpty }

    /// Whether it names 2026-07-28 or a later date, known to us or not.
    var namesModern: Bool {
        values.contains { Self.isDate($0) && $0 >= Revision.july2026.rawValue }
    }

    /// Whether it says exactly this.
    func says(_ version: String) -> Bool {
        values == [version]
    }

    /// The legacy revision that counts for a request without a modern claim; 2025-03-26 had no such header, so that is
    /// meant where there is none (2025-06-18, Transports: Protocol Version Header).
    func legacyRevision() throws(Failure) -> Revision {
        guard let first = values.first else { return .march2025 }
        guard values.allSatisfy({ $0 == first }), let revision = Revision(rawValue: first), !revision.isModern else {
            throw .unsupportedVersionHeader(first)
        }
        return revision
    }

    private static func isDate(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return parts.map(\.count) == [4, 2, 2] && parts.joined().allSatisfy { (0x30...0x39).contains($0) }
    }
}
