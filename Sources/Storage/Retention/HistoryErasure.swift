import JSON
import Persistence
import Projects
import Releases
import Tools
import Vocabulary

/// What came of taking something out of histories.
struct HistoryErasure {
    /// Where it still stands, in words.
    var remains: [String] = []
    /// How many versions were blanked.
    var count = 0

    /// Names more of what remains, each once.
    mutating func add(_ more: [String]) {
        remains += more.filter { !remains.contains($0) }
    }
}

/// Takes what was redacted out of the histories that it came from, where nothing but redacted releases reaches it.
///
/// A version stays as a row, with its number, who wrote it and when; its texts go. The newest version stays whole, since it
/// is what editors see: it is for them to change. As long as one version that says the same has to stay, all of them do, so
/// that the next try finds them. The records that took the texts in are renewed, where they were right.
extension Connection {
    /// Blanks the versions that say what was taken out of a release. Where the text is named that must not be kept, only
    /// what says it counts as remaining.
    func eraseHistories(
        of item: ReleaseItem,
        saying text: RedactedText?,
        in release: Release,
        by actor: Actor
    ) throws -> HistoryErasure {
        switch item {
        case .tool(let urn):
            var erasure = try eraseVariations(of: urn, saying: text, in: release)
            erasure.remains += try documentRemains(of: urn, saying: text, in: release)
            return erasure
        case .prompt(let name):
            var erasure = try erasePrompts(name, in: release)
            erasure.add(try text.map { try promptVersions(of: name, saying: $0, in: release) } ?? [])
            return erasure
        case .resource(let urn):
            var erasure = try eraseResources(urn, saying: text, in: release, by: actor)
            erasure.add(try text.map { try resourceVersions(of: urn, saying: $0, in: release) } ?? [])
            return erasure
        }
    }

    /// Changes rows that records are of, and renews those records that were right: one that is wrong is left to be found.
    private func renewingRecords(
        ofGroups groups: [String],
        releases: [ID<Release>],
        _ change: () throws -> Void
    ) throws {
        let versions = try query(
            """
            SELECT id, record_digest FROM tool_variations_group_versions WHERE group_id IN \(list: groups)
            ORDER BY group_id, version
            """
        ).filter { try $0.optionalText("record_digest") == groupVersionRecord(try $0.text("id")).hex }
        let sound = try releases.filter { try hasSoundRecord($0) }
        try change()
        for version in versions { try sealGroupVersion(try version.text("id")) }
        for release in sound { try sealRelease(release) }
    }

    /// Whether an item was taken out of a release, or never was in it.
    private func lacks(_ item: ReleaseItem, _ release: Row) throws -> Bool {
        guard try release.optionalText("redacted_at") != nil else { return false }
        let content = try readableContent(ofManifest: try release.parsed("manifest_digest") { Digest($0) })
        return content.object(of: item).map { content.redacted.contains($0) } ?? true
    }
}

// MARK: - Variations

extension Connection {
    private func eraseVariations(
        of urn: ToolURN,
        saying text: RedactedText?,
        in release: Release
    ) throws -> HistoryErasure {
        let rows = try query(
            """
            SELECT v.*, o.kind, g.version AS kept_since, t.parent_toolset_id FROM tool_variations v
            JOIN tool_variations_groups o ON o.id = v.group_id
            LEFT JOIN toolsets t ON t.variations_group_id = v.group_id AND t.archived_at IS NULL
            LEFT JOIN tool_variations_group_version_changes c ON c.variation_id = v.id
            LEFT JOIN tool_variations_group_versions g ON g.id = c.group_version_id
            WHERE v.tool_urn = \(urn) AND (
                t.id = \(release.toolsetID) OR t.parent_toolset_id = \(release.toolsetID)
                OR (o.kind = 'global' AND o.project_id = (
                    SELECT project_id FROM toolsets WHERE id = \(release.toolsetID)
                ))
            )
            ORDER BY o.kind, t.parent_toolset_id IS NOT NULL, v.group_id, v.version
            """
        )
        var erasure = HistoryErasure()
        var texts = Set(try variationsSaid(of: urn, in: release))
        if let text {
            // Whatever else was said of the tool with the text in it has to go as well.
            texts.formUnion(
                try rows.map { try VariationRecord(row: $0).variation }.filter { text.stands(in: $0.texts) }
            )
        }
        for said in texts where said.hasTexts {
            let same = try rows.filter { try VariationRecord(row: $0).variation == said }
            if try same.contains(where: { try isNeeded(VariationRecord(row: $0), $0, .tool(urn)) }) {
                if text?.stands(in: said.texts) == false { continue }
                erasure.remains += try same.map { row in
                    let isStaging = try row.optionalText("parent_toolset_id") != nil
                    let isGlobal = try row.text("kind") == "global"
                    let whose = isGlobal ? "the project's" : isStaging ? "staging's" : "the toolset's"
                    return "version \(try row.integer("version")) of \(whose) variation of \(urn)"
                }
            } else {
                try blankVariations(same)
                erasure.count += same.count
            }
        }
        erasure.remains.sort()
        return erasure
    }

