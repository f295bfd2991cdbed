import FoundationEssentials
import Tools

/// What one alternative of a recipe's security adds to a request.
struct Credentials {
    private(set) var headers: [(name: String, value: String)] = []
    private(set) var query: [QueryPair] = []
    private(set) var cookies: [QueryPair] = []

    /// The credentials of the first alternative that the variables can meet. One that needs credentials goes before an
    /// empty one: who has set a key wants it used.
    init(recipe: CallRecipe, variables: [String: String]) throws(RequestRefusal) {
        guard !recipe.security.isEmpty else { return }
        let met = recipe.security.filter { alternative in alternative.allSatisfy { $0.isMet(by: variables) } }
        guard let alternative = met.first(where: { !$0.isEmpty }) ?? met.first else {
            throw Self.missing(recipe.security, variables: variables)
        }
        for scheme in alternative { try add(scheme, variables: variables) }
    }

    private mutating func add(_ scheme: CallRecipe.SecurityScheme, variables: [String: String]) throws(RequestRefusal) {
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
        case .bearer, .clientCredentials, .openIDConnect:
            headers.append(("Authorization", "Bearer \(values[0])"))
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

    private static func missing(
        _ security: [[CallRecipe.SecurityScheme]],
        variables: [String: String]
    ) -> RequestRefusal {
        let alternatives = security.map { alternative in
            alternative.flatMap { scheme in scheme.missing(from: variables) }.uniqued
        }
        let names = alternatives.flatMap(\.self).uniqued
        guard !names.isEmpty else {
            return RequestRefusal(.recipe, "The API asks for credentials for which the tool names no variable.")
        }
        let sentence = alternatives.map { $0.joined(separator: " and ") }.uniqued.joined(separator: ", or ")
        return RequestRefusal(
            .variables(names),
            "The call needs credentials that the environment does not have: set \(sentence). "
                + "No argument can stand in for them."
        )
    }
}

extension CallRecipe.SecurityScheme {
    /// Whether each variable is there. A password may be empty: some APIs take a key as the user name alone.
    fileprivate func isMet(by variables: [String: String]) -> Bool {
        !self.variables.isEmpty && missing(from: variables).isEmpty
    }

    fileprivate func missing(from variables: [String: String]) -> [String] {
        self.variables.enumerated().filter { position, name in
            let mayBeEmpty = kind == .basic && position > 0
            return variables[name].map { $0.trimmed.isEmpty && !mayBeEmpty } ?? true
        }.map(\.element)
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

extension [String] {
    /// The same texts, each once, in the order of their first occurrence.
    var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
