/// What a legacy request wants of a session (2025-11-25, Transports: Session Management). A session is needed for nothing
/// but being told of changes; whoever names one must name one that is there.
package enum SessionUse: Sendable, Hashable {
    /// It belongs to the session of that id.
    case member(String)
    /// It opens the session's stream.
    case listen(String)
    /// It ends the session.
    case end(String)

    /// The id as the request wrote it.
    package var id: String {
        switch self {
        case .member(let id), .listen(let id), .end(let id): id
        }
    }

    static let header = "Mcp-Session-Id"

    /// The id that a request names; several lines make one id, which nobody has.
    static func id(in headers: HeaderFields) -> String? {
        let lines = headers.values(header)
        return lines.isEmpty ? nil : lines.joined(separator: ",")
    }
}

extension Outgoing {
    /// The handshake with the id of the session that was made for it.
    package func giving(session id: String) -> Outgoing {
        Outgoing(status: status, headers: headers + [(SessionUse.header, id)], body: body, cause: cause)
    }
}
