import JSON

extension Operation.Server {
    /// The address that `schemes`, `host` and `basePath` make (Swagger 2.0, Swagger Object): by `https` where that is
    /// one of the schemes or none is named. Without a host it is relative.
    init(swagger root: Place, schemes own: Place?) {
        let schemes = own ?? root["schemes"]
        let names = schemes?.value.array?.compactMap { $0.string?.lowercased() } ?? []
        let scheme = names.isEmpty || names.contains("https") ? "https" : names.first { $0 == "http" } ?? names[0]
        var path = root["basePath"]?.value.string ?? ""
        while path.hasSuffix("/") { path.removeLast() }
        if !path.isEmpty, !path.hasPrefix("/") { path = "/" + path }
        guard let host = root["host"] else {
            self.init(url: path, at: root["basePath"]?.pointer ?? JSONPointer())
            return
        }
        let name = host.value.string ?? host.value.text
        guard !name.contains("/") else {
            self.init(
                url: "",
                pointer: host.pointer,
                problem: "has a host with more than a name and a port, \"\(name.prefix(200))\""
            )
            return
        }
        self.init(url: "\(scheme)://\(name)\(path)", at: host.pointer)
    }

    private init(url: String, at pointer: JSONPointer) {
        let problem = Self.problem(with: url)
        self.init(url: problem == nil ? url : "", pointer: pointer, problem: problem)
    }
}

extension SecurityScheme.Kind {
    /// A scheme of `securityDefinitions` (Swagger 2.0, Security Scheme Object).
    init(swagger scheme: JSONValue) {
        let type = scheme["type"]?.string ?? ""
        switch type {
        case "basic": self = .basic
        case "apiKey":
            let location = scheme["in"]?.string.flatMap(Operation.Parameter.Location.init(rawValue:))
            guard let name = scheme["name"]?.string, let location, location == .query || location == .header else {
                self = .unsupported("an apiKey without a name or a place")
                return
            }
            self = .apiKey(name: name, location: location)
        case "oauth2":
            if scheme["flow"]?.string == "application", let tokenURL = scheme["tokenUrl"]?.string {
                self = .clientCredentials(tokenURL: tokenURL)
            } else {
                self = .delegated
            }
        default: self = .unsupported("the type \"\(type)\"")
        }
    }
}
