package import JSON

extension CallRecipe {
    /// The recipe as it is stored.
    package var json: JSONValue {
        var object: JSONObject = [
            "method": .string(method),
            "server": .string(server),
            "serverVariable": .string(serverVariable),
            "path": .string(path),
        ]
        object["serverVariables"] = serverVariables.isEmpty ? nil : .array(serverVariables.map(\.json))
        object["parameters"] = parameters.isEmpty ? nil : .array(parameters.map(\.json))
        object["body"] = body?.json
        object["security"] = security.isEmpty ? nil : .array(security.map { .array($0.map(\.json)) })
        object["accept"] = accept.map(JSONValue.string)
        return .object(object)
    }

    /// Recipes are the same when they are stored alike: a path is another one as soon as its code points are.
    package static func == (left: CallRecipe, right: CallRecipe) -> Bool { left.json == right.json }

    /// A recipe as it was stored; nothing where the value is none.
    package init?(json: JSONValue) {
        guard let method = json["method"]?.string, let server = json["server"]?.string,
            let serverVariable = json["serverVariable"]?.string, let path = json["path"]?.string
        else { return nil }
        var parameters: [Parameter] = []
        for item in json["parameters"]?.array ?? [] {
            guard let parameter = Parameter(json: item) else { return nil }
            parameters.append(parameter)
        }
        var serverVariables: [ServerVariable] = []
        for item in json["serverVariables"]?.array ?? [] {
            guard let variable = ServerVariable(json: item) else { return nil }
            serverVariables.append(variable)
        }
        var body: Body?
        if let item = json["body"] {
            body = Body(json: item)
            if body == nil { return nil }
        }
        var security: [[SecurityScheme]] = []
        for alternative in json["security"]?.array ?? [] {
            let schemes = (alternative.array ?? []).map(SecurityScheme.init(json:))
            guard schemes.allSatisfy({ $0 != nil }) else { return nil }
            security.append(schemes.compactMap(\.self))
        }
        self.init(
            method: method,
            server: server,
            serverVariable: serverVariable,
            serverVariables: serverVariables,
            path: path,
            parameters: parameters,
            body: body,
            security: security,
            accept: json["accept"]?.string
        )
    }
}

extension CallRecipe.ServerVariable {
    fileprivate var json: JSONValue {
        var object: JSONObject = [
            "name": .string(name), "variable": .string(variable), "default": .string(defaultValue),
        ]
        object["enum"] = values.isEmpty ? nil : JSONValue(values)
        return .object(object)
    }

    fileprivate init?(json: JSONValue) {
        guard let name = json["name"]?.string, let variable = json["variable"]?.string,
            let defaultValue = json["default"]?.string
        else { return nil }
        self.init(
            name: name,
            variable: variable,
            defaultValue: defaultValue,
            values: json["enum"]?.array?.compactMap(\.string) ?? []
        )
    }
}

extension CallRecipe.Parameter {
    fileprivate var json: JSONValue {
        var object: JSONObject = [
            "argument": .string(argument),
            "name": .string(name),
            "in": .string(location.rawValue),
            "style": .string(style.rawValue),
            "explode": .bool(explode),
            "required": .bool(isRequired),
        ]
        object["allowReserved"] = allowsReserved ? true : nil
        object["contentType"] = contentType.map(JSONValue.string)
        return .object(object)
    }

    fileprivate init?(json: JSONValue) {
        guard let argument = json["argument"]?.string, let name = json["name"]?.string,
            let location = json["in"]?.string.flatMap(Location.init(rawValue:)),
            let style = json["style"]?.string.flatMap(Style.init(rawValue:)), let explode = json["explode"]?.bool,
            let isRequired = json["required"]?.bool
        else { return nil }
        self.init(
            argument: argument,
            name: name,
            location: location,
            style: style,
            explode: explode,
            isRequired: isRequired,
            allowsReserved: json["allowReserved"]?.bool ?? false,
            contentType: json["contentType"]?.string
        )
    }
}

extension CallRecipe.SecurityScheme.Kind {
    /// The same way to send a credential, under a name that has the same code points.
    package static func == (left: Self, right: Self) -> Bool {
        let schemes = [left, right].map { CallRecipe.SecurityScheme(name: "", kind: $0, variables: []) }
        return schemes[0].json == schemes[1].json
    }
}

extension CallRecipe.SecurityScheme {
    package static func == (left: Self, right: Self) -> Bool { left.json == right.json }

    fileprivate var json: JSONValue {
        var object: JSONObject = ["name": .string(name)]
        switch kind {
        case .apiKey(let name, let location):
            object["type"] = "apiKey"
            object["key"] = .string(name)
            object["in"] = .string(location.rawValue)
        case .basic: object["type"] = "basic"
        case .bearer: object["type"] = "bearer"
        case .clientCredentials(let tokenURL, let scopes):
            object["type"] = "clientCredentials"
            object["tokenURL"] = .string(tokenURL)
            object["scopes"] = scopes.isEmpty ? nil : JSONValue(scopes)
        case .openIDConnect(let url, let scopes):
            object["type"] = "openIdConnect"
            object["url"] = .string(url)
            object["scopes"] = scopes.isEmpty ? nil : JSONValue(scopes)
        }
        object["variables"] = JSONValue(variables)
        return .object(object)
    }

    fileprivate init?(json: JSONValue) {
        guard let name = json["name"]?.string, let variables = json["variables"]?.array?.compactMap(\.string) else {
            return nil
        }
        switch json["type"]?.string {
        case "apiKey":
            guard let key = json["key"]?.string,
                let location = json["in"]?.string.flatMap(CallRecipe.Parameter.Location.init(rawValue:))
            else { return nil }
            self.init(name: name, kind: .apiKey(name: key, location: location), variables: variables)
        case "basic": self.init(name: name, kind: .basic, variables: variables)
        case "bearer": self.init(name: name, kind: .bearer, variables: variables)
        case "clientCredentials":
            guard let tokenURL = json["tokenURL"]?.string, variables.count == 3 else { return nil }
            let scopes = json["scopes"]?.array?.compactMap(\.string) ?? []
            self.init(name: name, kind: .clientCredentials(tokenURL: tokenURL, scopes: scopes), variables: variables)
        case "openIdConnect":
            guard let url = json["url"]?.string, variables.count == 3 else { return nil }
            let scopes = json["scopes"]?.array?.compactMap(\.string) ?? []
            self.init(name: name, kind: .openIDConnect(url: url, scopes: scopes), variables: variables)
        default: return nil
        }
    }
}
