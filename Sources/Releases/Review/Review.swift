package import Projects
package import Vocabulary

/// Everything that somebody should know before staging goes live.
package struct Review: Sendable {
    /// The release that is live; none where nothing was released, so that there is nothing to compare with.
    package let live: Int?
    /// The release that staging was last in step with.
    package let base: Int?
    package let changes: ReviewedChanges
    /// The deployments that live and staging get their tools from.
    package let deployments: ReviewedDeployments
    /// The estimated cost of the tool list for a model, of live and of staging.
    package let tokens: ReviewedTokens
    /// In the order in which they are shown, each once.
    package let checks: [ReviewCheck]
    /// The next semantic version by the change rules.
    package let suggestedLabel: String
    /// The number that the next release gets, unless another one is made before.
    package let nextNumber: Int
    package let digest: ReviewDigest
    package let stagingEtag: String
    package let activationSeq: Int
    /// What has to be merged first; none where nothing has.
    package let pendingMerge: PendingMerge?

    package init(
        live: Int?,
        base: Int?,
        changes: ReviewedChanges,
        deployments: ReviewedDeployments,
        tokens: ReviewedTokens,
        checks: [ReviewCheck],
        suggestedLabel: String,
        nextNumber: Int,
        digest: ReviewDigest,
        stagingEtag: String,
        activationSeq: Int,
        pendingMerge: PendingMerge?
    ) {
        self.live = live
        self.base = base
        self.changes = changes
        self.deployments = deployments
        self.tokens = tokens
        self.checks = checks
        self.suggestedLabel = suggestedLabel
        self.nextNumber = nextNumber
        self.digest = digest
        self.stagingEtag = stagingEtag
        self.activationSeq = activationSeq
        self.pendingMerge = pendingMerge
    }
}

/// What changes for callers when staging goes live, by where it comes from.
package struct ReviewedChanges: Sendable {
    /// All changes from live to staging, as the rules tell them.
    package let all: [Change]
    /// Those that editors of the toolset made.
    package let yours: [Change]
    /// Those that the project made: a deployment, prompts, resources, global variations.
    package let project: [Change]
    /// What live gained since the base of staging; empty where no merge is pending.
    package let merged: [Change]
    /// Those that a rollback took back before.
    package let broughtBack: [BroughtBackChange]

    package init(
        all: [Change],
        project fingerprints: Set<String>,
        merged: [Change],
        broughtBack: [BroughtBackChange]
    ) {
        self.all = all
        yours = all.filter { !fingerprints.contains($0.fingerprint) }
        project = all.filter { fingerprints.contains($0.fingerprint) }
        self.merged = merged
        self.broughtBack = broughtBack
    }

    /// The changes that nothing goes live with unless somebody acknowledges them.
    package var toAcknowledge: [Change] { all.toAcknowledge(broughtBack: broughtBack) }
}

extension [Change] {
    /// Those that must be acknowledged: breaking ones, and whatever a rollback took back, also where the rules of the
    /// toolset tell nothing of it. Those that cannot be acknowledged are not among them.
    package func toAcknowledge(broughtBack: [BroughtBackChange]) -> [Change] {
        let fingerprints = Set(broughtBack.map(\.change.fingerprint))
        let told = filter {
            $0.rule.canBeAcknowledged && ($0.level == .breaking || fingerprints.contains($0.fingerprint))
        }
        return told + untold(of: broughtBack).filter(\.rule.canBeAcknowledged)
    }

    /// Changes that a rollback took back and that are not among these.
    package func untold(of broughtBack: [BroughtBackChange]) -> [Change] {
        let known = Set(map(\.fingerprint))
        return broughtBack.map(\.change).filter { !known.contains($0.fingerprint) }
    }
}

/// A change that a rollback took back, and that would be there again.
package struct BroughtBackChange: Sendable, Hashable {
    package let change: Change
    /// The release that was rolled back.
    package let from: Int
    /// The release that was rolled back to.
    package let to: Int
    package let actor: String
    package let reason: String
    package let at: Timestamp

    package init(_ change: Change, from: Int, to: Int, actor: String, reason: String, at: Timestamp) {
        self.change = change
        self.from = from
        self.to = to
        self.actor = actor
        self.reason = reason
        self.at = at
    }
}

/// Where tools come from before and after; none where there are none of a source.
package struct ReviewedDeployments: Sendable, Hashable {
    package let live: ID<Deployment>?
    package let staging: ID<Deployment>?

    package init(live: ID<Deployment>?, staging: ID<Deployment>?) {
        self.live = live
        self.staging = staging
    }
}

/// What a tool list costs a model, estimated, before and after.
package struct ReviewedTokens: Sendable, Hashable {
    package let before: Int
    package let after: Int

    package init(before: Int, after: Int) {
        self.before = before
        self.after = after
    }
}

/// The changes between any two sides of a toolset.
package struct ReleaseComparison: Sendable {
    /// One of two things that are compared.
    package enum Side: Sendable, Hashable {
        case release(Int)
        /// A release by its label; an answer has its number.
        case label(ReleaseLabel)
        /// What callers get.
        case live
        /// What staging would serve.
        case staging
    }

    package let from: Side
    package let to: Side
    package let changes: [Change]
    package let tokens: ReviewedTokens
    /// What making the second live would be checked against; only from live to a release.
    package let digest: ReviewDigest?
    package let activationSeq: Int

    package init(
        from: Side,
        to: Side,
        changes: [Change],
        tokens: ReviewedTokens,
        digest: ReviewDigest?,
        activationSeq: Int
    ) {
        self.from = from
        self.to = to
        self.changes = changes
        self.tokens = tokens
        self.digest = digest
        self.activationSeq = activationSeq
    }
}

extension ReleaseComparison.Side: LosslessStringConvertible {
    /// A number from 1, a label, `live` or `staging`.
    package init?(_ text: String) {
        switch text {
        case "live": self = .live
        case "staging": self = .staging
        default:
            if let label = ReleaseLabel(text) {
                self = .label(label)
            } else {
                guard let number = Int(text), number > 0 else { return nil }
                self = .release(number)
            }
        }
    }

    package var description: String {
        switch self {
        case .release(let number): String(number)
        case .label(let label): label.text
        case .live: "live"
        case .staging: "staging"
        }
    }
}
