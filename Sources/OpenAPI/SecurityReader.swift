import JSON

extension Operation.Security {
    init(_ requirements: Place?, in document: Document) {
        pointer = requirements?.pointer ?? JSONPointer()
        switch requirements?.value {
        case .array(let items): alternatives = items.map { Self.requirements(in: $0, of: document) }
        case let requirement?: alternatives = [Self.requirements(in: requirement, of: document)]
        case nil: alternatives = []
        }
    }

    /// The schemes of one requirement. What is no requirement must not read as "needs nothing": it becomes a scheme
    /// that nobody defines.
    private static func requirements(in requirement: JSONValue, of document: Document) -> [Requirement] {
        guard let object = requirement.object else {
            return [Requirement(scheme: requirement.string ?? requirement.text)]
        }
        return object.map { name, scopes in
            Requirement(scheme: document.schemeName(of: name), scopes: scopes.array?.compactMap(\.string) ?? [])
        }
    }
}

extension Document {
    private var schemesPointer: JSONPointer {
        JSONPointer(version == .v20 ? ["securityDefinitions"] : ["components", "securitySchemes"])
    }

    /// The security schemes by their names, in the order of the document, and what is to be said of those that cannot
    /// be read. Those of OpenAPI 3.2 that requirements name by URI, and that stand elsewhere, follow with that URI as
    /// their name.
    package var securitySchemes: [SecurityScheme] {
        let pointer = schemesPointer
        let names = self[pointer]?.object?.keys.map(\.self) ?? []
        var schemes = names.map { scheme(named: $0, at: pointer.appending($0)) }
        for uri in schemeURIs {
            if case .local(let pointer) = Reference(uri), self[pointer] != nil {
                schemes.append(scheme(named: uri, at: pointer))
            }
        }
        return schemes
    }

    private func scheme(named name: String, at pointer: JSONPointer) -> SecurityScheme {
        do throws(UnresolvedReference) {
            let scheme = try resolved(Place(self[pointer] ?? .null, at: pointer)).value
            let kind = version == .v20 ? SecurityScheme.Kind(swagger: scheme) : SecurityScheme.Kind(scheme)
            return SecurityScheme(name: name, kind: kind, pointer: pointer)
        } catch {
            return SecurityScheme(name: name, kind: .unsupported(error.message), pointer: pointer)
        }
    }

    /// The name of the scheme that a requirement names, which may be a URI of it; a component's own name goes before
    /// (OpenAPI 3.2, 4.30.1).
    fileprivate func schemeName(of text: String) -> String {
        guard version >= .v32, text.contains("#"), self[schemesPointer.appending(text)] == nil,
            case .local(let pointer) = Reference(text)
        else { return text }
        let isComponent = pointer.tokens.dropLast() == schemesPointer.tokens[...]
        return isComponent ? pointer.tokens.last ?? text : text
    }

    /// The URIs of schemes that stand elsewhere and that any requirement of the document names, each once.
    private var schemeURIs: [String] {
        guard version >= .v32 else { return [] }
        var found: [String] = []
        var open = [root]
        while let value = open.popLast() {
            switch value {
            case .array(let items): open += items
            case .object(let object):
                let requirements = object["security"]?.array ?? []
                for name in requirements.compactMap(\.object).flatMap(\.keys)
                where name.contains("#") && schemeName(of: name) == name && !found.contains(name) {
                    found.append(name)
                }
                open += object.map(\.value)
            default: break
            }
        }
        return found.sorted()
    }
}

extension SecurityScheme.Kind {
    init(_ scheme: JSONValue) {
        let type = scheme["type"]?.string ?? ""
        switch type {
        case "apiKey":
            let location = scheme["in"]?.string.flatMap(Operation.Parameter.Location.init(rawValue:))
            guard let name = scheme["name"]?.string, let location, [.query, .header, .cookie].contains(location)
            else {
                self = .unsupported("an apiKey without a name or a place")
                return
            }
            guard location != .header || name.isHeaderOfCredentials else {
                self = .unsupported("an apiKey in the header \"\(name)\", which cannot have one")
                return
            }
            self = .apiKey(name: name, location: location)
        case "http":
            switch scheme["scheme"]?.string?.lowercased() {
            case "basic": self = .basic
            case "bearer": self = .bearer
            case let other: self = .unsupported("the HTTP scheme \"\(other ?? "")\"")
            }
        case "oauth2":
            if let tokenURL = scheme["flows"]?["clientCredentials"]?["tokenUrl"]?.string {
                self = .clientCredentials(tokenURL: tokenURL)
            } else {
                self = .delegated
            }
        case "openIdConnect":
            if let url = scheme["openIdConnectUrl"]?.string {
                self = .openIDConnect(url: url)
            } else {
                self = .delegated
            }
        default: self = .unsupported("the type \"\(type)\"")
        }
    }
}

extension String {
    /// Whether it is a token (RFC 9110, section 5.6.2) and no header that frames a message or belongs to the connection.
    fileprivate var isHeaderOfCredentials: Bool {
        let framing: Set = [
            "host", "content-length", "content-type", "transfer-encoding", "connection", "te", "trailer", "upgrade",
            "expect", "keep-alive", "content-encoding", "accept-encoding",
        ]
        return !isEmpty && !framing.contains(lowercased())
            && utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
                    || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
    }
}
