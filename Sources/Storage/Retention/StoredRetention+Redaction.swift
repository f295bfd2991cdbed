import JSON
import Persistence
package import Projects
package import Releases
import Tools
package import Vocabulary

extension StoredRetention {
    package func redact(
        _ item: ReleaseItem,
        from reference: ReleaseReference,
        reason: String,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> RedactionReport {
        try await database.write { connection in
            let (release, toolset) = try connection.release(reference, in: project)
            let content = try connection.readableContent(ofManifest: release.digest)
            guard let object = content.object(of: item) else {
                throw Problem(
                    .notFound,
                    "Release \(release.number) of \"\(toolset.slug)\" has no \(item); toolsets.getReleaseDetails names what it has."
                )
            }
            guard !content.redacted.contains(object) else {
                throw Problem(
                    .redacted,
                    "The \(item) of release \(release.number) was redacted already; nothing was changed."
                )
            }
            let holders = try connection.releases(holding: object)
            try Self.requireRedactable(item, holders, in: project)
            let remains = try connection.remains(of: item, in: release)
            let now = Timestamp.now()
            try connection.execute(
                """
                UPDATE objects SET content = \(Tombstone(of: object).content), redacted_at = \(now)
                WHERE digest = \(object.hex)
                """
            )
            for holder in holders {
                try connection.execute(
                    """
                    UPDATE toolset_releases
                    SET redacted_at = \(now), redacted_by = \(actor.name), redaction_reason = \(reason)
                    WHERE id = \(holder.id) AND redacted_at IS NULL
                    """
                )
            }
            let names = holders.map(\.name)
            try connection.audit(
                actor,
                "toolset.redact",
                "toolset",
                named: toolset.slug.text,
                in: project,
                "redacted \(item) of \(names.joined(separator: ", ")): \(reason)"
            )
            guard let redacted = try connection.release(release.id) else {
                throw Problem(.unexpected, "The release was not written.")
            }
            return RedactionReport(release: redacted, object: object.hex, releases: names, remains: remains)
        }
    }

    private static func requireRedactable(
        _ item: ReleaseItem,
        _ holders: [ReleaseHolder],
        in project: ID<Project>
    ) throws {
        let live = holders.filter(\.isLive).map(\.name)
        guard live.isEmpty else {
            throw Problem(
                .releaseIsLive,
                "Nothing was redacted: the \(item) is the same in what is live (\(live.joined(separator: ", "))); make another release live first.",
                details: [.init("releases", live)]
            )
        }
        guard holders.allSatisfy({ $0.project == project }) else {
            throw Problem(
                .inUse,
                "Nothing was redacted: a release of another project has exactly the same \(item), and shares it."
            )
        }
    }
}

/// A release whose manifest names an object.
struct ReleaseHolder {
    let id: ID<Release>
    let project: ID<Project>
    /// `pets release 3`.
    let name: String
    let isLive: Bool
}

extension ReleaseItem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tool(let urn): "tool \(urn)"
        case .prompt(let name): "prompt \(name)"
        case .resource(let urn): "resource \(urn)"
        }
    }
}

extension CompiledContent {
    /// The object that says what an item is.
    fileprivate func object(of item: ReleaseItem) -> Digest? {
        switch item {
        case .tool(let urn): toolEntries.first { $0.urn == urn }?.object
        case .prompt(let name): promptEntries.first { $0.name == name }?.object
        case .resource(let urn): resourceEntries.first { $0.urn == urn }?.object
        }
    }
}

extension Connection {
    /// Refuses a release that something was taken out of for what needs all of it: `made live`, `compared`, `loaded`.
    ///
    /// - Throws: ``Problem`` `redacted`.
    func requireWhole(_ release: Release, of slug: Slug, toBe used: String) throws {
        guard let redaction = release.redaction else { return }
        throw Problem(
            .redacted,
            "Release \(release.number) of \"\(slug)\" is redacted and cannot be \(used): \(redaction.actor) took something out of it (\(redaction.reason)). Choose another release."
        )
    }

