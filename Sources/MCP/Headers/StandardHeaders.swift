import JSON

/// The headers in which a modern request repeats its body for those on the way (2026-07-28, Transports: Standard
/// Request Headers).
struct StandardHeaders {
    static let version = "MCP-Protocol-Version"
    static let method = "Mcp-Method"
    static let name = "Mcp-Name"

    let fields: HeaderFields

    /// A second line of one of these could be read differently by each who looks.
    func checkOccurrences() throws(Failure) {
        for header in [Self.version, Self.method, Self.name] where fields.values(header).count > 1 {
            throw .headerMismatch("\(header) is there more than once.")
        }
    }

    /// Holds the headers against the body.
    func check(against request: Request, version: String) throws(Failure) {
        try check(Self.version, says: version)
        try check(Self.method, says: request.method)
        guard let member = Self.nameMember(of: request.method) else { return }
        let expected = request.parameters[member]?.string
        switch (fields.values(Self.name).first, expected) {
        case (nil, nil): return
        case (nil, _?): throw .headerMismatch("\(Self.name) is missing.")
        case (let line?, _):
            guard let text = HeaderValue.decoded(line) else {
                throw .headerMismatch("\(Self.name) is not well encoded.")
            }
            guard let expected, text.utf8.elementsEqual(expected.utf8) else {
                throw .headerMismatch("\(Self.name) differs from params.\(member).")
            }
        }
    }

    private func check(_ header: String, says expected: String) throws(Failure) {
        guard let value = fields.values(header).first else { throw .headerMismatch("\(header) is missing.") }
        guard value.utf8.elementsEqual(expected.utf8) else {
            throw .headerMismatch("\(header) differs from the body.")
        }
    }

    private static func nameMember(of method: String) -> String? {
        switch method {
        case "tools/call", "prompts/get": "name"
        case "resources/read": "uri"
        default: nil
        }
    }
}
