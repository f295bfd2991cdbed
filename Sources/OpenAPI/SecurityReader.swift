import JSON

extension Operation.Security {
    init(_ requirements: Place?) {
        pointer = requirements?.pointer ?? JSONPointer()
        switch requirements?.value {
        case .array(let items): alternatives = items.map(Self.requirements)
        case let requirement?: alternatives = [Self.requirements(in: requirement)]
        case nil: alternatives = []
        }
    }

    /// The schemes of one requirement. What is no requirement must not read as "needs nothing": it becomes a scheme
    /// that nobody defines.
    private static func requirements(in requirement: JSONValue) -> [Requirement] {
        guard let object = requirement.object else {
            return [Requirement(scheme: requirement.string ?? requirement.text)]
        }
        return object.map { name, scopes in
            Requirement(scheme: name, scopes: scopes.array?.compactMap(\.string) ?? [])
        }
    }
}

extension Document {
    /// The security schemes by their names, in the order of the document, and what is to be said of those that cannot
    /// be read.
    package var securitySchemes: [SecurityScheme] {
        guard let schemes = Place(root, at: JSONPointer())["components"]?["securitySchemes"],
            let object = schemes.value.object
        else { return [] }
        return object.map { name, value in
            let pointer = schemes.pointer.appending(name)
            do throws(UnresolvedReference) {
                let scheme = try resolved(Place(value, at: pointer))
                return SecurityScheme(name: name, kind: SecurityScheme.Kind(scheme.value), pointer: pointer)
            } catch {
                return SecurityScheme(name: name, kind: .unsupported(error.message), pointer: pointer)
            }
        }
    }
}

extension SecurityScheme.Kind {
    init(_ scheme: JSONValue) {
        let type = scheme["type"]?.string ?? ""
        switch type {
        case "apiKey":
            let location = scheme["in"]?.string.flatMap(Operation.Parameter.Location.init(rawValue:))
            guard let name = scheme["name"]?.string, let location, location != .path else {
                self = .unsupported("an apiKey without a name or a place")
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