    /// Every release that holds an object, of whichever project.
    fileprivate func releases(holding object: Digest) throws -> [ReleaseHolder] {
        try query(
            """
            SELECT r.id, r.release_number, t.project_id, t.slug,
                CASE WHEN t.current_release_id = r.id AND t.deleted_at IS NULL THEN 1 ELSE 0 END AS is_live
            FROM toolset_releases r JOIN toolsets t ON t.id = r.toolset_id
            WHERE r.manifest_digest IN (
                SELECT m.manifest_digest FROM manifest_objects m
                JOIN object_references o ON o.object_digest = m.object_digest
                WHERE o.child_digest = \(object.hex)
            )
            ORDER BY t.slug, r.release_number
            """
        ).map { row in
            ReleaseHolder(
                id: try row.id("id"),
                project: try row.id("project_id"),
                name: "\(try row.text("slug")) release \(try row.integer("release_number"))",
                isLive: try row.bool("is_live")
            )
        }
    }

    /// The histories that an item of a release was made from: they keep what it said.
    fileprivate func remains(of item: ReleaseItem, in release: Release) throws -> [String] {
        switch item {
        case .tool(let urn): try variationRemains(of: urn, in: release) + documentRemains(of: urn, in: release)
        case .prompt(let name):
            try query(
                """
                SELECT p.version FROM toolset_releases r JOIN source_states s ON s.id = r.source_state_id
                JOIN system_source_state_prompts i ON i.system_source_state_id = s.system_source_state_id
                JOIN prompt_templates p ON p.id = i.prompt_template_id
                WHERE r.id = \(release.id) AND p.name = \(name)
                """
            ).map { "version \(try $0.integer("version")) of prompt \(name)" }
        case .resource(let urn):
            try query(
                """
                SELECT q.version, a.sha256 FROM toolset_releases r JOIN source_states s ON s.id = r.source_state_id
                JOIN system_source_state_resources i ON i.system_source_state_id = s.system_source_state_id
                JOIN resources q ON q.id = i.resource_id JOIN assets a ON a.id = q.asset_id
                WHERE r.id = \(release.id) AND q.slug = \(urn.slug)
                """
            ).flatMap { row in
                [
                    "version \(try row.integer("version")) of resource \(urn.slug)",
                    "the bytes of asset \(try row.text("sha256"))",
                ]
            }
        }
    }

    private func variationRemains(of urn: ToolURN, in release: Release) throws -> [String] {
        try query(
            """
            SELECT v.version, o.kind FROM tool_variations v
            JOIN tool_variations_groups o ON o.id = v.group_id
            JOIN tool_variations_group_version_changes c ON c.variation_id = v.id
            JOIN tool_variations_group_versions g ON g.id = c.group_version_id
            JOIN tool_variations_group_versions named ON named.group_id = g.group_id AND g.version <= named.version
            JOIN toolset_releases r
                ON r.own_variations_version_id = named.id OR r.global_variations_version_id = named.id
            WHERE r.id = \(release.id) AND v.tool_urn = \(urn)
            ORDER BY o.kind, v.version
            """
        ).map { row in
            let whose = try row.text("kind") == "global" ? "the project's" : "the toolset's"
            return "version \(try row.integer("version")) of \(whose) variation of \(urn)"
        }
    }

    private func documentRemains(of urn: ToolURN, in release: Release) throws -> [String] {
        try query(
            """
            SELECT d.seq, s.slug, c.sha256 FROM deployment_sources i
            JOIN deployments d ON d.id = i.deployment_id
            JOIN sources s ON s.id = i.source_id
            JOIN source_compilations c ON c.id = i.compilation_id
            JOIN compilation_tools t ON t.compilation_id = c.id
            WHERE i.deployment_id = \(release.deploymentID) AND t.urn = \(urn)
            """
        ).flatMap { row in
            [
                "the definition of \(urn) in deployment \(try row.integer("seq"))",
                "the document \(try row.text("sha256")) of source \(try row.text("slug"))",
            ]
        }
    }
}
