/// A request as people may see it: no credential stands in it.
package struct ShownRequest: Sendable, Hashable {
    package let method: String
    package let url: String
    package let headers: [OutgoingRequest.Header]
    /// The body, where it is text; none where there is no body, or one of bytes.
    package let body: String?
    /// How long the body is, in bytes.
    package let bodyLength: Int

    /// What stands in the place of a secret.
    package static let mask = "••••"
}

extension ShownRequest {
    /// Leaves out what the recipe's security adds, whatever it is: the names are known, so no value has to be.
    init(_ request: OutgoingRequest, hiding secrets: OutgoingRequest.SecretPlaces) {
        method = request.method
        let query = request.query.map { query in
            "?"
                + query.split(separator: "&", omittingEmptySubsequences: false).map { pair in
                    let name = pair.prefix { $0 != "=" }
                    return secrets.query.contains(PercentEncoding.decode(name)) ? "\(name)=\(Self.mask)" : String(pair)
                }
                .joined(separator: "&")
        }
        url = request.server.origin + request.server.path + request.path + (query ?? "")
        var headers = request.headers.map { header in
            secrets.headers.contains(header.name.lowercased())
                ? OutgoingRequest.Header(header.name, Self.mask) : header
        }
        if request.token != nil { headers.append(OutgoingRequest.Header("Authorization", "Bearer \(Self.mask)")) }
        self.headers = headers
        bodyLength = request.body?.count ?? 0
        body = request.body.flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// The same without these texts, wherever they stand, as they are or percent-encoded. Texts of less than four characters
    /// are no secrets that could be told from anything else.
    package func masking(_ secrets: [String]) -> ShownRequest {
        let texts = secrets.filter { $0.count >= 4 }
        let all = Set(texts + texts.map(PercentEncoding.strict.encode)).sorted { $0.utf8.count > $1.utf8.count }
        let masked = { (text: String) in all.reduce(text) { $0.replacing($1, with: Self.mask) } }
        return ShownRequest(
            method: method,
            url: masked(url),
            headers: headers.map { OutgoingRequest.Header($0.name, masked($0.value)) },
            body: body.map(masked),
            bodyLength: bodyLength
        )
    }
}
