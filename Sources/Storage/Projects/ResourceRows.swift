import JSON
import Persistence
import Projects
import Vocabulary

extension Connection {
    /// Versions of resources with what their assets say; `r` is the table in the condition.
    func resources(where condition: SQL, order: SQL, limit: Int) throws -> [Resource] {
        try query(
            """
            SELECT r.*, a.sha256, a.content_length FROM resources r JOIN assets a ON a.id = r.asset_id
            WHERE \(condition) ORDER BY \(order) LIMIT \(limit)
            """
        ).map(Resource.init)
    }

    /// The newest version of a resource that nobody deleted.
    func resource(_ slug: Slug, in project: ID<Project>) throws -> Resource? {
        try resources(
            where: """
                r.project_id = \(project) AND r.slug = \(slug) AND r.is_deleted = 0
                    AND r.version = (
                        SELECT max(q.version) FROM resources q WHERE q.project_id = \(project) AND q.slug = \(slug)
                    )
                """,
            order: "r.version",
            limit: 1
        ).first
    }

    /// The version of a resource that a system source state holds.
    func pinnedResource(_ slug: Slug, in systemSourceState: String?) throws -> Resource? {
        guard let systemSourceState else { return nil }
        return try resources(
            where: """
                r.slug = \(slug) AND r.id IN (
                    SELECT s.resource_id FROM system_source_state_resources s
                    WHERE s.system_source_state_id = \(systemSourceState)
                )
                """,
            order: "r.version",
            limit: 1
        ).first
    }

    /// The bytes of an asset, by their digest.
    func resourceBytes(_ digest: Digest) throws -> [UInt8]? {
        try first("SELECT content FROM asset_contents WHERE sha256 = \(digest.hex)")?.bytes("content")
    }
}

extension Resource {
    init(row: Row) throws {
        self.init(
            id: try row.id("id"),
            version: try row.integer("version"),
            content: Content(
                slug: try row.slug("slug"),
                name: try row.text("name"),
                title: try row.optionalText("title"),
                description: try row.optionalText("description"),
                mimeType: try row.text("mime_type"),
                body: Body(
                    digest: try row.parsed("sha256") { Digest($0) },
                    size: try row.integer("content_length"),
                    isUTF8: try row.bool("is_utf8")
                )
            ),
            createdAt: try row.timestamp("created_at")
        )
    }
}
