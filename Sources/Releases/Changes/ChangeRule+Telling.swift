extension ChangeRule {
    /// Whether the change only tells what others add up to: nobody makes it by itself.
    package var isTotal: Bool {
        switch self {
        case .setSizeLimitCrossed, .setSizeReduced, .setTokensBudgetCrossed, .setTokensShareRaised,
            .setTokensReduced:
            true
        default: false
        }
    }

    /// Why nothing that a content or a setting can say today makes the change; none where something does. To follow
    /// "not told yet: ".
    package var notToldYet: String? {
        switch self {
        case .toolIconsChanged: "tools have no icons"
        case .toolLifecycleSunsetPassed: "contents know no such day"
        case .outputContentFilterChanged: "answers are not filtered"
        case .outputContentCapLowered, .outputContentCapRaised: "the limit is one of the server, not of a tool"
        case .outputContentErrorMappingChanged: "which answers are errors is the same for all tools"
        case .execRetryUnsafeEnabled, .execRetryChanged, .execRetryDisabled:
            "when a call is repeated is the same for all tools"
        case .execTimeoutLowered, .execTimeoutRaised: "the time is one of the server, not of a tool"
        case .execCodeChanged: "there are no functions"
        case .authSchemeAudienceChanged: "call recipes name no audience"
        case .serverEndpointProtocolMinRaised: "the protocols are the program's, not a toolset's"
        case .serverEndpointCacheScopeWidened: "it follows from who may call, which `access.visibility` tells"
        default: nil
        }
    }
}
