import JSON
import Tools

/// What parameters and credentials add up to, place by place.
struct RequestParts {
    private let credentials: Credentials
    /// Finished texts by the names in the path's template.
    private(set) var pathTexts: [String: PathTemplate.Expansion] = [:]
    private var pairs: [QueryPair] = []
    /// The whole query where one parameter is that, encoded.
    private var wholeQuery: String?
    /// Finished pairs.
    private var cookies: [String] = []
    private var fields: [OutgoingRequest.Header] = []

    init(credentials: Credentials) {
        self.credentials = credentials
    }

    mutating func add(_ parameter: CallRecipe.Parameter, _ value: JSONValue) throws(RequestRefusal) {
        switch parameter.location {
        case .path: try addPath(parameter, value)
        case .query: try addQuery(parameter, value)
        case .querystring: try addWholeQuery(parameter, value)
        case .header: try addHeader(parameter, value)
        case .cookie: try addCookie(parameter, value)
        }
    }

    /// The path's own query first, then the arguments, then the credentials.
    func query(of template: PathTemplate) throws(RequestRefusal) -> String? {
        let own = try template.query(with: pathTexts, reserved: Set(credentials.query.map(\.name)))
        let all = [own, wholeQuery].compactMap(\.self) + (pairs + credentials.query).map(\.encoded)
        return all.isEmpty ? nil : all.joined(separator: "&")
    }

    func headers(
        userAgent: String,
        accept: String?,
        contentType: String?,
        trace: TraceHeaders
    ) -> [OutgoingRequest.Header] {
        var headers = [
            OutgoingRequest.Header("User-Agent", userAgent),
            OutgoingRequest.Header("Accept", Self.accept(accept)),
        ]
        if let contentType { headers.append(OutgoingRequest.Header("Content-Type", contentType)) }
        headers += trace.headers
        let own = Set(fields.map { $0.name.lowercased() } + credentials.headers.map { $0.name.lowercased() })
        headers.removeAll { own.contains($0.name.lowercased()) }
        headers += fields
        let cookies = (self.cookies + credentials.cookies.map(\.encoded)).joined(separator: "; ")
        if !cookies.isEmpty { headers.append(OutgoingRequest.Header("Cookie", cookies)) }
        return headers + credentials.headers.map { OutgoingRequest.Header($0.name, $0.value) }
    }

    /// What the document says, and then anything, so that an error of another type is not answered with 406; JSON
    /// where the document says nothing.
    private static func accept(_ types: String?) -> String {
        guard let types, !types.hasControlCharacter, types.utf8.allSatisfy({ $0 < 0x80 }), !types.trimmed.isEmpty else {
            return "application/json, */*;q=0.5"
        }
        return types.contains("*/*") ? types : types + ", */*;q=0.5"
    }

    // MARK: - Places

    private mutating func addPath(_ parameter: CallRecipe.Parameter, _ value: JSONValue) throws(RequestRefusal) {
        let plain = try parameter.plain(value)
        // RFC 6570, section 3.2.7: matrix writes the name of an empty text, so the segment is not empty.
        guard let plain, parameter.style == .matrix && plain.isText || plain.texts.contains(where: { !$0.isEmpty })
        else {
            throw RequestRefusal(
                .argument(parameter.argument),
                "The argument \"\(parameter.argument)\" is a part of the path and must not be empty."
            )
        }
        let read = parameter.allowsReserved ? plain.mapTexts(PercentEncoding.decodedOnce) : plain
        guard !read.texts.contains(where: \.hasDotSegment) else { throw .dotSegment(parameter.argument) }
        pathTexts[parameter.name] = PathTemplate.Expansion(
            argument: parameter.argument,
            text: parameter.joined(
                plain.mapTexts((parameter.allowsReserved ? PercentEncoding.segment : .strict).encode)
            ),
            queryText: parameter.joined(plain.mapTexts(PercentEncoding.strict.encode))
        )
    }

    private mutating func addQuery(_ parameter: CallRecipe.Parameter, _ value: JSONValue) throws(RequestRefusal) {
        let encoding: PercentEncoding = parameter.allowsReserved ? .reserved : .strict
        let added = try parameter.pairs(of: value, encoding: encoding)
        try refuse(added, over: credentials.query, from: parameter)
        pairs += added
    }

