package import JSON
package import Persistence
package import Projects
package import Vocabulary

/// Resources in the database: every edit, and every deletion, is a new row of the same history.
package struct StoredResources: ResourceStore {
    private let database: Database

    package init(database: Database) {
        self.database = database
    }

    package func createResource(
        _ content: Resource.Content,
        bytes: [UInt8],
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Resource {
        try await database.write { connection in
            guard try connection.resource(content.slug, in: project) == nil else {
                throw Problem(
                    .nameTaken,
                    "The project has a resource \"\(content.slug)\" already; change it by resources.update, or choose another slug.",
                    errors: [.init(pointer: "/slug", message: "taken")]
                )
            }
            let asset = try connection.insertAsset(bytes, of: content, in: project, by: actor)
            let resource = try connection.appendResource(content, asset: asset, in: project, by: actor)
            try connection.audit(actor, "resource.create", "resource", named: content.slug.text, in: project, "created")
            return resource
        }
    }

    package func updateResource(
        _ content: Resource.Content,
        bytes: [UInt8]?,
        expecting version: Int?,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Resource {
        try await database.write { connection in
            let current = try connection.existingResource(content.slug, in: project)
            try current.require(version)
            guard current.content != content else { return current }
            var asset = try connection.assetID(of: current.id)
            if let bytes, current.content.body != content.body {
                asset = try connection.insertAsset(bytes, of: content, in: project, by: actor)
            }
            let resource = try connection.appendResource(content, asset: asset, in: project, by: actor)
            try connection.audit(
                actor,
                "resource.update",
                "resource",
                named: content.slug.text,
                in: project,
                "version \(resource.version)"
            )
            return resource
        }
    }

    package func deleteResource(
        _ slug: Slug,
        expecting version: Int? = nil,
        in project: ID<Project>,
        by actor: Actor
    ) async throws {
        try await database.write { connection in
            let resource = try connection.existingResource(slug, in: project)
            try resource.require(version)
            try connection.requireUnused(resource, in: project)
            let asset = try connection.assetID(of: resource.id)
            _ = try connection.appendResource(resource.content, asset: asset, isDeleted: true, in: project, by: actor)
            try connection.audit(actor, "resource.delete", "resource", named: slug.text, in: project, "deleted")
        }
    }

    package func resource(_ slug: Slug, in project: ID<Project>) async throws -> Resource? {
        try await database.read { try $0.resource(slug, in: project) }
    }

    package func resources(in project: ID<Project>, _ page: PageRequest) async throws -> Page<Resource> {
        try await database.read { connection in
            let rows = try connection.resources(
                where: """
                    r.project_id = \(project) AND r.slug > \(page.cursor ?? "") AND r.is_deleted = 0
                        AND r.version = (
                            SELECT max(q.version) FROM resources q
                            WHERE q.project_id = r.project_id AND q.slug = r.slug
                        )
                    """,
                order: "r.slug",
                limit: page.limit + 1
            )
            return Page(fetched: rows, request: page, cursor: \.content.slug.text)
        }
    }

    package func resourceHistory(
        _ slug: Slug,
        in project: ID<Project>,
        _ page: PageRequest
    ) async throws -> Page<Resource> {
        try await database.read { connection in
            let rows = try connection.resources(
                where: """
                    r.project_id = \(project) AND r.slug = \(slug) \(SQL.before("r.version", try page.position))
                    """,
                order: "r.version DESC",
                limit: page.limit + 1
            )
            return Page(fetched: rows, request: page) { String($0.version) }
        }
    }

    package func resourceBytes(_ digest: Digest) async throws -> [UInt8]? {
        try await database.read { try $0.resourceBytes(digest) }
    }
}

extension Resource {
    /// Refuses to act on another version than the newest.
    fileprivate func require(_ version: Int?) throws {
        guard let version, version != self.version else { return }
        throw Problem(
            .etagMismatch,
            "The resource \"\(content.slug)\" was changed since you read it; read it again and repeat the edit on what you find."
        )
    }
}

extension Connection {
    fileprivate func existingResource(_ slug: Slug, in project: ID<Project>) throws -> Resource {
        guard let resource = try resource(slug, in: project) else {
            throw Problem(.notFound, "The project has no resource \"\(slug)\"; resources.list names those it has.")
        }
        return resource
    }

    fileprivate func assetID(of resource: ID<Resource>) throws -> ID<Asset> {
        guard let row = try first("SELECT asset_id FROM resources WHERE id = \(resource)") else {
            throw Problem(.unexpected, "The resource \(resource) is not there.")
        }
        return try row.id("asset_id")
    }

    /// Stores the bytes, once however often they are given, and the asset that a version of a resource refers to.
    fileprivate func insertAsset(
        _ bytes: [UInt8],
        of content: Resource.Content,
        in project: ID<Project>,
        by actor: Actor
    ) throws -> ID<Asset> {
        guard Digest(of: bytes) == content.body.digest else {
            throw Problem(.unexpected, "The bytes of the resource \"\(content.slug)\" are not those it was given with.")
        }
        return try insertAsset(
            name: content.slug.text,
            kind: Asset.resourceKind,
            contentType: content.mimeType,
            content: bytes,
            in: project,
            by: actor
        )
    }

    fileprivate func appendResource(
        _ content: Resource.Content,
        asset: ID<Asset>,
        isDeleted: Bool = false,
        in project: ID<Project>,
        by actor: Actor
    ) throws -> Resource {
        let previous = try first(
            """
            SELECT id, history_id, version FROM resources
            WHERE project_id = \(project) AND slug = \(content.slug) ORDER BY version DESC LIMIT 1
            """
        )
        let id = ID<Resource>.make()
        let version = (try previous?.integer("version") ?? 0) + 1
        let now = Timestamp.now()
        try execute(
            """
            INSERT INTO resources (
                id, project_id, history_id, version, predecessor_id, slug, name, title, description, mime_type,
                asset_id, is_utf8, is_deleted, created_by, created_at
            ) VALUES (
                \(id), \(project), \(try previous?.text("history_id") ?? id.text), \(version),
                \(try previous?.text("id")), \(content.slug), \(content.name), \(content.title),
                \(content.description), \(content.mimeType), \(asset), \(content.body.isUTF8), \(isDeleted),
                \(actor.name), \(now)
            )
            """
        )
        return Resource(id: id, version: version, content: content, createdAt: now)
    }

    /// Refuses to take away a resource that a toolset serves or a kept release needs.
    fileprivate func requireUnused(_ resource: Resource, in project: ID<Project>) throws {
        let releases = try query(
            """
            SELECT DISTINCT t.slug, r.release_number FROM toolset_releases r
            JOIN toolsets t ON t.id = r.toolset_id
            JOIN source_states s ON s.id = r.source_state_id
            JOIN system_source_state_resources i ON i.system_source_state_id = s.system_source_state_id
            JOIN resources e ON e.id = i.resource_id
            WHERE e.project_id = \(project) AND e.slug = \(resource.content.slug)
            ORDER BY t.slug, r.release_number
            """
        ).map { "\(try $0.text("slug")) release \(try $0.integer("release_number"))" }
        let toolsets = try query(
            """
            SELECT DISTINCT t.slug FROM toolsets t
            JOIN toolset_versions v ON v.toolset_id = t.id
            JOIN toolset_version_resources i ON i.toolset_version_id = v.id
            WHERE t.project_id = \(project) AND i.resource_urn = \(resource.content.urn)
                AND t.deleted_at IS NULL AND t.archived_at IS NULL
                AND v.version = (SELECT max(w.version) FROM toolset_versions w WHERE w.toolset_id = t.id)
            ORDER BY t.slug
            """
        ).map { "toolset \(try $0.text("slug"))" }
        let needs = releases + toolsets
        guard !needs.isEmpty else { return }
        throw Problem(
            .inUse,
            "The resource \"\(resource.content.slug)\" is needed by \(needs.joined(separator: ", ")); nothing was deleted. Take it out of the toolsets; what releases hold is kept as long as they are.",
            details: [.init("releases", releases), .init("toolsets", toolsets)]
        )
    }
}
