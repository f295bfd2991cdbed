package import Persistence
package import Projects
import Releases
package import Vocabulary

/// Environments in the database; values are sealed before they come here.
package struct StoredEnvironments: EnvironmentStore {
    private let database: Database

    package init(database: Database) {
        self.database = database
    }

    package func createEnvironment(
        id: ID<CallEnvironment>,
        slug: Slug,
        name: String,
        entries: [CallEnvironment.Entry],
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> CallEnvironment {
        try await database.write { connection in
            guard try connection.environment(slug, in: project) == nil else {
                throw Problem(
                    .nameTaken,
                    "The project has an environment \"\(slug)\" already; choose another slug.",
                    errors: [.init(pointer: "/slug", message: "taken")]
                )
            }
            let now = Timestamp.now()
            try connection.execute(
                """
                INSERT INTO environments (id, project_id, slug, name, version, created_at, updated_at)
                VALUES (\(id), \(project), \(slug), \(name), 1, \(now), \(now))
                """
            )
            try connection.set(entries, of: id)
            try connection.audit(
                actor,
                "environment.create",
                "environment",
                named: slug.text,
                in: project,
                "created with \(entries.map(\.name).sorted().joined(separator: ", "))"
            )
            return try connection.existingEnvironment(slug, in: project)
        }
    }

    package func updateEnvironment(
        _ slug: Slug,
        name: String?,
        setting entries: [CallEnvironment.Entry],
        removing names: [String],
        expecting version: Int?,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> CallEnvironment {
        try await database.write { connection in
            let environment = try connection.existingEnvironment(slug, in: project)
            try environment.require(version)
            try connection.execute(
                """
                UPDATE environments
                SET name = \(name ?? environment.name), version = version + 1, updated_at = \(Timestamp.now())
                WHERE id = \(environment.id)
                """
            )
            try connection.set(entries, of: environment.id)
            try connection.execute(
                "DELETE FROM environment_entries WHERE environment_id = \(environment.id) AND name IN \(list: names)"
            )
            let changes = entries.map { "set \($0.name)" } + names.map { "removed \($0)" }
            try connection.audit(
                actor,
                "environment.update",
                "environment",
                named: slug.text,
                in: project,
                changes.isEmpty ? "renamed" : changes.joined(separator: ", ")
            )
            return try connection.existingEnvironment(slug, in: project)
        }
    }

    package func deleteEnvironment(
        _ slug: Slug,
        expecting version: Int? = nil,
        in project: ID<Project>,
        by actor: Actor
    ) async throws {
        try await database.write { connection in
            let environment = try connection.existingEnvironment(slug, in: project)
            try environment.require(version)
            let users = try connection.query(
                """
                SELECT DISTINCT slug FROM toolsets
                WHERE (default_environment_id = \(environment.id) OR staging_environment_id = \(environment.id))
                    AND deleted_at IS NULL
                ORDER BY slug
                """
            ).map { try $0.text("slug") }
            guard users.isEmpty else {
                throw Problem(
                    .inUse,
                    "The environment \"\(slug)\" is in use by \(users.count == 1 ? "the toolset" : "the toolsets") \(users.joined(separator: ", ")); nothing was deleted. Give what uses it another environment first.",
                    details: [.init("toolsets", users)]
                )
            }
            try connection.letGo(of: environment.id)
            try connection.execute("DELETE FROM environments WHERE id = \(environment.id)")
            try connection.audit(
                actor,
                "environment.delete",
                "environment",
                named: slug.text,
                in: project,
                "deleted"
            )
        }
    }

    package func environment(_ slug: Slug, in project: ID<Project>) async throws -> CallEnvironment? {
        try await database.read { try $0.environment(slug, in: project) }
    }

    package func environment(_ id: ID<CallEnvironment>) async throws -> CallEnvironment? {
        try await database.read { connection in
            try connection.first("SELECT * FROM environments WHERE id = \(id)").map(connection.environment)
        }
    }

    package func environments(in project: ID<Project>, _ page: PageRequest) async throws -> Page<CallEnvironment> {
        try await database.read { connection in
            let rows = try connection.query(
                """
                SELECT * FROM environments WHERE project_id = \(project) AND slug > \(page.cursor ?? "")
                ORDER BY slug LIMIT \(page.limit + 1)
                """
            ).map(connection.environment)
            return Page(fetched: rows, request: page, cursor: \.slug.text)
        }
    }
}

extension CallEnvironment {
    /// Refuses to act on another version than the newest.
    fileprivate func require(_ version: Int?) throws {
        guard let version, version != self.version else { return }
        throw Problem(
            .etagMismatch,
            "The environment \"\(slug)\" was changed since you read it; read it again and repeat the edit on what you find."
        )
    }
}

extension Connection {
    fileprivate func environment(_ slug: Slug, in project: ID<Project>) throws -> CallEnvironment? {
        try first("SELECT * FROM environments WHERE project_id = \(project) AND slug = \(slug)").map(environment)
    }

    fileprivate func existingEnvironment(_ slug: Slug, in project: ID<Project>) throws -> CallEnvironment {
        guard let environment = try environment(slug, in: project) else {
            throw Problem(
                .notFound,
                "The project has no environment \"\(slug)\"; environments.list names those it has."
            )
        }
        return environment
    }

    fileprivate func environment(_ row: Row) throws -> CallEnvironment {
        let id: ID<CallEnvironment> = try row.id("id")
        let entries = try query("SELECT * FROM environment_entries WHERE environment_id = \(id) ORDER BY name")
        return CallEnvironment(
            id: id,
            slug: try row.slug("slug"),
            name: try row.text("name"),
            entries: try entries.map {
                CallEnvironment.Entry(
                    name: try $0.text("name"),
                    sealedValue: try $0.bytes("sealed_value"),
                    isSecret: try $0.bool("is_secret")
                )
            },
            version: try row.integer("version"),
            createdAt: try row.timestamp("created_at"),
            updatedAt: try row.timestamp("updated_at")
        )
    }

    fileprivate func set(_ entries: [CallEnvironment.Entry], of environment: ID<CallEnvironment>) throws {
        for entry in entries {
            try execute(
                """
                INSERT INTO environment_entries (environment_id, name, sealed_value, is_secret, updated_at)
                VALUES (\(environment), \(entry.name), \(entry.sealedValue), \(entry.isSecret), \(Timestamp.now()))
                ON CONFLICT (environment_id, name) DO UPDATE SET
                    sealed_value = excluded.sealed_value, is_secret = excluded.is_secret,
                    updated_at = excluded.updated_at
                """
            )
        }
    }
}

extension Connection {
    /// Takes an environment from toolsets that were deleted: what is in use is refused before.
    fileprivate func letGo(of environment: ID<CallEnvironment>) throws {
        let toolsets: [ID<Toolset>] = try query(
            """
            SELECT id FROM toolsets
            WHERE default_environment_id = \(environment) OR staging_environment_id = \(environment) ORDER BY id
            """
        ).map { try $0.id("id") }
        for id in toolsets {
            try renewingSettings(of: id) {
                try execute(
                    """
                    UPDATE toolsets SET default_environment_id = NULL
                    WHERE id = \(id) AND default_environment_id = \(environment)
                    """
                )
                try execute(
                    """
                    UPDATE toolsets SET staging_environment_id = NULL
                    WHERE id = \(id) AND staging_environment_id = \(environment)
                    """
                )
            }
        }
    }
}
