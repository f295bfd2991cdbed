package import JSON
package import Tools

/// An HTTP request as it will be sent, save for what the client adds: `Host`, `Content-Length`, `Accept-Encoding`.
package struct OutgoingRequest: Sendable, Hashable {
    /// A header field.
    package struct Header: Sendable, Hashable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// As it is sent: upper-case, but for those that a document names itself (OpenAPI 3.2, `additionalOperations`).
    package let method: String
    package let server: ServerAddress
    /// The path behind the server's own, percent-encoded, without the query: `/pets/7`. It holds no credential and may
    /// be shown.
    package let path: String
    /// Encoded, without `?`; nothing where there is none. It may hold a credential.
    package let query: String?
    /// In the order in which they are sent; no name twice.
    package private(set) var headers: [Header]
    package let body: [UInt8]?
    /// The token without which the request is not complete; nothing where none has to be got.
    private(set) var token: TokenRequest?
    private var secretPlaces = SecretPlaces()

    /// Where a request holds credentials, by names.
    struct SecretPlaces: Sendable, Hashable {
        /// In lower case.
        var headers: Set<String> = ["authorization", "proxy-authorization"]
        var query: Set<String> = []

        init() {}

        init(of credentials: Credentials) {
            headers.formUnion(credentials.headers.map { $0.name.lowercased() })
            if !credentials.cookies.isEmpty { headers.insert("cookie") }
            query = Set(credentials.query.map(\.name))
        }
    }

    /// The request as people may see it.
    package var shown: ShownRequest { ShownRequest(self, hiding: secretPlaces) }

    package init(
        method: String,
        server: ServerAddress,
        path: String,
        query: String? = nil,
        headers: [Header] = [],
        body: [UInt8]? = nil
    ) {
        self.method = method
        self.server = server
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// The same request with the token that it needs.
    func authorized(by token: AccessToken) -> OutgoingRequest {
        var request = self
        request.headers.append(Header("Authorization", "Bearer \(token.text)"))
        return request
    }

    /// The whole address. It may hold a credential: show ``path`` instead.
    package var url: String {
        server.origin + server.path + path + (query.map { "?\($0)" } ?? "")
    }
}

/// What is passed on of a distributed trace (W3C Trace Context and Baggage), as the headers' values.
package struct TraceHeaders: Sendable, Hashable {
    package var traceparent: String?
    package var tracestate: String?
    package var baggage: String?

    package init(traceparent: String? = nil, tracestate: String? = nil, baggage: String? = nil) {
        self.traceparent = traceparent
        self.tracestate = tracestate
        self.baggage = baggage
    }

    var headers: [OutgoingRequest.Header] {
        // Baggage without a trace is of use; a state without a parent is not (Trace Context, 3.3).
        let pairs = [
            ("traceparent", traceparent), ("tracestate", traceparent == nil ? nil : tracestate), ("baggage", baggage),
        ]
        return pairs.compactMap { name, value in
            guard let value, !value.isEmpty, value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
            return OutgoingRequest.Header(name, value)
        }
    }
}

extension OutgoingRequest {
    /// The request that a recipe makes of arguments, which have been validated against the tool's schema, and of the
    /// environment's variables.
    ///
    /// Arguments can change neither scheme, host and port, nor a credential. `userAgent` is `Slipway/1.0`. Throws where
    /// a value cannot be sent safely or a variable is missing or wrong.
    package init(
        recipe: CallRecipe,
        arguments: JSONObject,
        variables: [String: String],
        userAgent: String,
        trace: TraceHeaders = TraceHeaders()
    ) throws(RequestRefusal) {
        guard Self.isSent(recipe.method) else {
            throw RequestRefusal(.recipe, "Slipway does not make \(recipe.method) requests.")
        }
        let server = try ServerAddress(of: recipe, variables: variables)
        let credentials = try Credentials(recipe: recipe, variables: variables, server: server)
        var parts = RequestParts(credentials: credentials)
        for parameter in recipe.parameters {
            guard let value = arguments[parameter.argument] else {
                if parameter.isRequired { throw .missing(parameter.argument) }
                continue
            }
            try parts.add(parameter, value)
        }
        let template = PathTemplate(recipe.path)
        let body = try RequestBody(recipe.body, arguments: arguments)
        try self.init(
            method: recipe.method,
            server: server,
            path: template.filled(with: parts.pathTexts),
            query: parts.query(of: template),
            headers: parts.headers(
                userAgent: userAgent,
                accept: recipe.accept,
                contentType: body?.contentType,
                trace: trace
            ),
            body: body?.bytes
        )
        token = credentials.token
        secretPlaces = SecretPlaces(of: credentials)
    }

    /// Any token is a method (RFC 9110, section 9.1). TRACE would bring the credentials back in its answer (RFC 9110, section 9.3.8); CONNECT is for proxies.
    private static func isSent(_ method: String) -> Bool {
        HeaderName.isToken(method) && !["TRACE", "CONNECT"].contains(method.uppercased())
    }
}

extension RequestRefusal {
    static func missing(_ argument: String) -> RequestRefusal {
        RequestRefusal(.argument(argument), "The argument \"\(argument)\" is required and was not given.")
    }
}
