import JSON

/// What tells an answer which request it answers: a string or a whole number, echoed as it was written.
struct RequestID: Sendable, Hashable {
    let value: JSONValue

    init?(_ value: JSONValue?) {
        switch value {
        case .string?: break
        case .number(let number)? where number.integer != nil: break
        default: return nil
        }
        guard let value else { return nil }
        self.value = value
    }
}

/// A request: what has a method and an id.
struct Request: Sendable {
    let id: RequestID
    let method: String
    let parameters: JSONObject

    /// The `_meta` of the parameters; empty where there is none.
    var meta: JSONObject { parameters["_meta"]?.object ?? [:] }
}

/// One JSON-RPC 2.0 message that a client sent.
enum Message: Sendable {
    case request(Request)
    case notification(method: String, parameters: JSONObject)
    case response

    /// Reads a message strictly: MCP allows no `null` id on a request and only an object as `params`.
    init(_ value: JSONValue) throws(Failure) {
        guard let object = value.object else { throw .invalidRequest("A message must be a JSON object.") }
        guard object["jsonrpc"] == "2.0" else { throw .invalidRequest("A message must have \"jsonrpc\":\"2.0\".") }
        guard let method = object["method"] else {
            self = try Self.response(object)
            return
        }
        guard let method = method.string, object["result"] == nil, object["error"] == nil else {
            throw .invalidRequest("The method must be a string, in a message that is not also a response.")
        }
        let parameters = try Self.parameters(object["params"])
        guard let id = object["id"] else {
            self = .notification(method: method, parameters: parameters)
            return
        }
        guard let id = RequestID(id) else {
            throw .invalidRequest("The id of a request must be a string or a whole number.")
        }
        self = .request(Request(id: id, method: method, parameters: parameters))
    }

    private static func response(_ object: JSONObject) throws(Failure) -> Message {
        guard (object["result"] == nil) != (object["error"] == nil) else {
            throw .invalidRequest("A message must be one request, one notification or one response.")
        }
        return .response
    }

    private static func parameters(_ value: JSONValue?) throws(Failure) -> JSONObject {
        guard let value else { return [:] }
        guard let object = value.object else { throw .invalidRequest("The params of a message must be an object.") }
        return object
    }
}
