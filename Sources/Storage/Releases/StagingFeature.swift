import Persistence
import Projects
import Releases
import Vocabulary

extension Connection {
    /// Whether the flag is on for the organization; flags are on until somebody turns them off.
    func isFeatureOn(_ feature: Feature) throws -> Bool {
        try first("SELECT is_on FROM organization_features WHERE feature = \(feature.rawValue)")?.bool("is_on") ?? true
    }

    /// Refuses staging work where the organization has turned staging off: the one place that decides it, in the
    /// transaction that would do the work. Whatever makes a staging copy, changes it, shows what it would serve or makes
    /// of it what callers get asks here. What takes staging away, or goes back to what was live, does not ask.
    ///
    /// - Throws: ``Problem`` `feature_disabled`.
    func requireStagingFeature() throws {
        guard try !isFeatureOn(.toolsetStaging) else { return }
        throw Problem(
            .featureDisabled,
            "Staging is turned off for the organization; what is live goes on, and an admin turns staging on again by features.set (toolset_staging)."
        )
    }

    /// As ``editedRecord(of:)``, for an edit.
    ///
    /// - Throws: ``Problem`` `feature_disabled` where that is a staging copy and staging is turned off.
    func editableRecord(of parent: ToolsetRecord) throws -> ToolsetRecord {
        if parent.mode == .staging { try requireStagingFeature() }
        return try editedRecord(of: parent)
    }
}
