import Projects
import Releases
import Storage
import Vocabulary

/// Publishing and rolling back for tests that are about something else.
extension StoredReleases {
    /// Publishes, and acknowledges whatever has to be.
    @discardableResult
    func publish(
        _ slug: Slug,
        notes: String,
        expecting etag: String? = nil,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Release {
        let review = try? await review(slug, in: project)
        let acknowledged = Set(review?.changes.toAcknowledge.map(\.fingerprint) ?? [])
        return try await publish(
            slug,
            Publication(notes: notes, reviewed: ReviewedState(acknowledged: acknowledged)),
            expecting: etag,
            in: project,
            by: actor
        )
    }

    @discardableResult
    func rollBack(
        to reference: ReleaseReference,
        reason: String,
        loadingIntoStaging: Bool = false,
        expecting etag: String? = nil,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset {
        try await rollBack(
            to: reference,
            Rollback(reason: reason, loadsIntoStaging: loadingIntoStaging),
            expecting: etag,
            in: project,
            by: actor
        ).toolset
    }
}
