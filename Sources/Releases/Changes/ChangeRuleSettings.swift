/// Which rules count how much for a toolset.
package struct ChangeRuleSettings: Sendable, Hashable {
    /// A choice of levels to begin with.
    package enum Profile: String, Sendable, CaseIterable {
        /// For models that read the list anew: the levels of the rules as they stand.
        case agent
        /// For clients that were generated from a schema or pinned to one: what they cannot bear is breaking.
        case typed
        /// For one person's own use: only breaking changes are shown.
        case solo
    }

    /// What a toolset makes of one rule.
    package enum Override: String, Sendable, CaseIterable {
        case breaking, risky, safe
        /// The rule tells nothing. Where it cannot be acknowledged away, it cannot be turned off either.
        case off
    }

    package var profile: Profile
    package var overrides: [ChangeRule: Override]
    /// A tool that was marked as deprecated for so many days before it is removed makes its removal risky, not
    /// breaking; none: a removal is breaking in any case.
    package var deprecationDays: Int?

    package init(
        profile: Profile = .agent,
        overrides: [ChangeRule: Override] = [:],
        deprecationDays: Int? = nil
    ) {
        self.profile = profile
        self.overrides = overrides
        self.deprecationDays = deprecationDays
    }

    /// Whether each rule counts as it stands.
    package var tellsAsTheyStand: Bool { self == ChangeRuleSettings() }

    /// The level of a rule; none where nothing is told of it. What the toolset says wins over the profile; a rule that
    /// cannot be acknowledged away is always breaking, and `solo` never shows what is not.
    package func level(of rule: ChangeRule) -> ChangeLevel? {
        guard rule.canBeAcknowledged else { return rule.level }
        let level: ChangeLevel? =
            if let override = overrides[rule] {
                ChangeLevel(rawValue: override.rawValue)
            } else {
                profile == .typed && rule.isBreakingWhenTyped ? .breaking : rule.level
            }
        return profile == .solo && level != .breaking ? nil : level
    }
}
