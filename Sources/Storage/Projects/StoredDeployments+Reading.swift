import JSON
import Persistence
package import Projects
package import Tools
package import Vocabulary

extension StoredDeployments {
    package func saveAsset(
        name: String,
        kind: String,
        contentType: String,
        content: [UInt8],
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Asset {
        try await database.write { connection in
            let id = try connection.insertAsset(
                name: name,
                kind: kind,
                contentType: contentType,
                content: content,
                in: project,
                by: actor
            )
            let digest = Digest(of: content)
            try connection.audit(actor, "asset.upload", "asset", named: name, in: project, "sha256 \(digest)")
            return try connection.existingAsset(id, in: project)
        }
    }

    package func asset(_ id: ID<Asset>, in project: ID<Project>) async throws -> Asset? {
        try await database.read { connection in
            try connection.first("SELECT * FROM assets WHERE id = \(id) AND project_id = \(project)").map(Asset.init)
        }
    }

    package func assets(in project: ID<Project>, _ page: PageRequest) async throws -> Page<Asset> {
        try await database.read { connection in
            let rows = try connection.query(
                """
                SELECT * FROM assets WHERE project_id = \(project) \(SQL.before("id", page.cursor))
                ORDER BY id DESC LIMIT \(page.limit + 1)
                """
            ).map(Asset.init)
            return Page(fetched: rows, request: page, cursor: \.id.text)
        }
    }

    package func deployment(_ id: ID<Deployment>, in project: ID<Project>) async throws -> Deployment? {
        try await database.read { try $0.deployments(where: "d.id = \(id)", in: project, limit: 1).first }
    }

    package func deployments(in project: ID<Project>, _ page: PageRequest) async throws -> Page<Deployment> {
        try await database.read { connection in
            let rows = try connection.deployments(
                where: "1 = 1 \(SQL.before("d.seq", try page.position))",
                in: project,
                limit: page.limit + 1
            )
            return Page(fetched: rows, request: page) { String($0.seq) }
        }
    }

    package func activeDeployment(in project: ID<Project>) async throws -> Deployment? {
        try await database.read { try $0.deployments(where: "d.status = 'completed'", in: project, limit: 1).first }
    }

    package func logs(
        of id: ID<Deployment>,
        in project: ID<Project>,
        _ page: PageRequest
    ) async throws -> Page<DeploymentLog> {
        try await database.read { connection in
            _ = try connection.existingDeployment(id, in: project)
            let own = try connection.query(
                "SELECT * FROM deployment_logs WHERE deployment_id = \(id) ORDER BY position"
            ).map(DeploymentLog.init(event:))
            let diagnostics = try connection.query(
                """
                SELECT g.*, p.slug FROM deployment_sources s
                JOIN compilation_diagnostics g ON g.compilation_id = s.compilation_id
                JOIN sources p ON p.id = s.source_id
                WHERE s.deployment_id = \(id) ORDER BY s.position, g.position
                """
            ).map(DeploymentLog.init(diagnostic:))
            let start = try page.position ?? 0
            let logs = (own + diagnostics).dropFirst(start).prefix(page.limit)
            let end = start + logs.count
            return Page(
                items: Array(logs),
                nextCursor: end < own.count + diagnostics.count ? String(end) : nil
            )
        }
    }

    package func tools(
        in project: ID<Project>,
        deployment: ID<Deployment>?,
        source: Slug?,
        query: String?,
        _ page: PageRequest
    ) async throws -> Page<ToolDefinition> {
        try await database.read { connection in
            if let deployment { _ = try connection.existingDeployment(deployment, in: project) }
            let start = try ToolCursor(page.cursor)
            guard let id = try start?.deployment ?? deployment ?? connection.activeDeploymentID(in: project) else {
                return Page(items: [], nextCursor: nil)
            }
            let rows = try connection.query(
                """
                SELECT s.position AS source_position, t.position, d.content
                FROM deployment_sources s
                JOIN deployments n ON n.id = s.deployment_id
                JOIN sources p ON p.id = s.source_id
                JOIN compilation_tools t ON t.compilation_id = s.compilation_id
                JOIN tool_definitions d ON d.digest = t.definition_digest
                WHERE s.deployment_id = \(id) AND n.project_id = \(project)
                    \(Self.filter(source: source, query: query)) \(start?.condition ?? "")
                ORDER BY s.position, t.position LIMIT \(page.limit + 1)
                """
            )
            let tools = try rows.prefix(page.limit).map { try ToolDefinition(stored: try $0.bytes("content")) }
            guard rows.count > page.limit else { return Page(items: tools, nextCursor: nil) }
            return Page(items: tools, nextCursor: try ToolCursor(id, after: rows[page.limit - 1]).text)
        }
    }

    private static func filter(source: Slug?, query: String?) -> SQL {
        let bySource: SQL = source.map { "AND p.slug = \($0)" } ?? ""
        // Names are full of `_`, which stands for any character in a pattern.
        let pattern = query.map { "%\($0.lowercased().map { "!%_".contains($0) ? "!\($0)" : "\($0)" }.joined())%" }
        let byText: SQL =
            pattern.map { "AND (lower(t.urn) LIKE \($0) ESCAPE '!' OR lower(t.operation) LIKE \($0) ESCAPE '!')" } ?? ""
        return "\(bySource) \(byText)"
    }

    package func tool(
        _ urn: ToolURN,
        in project: ID<Project>,
        deployment: ID<Deployment>?
    ) async throws -> ToolDefinition? {
        try await database.read { connection in
            let id = try deployment ?? connection.activeDeploymentID(in: project)
            return try connection.first(
                """
                SELECT d.content FROM deployment_sources s
                JOIN deployments n ON n.id = s.deployment_id
                JOIN compilation_tools t ON t.compilation_id = s.compilation_id
                JOIN tool_definitions d ON d.digest = t.definition_digest
                WHERE s.deployment_id = \(id) AND n.project_id = \(project) AND t.urn = \(urn)
                """
            ).map { try ToolDefinition(stored: try $0.bytes("content")) }
        }
    }
}

/// Where a part of a list of tools ended. It names the deployment, so that the next part is of the same one.
private struct ToolCursor {
    let deployment: ID<Deployment>
    private let source: Int
    private let position: Int

