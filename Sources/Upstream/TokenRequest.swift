import JSON
import Tools

/// A token that a call needs, and how it is got: by client credentials (RFC 6749, section 4.4).
struct TokenRequest: Sendable, Hashable {
    /// Where the token comes from.
    enum Source: Sendable, Hashable {
        case tokenURL(WebAddress)
        /// An OpenID provider's configuration, which names the token URL (OpenID Connect Discovery 1.0, section 4).
        case configuration(WebAddress)

        var address: WebAddress {
            switch self {
            case .tokenURL(let address), .configuration(let address): address
            }
        }
    }

    let source: Source
    let clientID: String
    let clientSecret: String
    let scopes: [String]
    /// The variables with the client's id and secret, for what is said where they are wrong.
    let variables: [String]

    /// What a token is kept under. The secret is in it as a digest only.
    struct Key: Sendable, Hashable {
        let source: Source
        let clientID: String
        let secret: Digest
        let scopes: [String]
    }

    var key: Key {
        Key(source: source, clientID: clientID, secret: Digest(of: clientSecret.utf8), scopes: scopes)
    }

    /// The token of a scheme whose plain token is not set. Throws where its URL is none, or has no TLS while `server`,
    /// which is the API's, has it: neither the secret nor the configuration that says where it goes may be read on the way.
    init(
        _ scheme: CallRecipe.SecurityScheme,
        clientID: String,
        clientSecret: String,
        server: ServerAddress
    ) throws(RequestRefusal) {
        self.clientID = clientID
        self.clientSecret = clientSecret
        variables = Array(scheme.variables.dropFirst())
        do throws(ServerAddress.Malformed) {
            switch scheme.kind {
            case .clientCredentials(let tokenURL, let scopes):
                source = .tokenURL(try WebAddress(tokenURL, relativeTo: server))
                self.scopes = scopes
            case .openIDConnect(let url, let scopes):
                source = .configuration(try WebAddress(url, relativeTo: server))
                // OpenID Connect Core 1.0, 3.1.2.1: what is no `openid` request has no such scope; a client's own token
                // is for nobody's identity.
                self.scopes = scopes
            case .apiKey, .basic, .bearer:
                throw ServerAddress.Malformed("the scheme has none")
            }
        } catch {
            throw RequestRefusal(
                .recipe,
                "The token URL that the API's document names cannot be used, since \(error.clause): set "
                    + "\(scheme.variables[0]) in the environment to a token instead."
            )
        }
        let place = source.address.server
        guard place.scheme == .https || server.scheme == .http else {
            throw RequestRefusal(
                .recipe,
                "The token URL that the API's document names, at \(place.origin), is without TLS, to which no secret is "
                    + "sent where the API itself is called with TLS: set \(scheme.variables[0]) in the environment to a "
                    + "token instead."
            )
        }
    }
}

/// A token as the cache keeps it.
struct AccessToken: Sendable, Hashable {
    let text: String
    /// How long it may be used from now on; nothing where the endpoint does not say.
    let lifetime: Duration?
    /// Whether the endpoint took the client's credentials in the body only.
    let isByBody: Bool
}

/// Why there is no token. Neither message nor cause has a secret or the endpoint's answer in it.
struct TokenFailure: Error, Sendable {
    /// One sentence.
    let message: String
    let kind: Kind
    let cause: (any Error)?

    /// Who can help.
    enum Kind: Sendable {
        /// The address may not be called.
        case refused
        case timedOut
        case cancelled
        /// The client's credentials are wrong.
        case notAccepted
        case failed
    }
}
