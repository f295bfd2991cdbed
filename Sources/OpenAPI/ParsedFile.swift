import JSON

/// The values of one text, and where each stands in it.
struct ParsedFile: Sendable {
    var root: JSONValue
    let map: SourceMap
    let format: Document.Format

    /// Reads JSON where the text begins as JSON does, with `{` or `[` and behind it `"`, a bracket or a brace; else
    /// YAML, of which `{openapi: 3.1.0}` is an example.
    init(_ bytes: [UInt8], limits: DocumentLimits, time: TimeLimit) throws(DocumentError) {
        guard bytes.count <= limits.bytes else {
            throw DocumentError(.tooLarge, "The document is larger than \(limits.bytes) bytes.")
        }
        try time.check()
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        let signs = content.lazy.filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }.prefix(2).map(Unicode.Scalar.init)
        guard let first = signs.first else { throw DocumentError(.syntax, "The document is empty.") }
        guard first != "<" else {
            throw DocumentError(
                .notOpenAPI,
                "This is an HTML or XML page, not an OpenAPI document.",
                line: 1,
                column: 1
            )
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw DocumentError(.syntax, "The document is not UTF-8 text.")
        }
        if Self.isJSON(beginningWith: Array(signs)) {
            (root, map) = try Self.json(bytes, limits: limits)
            format = .json
        } else {
            (root, map) = try YAMLReader.read(Array(content), limits: limits, time: time)
            format = .yaml
        }
        try time.check()
    }

    /// Whether a text is meant as JSON, by its first two characters that are no space.
    private static func isJSON(beginningWith signs: [Unicode.Scalar]) -> Bool {
        guard let first = signs.first, first == "{" || first == "[" else { return false }
        return signs.count < 2 || ["\"", "}", "]", "{", "["].contains(signs[1])
    }

    private static func json(
        _ bytes: [UInt8],
        limits: DocumentLimits
    ) throws(DocumentError) -> (JSONValue, SourceMap) {
        let separators = bytes.count { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
        guard separators <= limits.values else {
            throw DocumentError(.tooManyValues, "The document holds more than \(limits.values) values.")
        }
        do throws(JSONSyntaxError) {
            let value = try JSONValue(parsing: bytes, depthLimit: limits.depth)
            return (value, SourceMap(json: bytes))
        } catch {
            guard !isDeeper(bytes, than: limits.depth) else {
                let message = "The document is nested deeper than \(limits.depth) levels."
                throw DocumentError(.tooDeep, message, line: error.line, column: error.column)
            }
            // YAML would take most of what JSON refuses, and make something else of it.
            throw DocumentError(
                .syntax,
                "The document is not JSON: \(error.message).",
                line: error.line,
                column: error.column
            )
        }
    }

    /// Whether more brackets are open at once than the limit, those in strings not counted.
    private static func isDeeper(_ bytes: [UInt8], than limit: Int) -> Bool {
        var depth = 0
        var isString = false
        var isEscaped = false
        for byte in bytes {
            if isString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            if depth > limit { return true }
        }
        return false
    }
}
