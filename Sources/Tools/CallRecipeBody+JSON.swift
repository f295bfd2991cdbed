import JSON

extension CallRecipe.Body {
    var json: JSONValue {
        var object: JSONObject = [:]
        switch content {
        case .argument(let argument): object["argument"] = .string(argument)
        case .members(let members): object["members"] = .array(members.map(\.json))
        }
        object["contentType"] = .string(contentType)
        object["required"] = .bool(isRequired)
        object["parts"] = parts.isEmpty ? nil : .array(parts.map(\.json))
        object["binary"] = isBinary ? true : nil
        object["json"] = isJSON ? true : nil
        return .object(object)
    }

    init?(json: JSONValue) {
        guard let contentType = json["contentType"]?.string, let isRequired = json["required"]?.bool else { return nil }
        let content: Content
        if let argument = json["argument"]?.string {
            content = .argument(argument)
        } else if let items = json["members"]?.array {
            let members = items.compactMap(Member.init(json:))
            guard members.count == items.count else { return nil }
            content = .members(members)
        } else {
            return nil
        }
        let parts = (json["parts"]?.array ?? []).map(Part.init(json:))
        guard parts.allSatisfy({ $0 != nil }) else { return nil }
        self.init(
            content: content,
            contentType: contentType,
            isRequired: isRequired,
            parts: parts.compactMap(\.self),
            isBinary: json["binary"]?.bool ?? false,
            isJSON: json["json"]?.bool ?? false
        )
    }
}

extension CallRecipe.Body.Member {
    fileprivate var json: JSONValue {
        ["argument": .string(argument), "name": .string(name), "required": .bool(isRequired)]
    }

    fileprivate init?(json: JSONValue) {
        guard let argument = json["argument"]?.string, let name = json["name"]?.string,
            let isRequired = json["required"]?.bool
        else { return nil }
        self.init(argument: argument, name: name, isRequired: isRequired)
    }
}

extension CallRecipe.Body.Part {
    fileprivate var json: JSONValue {
        var object: JSONObject = ["name": .string(name)]
        object["contentType"] = contentType.map(JSONValue.string)
        object["style"] = style.map { .string($0.rawValue) }
        object["explode"] = explode.map(JSONValue.bool)
        object["allowReserved"] = allowsReserved ? true : nil
        object["file"] = isFile ? true : nil
        object["fileName"] = fileNameArgument.map(JSONValue.string)
        if !headers.isEmpty {
            object["headers"] = .object(
                JSONObject(headers.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
            )
        }
        return .object(object)
    }

    fileprivate init?(json: JSONValue) {
        guard let name = json["name"]?.string else { return nil }
        var style: CallRecipe.Parameter.Style?
        if let text = json["style"]?.string {
            style = CallRecipe.Parameter.Style(rawValue: text)
            if style == nil { return nil }
        }
        self.init(
            name: name,
            contentType: json["contentType"]?.string,
            style: style,
            explode: json["explode"]?.bool,
            allowsReserved: json["allowReserved"]?.bool ?? false,
            isFile: json["file"]?.bool ?? false,
            fileNameArgument: json["fileName"]?.string,
            headers: (json["headers"]?.object ?? [:]).reduce(into: [:]) { $0[$1.key] = $1.value.string }
        )
    }
}
