import JSON
import OpenAPI
import Vocabulary

/// The names of the variables that an environment supplies: upper-case words with underscores.
enum VariableName {
    /// `PETSTORE_SERVER_URL`.
    static func server(of source: Slug) -> String { prefix(source) + "SERVER_URL" }

    /// `ACME_SERVER_REGION` for the variable `region` of a server's address.
    static func server(variable: String, of source: Slug) -> String {
        let words = words(of: variable)
        return prefix(source) + "SERVER_" + (words.isEmpty ? "VARIABLE_" + mark(variable) : words)
    }

    /// `petstore_auth` and `PetstoreAuth` of the source `acme`: `ACME_PETSTORE_AUTH`.
    static func scheme(_ name: String, of source: Slug) -> String {
        let words = words(of: name)
        return prefix(source) + (words.isEmpty ? "SCHEME_" + mark(name) : words)
    }

    /// Six digits that only depend on the text.
    static func mark(_ text: String) -> String { Digest(of: text.utf8).hex.prefix(6).uppercased() }

    private static func prefix(_ source: Slug) -> String {
        source.text.replacing("-", with: "_").uppercased() + "_"
    }

    /// `apiKeyAuth` is `API_KEY_AUTH`, `HTTPBasic` is `HTTP_BASIC`, `OAuth2` is `OAUTH2`.
    private static func words(of name: String) -> String {
        let bytes = Array(name.replacingRuns(where: isLetterOrDigit).utf8)
        var words = ""
        for (index, byte) in bytes.enumerated() {
            if index > 0, isUpper(byte) {
                let isAfterWord = !isUpper(bytes[index - 1]) && bytes[index - 1] != UInt8(ascii: "_")
                let isAfterCapitals = index > 1 && isUpper(bytes[index - 1]) && isUpper(bytes[index - 2])
                let isBeforeWord = index + 1 < bytes.count && (0x61...0x7A).contains(bytes[index + 1])
                if isAfterWord || isAfterCapitals && isBeforeWord { words += "_" }
            }
            words.unicodeScalars.append(Unicode.Scalar(byte))
        }
        return words.uppercased()
    }

    private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isUpper(byte) || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}

/// The security schemes of a document as call recipes need them.
struct SecurityTable {
    private var schemes: [String: CallRecipe.SecurityScheme] = [:]
    private var unsupported: [String: SecurityScheme] = [:]
    private(set) var diagnostics: [Diagnostic] = []
    private var reported: Set<Diagnostic> = []
    /// More than any real document has, and few enough to be looked at for each operation.
    private static let mostAlternatives = 100

    /// Variables for the schemes, none of which is one of those that are `taken`: a credential must never stand where an
    /// address does.
    init(_ schemes: [SecurityScheme], source: Slug, taken: Set<String> = []) {
        var taken = taken.union([VariableName.server(of: source)])
        // By name, so that two that want one variable get theirs in the same way whatever the document's order.
        for scheme in schemes.sorted(by: { $0.name < $1.name }) {
            if let kind = CallRecipe.SecurityScheme.Kind(scheme.kind) {
                let suffixes = kind.variableSuffixes
                let variable = VariableName.scheme(scheme.name, of: source)
                var variables = suffixes.map { variable + $0 }
                if !taken.isDisjoint(with: variables) {
                    variables = suffixes.map { variable + "_" + VariableName.mark(scheme.name) + $0 }
                }
                taken.formUnion(variables)
                self.schemes[scheme.name] = CallRecipe.SecurityScheme(
                    name: scheme.name,
                    kind: kind,
                    variables: variables
                )
            } else {
                unsupported[scheme.name] = scheme
            }
        }
    }

    /// The alternatives of an operation that can be met. Those that cannot are dropped with a warning; where no other
    /// is left, that is a fault.
    mutating func alternatives(
        for operation: Operation,
        faults: inout [Operation.Fault]
    ) -> [[CallRecipe.SecurityScheme]] {
        let written = operation.security.alternatives
        guard written.count <= Self.mostAlternatives, written.allSatisfy({ $0.count <= Self.mostAlternatives }) else {
            let message = "There are more than \(Self.mostAlternatives) ways to authorize it."
            faults.append(Operation.Fault(.unsupportedSecurity, message))
            return []
        }
        let supported = written.compactMap { alternative in
            let known = alternative.compactMap { requirement in
                schemes[requirement.scheme]?.asking(for: requirement.scopes)
            }
            return known.count == alternative.count && known.useEachHeaderOnce ? known : nil
        }
        guard supported.count < written.count else { return supported }
        let missing = Set(written.joined().map(\.scheme)).filter { schemes[$0] == nil }.sorted()
        for name in missing { warn(about: name, at: operation.security.pointer) }
        if supported.isEmpty {
            let names = missing.map { "\"\($0)\"" }.joined(separator: ", ")
            let reason = missing.isEmpty ? "it needs two credentials in one header" : "it needs \(names)"
            let message = "No way to authorize it is supported; \(reason)."
            faults.append(Operation.Fault(.unsupportedSecurity, message))
        }
        return supported
    }

    private mutating func warn(about name: String, at pointer: JSONPointer) {
        let diagnostic: Diagnostic
        if let scheme = unsupported[name], case .unsupported(let what) = scheme.kind {
            let message = "The security scheme \"\(name)\" is not supported: \(what)."
            diagnostic = Diagnostic(.warning, .unsupportedSecurityScheme, message, at: scheme.pointer)
        } else {
            let message = "The security scheme \"\(name)\" is defined nowhere."
            diagnostic = Diagnostic(.warning, .unknownSecurityScheme, message, at: pointer)
        }
        if reported.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
    }
}

extension CallRecipe.SecurityScheme.Kind {
    fileprivate init?(_ kind: SecurityScheme.Kind) {
        switch kind {
        case .apiKey(let name, let location):
            self = .apiKey(name: name, location: CallRecipe.Parameter.Location(location))
        case .basic: self = .basic
        case .bearer, .delegated: self = .bearer
        case .clientCredentials(let tokenURL): self = .clientCredentials(tokenURL: tokenURL, scopes: [])
        case .openIDConnect(let url): self = .openIDConnect(url: url, scopes: [])
        case .unsupported: return nil
        }
    }
    /// What follows the scheme's own name in the names of its variables.
    fileprivate var variableSuffixes: [String] {
        switch self {
        case .basic: ["_USERNAME", "_PASSWORD"]
        case .clientCredentials, .openIDConnect: ["", "_CLIENT_ID", "_CLIENT_SECRET"]
        case .apiKey, .bearer: [""]
        }
    }
}

extension CallRecipe.SecurityScheme {
    /// The scheme with the scopes that an operation needs.
    fileprivate func asking(for scopes: [String]) -> CallRecipe.SecurityScheme {
        var scheme = self
        switch kind {
        case .clientCredentials(let tokenURL, _): scheme.kind = .clientCredentials(tokenURL: tokenURL, scopes: scopes)
        case .openIDConnect(let url, _): scheme.kind = .openIDConnect(url: url, scopes: scopes)
        case .apiKey, .basic, .bearer: break
        }
        return scheme
    }
}

extension [CallRecipe.SecurityScheme] {
    /// Whether all of them fit into one request: a header has one credential.
    fileprivate var useEachHeaderOnce: Bool {
        var headers: Set<String> = []
        return allSatisfy { scheme in
            switch scheme.kind {
            case .apiKey(let name, .header): headers.insert(name.lowercased()).inserted
            case .apiKey: true
            case .basic, .bearer, .clientCredentials, .openIDConnect: headers.insert("authorization").inserted
            }
        }
    }
}
