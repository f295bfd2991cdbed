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
        object["parameters"] = parameters.isEmpty ? nil : .array(parameters.map(\.json))
        object["body"] = body?.json
        object["security"] = security.isEmpty ? nil : .array(security.map { .array($0.map(\.json)) })
        return .object(object)
    }

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
            path: path,
            parameters: parameters,
            body: body,
            security: security
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

extension CallRecipe.Body {
    fileprivate var json: JSONValue {
        ["argument": .string(argument), "contentType": .string(contentType), "required": .bool(isRequired)]
    }

    fileprivate init?(json: JSONValue) {
        guard let argument = json["argument"]?.string, let contentType = json["contentType"]?.string,
            let isRequired = json["required"]?.bool
        else { return nil }
        self.init(argument: argument, contentType: contentType, isRequired: isRequired)
    }
}

extension CallRecipe.SecurityScheme {
    fileprivate var json: JSONValue {
        var object: JSONObject = ["name": .string(name)]
        switch kind {
        case .apiKey(let name, let location):
            object["type"] = "apiKey"
            object["key"] = .string(name)
            object["in"] = .string(location.rawValue)
        case .basic: object["type"] = "basic"
        case .bearer: object["type"] = "bearer"
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
        default: return nil
        }
    }
}
