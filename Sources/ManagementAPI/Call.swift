package import Accounts
package import JSON

/// One call of the management API: what serves it, documents it and checks its input is made from this.
package struct Call: Sendable {
    /// What HTTP calls the kind of request.
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case delete = "DELETE"
    }

    /// `toolsets.create`; the address is `/rpc/toolsets.create`.
    package let name: String
    package let method: Method
    /// The scope that a key must have.
    package let scope: Scope
    package let summary: String
    package let fields: [Field]
    /// What the answer holds, as properties of a JSON Schema.
    package let answer: JSONObject
    package var status = 200
    /// Whether the call acts in a project.
    package var needsProject = true
    /// Whether the call makes something, so that it takes an `Idempotency-Key`; other calls refuse the header.
    package var creates = false
    /// Whether making it twice leaves what making it once leaves, so that it may run again where a kill ended it.
    package var isHarmlessTwice = false
    /// Whether the call takes the etag of what it changes in `If-Match`; other calls refuse the header.
    package var takesEtag = false
    /// Whether the body is a document as it stands, not JSON fields; fields are then in the query.
    package var takesDocument = false
    /// The media types that such a body may have; a `/*` at the end stands for any.
    package var mediaTypes = ["application/yaml", "application/json"]
    /// How large such a body may be, in bytes, where that is another size than a document's.
    package var largestBody: Int?

    init(
        _ method: Method,
        _ name: String,
        scope: Scope,
        _ summary: String,
        fields: [Field] = [],
        answer: JSONObject
    ) {
        self.method = method
        self.name = name
        self.scope = scope
        self.summary = summary
        self.fields = fields
        self.answer = answer
    }

    /// The call with something about it changed.
    func with(_ change: (inout Call) -> Void) -> Call {
        var call = self
        change(&call)
        return call
    }

    package var path: String { "/rpc/\(name)" }

    /// Whether fields come in the query of the address; in the body otherwise.
    package var takesQuery: Bool { method != .post || takesDocument }

    /// `toolsets` of `toolsets.create`.
    package var service: String { String(name.prefix { $0 != "." }) }
}

/// One named value that a call takes.
package struct Field: Sendable {
    package let name: String
    /// A JSON Schema of 2020-12.
    package let schema: JSONObject
    package let isRequired: Bool

    static func required(_ name: String, _ schema: JSONObject, _ description: String) -> Field {
        Field(name: name, schema: schema.describing(description), isRequired: true)
    }

    static func optional(_ name: String, _ schema: JSONObject, _ description: String) -> Field {
        Field(name: name, schema: schema.describing(description), isRequired: false)
    }
}

extension JSONObject {
    func describing(_ description: String) -> JSONObject {
        var schema = self
        schema["description"] = .string(description)
        return schema
    }
}

extension Call {
    /// The schema of the call's fields as one object. Unknown fields are errors.
    package var inputSchema: JSONObject {
        var properties = JSONObject()
        for field in fields { properties[field.name] = .object(field.schema) }
        var schema: JSONObject = ["type": "object", "properties": .object(properties), "additionalProperties": false]
        let required = fields.filter(\.isRequired).map(\.name)
        if !required.isEmpty { schema["required"] = JSONValue(required) }
        return schema
    }
}
