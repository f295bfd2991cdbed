import HTTPTypes
import Hummingbird
import Vocabulary

/// Refuses requests that a web page sends without being asked to: the server listens on loopback, where every browser
/// of the machine can reach it (MCP, Transports: Security Warning).
///
/// A request with an `Origin` must come from an allowed one. A request to a server that listens on loopback must name
/// a host that it is known by, so that no foreign name can be made to point to it (DNS rebinding).
struct AccessMiddleware<Context: RequestContext>: RouterMiddleware {
    /// In lower case; none where every name is good, since the server listens to the world and nobody named it.
    let hosts: Set<String>?
    /// In lower case, without a path.
    let origins: Set<String>

    init(_ configuration: ServerConfiguration) {
        let local = ["localhost", "127.0.0.1", "[::1]"]
        let isLoopback = ["127.0.0.1", "localhost", "::1", "[::1]"].contains(configuration.host)
        let isNamed = configuration.publicURL != configuration.ownURL
        let own = [
            Self.host(ofAuthority: Self.authority(of: configuration.publicURL)), configuration.host.lowercased(),
        ]
        hosts = isLoopback || isNamed ? Set(local + own) : nil
        let localOrigins = local.map { "http://\($0):\(configuration.port)" }
        let publicOrigin = configuration.publicURL.split(separator: "/").prefix(2).joined(separator: "//")
        origins = Set((localOrigins + [publicOrigin] + configuration.allowedOrigins).map { $0.lowercased() })
    }

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        if let hosts {
            let host = Self.host(ofAuthority: request.head.authority ?? "")
            guard hosts.contains(host) else {
                throw Problem(
                    .hostNotAllowed,
                    "The server is not known as \"\(host)\"; name it by SLIPWAY_PUBLIC_URL if it should be."
                )
            }
        }
        if let origin = request.headers[.origin], !origins.contains(origin.lowercased()) {
            throw Problem(
                .originNotAllowed,
                "Pages of \"\(origin)\" may not call this server; allow them by SLIPWAY_ALLOWED_ORIGINS if they should."
            )
        }
        return try await next(request, context)
    }

    private static func authority(of url: String) -> String {
        String(url.split(separator: "/").dropFirst().first ?? "")
    }

    /// `localhost` of `localhost:8080`, `[::1]` of `[::1]:8080`.
    private static func host(ofAuthority authority: String) -> String {
        let authority = authority.lowercased()
        if authority.hasPrefix("[") { return String(authority.prefix { $0 != "]" }) + "]" }
        return String(authority.prefix { $0 != ":" })
    }
}
