import JSON
package import Persistence
package import Projects
package import Releases
package import Vocabulary

/// Checkpoints of toolsets in iteration mode, in the database.
package struct StoredCheckpoints: CheckpointStore {
    private let database: Database
    private let compiled: CompiledTools

    /// `compiled` remembers tools for all who read contents of one database.
    package init(database: Database, compiled: CompiledTools = CompiledTools()) {
        self.database = database
        self.compiled = compiled
    }

    package func writeCheckpoint(of toolset: ID<Toolset>, by actor: Actor) async throws {
        guard try await database.read({ try $0.toolsetToFreeze(toolset) }) != nil else { return }
        // No cache holds checkpoints, so nothing has to look again.
        try await database.append { [compiled] connection in
            guard let record = try connection.toolsetToFreeze(toolset) else { return }
            try connection.writeCheckpoint(of: record, compiled, by: actor)
        }
    }

    package func toolsetsInIterationMode() async throws -> [ID<Toolset>] {
        try await database.read { connection in
            try connection.query(
                """
                SELECT id FROM toolsets
                WHERE editing_mode = 'iteration' AND deleted_at IS NULL AND archived_at IS NULL
                    AND parent_toolset_id IS NULL
                ORDER BY id
                """
            ).map { try $0.id("id") }
        }
    }
}

extension StoredReleases {
    package func undoLastChange(
        _ slug: Slug,
        expecting etag: String? = nil,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset {
        let toolset = try await database.write { [compiled] connection in
            let record = try connection.lockedToolset(slug, in: project)
            guard record.mode == .iteration else {
                throw Problem(
                    .wrongMode,
                    "The toolset \"\(slug)\" is in staging mode, where changes are taken back by toolsets.discardStagingVersion, and releases by toolsets.rollbackToRelease."
                )
            }
            try connection.require(etag, of: record)
            let target = try connection.goBack(record, compiled, by: actor)
            try connection.audit(
                actor,
                "toolset.undo",
                "toolset",
                named: slug.text,
                in: project,
                "went back to what it was after the edit of \(target.createdAt)"
            )
            return try connection.present(try connection.toolset(record.id), view: .live, comparing: false)
        }
        edited(toolset.id, actor)
        return toolset
    }

    package func checkpoints(
        of slug: Slug,
        in project: ID<Project>,
        _ page: PageRequest
    ) async throws -> Page<Checkpoint> {
        try await database.read { connection in
            let record = try connection.existingToolset(slug, in: project)
            let rows = try connection.query(
                """
                SELECT * FROM kept_edits
                WHERE toolset_id = \(record.id) AND kind = 'checkpoint' \(SQL.before("id", page.cursor))
                ORDER BY id DESC LIMIT \(page.limit + 1)
                """
            ).map(Checkpoint.init)
            return Page(fetched: rows, request: page, cursor: \.id.text)
        }
    }
}

extension Checkpoint {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.id("id"),
            digest: try row.parsed("manifest_digest") { Digest($0) },
            actor: try row.text("created_by"),
            at: try row.timestamp("created_at"),
            isUndone: try row.optionalText("undone_at") != nil
        )
    }
}

extension Connection {
    /// A toolset in iteration mode whose newest checkpoint holds other edits than it has now.
    fileprivate func toolsetToFreeze(_ id: ID<Toolset>) throws -> ToolsetRecord? {
        let record = try first(
            """
            SELECT * FROM toolsets
            WHERE id = \(id) AND editing_mode = 'iteration' AND deleted_at IS NULL AND archived_at IS NULL
                AND parent_toolset_id IS NULL
            """
        ).map(ToolsetRecord.init)
        guard let record else { return nil }
        return try lastCheckpoint(of: id)?.digest == ownEdits(of: record).edits.digest.hex ? nil : record
    }

    /// The newest checkpoint that no undo went beyond.
    private func lastCheckpoint(of toolset: ID<Toolset>) throws -> KeptEdits? {
        try first(
            """
            SELECT * FROM kept_edits WHERE toolset_id = \(toolset) AND kind = 'checkpoint' AND undone_at IS NULL
            ORDER BY id DESC LIMIT 1
            """
        ).map(KeptEdits.init)
    }

    /// Freezes what a toolset serves, and lets go of the oldest checkpoints above the number that is kept.
    fileprivate func writeCheckpoint(
        of record: ToolsetRecord,
        _ compiled: CompiledTools,
        by actor: Actor
    ) throws {
        let content = try CompiledContent(try heads(of: record, compiled: compiled).heads, compiled: compiled)
        // What was redacted must not be kept, in no checkpoint either.
        guard try redactedItems(of: content).isEmpty else { return }
        try store(content)
        try keep(try ownEdits(of: record), of: record, as: .checkpoint, manifest: content.digest, by: actor)
        try execute(
            """
            DELETE FROM kept_edits WHERE toolset_id = \(record.id) AND kind = 'checkpoint' AND id NOT IN (
                SELECT id FROM kept_edits WHERE toolset_id = \(record.id) AND kind = 'checkpoint'
                ORDER BY id DESC LIMIT \(Checkpoint.kept)
            )
            """
        )
    }

    /// Makes the own edits of a toolset those of its newest checkpoint that holds others than it has now. What it has
    /// now is written down too, and is beyond every later undo.
    fileprivate func goBack(
        _ record: ToolsetRecord,
        _ compiled: CompiledTools,
        by actor: Actor
    ) throws -> KeptEdits {
        let now = try ownEdits(of: record)
        let target = try first(
            """
            SELECT * FROM kept_edits
            WHERE toolset_id = \(record.id) AND kind = 'checkpoint' AND undone_at IS NULL
                AND edits_digest <> \(now.edits.digest.hex)
            ORDER BY id DESC LIMIT 1
            """
        ).map(KeptEdits.init)
        guard let target else {
            throw Problem(
                .notFound,
                "There is no earlier change of \"\(record.slug)\" to go back to: the last \(Checkpoint.kept) are kept, from the last time it came into iteration mode."
            )
        }
        var wanted = try ownEdits(kept: target)
        wanted.edits.pins = now.edits.pins
        try requireThere(wanted.edits, in: record.projectID)
        if try lastCheckpoint(of: record.id)?.digest != now.edits.digest.hex {
            try writeCheckpoint(of: record, compiled, by: actor)
        }
        try endCheckpoints(of: record.id, after: target.id)
        try setOwnEdits(of: record, to: wanted, by: actor)
        try execute("UPDATE toolsets SET updated_at = \(Timestamp.now()) WHERE id = \(record.id)")
        return target
    }

    /// Takes checkpoints out of the reach of every later undo: those after one, or all.
    func endCheckpoints(of toolset: ID<Toolset>, after checkpoint: ID<KeptEdits>? = nil) throws {
        let later: SQL = checkpoint.map { "AND id > \($0)" } ?? ""
        let ended = try query(
            """
            SELECT id FROM kept_edits
            WHERE toolset_id = \(toolset) AND kind = 'checkpoint' AND undone_at IS NULL \(later) ORDER BY id
            """
        ).map { try $0.text("id") }
        try execute("UPDATE kept_edits SET undone_at = \(Timestamp.now()) WHERE id IN \(list: ended)")
        for id in ended { try sealKeptEdits(id) }
    }
}
