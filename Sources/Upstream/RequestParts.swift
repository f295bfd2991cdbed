import JSON
import Tools

/// What parameters and credentials add up to, place by place.
struct RequestParts {
    private let credentials: Credentials
    /// Finished texts by the names in the path's template.
    private(set) var pathTexts: [String: PathTemplate.Expansion] = [:]
    private var pairs: [QueryPair] = []
    private var cookies: [QueryPair] = []
    private var fields: [OutgoingRequest.Header] = []

    init(credentials: Credentials) {
        self.credentials = credentials
    }

    mutating func add(_ parameter: CallRecipe.Parameter, _ value: JSONValue) throws(RequestRefusal) {
        switch parameter.location {
        case .path: try addPath(parameter, value)
        case .query, .querystring: try addQuery(parameter, value)
        case .header: try addHeader(parameter, value)
        case .cookie: try addCookie(parameter, value)
        }
    }

    /// The path's own query first, then the arguments, then the credentials.
    func query(of template: PathTemplate) throws(RequestRefusal) -> String? {
        let own = try template.query(with: pathTexts, reserved: Set(credentials.query.map(\.name)))
        let all = (own.map { [$0] } ?? []) + (pairs + credentials.query).map(\.encoded)
        return all.isEmpty ? nil : all.joined(separator: "&")
    }

    func headers(userAgent: String, contentType: String?, trace: TraceHeaders) -> [OutgoingRequest.Header] {
        var headers = [
            OutgoingRequest.Header("User-Agent", userAgent),
            OutgoingRequest.Header("Accept", "application/json, */*;q=0.5"),
        ]
        if let contentType { headers.append(OutgoingRequest.Header("Content-Type", contentType)) }
        headers += trace.headers
        let own = Set(fields.map { $0.name.lowercased() } + credentials.headers.map { $0.name.lowercased() })
        headers.removeAll { own.contains($0.name.lowercased()) }
        headers += fields
        let cookies = (self.cookies + credentials.cookies).map(\.encoded).joined(separator: "; ")
        if !cookies.isEmpty { headers.append(OutgoingRequest.Header("Cookie", cookies)) }
        return headers + credentials.headers.map { OutgoingRequest.Header($0.name, $0.value) }
    }

    // MARK: - Places

    private mutating func addPath(_ parameter: CallRecipe.Parameter, _ value: JSONValue) throws(RequestRefusal) {
        let plain = try parameter.plain(value)
        guard let plain, plain.texts.contains(where: { !$0.isEmpty }) else {
            throw RequestRefusal(
                .argument(parameter.argument),
                "The argument \"\(parameter.argument)\" is a part of the path and must not be empty."
            )
        }
        guard !plain.texts.contains(where: \.hasDotSegment) else { throw .dotSegment(parameter.argument) }
        pathTexts[parameter.name] = PathTemplate.Expansion(
            argument: parameter.argument,
            text: parameter.joined(plain.mapTexts(PercentEncoding.strict.encode))
        )
    }

    private mutating func addQuery(_ parameter: CallRecipe.Parameter, _ value: JSONValue) throws(RequestRefusal) {
        let encoding: PercentEncoding = parameter.allowsReserved ? .reserved : .strict
        let added = try parameter.pairs(of: value, encoding: encoding)
        guard !added.contains(where: { pair in credentials.query.contains { $0.name == pair.name } }) else {
            throw .credential(parameter.argument)
        }
        pairs += added
    }

    private mutating func addCookie(_ parameter: CallRecipe.Parameter, _ value: JSONValue) throws(RequestRefusal) {
        let added = try parameter.pairs(of: value, encoding: .strict)
        guard !added.contains(where: { pair in credentials.cookies.contains { $0.name == pair.name } }) else {
            throw .credential(parameter.argument)
        }
        cookies += added
    }

    private mutating func addHeader(_ parameter: CallRecipe.Parameter, _ value: JSONValue) throws(RequestRefusal) {
        let name = parameter.name.lowercased()
        // OpenAPI 3.1, 4.8.12.1: parameters of these names are ignored; the body and the client decide.
        guard !["accept", "content-type", "accept-encoding"].contains(name) else { return }
        guard HeaderName.isSafe(name) else {
            throw RequestRefusal(
                .argument(parameter.argument),
                "The argument \"\(parameter.argument)\" would set the header \(parameter.name), which no argument may: "
                    + "leave it out."
            )
        }
        guard !credentials.headers.contains(where: { $0.name.lowercased() == name }) else {
            throw .credential(parameter.argument)
        }
        guard let plain = try parameter.plain(value) else { return }
        let text = parameter.joined(plain)
        guard !text.utf8.contains(where: { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F }) else {
            throw RequestRefusal(
                .argument(parameter.argument),
                "The argument \"\(parameter.argument)\" is sent as a header and must not hold line breaks or control "
                    + "characters."
            )
        }
        fields.removeAll { $0.name.lowercased() == name }
        fields.append(OutgoingRequest.Header(parameter.name, text))
    }
}

/// What names a header may have that a document declares.
enum HeaderName {
    /// Whether a parameter may set it: it is a token (RFC 9110, section 5.6.2), and neither frames the message nor
    /// carries a credential.
    static func isSafe(_ name: String) -> Bool {
        !name.isEmpty && !forbidden.contains(name.lowercased())
            && name.utf8.allSatisfy { PercentEncoding.isUnreserved($0) || "!#$%&'*+^`|".utf8.contains($0) }
    }

    private static let forbidden: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "authorization", "cookie", "keep-alive", "te",
        "trailer", "upgrade", "expect", "proxy-authorization", "proxy-connection", "content-encoding",
    ]
}

extension RequestRefusal {
    static func credential(_ argument: String) -> RequestRefusal {
        RequestRefusal(
            .argument(argument),
            "The argument \"\(argument)\" would take the place of a credential, which no argument may: leave it out."
        )
    }

    static func dotSegment(_ argument: String) -> RequestRefusal {
        RequestRefusal(
            .argument(argument),
            "The argument \"\(argument)\" is a part of the path and must not be or hold a \".\" or \"..\" segment."
        )
    }
}

extension CallRecipe.Parameter {
    /// The value as the styles see it; one text where it is serialised as a media type (`content`).
    fileprivate func plain(_ value: JSONValue) throws(RequestRefusal) -> ParameterValue? {
        guard let contentType else { return ParameterValue(value) }
        if MediaType(contentType).isJSON { return .text(value.text) }
        guard let text = value.string else {
            throw RequestRefusal(
                .argument(argument),
                "The argument \"\(argument)\" is sent as \(contentType), for which it must be a string."
            )
        }
        return .text(text)
    }

    fileprivate func pairs(of value: JSONValue, encoding: PercentEncoding) throws(RequestRefusal) -> [QueryPair] {
        if style == .deepObject, contentType == nil, case .object(let object) = value {
            return deepPairs(object, encoding: encoding)
        }
        guard let plain = try plain(value) else { return [] }
        return pairs(plain, encoding: encoding)
    }
}

extension String {
    /// Whether a reader that decodes `%2F` or takes `\` for `/` would find a segment in it that climbs.
    fileprivate var hasDotSegment: Bool {
        utf8.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
            .contains { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }
    }
}
