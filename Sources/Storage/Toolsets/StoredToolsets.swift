import JSON
package import Persistence
package import Projects
package import Releases
package import Vocabulary

/// Toolsets and variations in the database.
package struct StoredToolsets: ToolsetStore {
    let database: Database
    let tokenCounts = RememberedCounts()
    let sideContents: SideContents
    /// Whether the operator lets tools call a private host, given as `host` or `host:port`.
    let allowsHost: @Sendable (String) -> Bool
    /// Is told, after the commit, which toolset in iteration mode somebody made or edited.
    let edited: @Sendable (ID<Toolset>, Actor) -> Void

    /// `compiled` remembers tools for all who read contents of one database.
    package init(
        database: Database,
        compiled: CompiledTools = CompiledTools(),
        edited: @escaping @Sendable (ID<Toolset>, Actor) -> Void = { _, _ in },
        allowsHost: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.database = database
        sideContents = SideContents(compiled)
        self.allowsHost = allowsHost
        self.edited = edited
    }

    package func createToolset(
        slug: Slug,
        metadata: Toolset.Metadata,
        selection: Toolset.Selection,
        settings: Toolset.Settings,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset {
        let toolset = try await database.write { connection in
            guard try connection.toolset(slug, in: project) == nil else {
                throw Problem(.nameTaken, "The project has a toolset \"\(slug)\" already; choose another slug.")
            }
            try connection.requireFree(settings.mcpSlug, for: nil)
            let id = ID<Toolset>.make()
            let group = try connection.makeVariationsGroup(kind: "toolset", in: project)
            try connection.insertToolset(
                id: id,
                project: project,
                slug: slug,
                metadata: metadata,
                settings: settings,
                group: group,
                actor: actor
            )
            let known = try connection.tools(in: connection.activeDeploymentID(in: project))
            try connection.appendSelection(selection, settled: known, to: id, by: actor)
            let record = try connection.toolset(id)
            try connection.checkSelection(selection, before: Toolset.Selection(), known: known, of: record)
            try connection.checkNames(of: record, since: Heads(metadata: metadata, tools: [], prompts: []))
            try connection.audit(
                actor,
                "toolset.create",
                "toolset",
                named: slug.text,
                in: project,
                "created with \(selection.toolURNs.count) tools"
            )
            return try connection.present(record, view: .live, comparing: false)
        }
        edited(toolset.id, actor)
        return toolset
    }

    package func toolset(
        _ slug: Slug,
        view: Toolset.View?,
        comparing: Bool,
        in project: ID<Project>
    ) async throws -> Toolset? {
        try await database.read { connection in
            guard let record = try connection.toolset(slug, in: project) else { return nil }
            return try connection.present(
                record,
                view: view,
                comparing: comparing,
                from: sideContents,
                allowsHost: allowsHost
            )
        }
    }

    package func toolsets(in project: ID<Project>, _ page: PageRequest) async throws -> Page<Toolset> {
        try await database.read { connection in
            let rows = try connection.query(
                """
                SELECT * FROM toolsets
                WHERE project_id = \(project) AND slug > \(page.cursor ?? "")
                    AND deleted_at IS NULL AND archived_at IS NULL AND parent_toolset_id IS NULL
                ORDER BY slug LIMIT \(page.limit + 1)
                """
            ).map(ToolsetRecord.init)
            return try Page(fetched: rows, request: page, cursor: \.slug.text)
                .map { try connection.present($0, view: nil, comparing: false) }
        }
    }

    package func updateToolset(
        _ slug: Slug,
        _ change: Toolset.Change,
        expecting etag: String?,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> ToolsetUpdate {
        let update = try await database.write { connection in
            let parent = try connection.lockedToolset(slug, in: project)
            try connection.require(etag, of: parent, coveringSettings: change.touchesSettings)
            if change.touchesContent {
                try connection.apply(change, to: try connection.editableRecord(of: parent), of: parent, by: actor)
            }
            let before = try connection.settings(of: parent)
            try connection.applySettings(change, to: parent)
            try connection.audit(
                actor,
                "toolset.update",
                "toolset",
                named: slug.text,
                in: project,
                change.summary(in: parent.mode, settings: before)
            )
            let toolset = try connection.present(try connection.toolset(parent.id), view: nil, comparing: false)
            let changes = SettingsComparison.changes(
                from: before,
                to: toolset.settings,
                name: slug.text,
                rules: toolset.changeRules
            )
            return ToolsetUpdate(toolset: toolset, settingsChanges: changes)
        }
        if update.toolset.mode == .iteration { edited(update.toolset.id, actor) }
        return update
    }

    package func deleteToolset(
        _ slug: Slug,
        expecting etag: String?,
        in project: ID<Project>,
        by actor: Actor
    ) async throws {
        try await database.write { connection in
            let parent = try connection.lockedToolset(slug, in: project)
            try connection.require(etag, of: parent, coveringSettings: true)
            let now = Timestamp.now()
            try connection.renewingSettings(of: parent.id) {
                try connection.execute(
                    """
                    UPDATE toolsets SET deleted_at = \(now)
                    WHERE (id = \(parent.id) OR parent_toolset_id = \(parent.id)) AND deleted_at IS NULL
                    """
                )
            }
            try connection.audit(
                actor,
                "toolset.delete",
                "toolset",
                named: slug.text,
                in: project,
                "deleted; its releases are kept"
            )
        }
    }

    package func isMCPSlugFree(_ slug: Slug) async throws -> Bool {
        try await database.read { try $0.toolsetID(atMCPSlug: slug) == nil }
    }
}

extension Toolset.Change {
    /// What an audit event says about the change.
    fileprivate func summary(in mode: EditingMode, settings: Toolset.Settings) -> String {
        var content: [String] = []
        if touchesMetadata { content.append("metadata") }
        if let toolURNs { content.append("\(toolURNs.count) tools") }
        if let promptNames { content.append("\(promptNames.count) prompts") }
        if let resourceURNs { content.append("\(resourceURNs.count) resources") }
        var parts: [String] = []
        if !content.isEmpty {
            parts.append("set \(content.joined(separator: ", "))\(mode == .staging ? " in staging" : "")")
        }
        let after = apply(to: settings)
        let changes = [
            ("mcp_slug", settings.mcpSlug.text, after.mcpSlug.text),
            ("mcp_enabled", String(settings.isEnabled), String(after.isEnabled)),
            ("mcp_is_public", String(settings.isPublic), String(after.isPublic)),
            (
                "default environment", settings.defaultEnvironment?.text ?? "none",
                after.defaultEnvironment?.text ?? "none"
            ),
            (
                "staging environment", settings.stagingEnvironment?.text ?? "none",
                after.stagingEnvironment?.text ?? "none"
            ),
            (
                "mcp_caller_variables", settings.callerVariables.joined(separator: " ").orNone,
                after.callerVariables.joined(separator: " ").orNone
            ),
            ("pinned_addresses", String(settings.hasPinnedAddresses), String(after.hasPinnedAddresses)),
            ("grace_seconds", String(settings.graceSeconds), String(after.graceSeconds)),
        ]
        parts += changes.filter { $0.1 != $0.2 }.map { "\($0.0) from \($0.1) to \($0.2)" }
        return parts.isEmpty ? "nothing changed" : parts.joined(separator: "; ")
    }
}

extension String {
    /// For a sentence about what was and what is.
    fileprivate var orNone: String { isEmpty ? "none" : self }
}
