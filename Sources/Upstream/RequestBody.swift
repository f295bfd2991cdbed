import JSON
import Tools

/// The bytes of a request's body and what they are.
struct RequestBody {
    let contentType: String
    let bytes: [UInt8]

    /// Nothing where the recipe has no body, or an optional one that was not given.
    init?(_ body: CallRecipe.Body?, arguments: JSONObject) throws(RequestRefusal) {
        guard let body else { return nil }
        let argument: String
        let value: JSONValue
        switch body.content {
        case .argument(let name):
            guard let given = arguments[name] else {
                if body.isRequired { throw .missing(name) }
                return nil
            }
            (argument, value) = (name, given)
        case .members(let members):
            var object = JSONObject()
            for member in members { object[member.name] = arguments[member.argument] }
            if object.isEmpty, !body.isRequired { return nil }
            if let missing = members.first(where: { $0.isRequired && arguments[$0.argument] == nil }) {
                throw .missing(missing.argument)
            }
            (argument, value) = (members.first?.argument ?? "", .object(object))
        }
        let type = MediaType(body.contentType)
        guard !body.contentType.hasControlCharacter else {
            throw RequestRefusal(.recipe, "The API's document gives the body a media type that is none.")
        }
        contentType = type.isRange ? "application/json" : body.contentType
        if type.isJSON || type.isRange {
            bytes = value.bytes
        } else if type.essence == "application/x-www-form-urlencoded" {
            bytes = try Self.form(value, argument: argument)
        } else if !type.essence.hasPrefix("multipart/"), let text = value.string {
            bytes = Array(text.utf8)
        } else {
            throw RequestRefusal(
                .argument(argument),
                type.essence.hasPrefix("multipart/")
                    ? "The API takes this body as \(type.essence), which Slipway cannot send yet."
                    : "The argument \"\(argument)\" is sent as \(type.essence), for which it must be a string."
            )
        }
    }

    /// Each member as a query parameter of style `form` would be written (OpenAPI 3.1, 4.8.14.4).
    private static func form(_ value: JSONValue, argument: String) throws(RequestRefusal) -> [UInt8] {
        guard let object = value.object else {
            throw RequestRefusal(
                .argument(argument),
                "The argument \"\(argument)\" is sent as a form and must be an object."
            )
        }
        let pairs = object.flatMap { member -> [QueryPair] in
            let items = if case .array(let items) = member.value { items } else { [member.value] }
            return items.compactMap(ParameterValue.scalar)
                .map { QueryPair(member.key, PercentEncoding.strict.encode($0)) }
        }
        return Array(pairs.map(\.encoded).joined(separator: "&").utf8)
    }
}

/// A media type, as far as this room tells them apart.
struct MediaType {
    /// Type and subtype in lower case, without parameters.
    let essence: String
    /// In lower case; nothing where none is given.
    let charset: String?

    init(_ text: String) {
        let parts = text.split(separator: ";").map { String($0).trimmed.lowercased() }
        essence = parts.first ?? ""
        charset = parts.dropFirst().first { $0.hasPrefix("charset=") }
            .map { $0.dropFirst("charset=".count).trimmingQuotes }
    }

    var isJSON: Bool { essence == "application/json" || essence == "text/json" || essence.hasSuffix("+json") }
    var isRange: Bool { essence.isEmpty || essence.hasSuffix("/*") }

    var isText: Bool {
        isJSON || essence.hasPrefix("text/") || essence.hasSuffix("+xml") || essence.hasSuffix("+yaml")
            || Self.textual.contains(essence)
    }

    private static let textual: Set<String> = [
        "application/xml", "application/yaml", "application/x-yaml", "application/javascript", "application/graphql",
        "application/x-ndjson", "application/jsonl", "application/json-seq", "application/x-www-form-urlencoded",
        "application/toml", "application/sql", "image/svg+xml",
    ]
}

extension Substring {
    fileprivate var trimmingQuotes: String { String(self).replacing("\"", with: "") }
}
