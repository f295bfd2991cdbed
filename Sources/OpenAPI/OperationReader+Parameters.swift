import JSON
import Vocabulary

extension OperationReader {
    /// Reads the parameters of the path item and of the operation; of two with one name and place the operation's
    /// counts (OpenAPI 3.1, 4.8.10), in the place of the path item's.
    mutating func readParameters(_ place: Place) {
        var parameters: [Operation.Parameter] = []
        var positions: [String: Int] = [:]
        for list in [item["parameters"], place["parameters"]].compactMap(\.self) where !list.value.isNull {
            guard let values = list.value.array else {
                let message = "\"parameters\" at \(list.pointer) must be a list, not of type \(list.value.kind)."
                return fault(.malformedParameter, message)
            }
            guard values.count <= Self.mostParameters else {
                return fault(.malformedParameter, "There are more than \(Self.mostParameters) parameters.")
            }
            var seen: Set<String> = []
            for (index, value) in values.enumerated() {
                guard let parameter = parameter(Place(value, at: list.pointer.appending(index))) else { continue }
                let identity = parameter.identity
                guard seen.insert(identity).inserted else {
                    let message = "The parameter \"\(parameter.name)\" occurs twice in one place; the first counts."
                    report(.warning, .duplicateParameter, message, at: list.pointer.appending(index))
                    continue
                }
                if let position = positions[identity] {
                    parameters[position] = parameter
                } else {
                    positions[identity] = parameters.count
                    parameters.append(parameter)
                }
            }
        }
        operation.parameters = matchedWithPath(parameters.filter { !isIgnoredHeader($0) })
    }

    private mutating func parameter(_ written: Place) -> Operation.Parameter? {
        let place: Place
        do throws(UnresolvedReference) {
            place = try document.resolved(written)
        } catch {
            fault(error.code, error.message)
            return nil
        }
        let value = place.value
        guard let name = value["name"]?.string, !name.isEmpty,
            let location = value["in"]?.string.flatMap(Operation.Parameter.Location.init(rawValue:))
        else {
            fault(.malformedParameter, "The parameter at \(written.pointer) lacks its name or a known place (\"in\").")
            return nil
        }
        var parameter = Operation.Parameter(
            name: name,
            location: location,
            description: overridden("description", written, place),
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

    /// OpenAPI 3.1, 4.8.12.1: these headers are said by other parts of a document.
    private mutating func isIgnoredHeader(_ parameter: Operation.Parameter) -> Bool {
        guard parameter.location == .header,
            ["accept", "content-type", "authorization"].contains(parameter.name.lowercased())
        else { return false }
        let message = "The header \"\(parameter.name)\" is no parameter in OpenAPI; it is left out."
        report(.note, .ignoredHeaderParameter, message, at: parameter.pointer)
        return true
    }

    /// Adds what the path names and nobody declares, and leaves out what is declared and the path does not name.
    private mutating func matchedWithPath(_ parameters: [Operation.Parameter]) -> [Operation.Parameter] {
        let names = Self.templateNames(in: operation.requestPath)
        var matched: [Operation.Parameter] = []
        for parameter in parameters {
            if parameter.location == .path, !names.contains(parameter.name) {
                let message =
                    "The path parameter \"\(parameter.name)\" does not stand in \"\(item.path)\"; it is left out."
                report(.warning, .unusedPathParameter, message, at: parameter.pointer)
            } else {
                matched.append(parameter)
            }
        }
        for name in names where !matched.contains(where: { $0.location == .path && $0.name == name }) {
            let message = "\"{\(name)}\" in \"\(item.path)\" is declared nowhere; it is taken as text."
            report(.warning, .undeclaredPathParameter, message, at: operation.pointer)
            matched.append(
                Operation.Parameter(
                    name: name,
                    location: .path,
                    isRequired: true,
                    schema: Place(["type": "string"], at: operation.pointer),
                    pointer: operation.pointer
                )
            )
        }
        return matched
    }

    /// The names between braces, each once, in their order.
    private static func templateNames(in path: String) -> [String] {
        var names: [String] = []
        var rest = path[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            if !name.isEmpty, !names.contains(name) { names.append(name) }
            rest = rest[rest.index(after: close)...]
        }
        return names
    }
}

extension Operation.Parameter {
    /// What tells a parameter from the others; names of headers are the same in any case (RFC 9110, section 5.1).
    fileprivate var identity: String {
        "\(location.rawValue) \(location == .header ? name.lowercased() : name)"
    }
}