    init?(_ text: String?) throws {
        guard let text else { return nil }
        let parts = text.split(separator: ":")
        guard parts.count == 3, let deployment = ID<Deployment>(String(parts[0])), let source = Int(parts[1]),
            let position = Int(parts[2])
        else { throw Problem.wrongCursor(text) }
        self.deployment = deployment
        self.source = source
        self.position = position
    }

    init(_ deployment: ID<Deployment>, after row: Row) throws {
        self.deployment = deployment
        source = try row.integer("source_position")
        position = try row.integer("position")
    }

    var text: String { "\(deployment):\(source):\(position)" }

    var condition: SQL {
        "AND (s.position > \(source) OR (s.position = \(source) AND t.position > \(position)))"
    }
}

extension Connection {
    /// Writes an asset, and its bytes where they are not there yet.
    func insertAsset(
        name: String,
        kind: String,
        contentType: String,
        content: [UInt8],
        in project: ID<Project>,
        by actor: Actor
    ) throws -> ID<Asset> {
        let id = ID<Asset>.make()
        let digest = Digest(of: content)
        try execute(
            """
            INSERT INTO asset_contents (sha256, content) VALUES (\(digest.hex), \(content))
            ON CONFLICT (sha256) DO NOTHING
            """
        )
        try execute(
            """
            INSERT INTO assets (
                id, project_id, name, kind, sha256, content_type, content_length, created_by, created_at
            ) VALUES (
                \(id), \(project), \(name), \(kind), \(digest.hex), \(contentType), \(content.count),
                \(actor.name), \(Timestamp.now())
            )
            """
        )
        return id
    }

