import JSON
import Vocabulary

extension OperationReader {
    /// Reads the parameters of the path item and of the operation (OpenAPI 3.1, 4.8.12).
    mutating func readParameters(_ place: Place) {
        let written = mergedParameters(place, locations: Self.locations(in: document.version))
        let parameters = written.compactMap { parameter($0) }
        checkQuerystring(parameters)
        operation.parameters = matchedWithPath(parameters.filter { !isIgnoredHeader($0) })
    }

    private static func locations(in version: Document.Version) -> Set<String> {
        version >= .v32 ? ["path", "query", "header", "cookie", "querystring"] : ["path", "query", "header", "cookie"]
    }

    private mutating func parameter(_ written: WrittenParameter) -> Operation.Parameter? {
        guard let location = Operation.Parameter.Location(rawValue: written.location) else { return nil }
        let place = written.place
        let value = place.value
        var parameter = Operation.Parameter(
            name: written.name,
            location: location,
            description: overridden("description", written.written, place),
            isRequired: location == .path || value["required"]?.bool ?? false,
            isDeprecated: value["deprecated"]?.bool ?? false,
            style: value["style"]?.string,
            explode: value["explode"]?.bool,
            allowsReserved: value["allowReserved"]?.bool ?? false && takesReserved(location, style: value["style"]),
            schema: place["schema"],
            pointer: place.pointer,
            extensions: value.extensions
        )
        readContent(of: &parameter, from: place)
        return parameter
    }

    /// A `querystring` is the whole query: it has a media type, and nothing stands beside it (OpenAPI 3.2, 4.12.1).
    private mutating func checkQuerystring(_ parameters: [Operation.Parameter]) {
        guard let whole = parameters.first(where: { $0.location == .querystring }) else { return }
        let others = parameters.count { $0.location == .querystring || $0.location == .query }
        if others > 1 {
            let message = "The parameter \"\(whole.name)\" is the whole query; no other may be in the query beside it."
            fault(.malformedParameter, message)
        }
        if whole.contentType == nil {
            fault(.malformedParameter, "The parameter \"\(whole.name)\" is the whole query and needs a media type.")
        }
    }

    /// `content` in place of `schema` (OpenAPI 3.1, 4.8.12.2): exactly one media type, and not both of the two.
    private mutating func readContent(of parameter: inout Operation.Parameter, from place: Place) {
        guard let content = place["content"], let mediaTypes = content.value.object,
            let contentType = mediaTypes.first?.key
        else { return }
        if mediaTypes.count > 1 {
            let message = "The parameter \"\(parameter.name)\" has more than one media type; \"\(contentType)\" counts."
            report(.warning, .ambiguousParameter, message, at: content.pointer)
        }
        if place["schema"] != nil {
            let message = "The parameter \"\(parameter.name)\" has both \"schema\" and \"content\"; \"content\" counts."
            report(.warning, .ambiguousParameter, message, at: place.pointer)
        }
        let mediaType = mediaType(contentType, of: content)
        parameter.contentType = contentType
        parameter.schema = mediaType.schema
    }

    /// Where `allowReserved` means something: in a query (OpenAPI 3.1, 4.8.12.2), and since 3.2 wherever a value is
    /// percent-encoded, which headers and cookies of the style `cookie` are not (OpenAPI 3.2, 4.12.2).
    private func takesReserved(_ location: Operation.Parameter.Location, style: JSONValue?) -> Bool {
        switch location {
        case .query: true
        case .path: document.version >= .v32
        case .cookie: document.version >= .v32 && style?.string != "cookie"
        case .header, .querystring: false
        }
    }
}
