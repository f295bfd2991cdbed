import Persistence
package import Projects
package import Releases
package import Vocabulary

extension StoredReleases {
    package func item(
        _ subject: String,
        of slug: Slug,
        from: ReleaseComparison.Side,
        to: ReleaseComparison.Side,
        in project: ID<Project>
    ) async throws -> ComparedItem {
        try await database.read { [compiled] connection in
            if from == .staging || to == .staging { try connection.requireStagingFeature() }
            let parent = try connection.existingToolset(slug, in: project)
            let shelf = ObjectShelf(compiled)
            let item = ComparedItem(
                subject: subject,
                before: try connection.content(of: from, of: parent, from: shelf).item(subject),
                after: try connection.content(of: to, of: parent, from: shelf).item(subject)
            )
            guard item.before != nil || item.after != nil else {
                throw Problem(
                    .notFound,
                    "Neither \(from) nor \(to) of \"\(slug)\" has \"\(subject.prefix(200))\"; toolsets.compareReleases names what differs."
                )
            }
            return item
        }
    }

    package func preflight(
        of name: ReleaseName,
        of slug: Slug,
        in project: ID<Project>
    ) async throws -> ReleasePreflight {
        try await database.read { [allowsHost, compiled] connection in
            let parent = try connection.existingToolset(slug, in: project)
            let (release, _) = try connection.release(name.of(slug), in: project)
            try connection.requireWhole(release, of: slug, toBe: "made live")
            let shelf = ObjectShelf(compiled)
            let next = try connection.content(ofManifest: release.digest, from: shelf)
            let live = try connection.currentRelease(of: parent)
            // What is live may be damaged, and the way back must stay open; then nothing is told of it.
            let old = live.flatMap { try? connection.content(ofManifest: $0.digest, from: shelf) }
            let context = try connection.comparisonContext(of: parent, allowsHost: allowsHost)
            return ReleasePreflight(
                live: live?.number,
                isSameAsLive: live?.digest == release.digest,
                checks: [
                    .variables(
                        lacking: next.missingVariables(having: context.available),
                        new: context.missing(in: next, since: old),
                        environment: context.environment
                    ), .operations(gone: context.gone(from: next)),
                ]
            )
        }
    }
}