    func existingAsset(_ id: ID<Asset>, in project: ID<Project>) throws -> Asset {
        guard let row = try first("SELECT * FROM assets WHERE id = \(id) AND project_id = \(project)") else {
            throw Problem(
                .notFound,
                "The project has no asset \(id); upload the document first by assets.uploadOpenAPI.",
                errors: [.init(pointer: "/sources", message: "asset \(id) is not known")]
            )
        }
        let asset = try Asset(row: row)
        guard asset.kind != Asset.resourceKind else {
            throw Problem(
                .invalid,
                "The asset \(id) is what a resource says, and no document; upload the document by assets.uploadOpenAPI.",
                errors: [.init(pointer: "/sources", message: "asset \(id) is of a resource")]
            )
        }
        return asset
    }

    func existingDeployment(_ id: ID<Deployment>, in project: ID<Project>) throws -> Deployment {
        guard let deployment = try deployments(where: "d.id = \(id)", in: project, limit: 1).first else {
            throw Problem(
                .notFound,
                "The project has no deployment \(id); deployments.list names those it has."
            )
        }
        return deployment
    }

    /// Deployments, newest first.
    func deployments(where condition: SQL, in project: ID<Project>, limit: Int) throws -> [Deployment] {
        try query(
            """
            SELECT d.* FROM deployments d WHERE d.project_id = \(project) AND \(condition)
            ORDER BY d.seq DESC LIMIT \(limit)
            """
        ).map { row in
            let id: ID<Deployment> = try row.id("id")
            let sources = try query(
                """
                SELECT p.slug, p.kind, s.asset_id, s.serves_output_schemas FROM deployment_sources s JOIN sources p ON p.id = s.source_id
                WHERE s.deployment_id = \(id) ORDER BY s.position
                """
            )
            let counts = try first(
                """
                SELECT sum(c.tool_count) AS tools, sum(c.error_count) AS errors, sum(c.warning_count) AS warnings
                FROM deployment_sources s JOIN source_compilations c ON c.id = s.compilation_id
                WHERE s.deployment_id = \(id)
                """
            )
            return Deployment(
                id: id,
                seq: try row.integer("seq"),
                status: try row.parsed("status") { Deployment.Status(rawValue: $0) },
                sources: try sources.map {
                    DeploymentSource(
                        slug: try $0.slug("slug"),
                        kind: try $0.text("kind"),
                        assetID: try $0.id("asset_id"),
                        servesOutputSchemas: try $0.bool("serves_output_schemas")
                    )
                },
                toolCount: try counts?.optionalInteger("tools") ?? 0,
                errorCount: try counts?.optionalInteger("errors") ?? 0,
                warningCount: try counts?.optionalInteger("warnings") ?? 0,
                createdAt: try row.timestamp("created_at"),
                completedAt: try row.optionalTimestamp("completed_at")
            )
        }
    }
}

extension Asset {
    init(row: Row) throws {
        self.init(
            id: try row.id("id"),
            name: try row.text("name"),
            kind: try row.text("kind"),
            digest: try row.parsed("sha256") { Digest($0) },
            contentType: try row.text("content_type"),
            contentLength: try row.integer("content_length"),
            createdAt: try row.timestamp("created_at")
        )
    }
}

extension DeploymentLog {
    fileprivate init(event row: Row) throws {
        let message = try row.text("message")
        let diagnostic = try row.optionalText("code").map { code in
            Diagnostic(
                .error,
                code: code,
                message: message,
                source: try row.optionalText("source_slug").flatMap { Slug($0) },
                pointer: "",
                line: try row.optionalInteger("line"),
                column: try row.optionalInteger("column_number")
            )
        }
        self.init(level: try row.parsed("level") { Level(rawValue: $0) }, message: message, diagnostic: diagnostic)
    }

    fileprivate init(diagnostic row: Row) throws {
        let severity = try row.parsed("severity") { Diagnostic.Severity(rawValue: $0) }
        let level: Level =
            switch severity {
            case .error: .error
            case .warning: .warning
            case .note: .info
            }
        var diagnostic = Diagnostic(
            severity,
            code: try row.text("code"),
            message: try row.text("message"),
            source: try row.slug("slug"),
            pointer: "",
            line: try row.optionalInteger("line"),
            column: try row.optionalInteger("column_number")
        )
        diagnostic.place = try row.text("pointer")
        self.init(level: level, message: diagnostic.message, diagnostic: diagnostic)
    }
}
