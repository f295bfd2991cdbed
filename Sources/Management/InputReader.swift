import JSON
import JSONSchema
import ManagementAPI
import Vocabulary

/// Reads the input of calls and refuses what their schemas do not allow: nothing is dropped in silence.
struct InputReader: Sendable {
    private let schemas: [String: CompiledSchema]

    /// Compiles the input schema of every call.
    init(calls: [Call]) throws {
        schemas = Dictionary(
            try calls.map { ($0.name, try CompiledSchema(.object($0.inputSchema))) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The fields of a call from its query or its JSON body.
    func input(of call: Call, query: [(String, String)], body: [UInt8]) throws -> JSONObject {
        if !call.takesQuery, let stray = query.first {
            throw Problem(
                .unknownField,
                "\(call.name) takes its fields in the body, not in the query; nothing was done.",
                errors: [.init(pointer: "\(JSONPointer([stray.0]))", message: "stands in the query")]
            )
        }
        if call.takesQuery, !call.takesDocument, !body.isEmpty {
            throw Problem(.unknownField, "\(call.name) takes its fields in the query, not in a body; nothing was done.")
        }
        let input = call.takesQuery ? try fields(of: call, query: query) : try fields(of: call, body: body)
        try check(input, of: call)
        return input
    }

    /// Refuses fields that the call does not have, and values that it does not take.
    func check(_ input: JSONObject, of call: Call) throws {
        let unknown = input.keys.filter { name in !call.fields.contains { $0.name == name } }
        guard unknown.isEmpty else {
            let known = call.fields.map(\.name).joined(separator: ", ")
            throw Problem(
                .unknownField,
                "\(call.name) has no field \(unknown.joined(separator: ", ")); \(known.isEmpty ? "it takes none" : "it takes \(known)"). Nothing was done.",
                errors: unknown.map { .init(pointer: "\(JSONPointer([$0]))", message: "unknown field") }
            )
        }
        let errors = schemas[call.name]?.validate(.object(input)) ?? []
        guard let first = errors.first else { return }
        throw Problem(
            .invalid,
            "The input of \(call.name) is not right: \(first.message)\(errors.count > 1 ? ", and \(errors.count - 1) more" : "").",
            errors: errors.map { .init(pointer: "\($0.instancePointer)", message: $0.message) }
        )
    }

    private func fields(of call: Call, body: [UInt8]) throws -> JSONObject {
        guard !body.isEmpty else { return [:] }
        do throws(JSONSyntaxError) {
            guard let object = try JSONValue(parsing: body, depthLimit: 64).object else {
                throw JSONSyntaxError.notAnObject
            }
            return object
        } catch {
            throw Problem(.malformed, "The body of \(call.name) is no JSON object: \(error).")
        }
    }

    private func fields(of call: Call, query: [(String, String)]) throws -> JSONObject {
        var input = JSONObject()
        for (name, text) in query {
            let schema = call.fields.first { $0.name == name }?.schema
            guard input.insert(name, Self.value(text, type: schema?["type"]?.string)) else {
                throw Problem(
                    .invalid,
                    "The query names \(name) twice.",
                    errors: [.init(pointer: "/\(name)", message: "stands in the query twice")]
                )
            }
        }
        return input
    }

    /// Text of a query as the type that its field has; text that does not fit stays text, and the schema refuses it.
    private static func value(_ text: String, type: String?) -> JSONValue {
        switch (type, text) {
        case ("integer", _): JSONNumber(text).map(JSONValue.number) ?? .string(text)
        case ("boolean", "true"): true
        case ("boolean", "false"): false
        default: .string(text)
        }
    }
}

extension JSONSyntaxError {
    fileprivate static let notAnObject = JSONSyntaxError(message: "it is another value", offset: 0, line: 1, column: 1)
}
