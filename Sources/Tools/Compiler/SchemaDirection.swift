import JSON
import OpenAPI

/// Which way a value goes. Members of objects may go one way only (OpenAPI 3.1, 4.8.24.1; JSON Schema 2020-12
/// Validation, section 9.4).
enum SchemaDirection {
    /// Into a request: without members that are `readOnly`.
    case request
    /// Out of an answer: without members that are `writeOnly`.
    case answer

    /// What marks members that do not go this way.
    var hiddenKeyword: String {
        switch self {
        case .request: "readOnly"
        case .answer: "writeOnly"
        }
    }
}

extension SchemaLibrary {
    /// Whether a member with that schema does not go this way.
    func isHidden(_ schema: JSONValue) -> Bool {
        guard hidesMembers else { return false }
        if schema[direction.hiddenKeyword] == true { return true }
        return Place(schema, at: JSONPointer()).target(in: document)?.value[direction.hiddenKeyword] == true
    }

    /// The names of an object's members that do not go this way, those of all schemas that it is composed of among
    /// them.
    mutating func hiddenMembers(of object: JSONObject) -> Set<String> {
        guard hidesMembers else { return [] }
        var names = Set((object["properties"]?.object ?? [:]).filter { isHidden($0.value) }.map(\.key))
        let lone = Place(.object(object), at: JSONPointer()).loneSchema
        for part in object["allOf"]?.array ?? lone.map({ [$0.value] }) ?? [] {
            guard let text = part["$ref"]?.string else {
                if let inner = part.object { names.formUnion(hiddenMembers(of: inner)) }
                continue
            }
            guard case .local(let pointer) = Reference(text) else { continue }
            names.formUnion(hiddenMembers(at: pointer))
        }
        return names
    }

    private mutating func hiddenMembers(at pointer: JSONPointer) -> Set<String> {
        if let known = knownHidden[pointer] { return known }
        // What leads back here adds nothing.
        knownHidden[pointer] = []
        guard let object = document[pointer]?.object else { return [] }
        let names = hiddenMembers(of: object)
        knownHidden[pointer] = names
        return names
    }
}

extension JSONValue {
    /// Whether any object in it has a member of that name.
    func hasMember(_ name: String) -> Bool {
        var open = [self]
        while let value = open.popLast() {
            switch value {
            case .array(let items): open.append(contentsOf: items)
            case .object(let object):
                if object[name] != nil { return true }
                open.append(contentsOf: object.lazy.map(\.value))
            default: break
            }
        }
        return false
    }
}