    /// What each layer said of a tool when a release was made.
    private func variationsSaid(of urn: ToolURN, in release: Release) throws -> [Variation] {
        let row = try first(
            """
            SELECT own_variations_version_id, global_variations_version_id FROM toolset_releases
            WHERE id = \(release.id)
            """
        )
        return try ["own_variations_version_id", "global_variations_version_id"].compactMap { column in
            try variations(atGroupVersion: try row?.optionalText(column))[urn]
        }
    }

    /// Whether editors see a version, a release shows it from which nothing was taken, or an undo would bring it back.
    private func isNeeded(_ record: VariationRecord, _ row: Row, _ item: ReleaseItem) throws -> Bool {
        let group = try row.text("group_id")
        if try variationHead(of: record.urn, in: group)?.id == record.id { return true }
        guard let since = try row.optionalInteger("kept_since") else { return false }
        let next = try first(
            """
            SELECT min(g.version) AS value FROM tool_variations v
            JOIN tool_variations_group_version_changes c ON c.variation_id = v.id
            JOIN tool_variations_group_versions g ON g.id = c.group_version_id
            WHERE v.group_id = \(group) AND v.tool_urn = \(record.urn) AND v.version > \(record.version)
            """
        )?.optionalInteger("value")
        let versions: SQL = """
            SELECT id FROM tool_variations_group_versions
            WHERE group_id = \(group) AND version >= \(since) AND version < \(next ?? Int(Int32.max))
            """
        let kept = try count(
            "SELECT count(*) AS value FROM kept_edits WHERE own_variations_version_id IN (\(versions))"
        )
        guard kept == 0 else { return true }
        return try !query(
            """
            SELECT manifest_digest, redacted_at FROM toolset_releases
            WHERE own_variations_version_id IN (\(versions)) OR global_variations_version_id IN (\(versions))
            """
        ).allSatisfy { try lacks(item, $0) }
    }

    /// The name stays, since the pages of manifests say it too.
    private func blankVariations(_ rows: [Row]) throws {
        guard !rows.isEmpty else { return }
        let groups = Array(Set(try rows.map { try $0.text("group_id") })).sorted()
        let releases: [ID<Release>] = try query(
            """
            SELECT r.id FROM toolset_releases r JOIN tool_variations_group_versions g
            ON g.id = r.own_variations_version_id OR g.id = r.global_variations_version_id
            WHERE g.group_id IN \(list: groups) GROUP BY r.id ORDER BY r.id
            """
        ).map { try $0.id("id") }
        try renewingRecords(ofGroups: groups, releases: releases) {
            for row in rows {
                try execute(
                    """
                    UPDATE tool_variations
                    SET title = NULL, summary = NULL, description = NULL, tags = NULL, confirm_prompt = NULL
                    WHERE id = \(try row.text("id"))
                    """
                )
            }
        }
    }

