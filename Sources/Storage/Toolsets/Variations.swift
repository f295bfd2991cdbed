import JSON
import Persistence
import Projects
import Releases
import Tools
import Vocabulary

/// A row of `tool_variations`.
struct VariationRecord {
    let id: String
    let urn: ToolURN
    let version: Int
    let variation: Variation
    let createdBy: String
    let createdAt: Timestamp

    init(row: Row) throws {
        id = try row.text("id")
        urn = try row.parsed("tool_urn") { ToolURN($0) }
        version = try row.integer("version")
        variation = Variation(
            name: try row.optionalText("name"),
            title: try row.optionalText("title"),
            summary: try row.optionalText("summary"),
            description: try row.optionalText("description"),
            tags: try row.optionalText("tags").flatMap { try JSONValue(parsing: $0).array?.compactMap(\.string) },
            annotations: ToolAnnotations(
                isReadOnly: try row.optionalBool("read_only_hint"),
                isDestructive: try row.optionalBool("destructive_hint"),
                isIdempotent: try row.optionalBool("idempotent_hint"),
                isOpenWorld: try row.optionalBool("open_world_hint")
            ),
            confirm: try row.optionalText("confirm").flatMap { Variation.ConfirmMode(rawValue: $0) },
            confirmPrompt: try row.optionalText("confirm_prompt"),
            outputSchema: try row.optionalBool("output_schema")
        )
        createdBy = try row.text("created_by")
        createdAt = try row.timestamp("created_at")
    }

    var published: VariationVersion {
        VariationVersion(urn: urn, version: version, variation: variation, createdBy: createdBy, createdAt: createdAt)
    }
}

extension Connection {
    /// Makes a group for variations.
    func makeVariationsGroup(kind: String, in project: ID<Project>) throws -> String {
        let id = ID<VariationRecord>.make()
        try execute(
            """
            INSERT INTO tool_variations_groups (id, project_id, kind, created_at)
            VALUES (\(id), \(project), \(kind), \(Timestamp.now()))
            """
        )
        return id.text
    }

    /// The project's global group; none before its first variation.
    func globalVariationsGroup(in project: ID<Project>) throws -> String? {
        try first("SELECT id FROM tool_variations_groups WHERE project_id = \(project) AND kind = 'global'")?.text("id")
    }

    /// The newest row for each tool of a group, by URN.
    func variationHeads(in group: String?) throws -> [VariationRecord] {
        guard let group else { return [] }
        return try query(
            """
            SELECT v.* FROM tool_variation_heads h JOIN tool_variations v ON v.id = h.variation_id
            WHERE h.group_id = \(group) ORDER BY h.tool_urn
            """
        ).map(VariationRecord.init)
    }

    /// How many rows the history of a group has: versions count from 1 for each tool.
    func variationCount(in group: String?) throws -> Int {
        try count("SELECT sum(version) AS value FROM tool_variation_heads WHERE group_id = \(group)")
    }

    /// The newest row of a group for one tool.
    func variationHead(of urn: ToolURN, in group: String) throws -> VariationRecord? {
        try first(
            """
            SELECT v.* FROM tool_variation_heads h JOIN tool_variations v ON v.id = h.variation_id
            WHERE h.group_id = \(group) AND h.tool_urn = \(urn)
            """
        ).map(VariationRecord.init)
    }

