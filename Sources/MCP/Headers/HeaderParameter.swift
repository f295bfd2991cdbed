package import JSON

/// An argument that a modern client repeats as a header `Mcp-Param-…` (2026-07-28, Tools: `x-mcp-header`).
package struct HeaderParameter: Sendable, Hashable {
    /// What follows `Mcp-Param-`.
    package let name: String
    /// Where the value stands in the arguments.
    package let path: [String]

    package init(name: String, path: [String]) {
        self.name = name
        self.path = path
    }

    /// What a tool's input schema declares, wherever only `properties` lead to it.
    ///
    /// A declaration that breaks the rules (the name is no token, two have one name, the type is not exactly `string`,
    /// `integer` or `boolean`) is none: clients that keep to the rules send no header for it, as they drop the tool.
    package static func declared(in schema: JSONObject) -> [HeaderParameter] {
        let all = declared(in: schema, at: [])
        let names = Dictionary(grouping: all) { $0.name.lowercased() }
        return all.filter { names[$0.name.lowercased()]?.count == 1 }
    }

    private static func declared(in schema: JSONObject, at path: [String]) -> [HeaderParameter] {
        (schema["properties"]?.object ?? [:]).flatMap { key, property -> [HeaderParameter] in
            guard let property = property.object else { return [] }
            let path = path + [key]
            let own = property["x-mcp-header"]?.string.flatMap { name in
                isDeclaration(name, of: property) ? HeaderParameter(name: name, path: path) : nil
            }
            return (own.map { [$0] } ?? []) + declared(in: property, at: path)
        }
    }
}

extension HeaderParameter {
    private static func isDeclaration(_ name: String, of property: JSONObject) -> Bool {
        ["string", "integer", "boolean"].contains(property["type"]?.string ?? "") && !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
    }

    /// Holds the header against the argument: both are there and equal, or neither is.
    func check(_ headers: HeaderFields, against arguments: JSONObject) throws(Failure) {
        let header = "Mcp-Param-\(name)"
        let lines = headers.values(header)
        let argument = path.reduce(Optional(JSONValue.object(arguments))) { $0?[$1] }
        guard let argument, !argument.isNull else {
            guard lines.isEmpty else { throw .headerMismatch("\(header) is set, but the argument is not.") }
            return
        }
        guard let line = lines.first else { throw .headerMismatch("\(header) is missing, but the argument is set.") }
        guard lines.count == 1 else { throw .headerMismatch("\(header) is there more than once.") }
        guard let text = HeaderValue.decoded(line) else { throw .headerMismatch("\(header) is not well encoded.") }
        guard Self.says(text, argument) else { throw .headerMismatch("\(header) differs from the argument.") }
    }

    /// Whole numbers are equal by value, whichever way they are written; strings by their bytes.
    private static func says(_ text: String, _ argument: JSONValue) -> Bool {
        switch argument {
        case .string(let string): return text.utf8.elementsEqual(string.utf8)
        case .bool(let value): return text == (value ? "true" : "false")
        case .number(let number):
            guard let header = JSONNumber(text) else { return false }
            // Beyond what an Int holds a Double tells neighbours apart no more, so there the text counts.
            return header.integer.map { $0 == number.integer } ?? (header == number)
        default: return false
        }
    }
}
