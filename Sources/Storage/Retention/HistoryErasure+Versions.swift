import Persistence
import Releases
import Vocabulary

/// Versions of a history that say a text, be it in other words around it than the release that it was taken out of.
extension Connection {
    /// Those of a prompt, in words.
    func promptVersions(of name: String, saying text: RedactedText, in release: Release) throws -> [String] {
        try query(
            """
            SELECT p.* FROM prompt_templates p JOIN toolsets t ON t.project_id = p.project_id
            WHERE t.id = \(release.toolsetID) AND p.name = \(name) ORDER BY p.version
            """
        ).filter { row in
            try text.stands(in: ["description", "arguments", "template"].map { try row.optionalText($0) })
        }.map { "version \(try $0.integer("version")) of prompt \(name)" }
    }

    /// Those of a resource, in words.
    func resourceVersions(of urn: ResourceURN, saying text: RedactedText, in release: Release) throws -> [String] {
        try query(
            """
            SELECT r.*, a.sha256 FROM resources r JOIN toolsets t ON t.project_id = r.project_id
            JOIN assets a ON a.id = r.asset_id
            WHERE t.id = \(release.toolsetID) AND r.slug = \(urn.slug) ORDER BY r.version
            """
        ).filter { row in
            try text.stands(in: ["title", "description"].map { try row.optionalText($0) })
                || bytes(try row.text("sha256"), hold: text)
        }.map { "version \(try $0.integer("version")) of resource \(urn.slug)" }
    }
}
