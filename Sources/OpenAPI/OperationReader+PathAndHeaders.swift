import JSON
import Vocabulary

extension OperationReader {
    /// OpenAPI 3.1, 4.8.12.1: these headers are said by other parts of a document. Swagger 2.0 has no such rule, and a
    /// call cannot send them from arguments all the same, so that leaving them out is a warning.
    mutating func isIgnoredHeader(_ parameter: Operation.Parameter) -> Bool {
        guard parameter.location == .header,
            Self.ignoredHeaders.contains(parameter.name.lowercased())
        else { return false }
        let isSaidElsewhere = ["accept", "content-type", "authorization"].contains(parameter.name.lowercased())
        if document.version == .v20 || !isSaidElsewhere {
            let message =
                "The header \"\(parameter.name)\" comes from the body, the connection or the credentials of a call, and never "
                + "from an argument; it is left out."
            report(.warning, .ignoredHeaderParameter, message, at: parameter.pointer)
        } else {
            let message = "The header \"\(parameter.name)\" is no parameter in OpenAPI; it is left out."
            report(.note, .ignoredHeaderParameter, message, at: parameter.pointer)
        }
        return true
    }

    /// Beside those that OpenAPI names, the ones that frame a message or belong to the connection (RFC 9110, sections
    /// 7.2, 7.6.1 and 8.6): nobody may set them by an argument.
    private static let ignoredHeaders: Set = [
        "accept", "content-type", "authorization", "accept-encoding", "connection", "content-encoding",
        "content-length", "cookie", "expect", "host", "keep-alive", "proxy-authorization", "proxy-connection", "te",
        "trailer", "transfer-encoding", "upgrade",
    ]

    /// Adds what the path names and nobody declares, and leaves out what is declared and the path does not name.
    mutating func matchedWithPath(_ parameters: [Operation.Parameter]) -> [Operation.Parameter] {
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