    /// The definition and the document that a tool was compiled from, as far as they hold what was taken out.
    private func documentRemains(
        of urn: ToolURN,
        saying text: RedactedText?,
        in release: Release
    ) throws -> [String] {
        try query(
            """
            SELECT d.seq, s.slug, c.sha256, t.definition_digest FROM deployment_sources i
            JOIN deployments d ON d.id = i.deployment_id
            JOIN sources s ON s.id = i.source_id
            JOIN source_compilations c ON c.id = i.compilation_id
            JOIN compilation_tools t ON t.compilation_id = c.id
            WHERE i.deployment_id = \(release.deploymentID) AND t.urn = \(urn)
            """
        ).flatMap { row in
            let definition = try first(
                "SELECT content FROM tool_definitions WHERE digest = \(try row.optionalText("definition_digest"))"
            )?.bytes("content")
            let isDefined = definition.map { text?.stands(in: $0) ?? true } ?? false
            // What a definition says stands in its document, in whatever way it is written there.
            let isWritten = try isDefined || bytes(try row.text("sha256"), hold: text)
            return [
                isDefined ? "the definition of \(urn) in deployment \(try row.integer("seq"))" : nil,
                isWritten ? "the document \(try row.text("sha256")) of source \(try row.text("slug"))" : nil,
            ].compactMap(\.self)
        }
    }

    /// Whether stored bytes hold a text; where none is named they do.
    func bytes(_ sha256: String, hold text: RedactedText?) throws -> Bool {
        guard let text else { return true }
        let row = try first("SELECT content FROM asset_contents WHERE sha256 = \(sha256)")
        return try row.map { text.stands(in: try $0.bytes("content")) } ?? false
    }
}

extension Variation {
    /// Everything that could be a secret.
    fileprivate var texts: [String?] { [title, summary, description, confirmPrompt] + (tags ?? []) }

    /// Whether it says anything that could be one.
    fileprivate var hasTexts: Bool { tags != nil || texts.contains { $0 != nil } }
}

// MARK: - Prompts and resources

extension Connection {
    private func erasePrompts(_ name: String, in release: Release) throws -> HistoryErasure {
        let rows = try query(
            """
            SELECT p.* FROM prompt_templates p WHERE EXISTS (
                SELECT 1 FROM toolset_releases r JOIN source_states s ON s.id = r.source_state_id
                JOIN system_source_state_prompts i ON i.system_source_state_id = s.system_source_state_id
                JOIN prompt_templates said ON said.id = i.prompt_template_id
                WHERE r.id = \(release.id) AND said.name = \(name) AND p.project_id = said.project_id
                    AND p.name = said.name AND p.description = said.description
                    AND p.arguments = said.arguments AND p.template = said.template
            )
            ORDER BY p.version
            """
        )
        let ids = try rows.map { try $0.text("id") }
        let states: SQL = """
            SELECT system_source_state_id FROM system_source_state_prompts WHERE prompt_template_id IN \(list: ids)
            """
        let newest = try rows.first.flatMap { try prompt(name, in: try $0.id("project_id")) }?.id.text
        guard !ids.contains(newest ?? ""), let releases = try releasesWithout(.prompt(name), in: states) else {
            return HistoryErasure(remains: try rows.map { "version \(try $0.integer("version")) of prompt \(name)" })
        }
        let hadTexts = try rows.contains { try !$0.text("description").isEmpty || !$0.text("template").isEmpty }
        try renewingRecords(ofGroups: [], releases: releases) {
            try execute(
                """
                UPDATE prompt_templates SET description = '', arguments = '[]', template = '' WHERE id IN \(list: ids)
                """
            )
        }
        return HistoryErasure(count: hadTexts ? rows.count : 0)
    }

    /// The releases with one of these states, where an item was taken out of all of them, and no edits stay on one of the
    /// states or can be brought back with it; nothing otherwise.
    private func releasesWithout(_ item: ReleaseItem, in states: SQL) throws -> [ID<Release>]? {
        let pinned = try count(
            """
            SELECT (SELECT count(*) FROM kept_edits WHERE pinned_system_source_state_id IN (\(states)))
                + (SELECT count(*) FROM toolsets
                    WHERE deleted_at IS NULL AND pinned_system_source_state_id IN (\(states))) AS value
            """
        )
        guard pinned == 0 else { return nil }
        let releases = try query(
            """
            SELECT r.id, r.manifest_digest, r.redacted_at FROM toolset_releases r
            JOIN source_states s ON s.id = r.source_state_id WHERE s.system_source_state_id IN (\(states))
            """
        )
        return try releases.allSatisfy { try lacks(item, $0) } ? releases.map { try $0.id("id") } : nil
    }

