import JSON
import JSONSchema
import OpenAPI

/// The members of a body that is an object, so that each can be an argument of its own.
///
/// A body is taken apart only where its schema is nothing but an object with named properties, possibly put together by
/// `allOf`: then the arguments say all that the schema says. Keywords that say nothing (``SilentKeyword``) are not looked at, and a
/// schema that is nothing but one other counts as that one. Where it offers a choice (`oneOf`), takes further members
/// (`additionalProperties`), or has any other rule over the whole object, it stays one argument.
struct BodyMembers {
    /// One member, with the schemas that all hold for it.
    struct Member {
        let name: String
        var places: [Place]
        var isRequired: Bool
    }

    /// In the order of the document.
    private(set) var members: [Member] = []
    /// What the schemas say of the object as a whole, each text once.
    private(set) var descriptions: [String] = []

    private let document: Document
    private let isHidden: (JSONValue) -> Bool
    private var positions: [String: Int] = [:]
    private var required: Set<String> = []
    private var hidden: Set<String> = []
    /// What references have led to: a schema says nothing more the second time.
    private var visited: Set<JSONPointer> = []
    /// Those of them that are being read.
    private var open: Set<JSONPointer> = []

    /// More properties than a model could keep apart, and than any real body has.
    private static let mostMembers = 500
    private static let deepest = 20

    /// Nothing where the schema is not of that kind. `isHidden` tells the schemas of members that are never sent.
    init?(_ place: Place?, in document: Document, isHidden: @escaping (JSONValue) -> Bool) {
        guard let place else { return nil }
        self.document = document
        self.isHidden = isHidden
        guard collect(place, depth: 0, isPart: false), !members.isEmpty else { return nil }
        guard required.subtracting(hidden).isSubset(of: positions.keys) else { return nil }
        for name in required { if let position = positions[name] { members[position].isRequired = true } }
        members.removeAll { hidden.contains($0.name) }
        guard !members.isEmpty else { return nil }
    }

    /// Whether what stands at the place, and all that it refers to, is understood.
    private mutating func collect(_ place: Place, depth: Int, isPart: Bool) -> Bool {
        guard depth < Self.deepest, let written = place.value.object else { return false }
        let object = JSONObject(
            written.filter { !SilentKeyword.isSilent($0.key, in: written) }.map { ($0.key, $0.value) }
        )
        if let reference = object["$ref"] {
            guard let text = reference.string, case .local(let pointer) = Reference(text),
                let target = document[pointer]
            else { return false }
            // What leads back to itself has no end; what was read before has nothing to add.
            guard !open.contains(pointer) else { return false }
            guard visited.insert(pointer).inserted else { return true }
            open.insert(pointer)
            defer { open.remove(pointer) }
            let rest = JSONObject(object.filter { $0.key != "$ref" }.map { ($0.key, $0.value) })
            let isAlone = !document.version.hasReferenceSiblings || rest.isEmpty
            if isAlone || rest.allSatisfy({ SchemaTexts.contains($0.key) }) {
                guard collect(Place(target, at: pointer), depth: depth + 1, isPart: isPart) else { return false }
                if !isAlone { note(rest) }
                return true
            }
            return collect(Place(target, at: pointer), depth: depth + 1, isPart: true)
                && collect(Place(.object(rest), at: place.pointer), depth: depth + 1, isPart: true)
        }
        if let lone = place.loneSchemaOrNull {
            note(object)
            return collect(lone, depth: depth + 1, isPart: isPart)
        }
        let isWhole = !isPart && object["allOf"] == nil
        guard object.allSatisfy({ Self.isUnderstood($0.key, $0.value, isWhole: isWhole) }) else { return false }
        note(object)
        required.formUnion(object["required"]?.array?.compactMap(\.string) ?? [])
        for (name, _) in object["properties"]?.object ?? [:] {
            guard let member = place["properties"]?[anyValueOf: name] else { continue }
            guard add(name, member) else { return false }
        }
        for (index, part) in (object["allOf"]?.array ?? []).enumerated() {
            if SilentKeyword.saysNothing(part) { continue }
            let pointer = place.pointer.appending("allOf").appending(index)
            guard collect(Place(part, at: pointer), depth: depth + 1, isPart: true) else { return false }
        }
        return true
    }

    private mutating func note(_ object: JSONObject) {
        guard let text = object["description"]?.string, !text.isEmpty, !descriptions.contains(text) else { return }
        descriptions.append(text)
    }

    private mutating func add(_ name: String, _ place: Place) -> Bool {
        guard !isHidden(place.value) else {
            hidden.insert(name)
            return true
        }
        if let position = positions[name] {
            if !members[position].places.contains(where: { $0.value == place.value }) {
                members[position].places.append(place)
            }
            return true
        }
        guard members.count < Self.mostMembers else { return false }
        positions[name] = members.count
        members.append(Member(name: name, places: [place], isRequired: false))
        return true
    }

    /// Whether a keyword leaves an object one of named members.
    private static func isUnderstood(_ keyword: String, _ value: JSONValue, isWhole: Bool) -> Bool {
        switch keyword {
        case "type":
            let types = value.array?.compactMap(\.string) ?? value.string.map { [$0] } ?? []
            return types.contains("object") && types.allSatisfy { $0 == "object" || $0 == "null" }
        case "additionalProperties", "unevaluatedProperties":
            // What says the default says nothing; what takes no others holds for one object only.
            return value == true || value == [:] || value == false && isWhole
        case "properties": return value.object != nil
        case "allOf": return value.array != nil
        case "required", "title", "description", "example", "examples", "default", "externalDocs", "xml", "deprecated",
            "nullable", "writeOnly", "$comment", "$defs", "definitions", "format":
            return true
        default: return keyword.hasPrefix("x-")
        }
    }
}

extension Place {
    /// The member with that name, also where it is `null`.
    fileprivate subscript(anyValueOf name: String) -> Place? {
        value[name].map { Place($0, at: pointer.appending(name)) }
    }
}

extension Document.Version {
    /// Whether keywords beside `$ref` count (JSON Schema 2020-12, section 8.2.3.1), which was not so before.
    var hasReferenceSiblings: Bool { self >= .v31 }
}
