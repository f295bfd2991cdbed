/// The address of a server, without a slash at its end.
struct ServerAddress: Sendable, Hashable {
    let text: String

    static let usual = ServerAddress(validated: "http://127.0.0.1:8080")

    private init(validated text: String) {
        self.text = text
    }

    /// - Throws: ``CommandFailure`` where the text is no address of a server.
    init(_ text: String) throws {
        var text = text
        while text.hasSuffix("/") { text.removeLast() }
        let lower = text.lowercased()
        let host = ["http://", "https://"].first(where: lower.hasPrefix).map { text.dropFirst($0.count) } ?? ""
        let allowed = host.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"?#@\"<>\\^`{|}".utf8.contains($0) }
        guard let first = host.first, first != "/", first != ":", allowed else {
            throw CommandFailure(
                "\"\(text)\" is not the address of a server; it looks like \(Self.usual.text), without user, query and #."
            )
        }
        self.text = text
    }

    var usesTLS: Bool { text.lowercased().hasPrefix("https://") }
}
