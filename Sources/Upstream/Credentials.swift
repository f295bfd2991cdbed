import FoundationEssentials
import Tools

/// What one alternative of a recipe's security adds to a request.
struct Credentials {
    private(set) var headers: [(name: String, value: String)] = []
    private(set) var query: [QueryPair] = []
    private(set) var cookies: [QueryPair] = []
    /// The token that has to be got before the request is complete; nothing where none is needed.
    private(set) var token: TokenRequest?

    /// The credentials of the alternative that ``SecurityChoice`` finds. `server` is what relative token URLs are
    /// relative to.
    init(recipe: CallRecipe, variables: [String: String], server: ServerAddress) throws(RequestRefusal) {
        for scheme in try SecurityChoice.schemes(of: recipe, variables: variables) {
            try add(scheme, variables: variables, server: server)
        }
        let names = headers.map { $0.name.lowercased() } + (token == nil ? [] : ["authorization"])
        guard Set(names).count == names.count, !names.contains("cookie") || cookies.isEmpty else {
            throw RequestRefusal(
                .recipe,
                "The API's document asks for two credentials in one header, of which a request can carry only one."
            )
        }
    }

    private mutating func add(
        _ scheme: CallRecipe.SecurityScheme,
        variables: [String: String],
        server: ServerAddress
    ) throws(RequestRefusal) {
        let values = scheme.variables.map { (variables[$0] ?? "").trimmed }
        guard values.allSatisfy({ !$0.hasControlCharacter }) else {
            throw RequestRefusal(
                .variables(scheme.variables),
                "\(scheme.variables.joined(separator: " or ")) holds a line break or a control character, which no "
                    + "credential may; set it again in the environment."
            )
        }
        switch scheme.kind {
        case .apiKey(let name, .query):
            query.append(QueryPair(name, PercentEncoding.strict.encode(values[0])))
        case .apiKey(let name, .cookie):
            cookies.append(QueryPair(name, PercentEncoding.cookie.encode(values[0])))
        case .apiKey(let name, _):
            guard HeaderName.isSafe(name) || ["authorization", "cookie"].contains(name.lowercased()) else {
                throw RequestRefusal(.recipe, "The API's document puts a credential into a header where none may be.")
            }
            headers.append((name, values[0]))
        case .bearer:
            headers.append(("Authorization", "Bearer \(values[0])"))
        case .clientCredentials, .openIDConnect:
            guard values[0].isEmpty else {
                headers.append(("Authorization", "Bearer \(values[0])"))
                return
            }
            guard token == nil else {
                throw RequestRefusal(
                    .recipe,
                    "The API's document asks for two tokens at once, of which a request can carry only one."
                )
            }
            token = try TokenRequest(scheme, clientID: values[1], clientSecret: values[2], server: server)
        case .basic:
            guard !values[0].contains(":") else {
                throw RequestRefusal(
                    .variables([scheme.variables[0]]),
                    "\(scheme.variables[0]) holds a colon, which no user name may; set it again in the environment."
                )
            }
            let pair = Data("\(values[0]):\(values.count > 1 ? values[1] : "")".utf8)
            headers.append(("Authorization", "Basic \(pair.base64EncodedString())"))
        }
    }
}

extension String {
    /// The text without space and line breaks at its ends, which come along when a secret is pasted.
    var trimmed: String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let start = utf8.firstIndex(where: { !isSpace($0) }), let end = utf8.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(self[start...end])
    }

    var hasControlCharacter: Bool { utf8.contains { $0 < 0x20 || $0 == 0x7F } }
}
