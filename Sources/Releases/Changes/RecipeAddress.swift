import Tools

/// The parts of an address that a recipe names, as far as they decide where a call goes.
struct RecipeAddress: Hashable {
    let scheme: String
    /// In lower case, without port.
    let host: String
    /// None where it is the scheme's own.
    let port: Int?
    /// Without a `/` at the end.
    let path: String
    /// Whether a user name stands before the host, and maybe a password.
    let hasCredentials: Bool

    /// Nothing where the text is no address of a host: a path alone.
    init?(_ text: String) {
        guard let sign = text.firstRange(of: "://") else { return nil }
        scheme = text[..<sign.lowerBound].lowercased()
        let rest = text[sign.upperBound...]
        // Clients of the web take a backslash for a slash, so nobody may hide a host behind one.
        let authority = rest.prefix { !"/\\?#".contains($0) }
        var path = String(rest[authority.endIndex...])
        while path.hasSuffix("/") { path.removeLast() }
        self.path = path
        let place = authority.split(separator: "@", omittingEmptySubsequences: false)
        hasCredentials = place.count > 1
        var host = place.last ?? ""
        var port: Int?
        if let colon = host.lastIndex(of: ":"), host.hasSuffix("]") == false {
            port = Int(host[host.index(after: colon)...])
            host = host[..<colon]
        }
        self.host = host.lowercased()
        self.port = port == (scheme == "https" ? 443 : 80) ? nil : port
    }

    /// Host and port.
    var place: String { host + (port.map { ":\($0)" } ?? "") }

    /// Scheme, host and port, without credentials.
    var origin: String { "\(scheme)://\(place)" }
}

extension CallRecipe {
    /// The address of the server with these values in the place of its variables, their defaults elsewhere.
    func serverAddress(_ values: [String: String] = [:]) -> String {
        serverVariables.reduce(server) { address, variable in
            address.replacing("{\(variable.name)}", with: values[variable.name] ?? variable.defaultValue)
        }
    }

    /// Every address that a call may go to as the document says it: the server's, with each value that a variable of it
    /// may have, and those where tokens come from.
    var reachableAddresses: [RecipeAddress] {
        var addresses = [RecipeAddress(serverAddress())]
        for variable in serverVariables {
            // More than any real document lists.
            for value in variable.values.prefix(100) where value != variable.defaultValue {
                addresses.append(RecipeAddress(serverAddress([variable.name: value])))
            }
        }
        addresses += security.joined().map { $0.tokenAddress.flatMap { RecipeAddress($0) } }
        return addresses.compactMap(\.self)
    }
}

extension CallRecipe.SecurityScheme {
    /// Where tokens come from: the token URL, or that of a provider's configuration.
    var tokenAddress: String? {
        switch kind {
        case .clientCredentials(let tokenURL, _): tokenURL
        case .openIDConnect(let url, _): url
        case .apiKey, .basic, .bearer: nil
        }
    }

    /// What tokens are asked for; none where the scheme has no scopes.
    var scopes: [String] {
        switch kind {
        case .clientCredentials(_, let scopes), .openIDConnect(_, let scopes): scopes
        case .apiKey, .basic, .bearer: []
        }
    }
}
