import JSON
import OpenAPI
import Vocabulary

/// The properties of an input schema while they are put together.
struct ArgumentSchemas {
    private(set) var properties = JSONObject()
    private(set) var references: Set<Int> = []
    private(set) var diagnostics: [Diagnostic] = []
    /// Bytes, about.
    private(set) var size = 0
    private var headers: Set<String> = []

    /// The schema of a value for which all schemas at these places hold; without any, everything is accepted.
    mutating func compile(_ places: [Place], using library: inout SchemaLibrary) -> JSONObject {
        let compiled = places.map { library.compile($0) }
        for part in compiled {
            references.formUnion(part.references)
            size += part.size
        }
        guard compiled.count > 1 else { return compiled.first?.schema.asObject ?? [:] }
        return ["allOf": .array(compiled.map(\.schema))]
    }

    /// Adds an argument. A hint that it be repeated in a header is kept where the protocol allows it, since clients drop
    /// tools with wrong ones (MCP 2026-07-28, `x-mcp-header`).
    mutating func add(_ name: String, _ schema: JSONObject, headerHint: JSONValue?, at pointer: JSONPointer) {
        var schema = schema
        if let headerHint {
            if let header = headerHint.string, isAllowed(header, for: schema) {
                schema["x-mcp-header"] = .string(header)
            } else {
                let message =
                    "\"x-mcp-header\" must be the name of a header, each one once, on text, a whole number or a "
                    + "Boolean that is no secret; it is left out."
                diagnostics.append(Diagnostic(.warning, .ignoredHeaderHint, message, at: pointer))
            }
        }
        properties[name] = .object(schema)
    }

    private mutating func isAllowed(_ header: String, for schema: JSONObject) -> Bool {
        guard let type = schema["type"]?.string ?? schema["type"]?.lone?.string,
            ["string", "integer", "boolean"].contains(type),
            schema["format"] != "password", schema["writeOnly"] != true, !header.isEmpty,
            header.utf8.allSatisfy(Self.isTokenByte)
        else { return false }
        return headers.insert(header.lowercased()).inserted
    }

    /// RFC 9110, section 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
            || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}

extension JSONValue {
    /// The one item of a list.
    fileprivate var lone: JSONValue? { array.flatMap { $0.count == 1 ? $0[0] : nil } }

    /// This schema as an object.
    fileprivate var asObject: JSONObject {
        switch self {
        case .object(let object): object
        case .bool(false): ["not": [:]]
        default: [:]
        }
    }
}

extension JSONObject {
    /// This schema with a description before its own; a `$ref` may have siblings in 2020-12.
    func described(_ description: String?) -> JSONObject {
        guard let description, !description.isEmpty else { return self }
        let own = self["description"]?.string ?? ""
        var schema = self
        let isSaid = own.isEmpty || description.contains(own)
        schema["description"] = .string(isSaid ? description : "\(description)\n\n\(own)")
        return schema
    }

    /// This schema with the name upstream as its title, where the argument's own name had to lose letters of it.
    func titled(_ original: String) -> JSONObject {
        guard self["title"] == nil, original.utf8.contains(where: { $0 >= 0x80 }) else { return self }
        var schema = self
        schema["title"] = .string(original)
        return schema
    }

    /// The schema of bytes in place of the one at a place, whose texts stay.
    init(bytes shape: FileShape, for place: Place?, in document: Document) {
        let own = place?.value.object
        let target = place?.target(in: document)?.value.object
        let said = [own?["description"]?.string ?? target?["description"]?.string, Self.bytesHint]
        let description = said.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " ")
        let file: JSONValue = ["type": "string", "contentEncoding": "base64"]
        var schema = JSONObject()
        if let title = own?["title"] ?? target?["title"] { schema["title"] = title }
        switch shape {
        case .one:
            schema["type"] = "string"
            schema["contentEncoding"] = "base64"
        case .many:
            schema["type"] = "array"
            schema["items"] = file
            for keyword in ["minItems", "maxItems"] { schema[keyword] = target?[keyword] }
        case .either:
            schema["anyOf"] = [file, ["type": "array", "items": file]]
        }
        schema["description"] = .string(description)
        self = schema
    }

    private static let bytesHint = "Bytes as base64, or a data: URL."
}
