import JSON

/// A JSON-RPC error, with the HTTP status it has where nothing overrides it.
struct Failure: Error {
    let code: Int
    let message: String
    let data: JSONValue?
    let status: Int
    /// Logged, never shown.
    let cause: (any Error)?

    private init(_ code: Int, _ message: String, data: JSONValue? = nil, status: Int, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.data = data
        self.status = status
        self.cause = cause
    }
}

extension Failure {
    static func unreadable(_ message: String) -> Failure {
        Failure(-32700, message, status: 400)
    }

    static func invalidRequest(_ message: String, data: JSONValue? = nil, status: Int = 400) -> Failure {
        Failure(-32600, message, data: data, status: status)
    }

    static func unknownMethod(_ name: String) -> Failure {
        Failure(-32601, "The method \"\(name.shortened)\" is not offered here.", status: 404)
    }

    /// Answered with 200 wherever a handler finds it: clients of both eras take an unfamiliar 400 for "legacy server".
    static func invalidParameters(_ message: String, status: Int = 200) -> Failure {
        Failure(-32602, message, status: status)
    }

    /// 2025-11-25, Transports: Session Management. A client that reads it begins anew.
    static let unknownSession = Failure(
        -32600,
        "The session is not known here, or it has ended: send initialize again, without Mcp-Session-Id.",
        status: 404
    )

    /// More clients listen than the server has room for.
    static func noRoom(_ message: String) -> Failure {
        Failure(-32603, message, status: 503)
    }

    static func unknownTool(_ name: String) -> Failure {
        .invalidParameters("There is no tool named \"\(name.shortened)\" here.")
    }

    /// A URI that no resource has: -32602 since 2026-07-28 (Resources: Error Handling), -32002 before it.
    static func unknownResource(_ uri: String, in revision: Revision) -> Failure {
        Failure(
            revision.isModern ? -32602 : -32002,
            "There is no resource \"\(uri.shortened)\" here.",
            data: ["uri": .string(uri.utf8.count <= 2048 ? uri : uri.shortened)],
            status: 200
        )
    }

    static func unexpected(_ cause: any Error) -> Failure {
        Failure(-32603, "Something went wrong inside the server.", status: 200, cause: cause)
    }

    /// 2026-07-28, Transports: headers that are missing, doubled, malformed, or say something else than the body.
    static func headerMismatch(_ message: String) -> Failure {
        Failure(-32020, message, status: 400)
    }

    /// 2026-07-28, Schema: MissingRequiredClientCapabilityError; what is required is told as a client
    /// would declare it.
    static func missingCapabilities(_ required: JSONObject) -> Failure {
        let names = required.keys.map { "\"\($0)\"" }.joined(separator: ", ")
        return Failure(
            -32021,
            "This needs a client that declares the capabilities \(names).",
            data: ["requiredCapabilities": .object(required)],
            status: 400
        )
    }

    /// 2026-07-28, Schema: UnsupportedProtocolVersionError.
    static func unsupportedVersion(_ requested: String) -> Failure {
        Failure(
            -32022,
            "The protocol version \"\(requested.shortened)\" cannot be spoken this way here.",
            data: versions(requested: requested),
            status: 400
        )
    }

    /// A legacy client knows no -32022, so it is told by the code of its own time.
    static func unsupportedVersionHeader(_ requested: String) -> Failure {
        let spoken = Revision.newestFirst.map(\.rawValue).joined(separator: ", ")
        return .invalidRequest(
            "The header MCP-Protocol-Version names no version that is spoken here; these are: \(spoken).",
            data: versions(requested: requested)
        )
    }

    private static func versions(requested: String) -> JSONValue {
        ["supported": JSONValue(Revision.newestFirst.map(\.rawValue)), "requested": .string(requested.shortened)]
    }
}

extension String {
    /// As much of a caller's text as an answer repeats.
    var shortened: String {
        utf8.count <= 128 ? self : prefix(128) + "…"
    }
}
