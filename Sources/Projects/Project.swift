package import Vocabulary

/// The tenant.
package struct Organization: Sendable, Hashable {
    package let id: ID<Organization>
    package let slug: Slug
    package let name: String

    package init(id: ID<Organization>, slug: Slug, name: String) {
        self.id = id
        self.slug = slug
        self.name = name
    }
}

/// The unit that owns sources, deployments, environments, prompts, resources and toolsets.
package struct Project: Sendable, Hashable {
    package let id: ID<Project>
    package let organizationID: ID<Organization>
    package let slug: Slug
    package let name: String
    package let createdAt: Timestamp

    package init(
        id: ID<Project>,
        organizationID: ID<Organization>,
        slug: Slug,
        name: String,
        createdAt: Timestamp
    ) {
        self.id = id
        self.organizationID = organizationID
        self.slug = slug
        self.name = name
        self.createdAt = createdAt
    }
}
