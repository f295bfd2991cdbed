import JSON
import JSONSchema
import OpenAPI
import Vocabulary

/// What stands under a keyword of a schema (JSON Schema 2020-12, sections 10 and 11).
private enum KeywordContent {
    case schema
    case schemas
    case schemasByName
    case schemaOrSchemas
    /// Not carried over. `xml`, `discriminator`, `externalDocs` and `x-…` belong to OpenAPI, cost tokens, and could
    /// be taken for hints of the protocol (`x-mcp-header`). `$id`, `$anchor` and their like would change what
    /// references lead to, and all references are rewritten; so are those into `$defs`, which need not stay then.
    case dropped
    /// A value that is no schema; it stays to the letter.
    case data
    /// Text, a number or a Boolean stays; what has parts could hold references that lead nowhere any more, which
    /// clients follow without knowing the keyword.
    case unknown

    init(_ keyword: String) {
        switch keyword {
        case "additionalProperties", "additionalItems", "not", "contains", "propertyNames", "if", "then", "else",
            "unevaluatedItems", "unevaluatedProperties", "contentSchema":
            self = .schema
        case "allOf", "anyOf", "oneOf", "prefixItems": self = .schemas
        case "items": self = .schemaOrSchemas
        case "properties", "patternProperties", "dependentSchemas": self = .schemasByName
        case "xml", "discriminator", "externalDocs", "$id", "$schema", "$anchor", "$dynamicAnchor", "$recursiveAnchor",
            "$vocabulary", "$comment", "$defs", "definitions":
            self = .dropped
        case "type", "enum", "const", "default", "example", "examples", "required", "dependentRequired": self = .data
        default: self = keyword.hasPrefix("x-") ? .dropped : .unknown
        }
    }
}

extension SchemaLibrary {
    /// The schema with its references led to `$defs`, and without what a tool has no use for. Only where a schema may
    /// stand is something taken for one: a property that is named `$ref`, and whatever an `example` or `enum` holds,
    /// stays as it is.
    mutating func rewrite(_ schema: JSONValue) -> JSONValue {
        switch schema {
        case .bool: return schema
        case .object(let object): return .object(rewrite(object))
        default:
            warn(.malformedSchema, "A schema must be an object or a Boolean, not of type \(schema.kind).")
            return true
        }
    }

    private mutating func rewrite(_ object: JSONObject) -> JSONObject {
        let foreign = document.version >= .v31 ? OpenAPI30.ownKeywords(of: object) : []
        guard !foreign.isEmpty else { return rewrite(keywordsOf: object) }
        warnOfMixedDialects(foreign)
        let current = OpenAPI30.numericBounds(object).filter { $0.key != "nullable" || $0.value.bool == nil }
        let result = rewrite(keywordsOf: JSONObject(current.map { ($0.key, $0.value) }))
        return object["nullable"] == true ? OpenAPI30.nullable(result) : result
    }

    private mutating func rewrite(keywordsOf object: JSONObject) -> JSONObject {
        let inherited = outerHidden
        let hidden = inherited.union(hiddenMembers(of: object))
        defer { outerHidden = inherited }
        var result = JSONObject()
        for (keyword, value) in object {
            switch keyword {
            case "$ref", "$dynamicRef", "$recursiveRef":
                rewriteReference(keyword, value, into: &result)
            case "required" where !hidden.isEmpty:
                let names = (value.array ?? []).filter { !hidden.contains($0.string ?? "") }
                if !names.isEmpty { result[keyword] = .array(names) }
            case "properties" where !hidden.isEmpty:
                let shown = value.object?.filter { !hidden.contains($0.key) }.map { ($0.key, $0.value) }
                outerHidden = []
                tokens.append(keyword)
                result[keyword] = rewrite(shown.map { .object(JSONObject($0)) } ?? value, under: .schemasByName)
                tokens.removeLast()
            default:
                // Only what is composed with this object has its members.
                outerHidden = keyword == "allOf" ? hidden : []
                tokens.append(keyword)
                if let rewritten = rewrite(value, under: KeywordContent(keyword)) { result[keyword] = rewritten }
                tokens.removeLast()
            }
        }
        if let discriminator = object["discriminator"] {
            result = Discriminator(discriminator, of: object, in: document)?.applied(to: result) ?? result
        }
        return result
    }

