import Foundation
import JSON

/// How a value that a schema describes is asked for in a form.
enum SchemaShape: Sendable {
    /// Always this value.
    case fixed(JSONValue)
    case choice([JSONValue])
    case flag
    case number(isWhole: Bool)
    case text(TextKind)
    case group([Property])
    case list(items: JSONValue)
    /// One of several schemas.
    case variants([Variant])
    /// Anything that a form has no fields for: written as JSON.
    case json

    enum TextKind: Sendable {
        case line, lines, date
    }

    struct Property: Sendable {
        let name: String
        let schema: JSONValue
        let isRequired: Bool
    }

    struct Variant: Sendable {
        let label: String
        let schema: JSONValue
    }
}

/// Reads the schemas of one tool as shapes. References are followed in the tool's own schema; nothing is fetched.
struct SchemaShapes: Sendable {
    let root: JSONValue
    /// How deep fields are nested; what is deeper is written as JSON, so that a schema that holds itself ends, and that one with
    /// hundreds of fields stays a page that a person can read.
    private var deepest: Int

    private static let depths = [5, 3, 2, 1]
    private static let mostFields = 120
    private static let mostSteps = 20

    init(root: JSONValue) {
        self.root = root
        deepest = 1
        for depth in Self.depths {
            deepest = depth
            var left = Self.mostFields
            count(root, depth: 0, left: &left)
            if left >= 0 { return }
        }
    }

    /// Takes the fields of a schema off what is left, those of lists and choices not counted: they come when they are asked for.
    private func count(_ schema: JSONValue, depth: Int, left: inout Int) {
        guard left >= 0 else { return }
        left -= 1
        guard case .group(let properties) = shape(of: schema, depth: depth) else { return }
        for property in properties { count(property.schema, depth: depth + 1, left: &left) }
    }

    func shape(of schema: JSONValue, depth: Int) -> SchemaShape {
        let schema = merged(schema)
        if let fixed = schema["const"] { return .fixed(fixed) }
        if let values = schema["enum"]?.array, !values.isEmpty, values.allSatisfy(\.isScalar) { return .choice(values) }
        let variants =
            (schema["oneOf"] ?? schema["anyOf"])?.array?.map { resolved($0) }.filter { !$0.isNullSchema } ?? []
        if variants.count > 1, schema["properties"] == nil {
            guard depth < deepest else { return .json }
            return .variants(
                variants.enumerated().map { .init(label: label(of: $0.element, $0.offset), schema: $0.element) }
            )
        }
        if let only = variants.first, variants.count == 1, schema["properties"] == nil {
            return shape(of: only, depth: depth)
        }
        return plain(schema, depth: depth)
    }

    private func plain(_ schema: JSONValue, depth: Int) -> SchemaShape {
        switch type(of: schema) {
        case "boolean": return .flag
        case "integer": return .number(isWhole: true)
        case "number": return .number(isWhole: false)
        case "string":
            if schema["format"]?.string == "date" { return .text(.date) }
            return .text(schema["maxLength"]?.integer ?? 0 > 200 ? .lines : .line)
        case "object":
            guard let properties = schema["properties"]?.object, !properties.isEmpty, depth < deepest else {
                return .json
            }
            let required = Set(schema["required"]?.array?.compactMap(\.string) ?? [])
            return .group(
                properties.map { .init(name: $0.key, schema: $0.value, isRequired: required.contains($0.key)) }
            )
        case "array":
            guard let items = schema["items"], items.object != nil, depth < deepest else { return .json }
            return .list(items: items)
        default: return .json
        }
    }

    /// The one type beside `null`; that of an object where only its properties say it.
    private func type(of schema: JSONValue) -> String? {
        if let type = schema["type"]?.string { return type }
        let types = schema["type"]?.array?.compactMap(\.string).filter { $0 != "null" } ?? []
        if types.count == 1 { return types.first }
        return types.isEmpty && schema["properties"] != nil ? "object" : nil
    }

    /// The schema behind its references, with what `allOf` adds to its properties.
    func merged(_ schema: JSONValue) -> JSONValue {
        let schema = resolved(schema)
        guard let parts = schema["allOf"]?.array, !parts.isEmpty, var merged = schema.object else { return schema }
        merged["allOf"] = nil
        var properties = merged["properties"]?.object ?? [:]
        var required = merged["required"]?.array ?? []
        for part in parts {
            let part = resolved(part)
            for (name, value) in part["properties"]?.object ?? [:] where properties[name] == nil {
                properties[name] = value
            }
            required += part["required"]?.array ?? []
            for (name, value) in part.object ?? [:] where merged[name] == nil && name != "allOf" {
                merged[name] = value
            }
            // What is nested deeper is for JSON: a form that left it out would ask for less than the tool takes.
            if part["allOf"] != nil { return ["description": schema["description"] ?? ""] }
        }
        if !properties.isEmpty {
            merged["properties"] = .object(properties)
            merged["required"] = .array(required)
        }
        return .object(merged)
    }

    /// What a reference leads to, with what stands beside it.
    private func resolved(_ schema: JSONValue) -> JSONValue {
        var schema = schema
        for _ in 0..<Self.mostSteps {
            guard let reference = schema["$ref"]?.string, reference.hasPrefix("#"),
                let pointer = JSONPointer(reference.dropFirst().removingPercentEncoding ?? ""),
                case .object(var found)? = root[pointer]
            else { return schema }
            for (name, value) in schema.object ?? [:] where name != "$ref" { found[name] = value }
            schema = .object(found)
        }
        return schema
    }

    private func label(of schema: JSONValue, _ position: Int) -> String {
        if let title = schema["title"]?.string, !title.isEmpty { return title }
        if let fixed = schema["const"] { return fixed.plainText }
        let constants = (schema["properties"]?.object ?? [:]).compactMap { $0.value["const"]?.plainText }
        if let constant = constants.first { return constant }
        if let type = schema["type"]?.string, type != "object" { return type }
        if let names = schema["required"]?.array?.compactMap(\.string), !names.isEmpty {
            return "with \(names.prefix(3).joined(separator: ", "))"
        }
        return "Choice \(position + 1)"
    }
}

extension JSONValue {
    var isScalar: Bool { array == nil && object == nil }

    /// A text as it is, everything else as JSON.
    var plainText: String { string ?? text }

    fileprivate var isNullSchema: Bool { self["type"]?.string == "null" }
}
