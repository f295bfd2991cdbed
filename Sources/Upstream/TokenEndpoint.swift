import FoundationEssentials
import JSON

/// Gets tokens by client credentials (RFC 6749, section 4.4), through the same guard and limits as any call.
struct TokenEndpoint: Sendable {
    let client: UpstreamClient
    let userAgent: String
    let clock: UpstreamClock
    let timeout: Duration

    /// A new token. `prefersBody` where this endpoint has taken the credentials in no other way before.
    func token(for request: TokenRequest, prefersBody: Bool) async -> Result<AccessToken, TokenFailure> {
        let deadline = clock.now() + timeout
        do throws(TokenFailure) {
            var byBody = prefersBody
            var address = request.source.address
            if case .configuration(let place) = request.source {
                let configuration = try await configuration(at: place, deadline: deadline)
                address = configuration.address
                byBody = byBody || configuration.takesBodyOnly
            }
            let first = try await ask(address, for: request, byBody: byBody, deadline: deadline)
            guard !byBody, first.refusesClient else {
                return .success(try token(in: first, of: request, byBody: byBody, at: address))
            }
            // Section 2.3.1 has every server take Basic; some take the body alone.
            let second = try await ask(address, for: request, byBody: true, deadline: deadline)
            return .success(try token(in: second, of: request, byBody: true, at: address))
        } catch {
            return .failure(error)
        }
    }

    // MARK: - Asking

    private func ask(
        _ address: WebAddress,
        for request: TokenRequest,
        byBody: Bool,
        deadline: Duration
    ) async throws(TokenFailure) -> UpstreamAnswer {
        let encode = PercentEncoding.strict.encode
        var pairs = ["grant_type=client_credentials"]
        if !request.scopes.isEmpty { pairs.append("scope=\(encode(request.scopes.joined(separator: " ")))") }
        var headers = [
            OutgoingRequest.Header("User-Agent", userAgent),
            OutgoingRequest.Header("Accept", "application/json"),
            OutgoingRequest.Header("Content-Type", "application/x-www-form-urlencoded"),
        ]
        if byBody {
            pairs += ["client_id=\(encode(request.clientID))", "client_secret=\(encode(request.clientSecret))"]
        } else {
            let pair = Data("\(encode(request.clientID)):\(encode(request.clientSecret))".utf8)
            headers.append(OutgoingRequest.Header("Authorization", "Basic \(pair.base64EncodedString())"))
        }
        let body = Array(pairs.joined(separator: "&").utf8)
        return try await perform(
            OutgoingRequest(
                method: "POST",
                server: address.server,
                path: address.path,
                query: address.query,
                headers: headers,
                body: body
            ),
            deadline: deadline
        )
    }

    private func configuration(
        at address: WebAddress,
        deadline: Duration
    ) async throws(TokenFailure) -> (address: WebAddress, takesBodyOnly: Bool) {
        let headers = [
            OutgoingRequest.Header("User-Agent", userAgent), OutgoingRequest.Header("Accept", "application/json"),
        ]
        let request = OutgoingRequest(
            method: "GET",
            server: address.server,
            path: address.path,
            query: address.query,
            headers: headers
        )
        let answer = try await perform(request, deadline: deadline)
        let subject = "The OpenID configuration at \"\(address.server.authority)\""
        guard answer.status == 200 else { throw .of("\(subject) was answered by \(answer.statusText).") }
        let json = answer.isTruncated ? nil : try? JSONValue(parsing: answer.body)
        guard let json, let text = json["token_endpoint"]?.string,
            let place = try? WebAddress(text, relativeTo: nil)
        else { throw .of("\(subject) names no token endpoint.") }
        guard place.server.scheme == .https || address.server.scheme == .http else {
            throw .of("\(subject) names a token endpoint without TLS, to which no secret is sent.")
        }
        let methods = json["token_endpoint_auth_methods_supported"]?.array?.compactMap(\.string)
        let takesBodyOnly = methods.map { $0.contains("client_secret_post") && !$0.contains("client_secret_basic") }
        return (place, takesBodyOnly ?? false)
    }

