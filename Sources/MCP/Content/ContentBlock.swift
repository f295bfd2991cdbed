package import JSON

/// A piece of what a tool or a prompt says (2026-07-28, Schema: ContentBlock).
package struct ContentBlock: Sendable, Hashable {
    /// What the block is made of.
    package enum Kind: Sendable, Hashable {
        case text(String)
        case image(Media)
        case audio(Media)
        case resourceLink(ResourceLink)
        case resource(EmbeddedResource)
    }

    package let kind: Kind
    package let annotations: Annotations?
    package let meta: JSONObject

    /// A block with what stands beside its content.
    package init(_ kind: Kind, annotations: Annotations? = nil, meta: JSONObject = [:]) {
        self.kind = kind
        self.annotations = annotations
        self.meta = meta
    }

    /// A block of nothing but text.
    package static func text(_ text: String) -> ContentBlock { ContentBlock(.text(text)) }
}

/// Bytes with a type, as text.
package struct Media: Sendable, Hashable {
    /// Standard base64 with its padding.
    package let base64: String
    package let mimeType: String

    package init(base64: String, mimeType: String) {
        self.base64 = base64
        self.mimeType = mimeType
    }

    /// Encodes bytes.
    package init(_ bytes: [UInt8], mimeType: String) {
        self.init(base64: Base64.text(of: bytes), mimeType: mimeType)
    }
}

/// A resource that the client may fetch (since 2025-06-18, Tools: Resource Links).
package struct ResourceLink: Sendable, Hashable {
    package var uri: String
    package var name: String
    package var title: String?
    package var description: String?
    package var mimeType: String?
    package var size: Int?

    package init(uri: String, name: String) {
        self.uri = uri
        self.name = name
    }
}

/// A resource whose contents are in the answer.
package struct EmbeddedResource: Sendable, Hashable {
    /// Text, or bytes as text.
    package enum Contents: Sendable, Hashable {
        case text(String)
        case blob(base64: String)
    }

    package let uri: String
    package let mimeType: String?
    package let contents: Contents

    package init(uri: String, mimeType: String?, contents: Contents) {
        self.uri = uri
        self.mimeType = mimeType
        self.contents = contents
    }

    /// Encodes bytes as a blob.
    package init(uri: String, mimeType: String?, bytes: [UInt8]) {
        self.init(uri: uri, mimeType: mimeType, contents: .blob(base64: Base64.text(of: bytes)))
    }
}

/// For whom a block is, and how much it matters (2026-07-28, Schema: Annotations).
package struct Annotations: Sendable, Hashable {
    package var audience: [Role]
    /// From 0, which may be left out, to 1, which may not.
    package var priority: Double?
    /// A time in ISO 8601.
    package var lastModified: String?

    package init(audience: [Role] = [], priority: Double? = nil, lastModified: String? = nil) {
        self.audience = audience
        self.priority = priority
        self.lastModified = lastModified
    }
}

/// A side of a conversation.
package enum Role: String, Sendable, Hashable {
    case user, assistant
}