    /// OpenAPI 3.2, 4.12.1: the value is the query, written as its media type says.
    private mutating func addWholeQuery(
        _ parameter: CallRecipe.Parameter,
        _ value: JSONValue
    ) throws(RequestRefusal) {
        guard !value.isNull else { return }
        let type = MediaType(parameter.contentType ?? "application/x-www-form-urlencoded")
        guard type.isForm else {
            let text = try parameter.plain(value)?.texts.first ?? ""
            // A server that looks for pairs all the same must not find a credential in it.
            let names = text.split(separator: "&").map { PercentEncoding.decode($0.prefix { $0 != "=" }) }
            try refuse(names.map { QueryPair($0, "") }, over: credentials.query, from: parameter)
            let written = PercentEncoding.strict.encode(text)
            wholeQuery = written.isEmpty ? nil : written
            return
        }
        let body = CallRecipe.Body(
            content: .argument(parameter.argument),
            contentType: type.essence,
            isRequired: true
        )
        guard let given = try GivenBody(body, arguments: JSONObject([(parameter.argument, value)])) else { return }
        let added = try given.formPairs(parts: [])
        try refuse(added, over: credentials.query, from: parameter)
        pairs += added
    }

    private mutating func addCookie(_ parameter: CallRecipe.Parameter, _ value: JSONValue) throws(RequestRefusal) {
        let isPlain = parameter.style == .cookie
        let added = try parameter.pairs(of: value, encoding: isPlain ? .none : .strict)
        try refuse(added, over: credentials.cookies, from: parameter)
        guard isPlain else {
            cookies += added.map(\.encoded)
            return
        }
        // OpenAPI 3.2, 4.12.6: nothing is escaped, so what would end the pair or the header cannot be sent.
        let texts = added.map { "\($0.name)=\($0.text)" }
        guard texts.allSatisfy({ $0.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: ";") } }) else {
            throw RequestRefusal(
                .argument(parameter.argument),
                "The argument \"\(parameter.argument)\" is sent as a cookie without escapes and must hold neither a "
                    + "semicolon nor anything but printable ASCII."
            )
        }
        cookies += texts
    }

    private func refuse(
        _ added: [QueryPair],
        over reserved: [QueryPair],
        from parameter: CallRecipe.Parameter
    ) throws(RequestRefusal) {
        guard !added.contains(where: { pair in reserved.contains { $0.name == pair.name } }) else {
            throw .credential(parameter.argument)
        }
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
        // No header is percent-encoded (OpenAPI 3.2, 4.12.6); what is not ASCII goes out as UTF-8 (RFC 9110, section 5.5).
        fields.append(OutgoingRequest.Header(parameter.name, text))
    }
}

/// What names a header may have that a document declares.
enum HeaderName {
    /// Whether a parameter may set it: it is a token (RFC 9110, section 5.6.2), and neither frames the message nor
    /// carries a credential.
    static func isSafe(_ name: String) -> Bool {
        isToken(name) && !forbidden.contains(name.lowercased())
    }

    static func isToken(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { PercentEncoding.isUnreserved($0) || "!#$%&'*+^`|".utf8.contains($0) }
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
        let type = MediaType(contentType)
        if type.isJSON || type.isRange { return .text(value.text) }
        switch value {
        case .string(let text): return .text(text)
        case .number, .bool: if !type.isXML { return .text(value.text) }
        default: break
        }
        throw RequestRefusal(
            .argument(argument),
            "The argument \"\(argument)\" is sent as \(contentType), for which it must be a string."
        )
    }

    fileprivate func pairs(of value: JSONValue, encoding: PercentEncoding) throws(RequestRefusal) -> [QueryPair] {
        guard contentType != nil else { return pairs(styled: value, encoding: encoding) }
        return try plain(value).map { pairs($0, encoding: encoding) } ?? []
    }
}

extension String {
    /// Whether a reader that decodes `%2F` or takes `\` for `/` would find a segment in it that climbs. What is one
    /// segment is judged with all that stands beside it there: `PathTemplate`.
    fileprivate var hasDotSegment: Bool {
        let segments = utf8.split(omittingEmptySubsequences: false) {
            $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\")
        }
        return segments.count > 1
            && segments.contains { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }
    }
}