    private func eraseResources(
        _ urn: ResourceURN,
        saying text: RedactedText?,
        in release: Release,
        by actor: Actor
    ) throws -> HistoryErasure {
        let rows = try query(
            """
            SELECT q.*, a.sha256 FROM resources q JOIN assets a ON a.id = q.asset_id WHERE EXISTS (
                SELECT 1 FROM toolset_releases r JOIN source_states s ON s.id = r.source_state_id
                JOIN system_source_state_resources i ON i.system_source_state_id = s.system_source_state_id
                JOIN resources said ON said.id = i.resource_id JOIN assets b ON b.id = said.asset_id
                WHERE r.id = \(release.id) AND said.slug = \(urn.slug) AND q.project_id = said.project_id
                    AND q.slug = said.slug AND (b.sha256 = a.sha256 OR q.id = said.id)
            )
            ORDER BY q.version
            """
        )
        let bytes = Set(try rows.map { try $0.text("sha256") }).filter { $0 != Digest(of: []).hex }.sorted()
        guard try blankResources(rows, urn, by: actor) else {
            let held = try bytes.filter { try self.bytes($0, hold: text) }
            let named = try rows.filter { row in
                guard let text else { return true }
                let texts = try ["name", "title", "description"].map { try row.optionalText($0) }
                return try text.stands(in: texts) || held.contains(try row.text("sha256"))
            }
            return HistoryErasure(
                remains: try named.map { "version \(try $0.integer("version")) of resource \(urn.slug)" }
                    + held.map { "the bytes of asset \($0)" }
            )
        }
        let left = try bytes.filter { try !eraseBytes($0) }
        return HistoryErasure(
            remains: try left.filter { try self.bytes($0, hold: text) }.map { "the bytes of asset \($0)" },
            count: bytes.isEmpty ? 0 : rows.count
        )
    }

    /// Makes versions of a resource say nothing; false, and no change, where one of them is needed.
    private func blankResources(_ rows: [Row], _ urn: ResourceURN, by actor: Actor) throws -> Bool {
        guard let first = rows.first else { return true }
        let ids = try rows.map { try $0.text("id") }
        let project: ID<Project> = try first.id("project_id")
        let states: SQL = """
            SELECT system_source_state_id FROM system_source_state_resources WHERE resource_id IN \(list: ids)
            """
        guard try !ids.contains(resource(urn.slug, in: project)?.id.text ?? ""),
            let releases = try releasesWithout(.resource(urn), in: states)
        else { return false }
        let nothing = try insertAsset(
            name: urn.slug.text,
            kind: Asset.resourceKind,
            contentType: try first.text("mime_type"),
            content: [],
            in: project,
            by: actor
        )
        try renewingRecords(ofGroups: [], releases: releases) {
            try execute(
                """
                UPDATE resources SET name = slug, title = NULL, description = NULL, asset_id = \(nothing)
                WHERE id IN \(list: ids)
                """
            )
        }
        return true
    }

    /// Takes bytes away that nothing says any more; false where something does.
    private func eraseBytes(_ sha256: String) throws -> Bool {
        try execute(
            """
            DELETE FROM object_contents WHERE sha256 = \(sha256)
                AND object_digest IN (SELECT digest FROM objects WHERE redacted_at IS NOT NULL)
            """
        )
        try execute(
            """
            DELETE FROM assets WHERE sha256 = \(sha256) AND kind = \(Asset.resourceKind)
                AND NOT EXISTS (SELECT 1 FROM resources r WHERE r.asset_id = assets.id)
            """
        )
        return try execute(
            """
            DELETE FROM asset_contents WHERE sha256 = \(sha256)
                AND NOT EXISTS (SELECT 1 FROM assets a WHERE a.sha256 = asset_contents.sha256)
                AND NOT EXISTS (SELECT 1 FROM source_compilations s WHERE s.sha256 = asset_contents.sha256)
                AND NOT EXISTS (SELECT 1 FROM object_contents o WHERE o.sha256 = asset_contents.sha256)
            """
        ) > 0
    }
}
