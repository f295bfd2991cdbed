import JSON

/// What comes back for one request.
struct Reply: Sendable {
    /// Left out of the answer where it could not be read.
    let id: RequestID?
    let outcome: Result<Payload, Failure>

    func write(to writer: inout JSONWriter, modernFor implementation: Implementation?) {
        writer.write(raw: #"{"jsonrpc":"2.0""#)
        if let id {
            writer.write(raw: #","id":"#)
            writer.write(id.value)
        }
        switch outcome {
        case .success(let payload):
            writer.write(raw: #","result":"#)
            (implementation.map(payload.modernized) ?? payload).write(to: &writer)
        case .failure(let failure):
            writer.write(raw: #","error":"#)
            writer.write(.object(failure.object))
        }
        writer.write(raw: "}")
    }

    func bytes(modernFor implementation: Implementation?) -> [UInt8] {
        var writer = JSONWriter()
        write(to: &writer, modernFor: implementation)
        return writer.bytes
    }
}

extension Reply {
    /// Names the list that comes back, where one does.
    var etag: String? {
        if case .success(let payload) = outcome { payload.etag } else { nil }
    }

    var failure: Failure? {
        if case .failure(let failure) = outcome { failure } else { nil }
    }
}

extension Failure {
    fileprivate var object: JSONObject {
        var object: JSONObject = ["code": .number(JSONNumber(code)), "message": .string(message)]
        object["data"] = data
        return object
    }
}
