package import JSON

/// One of the arrays that clients of a protocol revision get of a content, by the digest of its bytes.
package struct ServedList: Sendable, Hashable {
    /// Which of the arrays.
    package enum Kind: String, Sendable, CaseIterable {
        case tools, prompts, resources
    }

    /// The revision by its date: `2025-11-25`.
    package let revision: String
    package let kind: Kind
    package let digest: Digest

    package init(revision: String, kind: Kind, digest: Digest) {
        self.revision = revision
        self.kind = kind
        self.digest = digest
    }
}

/// Encodes a content as clients of every revision get it. It comes from the room that knows the protocol.
package typealias ServedEncoding = @Sendable (CompiledContent) -> [ServedList]
