import JSON
package import Persistence
package import Projects
package import Vocabulary

/// Assets and deployments in the database.
///
/// What a document of a source compiles to is stored once, as a *compilation*: deployments whose source has the same
/// document share it, so that deploying an unchanged document again stores a row a source.
package struct StoredDeployments: DeploymentStore {
    let database: Database
    /// Rises when the compiler makes other definitions of the same document; older compilations are then not reused.
    let compilerVersion: Int

    package init(database: Database, compilerVersion: Int) {
        self.database = database
        self.compilerVersion = compilerVersion
    }

    package func beginDeployment(
        of sources: [DeploymentSource],
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Deployment {
        try await database.write { try $0.insertDeployment(of: sources, in: project, by: actor) }
    }

    package func evolveDeployment(
        setting sources: [DeploymentSource],
        removing slugs: [Slug],
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Deployment {
        try await database.write { connection in
            let base = try connection.deployments(where: "d.status <> 'failed'", in: project, limit: 1).first
            let change = SourceChange(set: sources, removed: slugs)
            if let unknown = change.unknownRemoval(in: base?.sources ?? []) {
                throw Problem(
                    .notFound,
                    "Nothing was deployed: the active deployment has no source \"\(unknown)\".",
                    errors: [.init(pointer: "/remove", message: "\(unknown) is not known")]
                )
            }
            let evolved = change.applied(to: base?.sources ?? [])
            let deployment = try connection.insertDeployment(of: evolved, in: project, by: actor)
            try connection.execute(
                "UPDATE deployments SET change = \(change.json.text) WHERE id = \(deployment.id)"
            )
            return deployment
        }
    }

    package func settleSources(of id: ID<Deployment>, in project: ID<Project>) async throws {
        try await database.write { connection in
            let deployment = try connection.pendingDeployment(id, in: project)
            let stored = try connection.first("SELECT change FROM deployments WHERE id = \(id)")?.optionalText("change")
            guard let change = try stored.flatMap({ SourceChange(json: try JSONValue(parsing: $0)) }) else { return }
            let active = try connection.deployments(where: "d.status = 'completed'", in: project, limit: 1).first
            let sources = try connection.settled(
                change.applied(to: active?.sources ?? []),
                before: deployment.seq,
                in: project
            )
            guard sources != deployment.sources else { return }
            try connection.execute("DELETE FROM deployment_sources WHERE deployment_id = \(id)")
            try connection.insert(sources, of: id, in: project)
        }
    }

    package func documentsToCompile(
        _ id: ID<Deployment>,
        in project: ID<Project>
    ) async throws -> [SourceDocument] {
        try await database.read { connection in
            let deployment = try connection.existingDeployment(id, in: project)
            return try deployment.sources.compactMap { source in
                let asset = try connection.existingAsset(source.assetID, in: project)
                let last = try connection.lastCompilation(of: source.slug, in: project)
                if let last, try last.text("sha256") == asset.digest.hex,
                    try last.integer("compiler_version") == compilerVersion
                {
                    return nil
                }
                let content = try connection.first(
                    "SELECT content FROM asset_contents WHERE sha256 = \(asset.digest.hex)"
                )
                return SourceDocument(
                    source: source,
                    asset: asset,
                    content: try content?.bytes("content") ?? [],
                    previousNames: try connection.names(of: source.slug, in: project)
                )
            }
        }
    }

    package func complete(
        _ id: ID<Deployment>,
        in project: ID<Project>,
        with compilations: [Compilation],
        logs: [DeploymentLog]
    ) async throws -> Deployment {
        try await database.write { connection in
            let deployment = try connection.pendingDeployment(id, in: project)
            let bySource = Dictionary(compilations.map { ($0.slug, $0) }, uniquingKeysWith: { _, last in last })
            for source in deployment.sources {
                let sourceID = try connection.sourceID(source, in: project)
                let compilation: String
                if let fresh = bySource[source.slug] {
                    let asset = try connection.existingAsset(fresh.assetID, in: project)
                    compilation = try connection.insert(
                        fresh,
                        of: sourceID,
                        sha256: asset.digest.hex,
                        compilerVersion: compilerVersion
                    )
                } else if let stored = try connection.compilation(
                    of: source,
                    compilerVersion: compilerVersion,
                    in: project
                ) {
                    compilation = stored
                } else {
                    throw Problem(.unexpected, "The source \"\(source.slug)\" was not compiled.")
                }
                try connection.execute(
                    """
                    UPDATE deployment_sources SET compilation_id = \(compilation)
                    WHERE deployment_id = \(id) AND source_id = \(sourceID)
                    """
                )
            }
            return try connection.end(deployment, as: .completed, logs: logs, in: project)
        }
    }

    package func fail(
        _ id: ID<Deployment>,
        in project: ID<Project>,
        logs: [DeploymentLog]
    ) async throws -> Deployment {
        try await database.write { connection in
            let deployment = try connection.pendingDeployment(id, in: project)
            return try connection.end(deployment, as: .failed, logs: logs, in: project)
        }
    }

    package func failAbandonedDeployments() async throws -> Int {
        try await database.write { connection in
            let rows = try connection.query("SELECT id, project_id FROM deployments WHERE status = 'pending'")
            for row in rows {
                let project: ID<Project> = try row.id("project_id")
                let deployment = try connection.existingDeployment(try row.id("id"), in: project)
                let log = DeploymentLog(level: .error, message: "The server stopped before this deployment was done.")
                _ = try connection.end(deployment, as: .failed, logs: [log], in: project)
            }
            return rows.count
        }
    }
}

extension Connection {
    fileprivate func insertDeployment(
        of sources: [DeploymentSource],
        in project: ID<Project>,
        by actor: Actor
    ) throws -> Deployment {
        // Numbers are given under the project's lock.
        try execute("UPDATE projects SET name = name WHERE id = \(project)")
        let id = ID<Deployment>.make()
        let seq = try count("SELECT max(seq) AS value FROM deployments WHERE project_id = \(project)") + 1
        try execute(
            """
            INSERT INTO deployments (id, project_id, seq, status, created_by, created_at)
            VALUES (\(id), \(project), \(seq), 'pending', \(actor.name), \(Timestamp.now()))
            """
        )
        try insert(try settled(sources, before: seq, in: project), of: id, in: project)
        try audit(
            actor,
            "deployment.create",
            "deployment",
            named: String(seq),
            in: project,
            "of \(sources.map(\.slug.text).joined(separator: ", "))"
        )
        return try existingDeployment(id, in: project)
    }

    fileprivate func insert(
        _ sources: [DeploymentSource],
        of deployment: ID<Deployment>,
        in project: ID<Project>
    ) throws {
        for (position, source) in sources.enumerated() {
            _ = try existingAsset(source.assetID, in: project)
            try execute(
                """
                INSERT INTO deployment_sources (deployment_id, source_id, position, asset_id, serves_output_schemas)
                VALUES (\(deployment), \(try sourceID(source, in: project)), \(position), \(source.assetID),
                    \(source.servesOutputSchemas ?? false))
                """
            )
        }
    }

    /// A deployment that is not done: what releases may refer to is never written again.
    fileprivate func pendingDeployment(_ id: ID<Deployment>, in project: ID<Project>) throws -> Deployment {
        let deployment = try existingDeployment(id, in: project)
        guard deployment.status == .pending else {
            throw Problem(.unexpected, "Deployment \(deployment.seq) is \(deployment.status.rawValue) already.")
        }
        return deployment
    }

    /// The id of a source, which is made where it is new.
    fileprivate func sourceID(_ source: DeploymentSource, in project: ID<Project>) throws -> String {
        if let row = try first("SELECT id FROM sources WHERE project_id = \(project) AND slug = \(source.slug)") {
            return try row.text("id")
        }
        let id = ID<DeploymentSource>.make()
        try execute(
            """
            INSERT INTO sources (id, project_id, slug, kind, created_at)
            VALUES (\(id), \(project), \(source.slug), \(source.kind), \(Timestamp.now()))
            """
        )
        return id.text
    }

    fileprivate func lastCompilation(of slug: Slug, in project: ID<Project>) throws -> Row? {
        try first(
            """
            SELECT c.id, c.sha256, c.compiler_version FROM source_compilations c
            JOIN sources s ON s.id = c.source_id
            WHERE s.project_id = \(project) AND s.slug = \(slug)
            ORDER BY c.id DESC LIMIT 1
            """
        )
    }

    /// The newest compilation of exactly this document by this compiler.
    fileprivate func compilation(
        of source: DeploymentSource,
        compilerVersion: Int,
        in project: ID<Project>
    ) throws -> String? {
        let asset = try existingAsset(source.assetID, in: project)
        return try first(
            """
            SELECT c.id FROM source_compilations c
            JOIN sources s ON s.id = c.source_id
            WHERE s.project_id = \(project) AND s.slug = \(source.slug)
                AND c.sha256 = \(asset.digest.hex) AND c.compiler_version = \(compilerVersion)
            ORDER BY c.id DESC LIMIT 1
            """
        )?.text("id")
    }

    /// The name that each operation of a source had last, also of those that its last document does not have: an
    /// operation that comes back is the tool that it was. Where two had one name, the later one keeps it.
    fileprivate func names(of source: Slug, in project: ID<Project>) throws -> [String: String] {
        let rows = try query(
            """
            SELECT t.operation, t.urn FROM compilation_tools t
            JOIN source_compilations c ON c.id = t.compilation_id
            JOIN sources s ON s.id = c.source_id
            WHERE s.project_id = \(project) AND s.slug = \(source)
            ORDER BY c.id DESC, t.position
            """
        )
        var names: [String: String] = [:]
        var taken: Set<String> = []
        for row in rows {
            let operation = try row.text("operation")
            let name = try row.parsed("urn") { ToolURN($0)?.name }
            if names[operation] == nil, taken.insert(name).inserted { names[operation] = name }
        }
        return names
    }

    fileprivate func insert(
        _ compilation: Compilation,
        of source: String,
        sha256: String,
        compilerVersion: Int
    ) throws -> String {
        let id = ID<Compilation>.make()
        let errors = compilation.diagnostics.count { $0.severity == .error }
        let warnings = compilation.diagnostics.count { $0.severity == .warning }
        try execute(
            """
            INSERT INTO source_compilations (
                id, source_id, sha256, compiler_version, tool_count, error_count, warning_count, created_at
            ) VALUES (
                \(id), \(source), \(sha256), \(compilerVersion), \(compilation.tools.count), \(errors), \(warnings),
                \(Timestamp.now())
            )
            """
        )
        for (position, tool) in compilation.tools.enumerated() {
            try execute(
                """
                INSERT INTO tool_definitions (digest, content) VALUES (\(tool.digest.hex), \(tool.content))
                ON CONFLICT (digest) DO NOTHING
                """
            )
            try execute(
                """
                INSERT INTO compilation_tools (compilation_id, position, urn, operation, definition_digest)
                VALUES (\(id), \(position), \(tool.urn), \(tool.operation), \(tool.digest.hex))
                """
            )
        }
        let made = Set(compilation.tools.map(\.operation))
        let reserved = compilation.names.filter { !made.contains($0.key) }.sorted { $0.key < $1.key }
        for (offset, (operation, name)) in reserved.enumerated() {
            try execute(
                """
                INSERT INTO compilation_tools (compilation_id, position, urn, operation, definition_digest)
                VALUES (\(id), \(compilation.tools.count + offset), \(ToolURN(source: compilation.slug, name: name)),
                    \(operation), NULL)
                """
            )
        }
        for (position, diagnostic) in compilation.diagnostics.enumerated() {
            try execute(
                """
                INSERT INTO compilation_diagnostics (
                    compilation_id, position, severity, code, message, pointer, line, column_number
                ) VALUES (
                    \(id), \(position), \(diagnostic.severity.rawValue), \(diagnostic.code), \(diagnostic.message),
                    \(diagnostic.place), \(diagnostic.line), \(diagnostic.column)
                )
                """
            )
        }
        try sealCompilation(id.text)
        return id.text
    }

    fileprivate func end(
        _ deployment: Deployment,
        as status: Deployment.Status,
        logs: [DeploymentLog],
        in project: ID<Project>
    ) throws -> Deployment {
        let now = Timestamp.now()
        try execute(
            """
            UPDATE deployments SET status = \(status.rawValue), completed_at = \(now) WHERE id = \(deployment.id)
            """
        )
        for (position, log) in logs.enumerated() {
            try execute(
                """
                INSERT INTO deployment_logs (
                    deployment_id, position, level, message, code, source_slug, line, column_number, created_at
                ) VALUES (
                    \(deployment.id), \(position), \(log.level.rawValue), \(log.message), \(log.diagnostic?.code),
                    \(log.diagnostic?.source), \(log.diagnostic?.line), \(log.diagnostic?.column), \(now)
                )
                """
            )
        }
        try sealDeployment(deployment.id.text)
        return try existingDeployment(deployment.id, in: project)
    }
}
