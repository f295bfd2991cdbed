import Persistence
import Projects
import Releases
import Storage
import Vocabulary

/// A key that is marked as an automation.
let automation = Actor(name: "key:ci", isAutomation: true)

extension World {
    func review() async throws -> Review {
        try await releases.review(pets, in: project)
    }

    /// Publishes with nothing acknowledged but what is said.
    @discardableResult
    func publish(
        _ publication: Publication,
        by actor: Actor? = nil
    ) async throws -> Release {
        try await releases.publish(pets, publication, in: project, by: actor ?? self.actor)
    }

    /// Makes a release of staging that does not go live; acknowledges whatever has to be.
    func create(_ notes: String = "") async throws -> Release {
        let fingerprints = Set(try await review().changes.toAcknowledge.map(\.fingerprint))
        return try await publish(
            Publication(notes: notes, activates: false, reviewed: ReviewedState(acknowledged: fingerprints))
        )
    }

    @discardableResult
    func activate(
        _ number: Int,
        _ reviewed: ReviewedState = ReviewedState(),
        by actor: Actor? = nil
    ) async throws -> Release {
        try await releases.activate(
            .number(number, toolset: pets),
            reason: "",
            reviewed,
            in: project,
            by: actor ?? self.actor
        )
    }

    @discardableResult
    func rollBack(to number: Int, _ rollback: Rollback, by actor: Actor? = nil) async throws -> RollbackOutcome {
        try await releases.rollBack(
            to: .number(number, toolset: pets),
            rollback,
            in: project,
            by: actor ?? self.actor
        )
    }

    func compare(_ from: ReleaseComparison.Side, _ to: ReleaseComparison.Side) async throws -> ReleaseComparison {
        try await releases.comparison(of: pets, from: from, to: to, in: project)
    }

    func hold() async throws -> Toolset.Hold? {
        try await toolsets.toolset(pets, view: nil, comparing: false, in: project)?.hold
    }

    func release(_ number: Int) async throws -> ReleaseDetails? {
        try await releases.releaseDetails(.number(number, toolset: pets), in: project)
    }
}

extension [Change] {
    /// `list set.tool.removed`, in order.
    var told: [String] { map { "\($0.name) \($0.rule.rawValue)" } }

    /// The one change that a rule tells.
    func only(_ rule: ChangeRule) -> Change? {
        let found = filter { $0.rule == rule }
        return found.count == 1 ? found[0] : nil
    }
}
