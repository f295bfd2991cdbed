import JSON
import Vocabulary

/// Why a publish was refused, as the page that shows a fresh review says it.
struct ReviewOutcome: Sendable {
    let problem: Problem
    /// What moved since somebody looked; empty where nothing did.
    let moved: String
    /// What is wrong otherwise; empty where it stands beside a field or a change.
    let fault: String
    /// The fingerprints of changes whose tick was missing.
    let missing: Set<String>

    init(_ problem: Problem) {
        self.problem = problem
        let changes = problem.json("changes")?.array ?? []
        missing = problem.code == .unacknowledged ? Set(changes.compactMap { $0["fingerprint"]?.string }) : []
        switch problem.code {
        case .liveMoved: moved = Self.liveMoved(problem)
        case .stagingMoved:
            moved =
                problem.text("last_change_by").map {
                    "\(ActorName.text(.string($0))) edited staging while you were looking."
                }
                ?? "Somebody edited staging while you were looking."
        case .reviewStale: moved = "What you looked at is not what staging and live say now."
        case .nothingToPublish: moved = "There is nothing to publish any more: live serves what staging says."
        default: moved = ""
        }
        fault =
            switch problem.code {
            case _ where !moved.isEmpty: ""
            case .unacknowledged:
                "\(Count.of(missing.count, "change")) below \(missing.count == 1 ? "waits" : "wait") for “Understood”. Nothing was published."
            case .nameTaken, .invalid:
                problem.errors.contains { $0.pointer == "/label" } ? "" : problem.pageMessage
            default: problem.pageMessage
            }
    }

    /// Refusals that the review page shows beside what was filled in; others are a page of their own.
    static func isShown(_ code: ProblemCode) -> Bool {
        [
            .liveMoved, .stagingMoved, .reviewStale, .nothingToPublish, .heldAfterRollback, .unacknowledged,
            .preflightFailed, .nameTaken, .invalid, .etagMismatch, .redacted,
        ].contains(code)
    }

    private static func liveMoved(_ problem: Problem) -> String {
        if let live = problem.json("live")?.integer {
            return "Live has moved to release \(live). Merge it into staging first; else what it brought would be lost."
        }
        let events = (problem.json("activations")?.array ?? []).map { event in
            let release = event["release"]?.integer ?? 0
            let verb =
                switch event["kind"]?.string {
                case "rollback": "rolled back to"
                case "roll_forward": "returned to"
                default: "published"
                }
            return "\(ActorName.text(event["actor"])) \(verb) release \(release)"
        }
        return events.isEmpty
            ? "Live has moved while you were looking."
            : "While you were looking, \(events.joined(separator: ", then "))."
    }
}
