import JSON
package import Persistence
package import Projects
import Releases
package import Vocabulary

/// Prompts in the database: every edit, and every deletion, is a new row of the same history.
package struct StoredPrompts: PromptStore {
    private let database: Database

    package init(database: Database) {
        self.database = database
    }

    package func createPrompt(
        _ content: PromptTemplate.Content,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> PromptTemplate {
        try await database.write { connection in
            guard try connection.prompt(content.name, in: project) == nil else {
                throw Problem(
                    .nameTaken,
                    "The project has a prompt \"\(content.name)\" already; change it by templates.update, or choose another name.",
                    errors: [.init(pointer: "/name", message: "taken")]
                )
            }
            let prompt = try connection.appendPrompt(content, isDeleted: false, in: project, by: actor)
            try connection.audit(actor, "prompt.create", "prompt", named: content.name, in: project, "created")
            return prompt
        }
    }

    package func updatePrompt(
        _ content: PromptTemplate.Content,
        expecting version: Int?,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> PromptTemplate {
        try await database.write { connection in
            let current = try connection.existingPrompt(content.name, in: project)
            try current.require(version)
            guard current.content != content else { return current }
            let prompt = try connection.appendPrompt(content, isDeleted: false, in: project, by: actor)
            try connection.audit(
                actor,
                "prompt.update",
                "prompt",
                named: content.name,
                in: project,
                "version \(prompt.version)"
            )
            return prompt
        }
    }

    package func deletePrompt(
        _ name: String,
        expecting version: Int? = nil,
        in project: ID<Project>,
        by actor: Actor
    ) async throws {
        try await database.write { connection in
            let prompt = try connection.existingPrompt(name, in: project)
            try prompt.require(version)
            try connection.requireUnused(prompt, in: project)
            _ = try connection.appendPrompt(prompt.content, isDeleted: true, in: project, by: actor)
            try connection.audit(actor, "prompt.delete", "prompt", named: name, in: project, "deleted")
        }
    }

    package func prompt(_ name: String, in project: ID<Project>) async throws -> PromptTemplate? {
        try await database.read { try $0.prompt(name, in: project) }
    }

    package func prompts(in project: ID<Project>, _ page: PageRequest) async throws -> Page<PromptTemplate> {
        try await database.read { connection in
            let rows = try connection.query(
                """
                SELECT p.* FROM prompt_templates p
                WHERE p.project_id = \(project) AND p.name > \(page.cursor ?? "") AND p.is_deleted = 0
                    AND p.version = (
                        SELECT max(q.version) FROM prompt_templates q
                        WHERE q.project_id = p.project_id AND q.name = p.name
                    )
                ORDER BY p.name LIMIT \(page.limit + 1)
                """
            ).map(PromptTemplate.init)
            return Page(fetched: rows, request: page, cursor: \.content.name)
        }
    }

    package func promptHistory(
        _ name: String,
        in project: ID<Project>,
        _ page: PageRequest
    ) async throws -> Page<PromptTemplate> {
        try await database.read { connection in
            let rows = try connection.query(
                """
                SELECT * FROM prompt_templates
                WHERE project_id = \(project) AND name = \(name) \(SQL.before("version", try page.position))
                ORDER BY version DESC LIMIT \(page.limit + 1)
                """
            ).map(PromptTemplate.init)
            return Page(fetched: rows, request: page) { String($0.version) }
        }
    }
}

extension PromptTemplate {
    /// Refuses to act on another version than the newest.
    fileprivate func require(_ version: Int?) throws {
        guard let version, version != self.version else { return }
        throw Problem(
            .etagMismatch,
            "The prompt \"\(content.name)\" was changed since you read it; read it again and repeat the edit on what you find."
        )
    }
}

extension Connection {
    fileprivate func existingPrompt(_ name: String, in project: ID<Project>) throws -> PromptTemplate {
        guard let prompt = try prompt(name, in: project) else {
            throw Problem(.notFound, "The project has no prompt \"\(name)\"; templates.list names those it has.")
        }
        return prompt
    }

    fileprivate func appendPrompt(
        _ content: PromptTemplate.Content,
        isDeleted: Bool,
        in project: ID<Project>,
        by actor: Actor
    ) throws -> PromptTemplate {
        let previous = try first(
            """
            SELECT id, history_id, version FROM prompt_templates
            WHERE project_id = \(project) AND name = \(content.name) ORDER BY version DESC LIMIT 1
            """
        )
        let id = ID<PromptTemplate>.make()
        let version = (try previous?.integer("version") ?? 0) + 1
        let now = Timestamp.now()
        try execute(
            """
            INSERT INTO prompt_templates (
                id, project_id, history_id, version, predecessor_id, name, description, arguments, template,
                is_deleted, created_by, created_at
            ) VALUES (
                \(id), \(project), \(try previous?.text("history_id") ?? id.text), \(version),
                \(try previous?.text("id")), \(content.name), \(content.description),
                \(JSONValue.array(content.arguments.map(\.json)).text), \(content.template), \(isDeleted),
                \(actor.name), \(now)
            )
            """
        )
        return PromptTemplate(id: id, version: version, content: content, createdAt: now)
    }

    /// Refuses to take away a prompt that a toolset serves or a kept release needs.
    fileprivate func requireUnused(_ prompt: PromptTemplate, in project: ID<Project>) throws {
        let releases = try query(
            """
            SELECT DISTINCT t.slug, r.release_number FROM toolset_releases r
            JOIN toolsets t ON t.id = r.toolset_id
            JOIN source_states s ON s.id = r.source_state_id
            JOIN system_source_state_prompts i ON i.system_source_state_id = s.system_source_state_id
            JOIN prompt_templates p ON p.id = i.prompt_template_id
            WHERE p.project_id = \(project) AND p.name = \(prompt.content.name)
            ORDER BY t.slug, r.release_number
            """
        ).map { "\(try $0.text("slug")) release \(try $0.integer("release_number"))" }
        let toolsets = try query(
            """
            SELECT DISTINCT t.slug FROM toolsets t
            JOIN toolset_versions v ON v.toolset_id = t.id
            JOIN toolset_version_prompts i ON i.toolset_version_id = v.id
            WHERE t.project_id = \(project) AND i.prompt_name = \(prompt.content.name)
                AND t.deleted_at IS NULL AND t.archived_at IS NULL
                AND v.version = (SELECT max(w.version) FROM toolset_versions w WHERE w.toolset_id = t.id)
            ORDER BY t.slug
            """
        ).map { "toolset \(try $0.text("slug"))" }
        let needs = releases + toolsets
        guard !needs.isEmpty else { return }
        throw Problem(
            .inUse,
            "The prompt \"\(prompt.content.name)\" is needed by \(needs.joined(separator: ", ")); nothing was deleted. Take it out of the toolsets; what releases hold is kept as long as they are.",
            details: [.init("releases", releases), .init("toolsets", toolsets)]
        )
    }
}
