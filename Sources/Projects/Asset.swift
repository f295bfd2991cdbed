package import JSON
package import Vocabulary

/// Bytes by their SHA-256: an OpenAPI document, an image, or what a resource says. The bytes are stored once however often
/// they are uploaded.
package struct Asset: Sendable, Hashable {
    package let id: ID<Asset>
    package let name: String
    /// `openapi`, ``imageKind`` or ``resourceKind``.
    package let kind: String
    package let digest: Digest
    package let contentType: String
    /// In bytes.
    package let contentLength: Int
    package let createdAt: Timestamp

    /// The kind of what a resource says.
    package static let resourceKind = "resource"
    /// The kind of images; they alone are served to everybody.
    package static let imageKind = "image"

    package init(
        id: ID<Asset>,
        name: String,
        kind: String,
        digest: Digest,
        contentType: String,
        contentLength: Int,
        createdAt: Timestamp
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.digest = digest
        self.contentType = contentType
        self.contentLength = contentLength
        self.createdAt = createdAt
    }
}
