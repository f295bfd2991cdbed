/// How many calls there were, and how they went.
package struct CallCounts: Sendable, Hashable {
    package var calls: Int
    /// Calls that the upstream did not answer as hoped.
    package var errors: Int
    /// Calls that were not made: the arguments did not fit, or a variable was missing.
    package var refused: Int
    /// In milliseconds, of the calls that were made: half took no longer.
    package var p50: Int?
    /// In milliseconds, of the calls that were made: 95 of 100 took no longer (nearest rank).
    package var p95: Int?

    package static let none = CallCounts(calls: 0, errors: 0, refused: 0, p50: nil, p95: nil)

    package init(calls: Int, errors: Int, refused: Int, p50: Int?, p95: Int?) {
        self.calls = calls
        self.errors = errors
        self.refused = refused
        self.p50 = p50
        self.p95 = p95
    }

    /// Calls that did not do what they were for.
    package var failures: Int { errors + refused }

    /// The share of calls that failed, 0 to 1.
    package var failureShare: Double { calls == 0 ? 0 : Double(failures) / Double(calls) }
}

/// Whether a release does worse than the one that it is compared with.
package enum CallJudgement: String, Sendable {
    case notEnoughCalls = "not_enough_calls"
    case nothingToCompare = "nothing_to_compare"
    case asBefore = "as_before"
    case moreFailures = "more_failures"
    case slower
}

extension CallCounts {
    /// With fewer calls than this nothing is said: a share of few calls says more about chance than about a release.
    package static let enoughCalls = 30

    package var isEnough: Bool { calls >= Self.enoughCalls }

    /// What calls say of a release beside an earlier one. Failures count where they are more by 2 of 100 and by more than
    /// chance does (two proportions, 2 standard errors); time where p95 is half as much again, and by 50 ms.
    package func judged(against earlier: CallCounts?) -> CallJudgement {
        guard isEnough else { return .notEnoughCalls }
        guard let earlier, earlier.isEnough else { return .nothingToCompare }
        let difference = failureShare - earlier.failureShare
        let pooled = Double(failures + earlier.failures) / Double(calls + earlier.calls)
        let error = (pooled * (1 - pooled) * (1 / Double(calls) + 1 / Double(earlier.calls))).squareRoot()
        if difference >= 0.02, difference > 2 * error { return .moreFailures }
        if let p95, let before = earlier.p95, p95 - before >= 50, p95 * 2 >= before * 3 { return .slower }
        return .asBefore
    }
}
