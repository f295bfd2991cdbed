import JSON
import OpenAPI

/// A property whose value says which of several schemas holds (OpenAPI 3.1, 4.8.25), which JSON Schema does not know:
/// each schema of a choice gets the values that lead to it, unless it says them itself.
///
/// Where there is no choice (`oneOf` or `anyOf`), a discriminator says nothing that a single schema does not say.
struct Discriminator {
    private let property: String
    private let keyword: String
    /// For each schema of the choice: the values that lead to it.
    private let values: [[String]]

    init?(_ discriminator: JSONValue, of object: JSONObject, in document: Document) {
        guard let property = discriminator["propertyName"]?.string ?? discriminator.string,
            let keyword = ["oneOf", "anyOf"].first(where: { object[$0]?.array?.isEmpty == false }),
            let choices = object[keyword]?.array
        else { return nil }
        self.property = property
        self.keyword = keyword
        var mapped: [JSONPointer: [String]] = [:]
        for (value, target) in discriminator["mapping"]?.object ?? [:] {
            for place in Self.targets(of: target.string) { mapped[place, default: []].append(value) }
        }
        let usual = Self.targets(of: discriminator["defaultMapping"]?.string)
        values = choices.map { choice in
            let choice = Place(choice, at: JSONPointer())
            guard let reference = (choice.loneSchema ?? choice).value["$ref"]?.string,
                case .local(let pointer) = Reference(reference)
            else {
                return []
            }
            guard !Self.isSaid(property, at: pointer, in: document) else { return [] }
            if let values = mapped[pointer] { return values }
            return usual.contains(pointer) ? [] : pointer.tokens.last.map { [$0] } ?? []
        }
    }

    /// The rewritten object, whose choice has the schemas in the same order.
    func applied(to object: JSONObject) -> JSONObject {
        guard let choices = object[keyword]?.array, choices.count == values.count else { return object }
        var result = object
        result[keyword] = .array(
            zip(choices, values).map { choice, values in
                guard !values.isEmpty, var schema = choice.object, schema["properties"] == nil else { return choice }
                let value: JSONValue = values.count == 1 ? ["const": .string(values[0])] : ["enum": JSONValue(values)]
                schema["properties"] = .object([property: value])
                schema["required"] = [.string(property)]
                return .object(schema)
            }
        )
        return result
    }

    /// Where a mapping may lead: it has a reference, or the name of a schema of the components.
    private static func targets(of text: String?) -> [JSONPointer] {
        guard let text else { return [] }
        if case .local(let pointer) = Reference(text) { return [pointer] }
        return [JSONPointer(["components", "schemas", text])]
    }

    /// Whether the schema itself says what values the property has.
    private static func isSaid(_ property: String, at pointer: JSONPointer, in document: Document) -> Bool {
        var open = [pointer]
        var visited: Set<JSONPointer> = []
        while let next = open.popLast(), visited.count < 100 {
            guard visited.insert(next).inserted, let schema = document[next] else { continue }
            var parts = [schema]
            while let part = parts.popLast() {
                let value = part["properties"]?[property].flatMap { Place($0, at: next).target(in: document)?.value }
                if let value, value["const"] != nil || value["enum"] != nil { return true }
                if let text = part["$ref"]?.string, case .local(let target) = Reference(text) { open.append(target) }
                parts += part["allOf"]?.array ?? Place(part, at: next).loneSchema.map { [$0.value] } ?? []
            }
        }
        return false
    }
}
