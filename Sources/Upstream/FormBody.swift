import JSON
import Tools

extension GivenBody {
    /// The members of the body; it must be an object.
    func members(as kind: String) throws(RequestRefusal) -> JSONObject {
        guard let object = value.object else { throw refusal("is sent as \(kind) and must be an object") }
        return object
    }

    /// The pairs of a form (OpenAPI 3.1, 4.8.15): those of a member whose encoding names a style, by that style (RFC
    /// 6570); else one pair a value or item, objects as JSON. `null` is left out, since a form has no place for it.
    func formPairs(parts: [CallRecipe.Body.Part]) throws(RequestRefusal) -> [QueryPair] {
        var pairs: [QueryPair] = []
        for (name, value) in try members(as: "a form") {
            let part = parts.first { $0.name == name }
            if let part, let parameter = part.styled {
                pairs += parameter.pairs(styled: value, encoding: part.allowsReserved ? .reserved : .strict)
            } else {
                for item in value.repeated {
                    let text = try formText(item, contentType: part?.contentType, member: name)
                    pairs.append(QueryPair(name, PercentEncoding.strict.encode(text)))
                }
            }
        }
        return pairs
    }

    /// The text of one value: as its media type says, or by its kind.
    func formText(_ value: JSONValue, contentType: String?, member: String) throws(RequestRefusal) -> String {
        guard let contentType, !MediaType(contentType).isRange else { return ParameterValue.scalar(value) ?? "" }
        let type = MediaType(contentType)
        if type.isJSON || type.isYAML { return value.text }
        switch value {
        case .string(let text): return text
        case .number, .bool: if !type.isXML { return value.text }
        default: break
        }
        throw refusal(of: member, "is sent as \(type.essence), for which it must be a string")
    }
}

extension JSONValue {
    /// The values that stand for themselves in a form: the items of a list, else the value; none for `null` (OpenAPI
    /// 3.1, 4.8.15: an encoding is applied to each item).
    var repeated: [JSONValue] {
        let items = if case .array(let items) = self { items } else { [self] }
        return items.filter { !$0.isNull }
    }
}

extension CallRecipe.Body.Part {
    /// How the member is written where its encoding names a style, or what else belongs to one; the media type does
    /// not count then.
    var styled: CallRecipe.Parameter? {
        guard style != nil || explode != nil || (allowsReserved && contentType == nil) else { return nil }
        let style = style ?? .form
        return CallRecipe.Parameter(
            argument: name,
            name: name,
            location: .query,
            style: style,
            explode: explode ?? (style == .form || style == .deepObject),
            isRequired: false,
            allowsReserved: allowsReserved
        )
    }
}
