import Persistence
package import Projects
package import Releases
package import Tools
package import Vocabulary

extension StoredToolsets {
    package func editVariation(
        of urn: ToolURN,
        toolset: Slug?,
        expecting etag: String? = nil,
        in project: ID<Project>,
        by actor: Actor,
        _ change: @escaping @Sendable (Variation) throws -> Variation
    ) async throws -> VariationVersion {
        let (version, live) = try await database.write { connection in
            let parent = try toolset.map { try connection.lockedToolset($0, in: project) }
            let live = parent?.mode == .iteration ? parent?.id : nil
            if let parent { try connection.require(etag, of: parent) }
            let edited = try parent.map { try connection.editableRecord(of: $0) }
            let group = try edited?.variationsGroupID ?? connection.madeGlobalGroup(in: project)
            let head = try connection.variationHead(of: urn, in: group)
            if head == nil { try connection.requireKnown(urn, in: project) }
            let before = head?.variation ?? Variation()
            let after = try change(before)
            if let head, after == before { return (head.published, live) }
            let renamed = after.name == before.name ? [] : try connection.readers(of: urn, edited: edited, in: project)
            let heads = try renamed.map { try connection.heads(of: $0).heads }
            let version = try connection.appendVariation(after, of: urn, to: group, by: actor)
            for (record, before) in zip(renamed, heads) {
                try connection.checkNames(of: record, since: before)
            }
            try connection.audit(
                actor,
                after.isEmpty ? "variation.delete" : "variation.upsert",
                "variation",
                named: urn.description,
                in: project,
                toolset.map { "in the toolset \($0)" } ?? "in the whole project"
            )
            return (version, live)
        }
        if let live { edited(live, actor) }
        return version
    }

    package func variations(
        toolset: Slug?,
        in project: ID<Project>,
        _ page: PageRequest
    ) async throws -> Page<VariationVersion> {
        try await database.read { connection in
            let group = try connection.variationsGroup(of: toolset, in: project)
            let rows = try connection.variationHeads(in: group).map(\.published)
                .filter { !$0.variation.isEmpty && $0.urn.description > page.cursor ?? "" }
            return Page(fetched: Array(rows.prefix(page.limit + 1)), request: page) { $0.urn.description }
        }
    }

    package func variationHistory(
        of urn: ToolURN,
        toolset: Slug?,
        in project: ID<Project>,
        _ page: PageRequest
    ) async throws -> Page<VariationVersion> {
        try await database.read { connection in
            let group = try connection.variationsGroup(of: toolset, in: project)
            let rows = try connection.query(
                """
                SELECT * FROM tool_variations
                WHERE group_id = \(group) AND tool_urn = \(urn) \(SQL.before("version", try page.position))
                ORDER BY version DESC LIMIT \(page.limit + 1)
                """
            ).map { try VariationRecord(row: $0).published }
            return Page(fetched: rows, request: page) { String($0.version) }
        }
    }
}

extension PageRequest {
    /// The cursor of a list that is ordered by a number.
    ///
    /// - Throws: ``Problem`` `invalid` where it is no number: not one that a list gave.
    var position: Int? {
        get throws {
            guard let cursor else { return nil }
            guard let position = Int(cursor) else { throw Problem.wrongCursor(cursor) }
            return position
        }
    }
}

extension Connection {
    fileprivate func madeGlobalGroup(in project: ID<Project>) throws -> String {
        try globalVariationsGroup(in: project) ?? makeVariationsGroup(kind: "global", in: project)
    }

    fileprivate func variationsGroup(of toolset: Slug?, in project: ID<Project>) throws -> String? {
        guard let toolset else { return try globalVariationsGroup(in: project) }
        return try editedRecord(of: try existingToolset(toolset, in: project)).variationsGroupID
    }

    /// Refuses a URN that no deployment of the project ever had.
    fileprivate func requireKnown(_ urn: ToolURN, in project: ID<Project>) throws {
        let known = try first(
            """
            SELECT 1 AS value FROM compilation_tools c
            JOIN source_compilations s ON s.id = c.compilation_id
            JOIN sources p ON p.id = s.source_id
            WHERE p.project_id = \(project) AND c.urn = \(urn) LIMIT 1
            """
        )
        guard known == nil else { return }
        throw Problem(
            .unknownURN,
            "Nothing was changed: the project has no tool \(urn); tools.list names those it has.",
            errors: [.init(pointer: "/tool_urn", message: "not known")]
        )
    }

    /// The rows whose heads a variation of a tool can rename: the edited one, or for a global variation every row that
    /// has the tool. In staging mode nobody reads the heads of the live row.
    fileprivate func readers(
        of urn: ToolURN,
        edited: ToolsetRecord?,
        in project: ID<Project>
    ) throws -> [ToolsetRecord] {
        if let edited { return [edited] }
        return try query(
            """
            SELECT * FROM toolsets t
            WHERE t.project_id = \(project) AND t.deleted_at IS NULL AND t.archived_at IS NULL
                AND (t.editing_mode = 'iteration' OR t.parent_toolset_id IS NOT NULL)
                AND EXISTS (
                    SELECT 1 FROM toolset_version_tools i
                    JOIN toolset_versions v ON v.id = i.toolset_version_id
                    WHERE i.tool_urn = \(urn) AND v.toolset_id = t.id
                        AND v.version = (SELECT max(w.version) FROM toolset_versions w WHERE w.toolset_id = t.id)
                )
            """
        ).map(ToolsetRecord.init)
    }
}
