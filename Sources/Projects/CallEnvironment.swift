package import Vocabulary

/// Named variables and secrets that calls use. Never part of a release.
package struct CallEnvironment: Sendable, Hashable {
    package let id: ID<CallEnvironment>
    package let slug: Slug
    package let name: String
    package let entries: [Entry]
    /// Rises with each change.
    package let version: Int
    package let createdAt: Timestamp
    package let updatedAt: Timestamp

    package init(
        id: ID<CallEnvironment>,
        slug: Slug,
        name: String,
        entries: [Entry],
        version: Int,
        createdAt: Timestamp,
        updatedAt: Timestamp
    ) {
        self.id = id
        self.slug = slug
        self.name = name
        self.entries = entries
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// One variable, its value sealed.
    package struct Entry: Sendable, Hashable {
        package let name: String
        package let sealedValue: [UInt8]
        /// Whether the value is shown only redacted.
        package let isSecret: Bool

        package init(name: String, sealedValue: [UInt8], isSecret: Bool) {
            self.name = name
            self.sealedValue = sealedValue
            self.isSecret = isSecret
        }
    }

    /// What the sealed value of a variable is bound to, so that it opens nowhere else.
    package static func place(of variable: String, in environment: ID<CallEnvironment>) -> String {
        "environment/\(environment)/\(variable)"
    }

    /// Whether a variable may have that name: `^[A-Z][A-Z0-9_]{0,99}$`, as shells and clients write them.
    package static func isValidVariable(_ name: String) -> Bool {
        guard let first = name.utf8.first, (0x41...0x5A).contains(first), name.utf8.count <= 100 else { return false }
        return name.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }
}
