import HTTPTypes
import JSON
import JSONSchema
import ManagementAPI
import Testing

/// Holds answers against what the server's own OpenAPI document says of them.
struct AnswerChecker {
    let document: JSONValue

    func check(_ answer: TestServer.Answer, of name: String) throws {
        let call = try #require(Calls.named(name))
        #expect(answer.status == call.status, "\(name): \(answer.json)")
        let pointer = JSONPointer([
            "paths", call.path, call.method.rawValue.lowercased(), "responses", String(call.status), "content",
            "application/json", "schema",
        ])
        let schema = try CompiledSchema(document, at: pointer)
        let errors = schema.validate(answer.json)
        #expect(errors.isEmpty, "\(name): \(errors.map(\.message)) in \(answer.json)")
    }
}

/// The framework's methods by the table's.
enum HTTPRequestMethod {
    static subscript(method: Call.Method) -> HTTPRequest.Method? {
        HTTPRequest.Method(rawValue: method.rawValue)
    }
}
