package import JSON

/// Hints about what a call does (MCP, ToolAnnotations). What is `nil` is left out, and the protocol's default holds.
package struct ToolAnnotations: Sendable, Hashable {
    package var isReadOnly: Bool?
    package var isDestructive: Bool?
    package var isIdempotent: Bool?
    package var isOpenWorld: Bool?

    package init(
        isReadOnly: Bool? = nil,
        isDestructive: Bool? = nil,
        isIdempotent: Bool? = nil,
        isOpenWorld: Bool? = nil
    ) {
        self.isReadOnly = isReadOnly
        self.isDestructive = isDestructive
        self.isIdempotent = isIdempotent
        self.isOpenWorld = isOpenWorld
    }

    /// The hints that follow from an HTTP method (RFC 9110, section 9.2).
    package init(method: String) {
        switch method {
        case "GET", "HEAD", "OPTIONS", "TRACE", "QUERY":
            self.init(isReadOnly: true, isIdempotent: true, isOpenWorld: true)
        case "PUT": self.init(isReadOnly: false, isDestructive: true, isIdempotent: true, isOpenWorld: true)
        case "DELETE": self.init(isReadOnly: false, isDestructive: true, isIdempotent: true, isOpenWorld: true)
        default: self.init(isReadOnly: false, isDestructive: true, isIdempotent: false, isOpenWorld: true)
        }
    }

    /// These hints where they say something, else the other's.
    package func over(_ other: ToolAnnotations) -> ToolAnnotations {
        ToolAnnotations(
            isReadOnly: isReadOnly ?? other.isReadOnly,
            isDestructive: isDestructive ?? other.isDestructive,
            isIdempotent: isIdempotent ?? other.isIdempotent,
            isOpenWorld: isOpenWorld ?? other.isOpenWorld
        )
    }

    package var isEmpty: Bool { self == ToolAnnotations() }
}

extension ToolAnnotations {
    /// The hints under the protocol's names.
    package var json: JSONObject {
        var object = JSONObject()
        object["readOnlyHint"] = isReadOnly.map(JSONValue.bool)
        object["destructiveHint"] = isDestructive.map(JSONValue.bool)
        object["idempotentHint"] = isIdempotent.map(JSONValue.bool)
        object["openWorldHint"] = isOpenWorld.map(JSONValue.bool)
        return object
    }

    package init(json: JSONObject) {
        self.init(
            isReadOnly: json["readOnlyHint"]?.bool,
            isDestructive: json["destructiveHint"]?.bool,
            isIdempotent: json["idempotentHint"]?.bool,
            isOpenWorld: json["openWorldHint"]?.bool
        )
    }
}