    private mutating func rewrite(_ value: JSONValue, under content: KeywordContent) -> JSONValue? {
        if let keyword = tokens.last, let wanted = KeywordShape.fault(of: keyword, value), isKeyword(content) {
            let message = "\"\(keyword)\" must be \(wanted), not \(value.text.prefix(60)); it is left out."
            diagnostics.append(Diagnostic(.warning, .malformedSchema, message, at: place))
            return nil
        }
        switch (content, value) {
        case (.dropped, _): return nil
        case (.data, _): return value
        case (.unknown, .array), (.unknown, .object):
            let message = "\"\(tokens.last ?? "")\" is no keyword of JSON Schema; it is left out."
            diagnostics.append(Diagnostic(.note, .unknownSchemaKeyword, message, at: place))
            return nil
        case (.unknown, _): return value
        case (.schemas, .array([])):
            warn(
                .malformedSchema,
                "\"\(tokens.last ?? "")\" must be a list of at least one schema, not []; it is left out."
            )
            return nil
        case (.schemas, .array(let items)), (.schemaOrSchemas, .array(let items)): return rewrite(items)
        case (.schemasByName, .object(let members)): return rewrite(membersOf: members)
        case (.schema, _), (.schemaOrSchemas, _): return rewrite(value)
        case (.schemas, _), (.schemasByName, _):
            warn(.malformedSchema, "What holds schemas cannot be of type \(value.kind).")
            return nil
        }
    }

    /// Whether what stands there is no schema.
    private func isKeyword(_ content: KeywordContent) -> Bool {
        switch content {
        case .data, .unknown: true
        case .schema, .schemas, .schemasByName, .schemaOrSchemas, .dropped: false
        }
    }

    private mutating func rewrite(_ items: [JSONValue]) -> JSONValue {
        var result: [JSONValue] = []
        result.reserveCapacity(items.count)
        for (index, item) in items.enumerated() {
            tokens.append(String(index))
            result.append(rewrite(item))
            tokens.removeLast()
        }
        return .array(result)
    }

    private mutating func rewrite(membersOf object: JSONObject) -> JSONValue {
        var result = JSONObject()
        for (name, member) in object {
            tokens.append(name)
            result[name] = rewrite(member)
            tokens.removeLast()
        }
        return .object(result)
    }

    /// `$recursiveRef` of the drafts before 2020-12 leads to the schema that it stands in, and `$dynamicRef` is taken
    /// for a plain reference: nothing in a tool's schema could extend what it leads to. What leads nowhere accepts
    /// anything, and says so to whoever reads the schema.
    private mutating func rewriteReference(_ keyword: String, _ value: JSONValue, into result: inout JSONObject) {
        tokens.append(keyword)
        defer { tokens.removeLast() }
        guard let text = value.string else {
            return warn(.malformedSchema, "A reference must be text, not of type \(value.kind).")
        }
        let target = keyword == "$recursiveRef" && text == "#" ? .definition(definition(at: root)) : target(of: text)
        switch target {
        case .definition(let identifier):
            references.insert(identifier)
            result["$ref"] = .string("#/$defs/" + name(of: identifier))
        case .nothing(let code):
            warn(code, UnresolvedReference(code, text, at: place).message)
            if result["description"] == nil { result["description"] = .string("Unresolved reference: \(text)") }
        }
    }

    /// One warning a place; documents that mix the two do so everywhere, so the places are named up to a limit.
    private mutating func warnOfMixedDialects(_ keywords: [String]) {
        // What answers say is not worth a hundred warnings more.
        guard direction == .request, mixedPlaces.count <= Self.mostMixedPlaces, mixedPlaces.insert(place).inserted
        else { return }
        if mixedPlaces.count > Self.mostMixedPlaces {
            let message = "There are more keywords of OpenAPI 3.0; all are read as 3.0 means them."
            diagnostics.append(Diagnostic(.warning, .dialectMixed, message, at: JSONPointer()))
        } else {
            let names = keywords.map { "\"\($0)\"" }.joined(separator: ", ")
            let message = "The document is OpenAPI 3.1, but here are keywords of 3.0, read as 3.0 means them: \(names)."
            diagnostics.append(Diagnostic(.warning, .dialectMixed, message, at: place))
        }
    }

    private static let mostMixedPlaces = 100

    private mutating func warn(_ code: DiagnosticCode, _ message: String) {
        diagnostics.append(Diagnostic(.warning, code, message + " Anything is accepted here.", at: place))
    }

    /// Where the rewriting is; the nearest place of the document, since the dialect of 3.0 may have moved what is
    /// inside.
    private var place: JSONPointer {
        var tokens = tokens
        while document[JSONPointer(tokens)] == nil { tokens.removeLast() }
        return JSONPointer(tokens)
    }
}
