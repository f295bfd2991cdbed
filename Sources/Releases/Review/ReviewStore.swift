package import Projects
package import Vocabulary

/// Reviews what goes live, makes created releases live, and keeps what people say about releases.
///
/// Each writing call is one transaction with its audit event in it.
package protocol ReviewStore: InspectionStore {
    /// What changes for callers when staging goes live, with everything that a publish is checked against.
    ///
    /// - Throws: `feature_disabled`; `not_found`; `wrong_mode` in iteration mode.
    func review(_ slug: Slug, in project: ID<Project>) async throws -> Review

    /// The changes between two sides of a toolset, in either direction.
    ///
    /// - Throws: `not_found`; `wrong_mode` for the staging side of a toolset in iteration mode; `feature_disabled` for any
    ///   staging side; `redacted`.
    func comparison(
        of slug: Slug,
        from: ReleaseComparison.Side,
        to: ReleaseComparison.Side,
        in project: ID<Project>
    ) async throws -> ReleaseComparison

    /// Makes a release live that was made and never was live. The same is checked as by a publish, against the release
    /// that it was made on.
    ///
    /// - Throws: `feature_disabled`; `not_found`; `wrong_mode`; `already_live`; `invalid` for a release that was live
    ///   before; `redacted`; `live_moved`; `review_stale`; `held_after_rollback`; `unacknowledged`; `preflight_failed`.
    func activate(
        _ reference: ReleaseReference,
        reason: String,
        _ reviewed: ReviewedState,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Release

    /// Sets what people call a release, or takes that away.
    ///
    /// - Throws: `feature_disabled`; `not_found`; `name_taken`.
    func setLabel(
        _ label: ReleaseLabel?,
        of reference: ReleaseReference,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Release

    /// Changes which rules count how much for a toolset, at once and in both modes.
    ///
    /// - Throws: `not_found`, and what `change` throws.
    func setChangeRules(
        of slug: Slug,
        in project: ID<Project>,
        by actor: Actor,
        _ change: @escaping @Sendable (ChangeRuleSettings) throws -> ChangeRuleSettings
    ) async throws -> Toolset

    /// Lets automations publish again after a rollback.
    ///
    /// - Throws: `not_held` where there is no hold; `forbidden` for an automation.
    func liftHold(of slug: Slug, reason: String, in project: ID<Project>, by actor: Actor) async throws -> Toolset
}
