package import Projects
package import Vocabulary

/// A key of the API, without its secret: that is shown once and kept as a hash.
package struct APIKey: Sendable, Hashable {
    package let id: ID<APIKey>
    package let organizationID: ID<Organization>
    /// The project it is bound to; none for a key of the whole organization.
    package let projectID: ID<Project>?
    package let name: String
    /// The first characters of the secret, to tell keys apart.
    package let prefix: String
    package let scopes: [Scope]
    /// Whether an automation uses it, which a hold stops.
    package let isAutomation: Bool
    package let createdAt: Timestamp
    package let revokedAt: Timestamp?
    /// To a minute or so; none where it was never used, or was not asked for: only lists of keys say it.
    package let lastUsedAt: Timestamp?

    package init(
        id: ID<APIKey>,
        organizationID: ID<Organization>,
        projectID: ID<Project>?,
        name: String,
        prefix: String,
        scopes: [Scope],
        isAutomation: Bool,
        createdAt: Timestamp,
        revokedAt: Timestamp?,
        lastUsedAt: Timestamp? = nil
    ) {
        self.id = id
        self.organizationID = organizationID
        self.projectID = projectID
        self.name = name
        self.prefix = prefix
        self.scopes = scopes
        self.isAutomation = isAutomation
        self.createdAt = createdAt
        self.revokedAt = revokedAt
        self.lastUsedAt = lastUsedAt
    }

    /// Whether the key may do what needs `scope`.
    package func allows(_ scope: Scope) -> Bool {
        revokedAt == nil && scopes.contains { $0 >= scope }
    }

    /// The key as audit events name it.
    package var actor: Actor { Actor(name: "key:\(name)", isAutomation: isAutomation) }
}