    private func perform(_ request: OutgoingRequest, deadline: Duration) async throws(TokenFailure) -> UpstreamAnswer {
        do throws(UpstreamFailure) {
            return try await client.perform(request, timeout: max(.zero, deadline - clock.now()))
        } catch {
            let kind: TokenFailure.Kind =
                switch error.kind {
                case .refused: .refused
                case .timedOut: .timedOut
                case .cancelled: .cancelled
                default: .failed
                }
            throw TokenFailure(message: TokenFailure.sentence(error), kind: kind, cause: error.cause ?? error)
        }
    }

    // MARK: - Reading

    private func token(
        in answer: UpstreamAnswer,
        of request: TokenRequest,
        byBody: Bool,
        at address: WebAddress
    ) throws(TokenFailure) -> AccessToken {
        let subject = "The token endpoint at \"\(address.server.authority)\""
        guard answer.status == 200 else {
            let code = answer.errorCode.flatMap { $0.contains(request.clientSecret) ? nil : $0 }
            let said = "\(subject) answered \(answer.statusText)" + (code.map { " (\($0))" } ?? "")
            guard (400..<500).contains(answer.status), answer.status != 429 else { throw .of("\(said).") }
            throw .of(
                "\(said): check \(request.variables.joined(separator: " and ")) in the environment; no argument helps.",
                answer.refusesClient ? .notAccepted : .failed
            )
        }
        guard !answer.isTruncated, let json = try? JSONValue(parsing: answer.body),
            let text = json["access_token"]?.string, !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .of("\(subject) answered without a token.") }
        guard (json["token_type"]?.string ?? "bearer").lowercased() == "bearer" else {
            throw .of("\(subject) answered with a token that is no bearer token, which is all that Slipway can use.")
        }
        return AccessToken(text: text, lifetime: json["expires_in"].flatMap(Self.lifetime), isByBody: byBody)
    }

    /// Seconds as a number, or as the digits of one, which some endpoints write; a year at most. Other words that read as
    /// numbers, such as `nan`, say nothing.
    private static func lifetime(_ value: JSONValue) -> Duration? {
        let isDigits = value.string.map { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        guard isDigits ?? (value.kind == "number"), let seconds = Double(value.string ?? value.text), !seconds.isNaN
        else { return nil }
        return .seconds(min(max(seconds, 0), 31_536_000))
    }
}

extension TokenFailure {
    /// The time of the call that needs a token is over before there is one.
    static func timedOut(_ request: TokenRequest) -> TokenFailure {
        let cause = UpstreamFailure(.timedOut, server: request.source.address.server)
        return TokenFailure(message: sentence(cause), kind: .timedOut, cause: cause)
    }

    fileprivate static func sentence(_ failure: UpstreamFailure) -> String {
        "No token could be got for the call. \(failure.message)"
    }

    fileprivate static func of(_ message: String, _ kind: Kind = .failed) -> TokenFailure {
        TokenFailure(message: message, kind: kind, cause: nil)
    }
}

extension UpstreamAnswer {
    /// The `error` of an answer of a token endpoint (RFC 6749, section 5.2), where it looks like a code.
    fileprivate var errorCode: String? {
        guard let code = (try? JSONValue(parsing: body))?["error"]?.string, code.utf8.count <= 64,
            code.utf8.allSatisfy({
                (0x61...0x7A).contains($0) || $0 == 0x5F || $0 == 0x2D || (0x30...0x39).contains($0)
            })
        else { return nil }
        return code
    }

    /// Whether the endpoint did not accept the client, or the way in which it said who it is.
    fileprivate var refusesClient: Bool {
        status == 401 || ((400..<500).contains(status) && errorCode == "invalid_client")
    }
}
