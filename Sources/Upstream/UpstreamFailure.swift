import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix

/// Why a request has no answer.
package struct UpstreamFailure: Error, Sendable {
    /// What happened, and whether the API may have seen the request.
    package enum Kind: String, Sendable, Hashable {
        /// The host leads to an address that calls may not go to. Nothing was sent.
        case refused
        /// No address is known for the host. Nothing was sent.
        case notResolved
        /// No connection could be made. Nothing was sent.
        case notConnected
        /// No secure connection could be made. Nothing was sent.
        case notSecure
        /// The time was over; the API may have acted all the same.
        case timedOut
        /// The connection ended before the answer did; the API may have acted all the same.
        case connectionLost
        /// What came back is not HTTP; the API may have acted all the same.
        case notHTTP
        /// The task was cancelled, or the client shut down.
        case cancelled
    }

    package let kind: Kind
    /// One sentence, safe to show: it names the host as the request does, and no address that it led to.
    package let message: String
    /// The error behind it; for the log.
    package let cause: (any Error)?

    package init(_ kind: Kind, _ message: String, cause: (any Error)? = nil) {
        self.kind = kind
        self.message = message
        self.cause = cause
    }
}

extension UpstreamFailure {
    init(_ kind: Kind, server: ServerAddress, cause: (any Error)? = nil) {
        let host = "\"\(server.authority)\""
        let message =
            switch kind {
            case .refused:
                "Calls to \(host) are refused, since it leads to an address that is not of the public internet. "
                    + "An operator may allow it with SLIPWAY_ALLOWED_UPSTREAMS; no argument can."
            case .notResolved: "The host \(host) is not known: no address was found for it."
            case .notConnected: "No connection to \(host) could be made; the API may be down."
            case .notSecure:
                "No secure connection to \(host) could be made: TLS or the server's certificate failed."
            case .timedOut: "The API at \(host) did not answer in time."
            case .connectionLost: "The connection to \(host) was lost before the answer was complete."
            case .notHTTP: "What \(host) sent back is not a valid HTTP answer."
            case .cancelled: "The call to \(host) was cancelled."
            }
        self.init(kind, message, cause: cause)
    }

    /// The failure that an error of the HTTP client means.
    init(_ error: any Error, server: ServerAddress) {
        self.init(Self.kind(of: error), server: server, cause: error)
    }

    private static func kind(of error: any Error) -> Kind {
        switch error {
        case is CancellationError, is PinnedClients.Closed: return .cancelled
        case is PinnedClients.DialledElsewhere: return .refused
        case is HostResolver.NotFound: return .notResolved
        case is NIOConnectionError: return .notConnected
        case let error as HTTPClientError: return kind(of: error)
        case let error as ChannelError: return kind(of: error)
        case let error as IOError:
            return [ECONNRESET, EPIPE].contains(error.errnoCode) ? .connectionLost : .notConnected
        case let error as HTTPParserError: return error == .invalidEOFState ? .connectionLost : .notHTTP
        case _ where isRefusedHandshake(error): return .notSecure
        default: return .connectionLost
        }
    }

    /// Whether TLS failed before anything was sent. NIOSSL is not visible from here, so its errors are told by name.
    private static func isRefusedHandshake(_ error: any Error) -> Bool {
        guard String(reflecting: type(of: error)).hasPrefix("NIOSSL.") else { return false }
        let text = String(describing: error).lowercased()
        return text.contains("handshake") || text.contains("validat")
    }

    private static func kind(of error: HTTPClientError) -> Kind {
        switch error {
        case .connectTimeout, .getConnectionFromPoolTimeout: .notConnected
        case .tlsHandshakeTimeout: .notSecure
        case .deadlineExceeded, .readTimeout, .writeTimeout: .timedOut
        case .cancelled, .alreadyShutdown: .cancelled
        case .invalidURL, .emptyHost: .notResolved
        default: .connectionLost
        }
    }

    private static func kind(of error: ChannelError) -> Kind {
        if case .connectTimeout = error { .notConnected } else { .connectionLost }
    }
}