    /// Writes the next row for one tool.
    @discardableResult
    func appendVariation(
        _ variation: Variation,
        of urn: ToolURN,
        to group: String,
        by actor: Actor
    ) throws -> VariationVersion {
        let previous = try variationHead(of: urn, in: group)
        let version = (previous?.version ?? 0) + 1
        let now = Timestamp.now()
        let id = ID<VariationRecord>.make()
        try execute(
            """
            INSERT INTO tool_variations (
                id, group_id, tool_urn, version, predecessor_id, name, title, summary, description, tags,
                read_only_hint, destructive_hint, idempotent_hint, open_world_hint, confirm, confirm_prompt,
                output_schema, created_by, created_at
            ) VALUES (
                \(id), \(group), \(urn), \(version), \(previous?.id), \(variation.name),
                \(variation.title), \(variation.summary), \(variation.description),
                \(variation.tags.map { JSONValue($0).text }), \(variation.annotations.isReadOnly),
                \(variation.annotations.isDestructive), \(variation.annotations.isIdempotent),
                \(variation.annotations.isOpenWorld), \(variation.confirm?.rawValue), \(variation.confirmPrompt),
                \(variation.outputSchema),
                \(actor.name), \(now)
            )
            """
        )
        try execute(
            """
            INSERT INTO tool_variation_heads (group_id, tool_urn, variation_id, version, is_kept)
            VALUES (\(group), \(urn), \(id), \(version), 0)
            ON CONFLICT (group_id, tool_urn)
            DO UPDATE SET variation_id = excluded.variation_id, version = excluded.version, is_kept = 0
            """
        )
        return VariationVersion(
            urn: urn,
            version: version,
            variation: variation,
            createdBy: actor.name,
            createdAt: now
        )
    }

    /// Makes a group say what another state says, with a new row for each tool where they differ.
    func setVariations(in group: String, to wanted: [ToolURN: Variation], by actor: Actor) throws {
        let current = Dictionary(
            try variationHeads(in: group).map { ($0.urn, $0.variation) },
            uniquingKeysWith: { _, last in last }
        )
        for urn in Set(current.keys).union(wanted.keys).sorted() {
            let variation = wanted[urn] ?? Variation()
            if current[urn] ?? Variation() != variation {
                try appendVariation(variation, of: urn, to: group, by: actor)
            }
        }
    }

    /// A version of a group that holds its newest rows: the last version where nothing came since, else a new one that
    /// stores what came, of each tool the newest. None for a group without rows.
    func snapshotVariations(in group: String?) throws -> String? {
        guard let group else { return nil }
        let last = try first(
            """
            SELECT id, version FROM tool_variations_group_versions
            WHERE group_id = \(group) ORDER BY version DESC LIMIT 1
            """
        )
        let added = try query(
            """
            SELECT variation_id FROM tool_variation_heads WHERE group_id = \(group) AND is_kept = 0 ORDER BY tool_urn
            """
        )
        guard !added.isEmpty else { return try last?.text("id") }
        let id = ID<VariationRecord>.make()
        try execute(
            """
            INSERT INTO tool_variations_group_versions (id, group_id, version, predecessor_id, created_at)
            VALUES (\(id), \(group), \((try last?.integer("version") ?? 0) + 1), \(try last?.text("id")),
                \(Timestamp.now()))
            """
        )
        for row in added {
            try execute(
                """
                INSERT INTO tool_variations_group_version_changes (group_version_id, variation_id)
                VALUES (\(id), \(try row.text("variation_id")))
                """
            )
        }
        try execute("UPDATE tool_variation_heads SET is_kept = 1 WHERE group_id = \(group) AND is_kept = 0")
        try sealGroupVersion(id.text)
        return id.text
    }

    /// What a version of a group says about each tool.
    ///
    /// Each tool is walked back from its newest row to the first that the version has: what that costs follows the tools
    /// and what came after the version, and not what came before it.
    func variations(atGroupVersion id: String?) throws -> [ToolURN: Variation] {
        guard let id,
            let wanted = try first("SELECT group_id, version FROM tool_variations_group_versions WHERE id = \(id)")
        else { return [:] }
        let rows = try query(
            """
            SELECT v.* FROM tool_variation_heads h JOIN tool_variations v ON v.id = (
                SELECT p.id FROM tool_variations p
                JOIN tool_variations_group_version_changes c ON c.variation_id = p.id
                JOIN tool_variations_group_versions g ON g.id = c.group_version_id
                WHERE p.group_id = h.group_id AND p.tool_urn = h.tool_urn
                    AND g.version <= \(try wanted.integer("version"))
                ORDER BY p.version DESC LIMIT 1
            )
            WHERE h.group_id = \(try wanted.text("group_id"))
            """
        ).map(VariationRecord.init)
        return Dictionary(rows.map { ($0.urn, $0.variation) }, uniquingKeysWith: { _, last in last })
    }
}
