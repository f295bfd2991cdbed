import JSON

/// What a value of a document may hold, as far as references are concerned.
enum ReferencePositions {
    /// An object whose members have meanings; each of them may be a reference, or hold some.
    case object
    /// An object whose members have names that somebody chose, so that none of them is a keyword.
    case names
    /// A value of the document's own readers, in which `$ref` means nothing: an example.
    case data

    /// What stands under a member.
    func position(of key: String) -> ReferencePositions {
        switch self {
        case .data: .data
        case .names: .object
        case .object:
            switch key {
            case "example", "examples", "enum", "const", "default", "x-example", "x-examples": .data
            case "properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "paths", "webhooks",
                "responses", "content", "headers", "encoding", "callbacks", "variables", "schemas", "parameters",
                "requestBodies", "securitySchemes", "securityDefinitions", "links", "pathItems", "mediaTypes",
                "additionalOperations":
                .names
            default: .object
            }
        }
    }
}

/// The names that parts of a file give themselves, by which references may name them.
struct FileIndex {
    /// `$anchor` and `$dynamicAnchor` (JSON Schema 2020-12, section 8.2.2).
    private(set) var anchors: [String: JSONPointer] = [:]
    /// `$id` (section 8.2.1) and `$self` (OpenAPI 3.2, 4.1.2), resolved against what stands around them.
    private(set) var identifiers: [URIReference: JSONPointer] = [:]
    private var tokens: [String] = []

    init(_ root: JSONValue, base: URIReference) {
        var base = base
        if let own = root["$self"]?.string {
            base = URIReference(own.prefix { $0 != "#" }).resolved(against: base)
            identifiers[base] = JSONPointer()
        }
        add(root, .object, base)
    }

    private mutating func add(_ value: JSONValue, _ position: ReferencePositions, _ base: URIReference) {
        switch value {
        case .array(let items):
            for (index, item) in items.enumerated() {
                tokens.append(String(index))
                add(item, .object, base)
                tokens.removeLast()
            }
        case .object(let object):
            let base = position == .object ? named(object, base) : base
            for (key, member) in object {
                let inner = position.position(of: key)
                guard inner != .data else { continue }
                tokens.append(key)
                add(member, inner, base)
                tokens.removeLast()
            }
        default: break
        }
    }

    /// Notes the names that an object gives itself; gives the base of what is in it.
    private mutating func named(_ object: JSONObject, _ base: URIReference) -> URIReference {
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let name = object[keyword]?.string, anchors[name] == nil { anchors[name] = JSONPointer(tokens) }
        }
        guard let own = object["$id"]?.string, !own.hasPrefix("#") else { return base }
        let identifier = URIReference(own.prefix { $0 != "#" }).resolved(against: base)
        if identifiers[identifier] == nil { identifiers[identifier] = JSONPointer(tokens) }
        return identifier
    }
}
