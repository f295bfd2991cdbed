package import JSON
package import Projects
package import Vocabulary

/// The state of one MCP address.
package struct ServedToolset: Sendable, Hashable {
    package let toolsetID: ID<Toolset>
    package let projectID: ID<Project>
    package let mcpSlug: Slug
    /// The short name of the toolset in its project.
    package let slug: Slug
    package let side: ServedSide
    package let mode: EditingMode
    /// Whether the address may be called without a key.
    package let isPublic: Bool
    /// Whether the address answers clients: that of a release does only where its toolset has pinned addresses. People
    /// may call a release by the management API all the same.
    package let answersClients: Bool
    package let environmentID: ID<CallEnvironment>?
    /// The environment's version; rises with each change of a value.
    package let environmentVersion: Int
    /// The variables that callers may bring by headers.
    package let callerVariables: Set<String>
    package let releaseID: ID<Release>?
    package let releaseNumber: Int?
    /// What made live what it is, at the live address of a toolset in staging mode.
    package let activation: ServedActivation?
    /// Two states with one fingerprint serve the same content.
    package let fingerprint: String

    package init(
        toolsetID: ID<Toolset>,
        projectID: ID<Project>,
        mcpSlug: Slug,
        slug: Slug? = nil,
        side: ServedSide,
        mode: EditingMode,
        isPublic: Bool,
        answersClients: Bool = true,
        environmentID: ID<CallEnvironment>?,
        environmentVersion: Int,
        callerVariables: Set<String> = [],
        releaseID: ID<Release>?,
        releaseNumber: Int?,
        activation: ServedActivation? = nil,
        fingerprint: String
    ) {
        self.toolsetID = toolsetID
        self.projectID = projectID
        self.mcpSlug = mcpSlug
        self.slug = slug ?? mcpSlug
        self.side = side
        self.mode = mode
        self.isPublic = isPublic
        self.answersClients = answersClients
        self.environmentID = environmentID
        self.environmentVersion = environmentVersion
        self.callerVariables = callerVariables
        self.releaseID = releaseID
        self.releaseNumber = releaseNumber
        self.activation = activation
        self.fingerprint = fingerprint
    }
}

/// The activation that made live what it is, as far as serving depends on it.
package struct ServedActivation: Sendable, Hashable {
    package let at: Timestamp
    /// Whether a rollback stops automations from publishing.
    package let isHeld: Bool
    /// The release that was live before, where the activation is a publish; none after a rollback or a return, and where
    /// something was taken out of it.
    package let former: FormerRelease?

    package init(at: Timestamp, isHeld: Bool, former: FormerRelease?) {
        self.at = at
        self.isHeld = isHeld
        self.former = former
    }
}

/// The release that was live before, which goes on taking calls that fit only it for the grace time of the toolset.
package struct FormerRelease: Sendable, Hashable {
    package let id: ID<Release>
    package let number: Int
    package let digest: Digest
    /// When the grace time is over.
    package let until: Timestamp

    package init(id: ID<Release>, number: Int, digest: Digest, until: Timestamp) {
        self.id = id
        self.number = number
        self.digest = digest
        self.until = until
    }
}
