import JSON
import Persistence
import Releases
import Vocabulary

/// What no release reaches: it is found by its digest like everything else, and would be served tomorrow.
extension Verifier {
    func verifyUnreached() {
        forEach("deployments", by: "id", where: "status <> 'pending'") { id in
            once("deployment \(id)") { verifyDeployment(id) }
        }
        forEach("source_compilations", by: "id") { verifyCompilation($0) }
        forEach("tool_definitions", by: "digest") { verifyDefinition($0) }
        forEach("tool_variations_group_versions", by: "id") { verifyGroupVersion($0) }
        forEach("manifests", by: "digest") { digest in
            guard let parsed = Digest(digest) else {
                return differ("manifest", "manifests \(digest)", expected: "a digest", found: digest)
            }
            if !checked.contains("manifest \(digest)") { _ = verifyManifest(parsed) }
        }
        forEach("objects", by: "digest") { digest in
            attempt("object", "objects \(digest)") {
                guard let parsed = Digest(digest) else {
                    return differ("object", "objects \(digest)", expected: "a digest", found: digest)
                }
                if !checked.contains("object \(digest)") { _ = try object(parsed) }
            }
        }
        forEach("asset_contents", by: "sha256") { verifyBytes($0, "bytes") }
        verifyAssets()
    }

    /// Every key of a table, some hundred of them at a time: no more is held of the rows than one of them.
    private func forEach(_ table: String, by key: String, where condition: SQL = "1 = 1", _ check: (String) -> Void) {
        attempt(table, table) {
            var last = ""
            while true {
                let keys = try connection.query(
                    """
                    SELECT \(unsafeText: key) AS value FROM \(unsafeText: table)
                    WHERE \(unsafeText: key) > \(last) AND \(condition) ORDER BY \(unsafeText: key) LIMIT 500
                    """
                ).map { try $0.text("value") }
                for key in keys { check(key) }
                guard let end = keys.last else { return }
                last = end
            }
        }
    }

    private func verifyAssets() {
        attempt("asset", "assets") {
            let rows = try connection.query(
                """
                SELECT a.id, a.content_length, length(c.content) AS found FROM assets a
                JOIN asset_contents c ON c.sha256 = a.sha256
                WHERE a.content_length <> length(c.content) ORDER BY a.id
                """
            )
            for row in rows {
                compare(
                    "asset",
                    "assets \(try row.text("id")), content_length",
                    expected: try row.integer("found"),
                    found: try row.integer("content_length")
                ) { "\($0) bytes" }
            }
        }
    }

    /// Each history has the versions 1, 2, 3 … and no other, and its rows agree on which history it is.
    func verifyHistories() {
        for (table, keys) in [
            ("toolsets", "history_id"), ("toolset_versions", "toolset_id"), ("prompt_templates", "project_id, name"),
            ("resources", "project_id, slug"), ("tool_variations", "group_id, tool_urn"),
            ("tool_variations_group_versions", "group_id"),
        ] {
            attempt("history", table) {
                let rows = try connection.query(
                    """
                    SELECT min(id) AS id, count(*) AS value, min(version) AS lowest, max(version) AS highest
                    FROM \(unsafeText: table) GROUP BY \(unsafeText: keys)
                    HAVING min(version) <> 1 OR max(version) <> count(*) ORDER BY 1
                    """
                )
                for row in rows {
                    differ(
                        "history",
                        "\(table), that of \(try row.text("id"))",
                        expected: "versions 1 to \(try row.integer("value"))",
                        found: "versions \(try row.integer("lowest")) to \(try row.integer("highest"))"
                    )
                }
            }
        }
        verifyHistoryIDs()
    }

    /// A history is called by its first row; that of a toolset by the row which is never archived.
    private func verifyHistoryIDs() {
        for (table, condition) in [
            ("toolsets", "f.id = x.history_id AND f.archived_at IS NULL"),
            (
                "prompt_templates",
                "f.project_id = x.project_id AND f.name = x.name AND f.history_id = x.history_id AND f.version = 1"
            ),
            (
                "resources",
                "f.project_id = x.project_id AND f.slug = x.slug AND f.history_id = x.history_id AND f.version = 1"
            ),
        ] {
            attempt("history", table) {
                let own: SQL = table == "toolsets" ? "x.archived_at IS NULL" : "x.version = 1"
                let rows = try connection.query(
                    """
                    SELECT x.id, x.history_id FROM \(unsafeText: table) x
                    LEFT JOIN \(unsafeText: table) f ON \(unsafeText: condition)
                    WHERE f.id IS NULL OR (\(own) AND x.history_id <> x.id) ORDER BY x.id
                    """
                )
                for row in rows {
                    differ(
                        "history",
                        "\(table) \(try row.text("id")), history_id",
                        expected: "the history that its other versions are of",
                        found: try row.text("history_id")
                    )
                }
            }
        }
    }
}
