import JSON
package import Persistence
package import Projects
package import Releases
package import Vocabulary

/// Releases, activations and modes in the database. Each writing call is one transaction.
package struct StoredReleases: ReleaseStore {
    let database: Database
    /// What clients get of a content, kept with each release so that a program that serves other bytes is found.
    let served: ServedEncoding
    /// Whether the operator lets tools call a private host, given as `host` or `host:port`.
    let allowsHost: @Sendable (String) -> Bool
    /// Is told, after the commit, which toolset in iteration mode somebody changed.
    let edited: @Sendable (ID<Toolset>, Actor) -> Void
    /// Tools of contents that were reviewed, published or compared: the next content has most of them.
    let compiled: CompiledTools

    package init(
        database: Database,
        compiled: CompiledTools = CompiledTools(),
        served: @escaping ServedEncoding = { _ in [] },
        allowsHost: @escaping @Sendable (String) -> Bool = { _ in false },
        edited: @escaping @Sendable (ID<Toolset>, Actor) -> Void = { _, _ in }
    ) {
        self.database = database
        self.compiled = compiled
        self.served = served
        self.allowsHost = allowsHost
        self.edited = edited
    }

    package func stagingVersion(_ slug: Slug, in project: ID<Project>) async throws -> Toolset {
        try await database.read { connection in
            try connection.requireStagingFeature()
            let parent = try connection.stagedToolset(slug, in: project)
            return try connection.present(parent, view: .staging, comparing: true, allowsHost: allowsHost)
        }
    }

    package func discard(
        _ slug: Slug,
        expecting etag: String? = nil,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset {
        try await database.write { connection in
            let parent = try connection.lockedStagedToolset(slug, in: project)
            guard let live = try connection.currentRelease(of: parent) else {
                throw Problem(.unexpected, "No release of \"\(slug)\" is live.")
            }
            let copy = try connection.editedRecord(of: parent)
            try connection.require(etag, of: parent)
            try connection.resetCopy(copy, to: live, by: actor)
            try connection.audit(
                actor,
                "toolset.discard",
                "toolset",
                named: slug.text,
                in: project,
                "discarded the changes since release \(live.number)"
            )
            return try connection.present(parent, view: .staging, comparing: true, allowsHost: allowsHost)
        }
    }

    package func releases(
        of slug: Slug,
        in project: ID<Project>,
        _ page: PageRequest
    ) async throws -> Page<Release> {
        try await database.read { connection in
            let parent = try connection.existingToolset(slug, in: project)
            let rows = try connection.releases(
                where: "r.toolset_id = \(parent.id) \(SQL.before("r.release_number", try page.position))",
                limit: page.limit + 1
            )
            return Page(fetched: rows, request: page) { String($0.number) }
        }
    }

    package func releaseDetails(
        _ reference: ReleaseReference,
        in project: ID<Project>
    ) async throws -> ReleaseDetails? {
        try await database.read { connection in
            let (release, _) = try connection.release(reference, in: project)
            let content = try connection.readableContent(ofManifest: release.digest)
            let pins = try connection.pins(of: release)
            return ReleaseDetails(
                release: release,
                manifest: content.manifest,
                tools: content.toolEntries,
                prompts: content.promptEntries,
                resources: content.resourceEntries,
                promptVersions: pins.prompts,
                resourceVersions: pins.resources,
                globalVariationsVersion: pins.globalVariationsVersion,
                ownVariationsVersion: pins.ownVariationsVersion,
                tokens: content.tokens,
                acknowledgements: try connection.acknowledgements(of: release.id)
            )
        }
    }

    package func activations(
        of slug: Slug,
        in project: ID<Project>,
        _ page: PageRequest
    ) async throws -> Page<Activation> {
        try await database.read { connection in
            let parent = try connection.existingToolset(slug, in: project)
            let rows = try connection.query(
                """
                SELECT a.*, r.release_number, p.release_number AS previous_number FROM activations a
                JOIN toolset_releases r ON r.id = a.release_id
                LEFT JOIN toolset_releases p ON p.id = a.previous_release_id
                WHERE a.toolset_id = \(parent.id) \(SQL.before("a.seq", try page.position))
                ORDER BY a.seq DESC LIMIT \(page.limit + 1)
                """
            ).map(Activation.init)
            return Page(fetched: rows, request: page) { String($0.seq) }
        }
    }
}

/// The rows that a release refers to, by their versions.
private struct ReleasePins {
    let prompts: [PromptTemplate]
    let resources: [Resource]
    let globalVariationsVersion: Int?
    let ownVariationsVersion: Int?
}

extension Activation {
    init(row: Row) throws {
        self.init(
            seq: try row.integer("seq"),
            release: try row.integer("release_number"),
            previousRelease: try row.optionalInteger("previous_number"),
            kind: try row.parsed("kind") { Kind(rawValue: $0) },
            actor: try row.text("actor"),
            reason: try row.text("reason"),
            at: try row.timestamp("created_at")
        )
    }
}

extension Connection {
    /// A toolset in staging mode.
    ///
    /// - Throws: ``Problem`` `not_found`, `wrong_mode`.
    func stagedToolset(_ slug: Slug, in project: ID<Project>) throws -> ToolsetRecord {
        let parent = try existingToolset(slug, in: project)
        try requireStagingMode(parent)
        return parent
    }

    /// As ``stagedToolset(_:in:)``, for a write.
    func lockedStagedToolset(_ slug: Slug, in project: ID<Project>) throws -> ToolsetRecord {
        let parent = try lockedToolset(slug, in: project)
        try requireStagingMode(parent)
        return parent
    }

    fileprivate func requireStagingMode(_ parent: ToolsetRecord) throws {
        guard parent.mode == .iteration else { return }
        throw Problem(
            .wrongMode,
            "The toolset \"\(parent.slug)\" is in iteration mode, where changes are live at once; switch its mode to staging first."
        )
    }

    fileprivate func pins(
        of release: Release
    ) throws -> ReleasePins {
        let prompts = try query(
            """
            SELECT p.* FROM toolset_releases r
            JOIN source_states s ON s.id = r.source_state_id
            JOIN system_source_state_prompts i ON i.system_source_state_id = s.system_source_state_id
            JOIN prompt_templates p ON p.id = i.prompt_template_id
            WHERE r.id = \(release.id) ORDER BY p.name
            """
        ).map(PromptTemplate.init)
        let versions = try first(
            """
            SELECT g.version AS global_version, o.version AS own_version FROM toolset_releases r
            LEFT JOIN tool_variations_group_versions g ON g.id = r.global_variations_version_id
            LEFT JOIN tool_variations_group_versions o ON o.id = r.own_variations_version_id
            WHERE r.id = \(release.id)
            """
        )
        return ReleasePins(
            prompts: prompts,
            resources: try resources(
                where: """
                    r.id IN (
                        SELECT i.resource_id FROM toolset_releases t
                        JOIN source_states s ON s.id = t.source_state_id
                        JOIN system_source_state_resources i ON i.system_source_state_id = s.system_source_state_id
                        WHERE t.id = \(release.id)
                    )
                    """,
                order: "r.slug",
                limit: Int(Int32.max)
            ),
            globalVariationsVersion: try versions?.optionalInteger("global_version"),
            ownVariationsVersion: try versions?.optionalInteger("own_version")
        )
    }
}
