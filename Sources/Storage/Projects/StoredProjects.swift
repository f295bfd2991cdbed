package import Persistence
package import Projects
package import Vocabulary

/// Organizations, projects, flags and audit events in the database.
package struct StoredProjects: ProjectStore {
    let database: Database

    package init(database: Database) {
        self.database = database
    }

    /// Makes the organization of the server, where there is none yet.
    package func ensureOrganization() async throws {
        try await database.write { connection in
            guard try connection.first("SELECT id FROM organizations LIMIT 1") == nil else { return }
            try connection.execute(
                """
                INSERT INTO organizations (id, slug, name, created_at)
                VALUES (\(ID<Organization>.make()), 'default', 'Default', \(Timestamp.now()))
                """
            )
        }
    }

    /// What a start remembered under a name.
    package func mark(_ name: String) async throws -> String? {
        try await database.read { try $0.first("SELECT value FROM server_state WHERE name = \(name)")?.text("value") }
    }

    /// Remembers something for the starts to come.
    package func setMark(_ name: String, to value: String) async throws {
        try await database.append { connection in
            _ = try connection.execute(
                """
                INSERT INTO server_state (name, value) VALUES (\(name), \(value))
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """
            )
        }
    }

    package func createProject(slug: Slug, name: String, by actor: Actor) async throws -> Project {
        try await database.write { connection in
            guard try connection.project(slug) == nil else {
                throw Problem(
                    .nameTaken,
                    "There is a project \"\(slug)\" already; choose another slug.",
                    errors: [.init(pointer: "/slug", message: "taken")]
                )
            }
            let id = ID<Project>.make()
            try connection.execute(
                """
                INSERT INTO projects (id, organization_id, slug, name, created_at)
                SELECT \(id), id, \(slug), \(name), \(Timestamp.now()) FROM organizations ORDER BY created_at LIMIT 1
                """
            )
            try connection.audit(actor, "project.create", "project", named: slug.text, in: id, "created")
            guard let project = try connection.project(slug) else {
                throw Problem(.unexpected, "The project was not written.")
            }
            return project
        }
    }

    package func projects(_ page: PageRequest) async throws -> Page<Project> {
        try await database.read { connection in
            let rows = try connection.query(
                """
                SELECT * FROM projects WHERE slug > \(page.cursor ?? "") ORDER BY slug LIMIT \(page.limit + 1)
                """
            ).map(Project.init)
            return Page(fetched: rows, request: page, cursor: \.slug.text)
        }
    }

    package func project(_ slug: Slug) async throws -> Project? {
        try await database.read { try $0.project(slug) }
    }

    package func project(_ id: ID<Project>) async throws -> Project? {
        try await database.read { try $0.first("SELECT * FROM projects WHERE id = \(id)").map(Project.init) }
    }

    package func isFeatureOn(_ feature: Feature) async throws -> Bool {
        try await database.read { try $0.isFeatureOn(feature) }
    }

    package func setFeature(_ feature: Feature, on isOn: Bool, by actor: Actor) async throws {
        try await database.write { connection in
            try connection.execute(
                """
                INSERT INTO organization_features (organization_id, feature, is_on, updated_at)
                SELECT id, \(feature.rawValue), \(isOn), \(Timestamp.now())
                FROM organizations WHERE slug = 'default'
                ON CONFLICT (organization_id, feature)
                DO UPDATE SET is_on = excluded.is_on, updated_at = excluded.updated_at
                """
            )
            try connection.audit(
                actor,
                "feature.set",
                "feature",
                named: feature.rawValue,
                in: nil,
                isOn ? "turned on" : "turned off"
            )
        }
    }

    package func auditEvents(
        in project: ID<Project>,
        includingOrganization: Bool = false,
        where filter: AuditFilter = AuditFilter(),
        _ page: PageRequest
    ) async throws -> Page<AuditEvent> {
        let organization: SQL = includingOrganization ? "OR project_id IS NULL" : ""
        let byActor: SQL = filter.actor.map { "AND actor = \($0)" } ?? ""
        let byAction: SQL = filter.action.map { "AND (action = \($0) OR subject = \($0))" } ?? ""
        return try await database.read { connection in
            let rows = try connection.query(
                """
                SELECT * FROM audit_events
                WHERE (project_id = \(project) \(organization)) \(byActor) \(byAction)
                    \(SQL.before("id", page.cursor))
                ORDER BY id DESC LIMIT \(page.limit + 1)
                """
            ).map(AuditEvent.init)
            return Page(fetched: rows, request: page, cursor: \.id.text)
        }
    }
}

extension Connection {
    fileprivate func project(_ slug: Slug) throws -> Project? {
        try first("SELECT * FROM projects WHERE slug = \(slug)").map(Project.init)
    }
}

extension Project {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.id("id"),
            organizationID: try row.id("organization_id"),
            slug: try row.slug("slug"),
            name: try row.text("name"),
            createdAt: try row.timestamp("created_at")
        )
    }
}

extension AuditEvent {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.id("id"),
            actor: try row.text("actor"),
            action: try row.text("action"),
            subject: try row.text("subject"),
            subjectName: try row.text("subject_name"),
            summary: try row.text("summary"),
            at: try row.timestamp("created_at")
        )
    }
}
