package import JSON
package import Vocabulary

/// A document that clients read by its URI, one version of it: every edit is a new row of the same history.
package struct Resource: Sendable, Hashable {
    package let id: ID<Resource>
    package let version: Int
    package let content: Content
    package let createdAt: Timestamp

    package init(id: ID<Resource>, version: Int, content: Content, createdAt: Timestamp) {
        self.id = id
        self.version = version
        self.content = content
        self.createdAt = createdAt
    }

    /// How many bytes a resource may have: 4 MiB, which as base64 fits into one answer that clients take.
    package static let largest = 4 << 20

    /// What an editor writes; the bytes themselves are kept apart, by their digest.
    package struct Content: Sendable, Hashable {
        /// Identifies the resource in its project.
        package var slug: Slug
        /// What clients call it.
        package var name: String
        /// What people read in place of the name.
        package var title: String?
        package var description: String?
        /// As it is sent to clients; follows ``MIMEType/rule``.
        package var mimeType: String
        package var body: Body

        package init(
            slug: Slug,
            name: String,
            title: String? = nil,
            description: String? = nil,
            mimeType: String,
            body: Body
        ) {
            self.slug = slug
            self.name = name
            self.title = title
            self.description = description
            self.mimeType = mimeType
            self.body = body
        }

        /// Texts are the same when their code points are.
        package static func == (left: Content, right: Content) -> Bool {
            left.slug == right.slug && left.name.isSameJSON(as: right.name) && left.title.isSameJSON(as: right.title)
                && left.description.isSameJSON(as: right.description) && left.mimeType == right.mimeType
                && left.body == right.body
        }

        package var urn: ResourceURN { ResourceURN(slug) }

        /// Whether clients get text; base64 otherwise. Both must be so: the type says text, and the bytes are UTF-8.
        package var isText: Bool { body.isUTF8 && MIMEType.isText(mimeType) }
    }

    /// What is known of a resource's bytes without reading them.
    package struct Body: Sendable, Hashable {
        package let digest: Digest
        /// In bytes.
        package let size: Int
        /// Whether the bytes are valid UTF-8.
        package let isUTF8: Bool

        package init(digest: Digest, size: Int, isUTF8: Bool) {
            self.digest = digest
            self.size = size
            self.isUTF8 = isUTF8
        }

        /// What is to be known of these bytes.
        package init(of bytes: [UInt8]) {
            self.init(
                digest: Digest(of: bytes),
                size: bytes.count,
                isUTF8: String(validating: bytes, as: UTF8.self) != nil
            )
        }
    }
}

/// What the MIME type of a resource must look like, and what it says (RFC 6838, section 4.2; RFC 9110, section 8.3.1).
package enum MIMEType {
    package static let rule = "a type like text/markdown or image/png, of at most 200 characters"

    /// Whether the rule holds.
    package static func isValid(_ text: String) -> Bool {
        let parts = text.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
        let names = parts[0].split(separator: "/", omittingEmptySubsequences: false)
        return text.utf8.count <= 200 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && names.count == 2
            && names.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isNameCharacter) }
    }

    /// Whether the type is one of texts, in UTF-8 where it says a character set.
    package static func isText(_ text: String) -> Bool {
        let parts = text.lowercased().split(separator: ";").map { $0.filter { $0 != " " && $0 != "\"" } }
        guard let type = parts.first else { return false }
        let charset = parts.dropFirst().first { $0.hasPrefix("charset=") }?.dropFirst("charset=".count)
        guard charset == nil || charset == "utf-8" || charset == "utf8" || charset == "us-ascii" else { return false }
        return type.hasPrefix("text/") || textSuffixes.contains { type.hasSuffix($0) } || textTypes.contains(type)
    }

    private static let textSuffixes = ["+json", "+xml", "+yaml"]

    private static let textTypes: Set = [
        "application/json", "application/jsonl", "application/x-ndjson", "application/xml", "application/yaml",
        "application/x-yaml", "application/toml", "application/javascript", "application/ecmascript",
        "application/sql", "application/graphql", "application/x-sh",
    ]

    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
            || "!#$&-^_.+".utf8.contains(byte)
    }
}
