import JSON
import OpenAPI
import Vocabulary

/// What a tool's answers are: the media types to ask for, and a schema where every success has a JSON body.
struct ToolOutputs {
    /// The value of `Accept`; nothing where the usual one asks for the same.
    let accept: String?
    private let schemas: [Place]
    private let operation: Operation

    init(_ operation: Operation) {
        self.operation = operation
        let successes = operation.responses.filter { $0.status.first == "2" }
        var types: [String] = []
        for mediaType in successes.flatMap(\.mediaTypes) where !types.contains(mediaType.name) {
            types.append(mediaType.name)
        }
        let isUsual = types.isEmpty || types.contains { $0.lowercased().hasPrefix("application/json") }
        let sane = types.filter { type in type.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x2C } }
        accept = isUsual || sane.isEmpty ? nil : (sane.sorted().prefix(5) + ["*/*;q=0.1"]).joined(separator: ", ")
        // A success without a schema has nothing that a client could check.
        let places = successes.map { response in
            response.mediaTypes.first { $0.isJSON && !$0.essence.contains("*") }?.schema
        }
        schemas = places.contains { $0 == nil } ? [] : places.compactMap(\.self)
    }

    /// The schema of what a success brings, everything that it refers to in its `$defs`; nothing where there is none, or
    /// where it is larger than `limit` bytes.
    func schema(
        using library: inout SchemaLibrary,
        in document: Document,
        limit: Int,
        diagnostics: inout [Diagnostic]
    ) -> JSONObject? {
        guard !schemas.isEmpty else { return nil }
        var choices: [JSONValue] = []
        var references: Set<Int> = []
        var size = 0
        for place in schemas {
            let compiled = library.compile(place)
            references.formUnion(compiled.references)
            size += compiled.size
            if !choices.contains(compiled.schema) { choices.append(compiled.schema) }
        }
        let closure = library.closure(of: references, limit: limit)
        guard size + closure.size <= limit else {
            let message = "The schema of the answers or those of all tools, take too much room; it is left out."
            diagnostics.append(Diagnostic(.note, .outputSchemaTooLarge, message, at: operation.pointer))
            return nil
        }
        guard let first = choices.first, choices.allSatisfy({ $0.object?.isEmpty == false }) else { return nil }
        var schema = choices.count == 1 ? first.object ?? [:] : ["anyOf": .array(choices)]
        // Clients before 2026-07-28 know roots of the type object only, and do not follow references to learn it.
        if schema["type"] == nil, schemas.allSatisfy({ $0.isObject(in: document) }) {
            schema = JSONObject([("type", "object")] + schema.map { ($0.key, $0.value) })
        }
        if !closure.identifiers.isEmpty { schema["$defs"] = .object(library.definitions(closure.identifiers)) }
        return schema
    }
}

extension Place {
    /// Whether every value that the schema takes is an object, as far as that is said plainly.
    fileprivate func isObject(in document: Document, depth: Int = 0) -> Bool {
        guard depth < 5, let place = target(in: document), let object = place.value.object else { return false }
        if object["nullable"] == true { return false }
        if object["type"] != nil { return place.value.isOnly("object") }
        let part = { (value: JSONValue) in Place(value, at: place.pointer).isObject(in: document, depth: depth + 1) }
        if let parts = object["allOf"]?.array?.prefix(20), parts.contains(where: part) { return true }
        if let choices = (object["oneOf"] ?? object["anyOf"])?.array, (1...20).contains(choices.count) {
            return choices.allSatisfy(part)
        }
        return false
    }
}
