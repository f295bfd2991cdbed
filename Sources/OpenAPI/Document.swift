package import JSON
package import Vocabulary

/// An OpenAPI document: its values as written, its version, and where each value stands in the text.
///
/// Reading checks that the bytes are JSON or YAML 1.2 and that they say which OpenAPI they are. Everything beyond that
/// is reported by diagnostics when the operations are read, so that one fault never hides the rest.
package struct Document: Sendable {
    /// The syntax that a document is written in.
    package enum Format: String, Sendable {
        case json, yaml
    }

    /// The versions that are understood, from the oldest on.
    package enum Version: String, Sendable, CaseIterable, Comparable {
        /// Swagger 2.0.
        case v20 = "2.0"
        case v30 = "3.0"
        case v31 = "3.1"
        case v32 = "3.2"

        package static func < (left: Version, right: Version) -> Bool { left.rawValue < right.rawValue }
    }

    package let root: JSONValue
    package let format: Format
    package let version: Version
    private let map: SourceMap

    /// Reads JSON where the text begins as JSON does, with `{` or `[` and behind it `"`, a bracket or a brace; else
    /// YAML, of which `{openapi: 3.1.0}` is an example.
    ///
    /// - Throws: `syntax_error`, `not_openapi`, `unsupported_version` or `too_large`.
    package init(reading bytes: [UInt8], limits: DocumentLimits = DocumentLimits()) throws(DocumentError) {
        guard bytes.count <= limits.bytes else {
            throw DocumentError(.tooLarge, "The document is larger than \(limits.bytes) bytes.")
        }
        (root, map, format) = try Self.parsed(bytes, limits: limits)
        version = try Self.version(of: root)
        guard root.references(upTo: limits.references) <= limits.references else {
            throw DocumentError(.tooLarge, "The document holds more than \(limits.references) references.")
        }
        guard operationCount <= limits.operations else {
            throw DocumentError(.tooLarge, "The document holds more than \(limits.operations) operations.")
        }
    }

    /// The document's own title, where it has one.
    package var title: String? { root["info"]?["title"]?.string }

    /// How many operations there are at most, counted without following references.
    private var operationCount: Int {
        (root["paths"]?.object ?? [:]).reduce(0) { count, item in
            guard let members = item.value.object else { return count }
            if members["$ref"] != nil { return count + Operation.methods.count }
            return count + Operation.methods.count { members[$0] != nil }
        }
    }

    /// The same diagnostic with line and column of the place that it points to, or of the nearest value around it.
    package func located(_ diagnostic: Diagnostic) -> Diagnostic {
        guard diagnostic.line == nil, let pointer = JSONPointer(diagnostic.pointer),
            let entry = map.entry(at: pointer, in: root)
        else { return diagnostic }
        var located = diagnostic
        located.line = Int(entry.line)
        located.column = Int(entry.column)
        return located
    }
}

// MARK: - Reading

extension Document {
    private typealias Parsed = (root: JSONValue, map: SourceMap, format: Format)

    private static func parsed(_ bytes: [UInt8], limits: DocumentLimits) throws(DocumentError) -> Parsed {
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
        guard isJSON(beginningWith: Array(signs)) else {
            let yaml = try YAMLReader.read(bytes, limits: limits)
            return (yaml.value, yaml.map, .yaml)
        }
        let separators = bytes.count { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
        guard separators <= limits.values else {
            throw DocumentError(.tooLarge, "The document holds more than \(limits.values) values.")
        }
        do throws(JSONSyntaxError) {
            let value = try JSONValue(parsing: bytes, depthLimit: limits.depth)
            return (value, SourceMap(json: bytes), .json)
        } catch {
            // YAML would take most of what JSON refuses, and make something else of it.
            throw DocumentError(
                .syntax,
                "The document is not JSON: \(error.message).",
                line: error.line,
                column: error.column
            )
        }
    }

    /// Whether a text is meant as JSON, by its first two characters that are no space.
    private static func isJSON(beginningWith signs: [Unicode.Scalar]) -> Bool {
        guard let first = signs.first, first == "{" || first == "[" else { return false }
        return signs.count < 2 || ["\"", "}", "]", "{", "["].contains(signs[1])
    }

    private static func version(of root: JSONValue) throws(DocumentError) -> Version {
        guard let object = root.object else {
            throw DocumentError(.notOpenAPI, "An OpenAPI document is an object; this is of type \(root.kind).")
        }
        guard let field = object["openapi"] else {
            if let swagger = object["swagger"] {
                let text = swagger.string ?? swagger.text
                throw DocumentError(
                    .unsupportedVersion,
                    "This is a Swagger \(text) document; convert it to OpenAPI 3.0 or 3.1 first."
                )
            }
            throw DocumentError(
                .notOpenAPI,
                "The document has no \"openapi\" field, so it is not an OpenAPI 3 document."
            )
        }
        let text: String
        switch field {
        case .string(let version): text = version
        case .number(let version): text = version.text
        default: throw DocumentError(.notOpenAPI, "The \"openapi\" field must be text such as \"3.1.0\".")
        }
        for version in [Version.v30, .v31, .v32]
        where text == version.rawValue || text.hasPrefix(version.rawValue + ".") {
            return version
        }
        throw DocumentError(
            .unsupportedVersion,
            "OpenAPI \(text) is not supported; this server reads Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2."
        )
    }
}

extension JSONValue {
    /// How many members are named `$ref`, counted no further than just beyond the limit.
    fileprivate func references(upTo limit: Int) -> Int {
        var count = 0
        var open = [self]
        while count <= limit, let value = open.popLast() {
            switch value {
            case .array(let items): open.append(contentsOf: items)
            case .object(let object):
                if object["$ref"] != nil { count += 1 }
                open.append(contentsOf: object.lazy.map(\.value))
            default: break
            }
        }
        return count
    }
}
