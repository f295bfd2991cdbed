import Persistence
package import Projects
package import Releases
import Tools
package import Vocabulary

extension StoredToolsets {
    package func cloneToolset(
        _ slug: Slug,
        as newSlug: Slug,
        _ change: Toolset.Change,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset {
        let clone = try await database.write { connection in
            let origin = try connection.existingToolset(slug, in: project)
            guard try connection.toolset(newSlug, in: project) == nil else {
                throw Problem(
                    .nameTaken,
                    "The project has a toolset \"\(newSlug)\" already; choose another slug.",
                    errors: [.init(pointer: "/new_slug", message: "taken")]
                )
            }
            let settings = change.apply(to: try connection.settings(of: origin))
            try connection.requireFree(settings.mcpSlug, for: nil)
            let content = try connection.cloneableContent(of: origin)
            let id = ID<Toolset>.make()
            let group = try connection.makeVariationsGroup(kind: "toolset", in: project)
            try connection.insertToolset(
                id: id,
                project: project,
                slug: newSlug,
                metadata: change.apply(to: content.metadata),
                settings: settings,
                group: group,
                actor: actor
            )
            try connection.appendSelection(
                content.selection.selection,
                settled: content.selection.settled,
                to: id,
                by: actor
            )
            try connection.setVariations(in: group, to: content.variations, by: actor)
            try connection.audit(
                actor,
                "toolset.clone",
                "toolset",
                named: newSlug.text,
                in: project,
                "cloned from \(content.description)"
            )
            return try connection.present(try connection.toolset(id), view: .live, comparing: false)
        }
        edited(clone.id, actor)
        return clone
    }
}

/// What a clone of a toolset begins with.
private struct CloneableContent {
    let metadata: Toolset.Metadata
    let selection: SelectionVersion
    let variations: [ToolURN: Variation]
    /// For the audit log: `pets`, or `release 3 of pets`.
    let description: String
}

extension Connection {
    /// What live is made of: the heads in iteration mode; in staging mode those of the release that is live, and for
    /// what the project's variations say differently by now an own override.
    fileprivate func cloneableContent(of origin: ToolsetRecord) throws -> CloneableContent {
        guard let release = try currentRelease(of: origin) else {
            return CloneableContent(
                metadata: origin.metadata,
                selection: try selection(of: origin.id),
                variations: try ownVariations(of: origin),
                description: origin.slug.text
            )
        }
        let frozen = try frozenHeads(of: release)
        return CloneableContent(
            metadata: frozen.metadata,
            selection: frozen.selection,
            variations: try ownVariations(showing: frozen, of: release, in: origin.projectID),
            description: "release \(release.number) of \(origin.slug)"
        )
    }
}
