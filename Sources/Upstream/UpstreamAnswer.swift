/// What an API answered: any status, also one that reports a failure.
package struct UpstreamAnswer: Sendable, Hashable {
    package let status: Int
    /// By lower-case name; of several with one name the first. Only those that ``keptHeaders`` lists.
    package let headers: [String: String]
    /// As received: not decompressed.
    package let body: [UInt8]
    /// Whether more followed than the client keeps.
    package let isTruncated: Bool

    package static let keptHeaders = [
        "content-type", "content-encoding", "content-length", "location", "retry-after", "link", "etag",
    ]

    package init(status: Int, headers: [String: String] = [:], body: [UInt8] = [], isTruncated: Bool = false) {
        self.status = status
        self.headers = headers
        self.body = body
        self.isTruncated = isTruncated
    }
}
