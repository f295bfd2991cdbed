import JSON
import Persistence
import Releases
import Tools
import Vocabulary

/// Where releases came from: deployments with what they were compiled from and to, and variations.
extension Verifier {
    func verifyDeployment(_ id: String) {
        summary.deployments += 1
        let place = "deployments \(id)"
        attempt("deployment", place) {
            let record = try connection.first("SELECT record_digest FROM deployments WHERE id = \(id)")
            compareRecord("deployment", place, stored: try record?.optionalText("record_digest")) {
                try connection.deploymentRecord(id, $0)
            }
            let sources = try connection.query(
                """
                SELECT d.source_id, d.compilation_id, a.sha256, c.sha256 AS compiled
                FROM deployment_sources d
                LEFT JOIN assets a ON a.id = d.asset_id
                LEFT JOIN source_compilations c ON c.id = d.compilation_id
                WHERE d.deployment_id = \(id)
                """
            )
            for source in sources {
                guard let compilation = try source.optionalText("compilation_id") else { continue }
                let sha256 = try source.text("sha256")
                compare(
                    "deployment",
                    "\(place), document of source \(try source.text("source_id"))",
                    expected: sha256,
                    found: try source.optionalText("compiled")
                )
                verifyBytes(sha256, "document")
                verifyCompilation(compilation)
            }
        }
    }

    /// A compiled document with the definitions that it was compiled to.
    func verifyCompilation(_ id: String) {
        let place = "source_compilations \(id)"
        once("compilation \(id)") {
            attempt("compilation", place) {
                let row = try connection.first("SELECT record_digest FROM source_compilations WHERE id = \(id)")
                compareRecord("compilation", place, stored: try row?.optionalText("record_digest")) {
                    try connection.compilationRecord(id, $0)
                }
                let tools = try connection.query(
                    "SELECT definition_digest FROM compilation_tools WHERE compilation_id = \(id) ORDER BY position"
                )
                for tool in tools {
                    if let digest = try tool.optionalText("definition_digest") { verifyDefinition(digest) }
                }
            }
        }
    }

    /// What a tool is in a document, against the digest that it is found by.
    func verifyDefinition(_ digest: String) {
        once("definition \(digest)") {
            let place = "tool_definitions \(digest)"
            attempt("tool definition", place) {
                let row = try connection.first("SELECT content FROM tool_definitions WHERE digest = \(digest)")
                let content = try row?.bytes("content")
                compare("tool definition", place, expected: digest, found: content.map { Digest(of: $0).hex })
            }
        }
    }

    /// All versions of a variations group up to one: each adds to those before it.
    func verifyGroupVersions(upTo id: String) {
        attempt("variations", "tool_variations_group_versions \(id)") {
            let rows = try connection.query(
                """
                SELECT g.id FROM tool_variations_group_versions g
                JOIN tool_variations_group_versions named ON named.group_id = g.group_id AND g.version <= named.version
                WHERE named.id = \(id) ORDER BY g.version
                """
            )
            for row in rows { verifyGroupVersion(try row.text("id")) }
        }
    }

    /// A version of a variations group with the variations that it added.
    func verifyGroupVersion(_ id: String) {
        let place = "tool_variations_group_versions \(id)"
        once("group version \(id)") {
            attempt("variations", place) {
                let row = try connection.first(
                    "SELECT record_digest FROM tool_variations_group_versions WHERE id = \(id)"
                )
                compareRecord("variations", place, stored: try row?.optionalText("record_digest")) { _ in
                    try connection.groupVersionRecord(id)
                }
            }
        }
    }

    /// What a version of a group says; the last few are remembered, since most releases name one that another named.
    func variations(at version: String?) throws -> [ToolURN: Variation] {
        guard let version else { return [:] }
        if let known = variations[version] { return known }
        if variations.count > 3 { variations = [:] }
        let said = try history(upTo: version)
        variations[version] = said
        return said
    }

    /// Read from all versions of the group up to one, and not from the newest rows backwards as elsewhere: what a release
    /// says must be proved by the rows that it holds alone.
    private func history(upTo version: String) throws -> [ToolURN: Variation] {
        let rows = try connection.query(
            """
            SELECT v.* FROM tool_variations v
            JOIN tool_variations_group_version_changes c ON c.variation_id = v.id
            JOIN tool_variations_group_versions g ON g.id = c.group_version_id
            JOIN tool_variations_group_versions wanted ON wanted.group_id = g.group_id
            WHERE wanted.id = \(version) AND g.version <= wanted.version
            ORDER BY v.version
            """
        ).map(VariationRecord.init)
        return Dictionary(rows.map { ($0.urn, $0.variation) }, uniquingKeysWith: { _, last in last })
    }
}
