package import JSON
package import Vocabulary

/// One tool, prompt or resource of a page, and the object that says what it is.
package struct ManifestEntry<URN: Sendable & Hashable & LosslessStringConvertible>: Sendable, Hashable {
    /// The name that clients see; the slug of a resource.
    package let name: String
    /// `tools:prompt:<name>` for a prompt.
    package let urn: URN
    package let object: Digest

    package init(name: String, urn: URN, object: Digest) {
        self.name = name
        self.urn = urn
        self.object = object
    }
}

/// Bytes that a manifest refers to, directly or through a page.
package struct ManifestObject: Sendable, Hashable {
    package let digest: Digest
    /// The version of the form in which ``content`` is written.
    package let format: Int
    package let content: [UInt8]
    /// The objects that this one refers to.
    package let children: [Digest]
    /// The bytes that this one refers to: what a resource says. They are no objects; assets have them already.
    package let contents: [Digest]

    package init(content: [UInt8], format: Int = 1, children: [Digest] = [], contents: [Digest] = []) {
        digest = Digest(of: content)
        self.format = format
        self.content = content
        self.children = children
        self.contents = contents
    }
}
