import Releases
import Testing
import Vocabulary

/// Checks that a history is linearizable: that every step and every look can be given one instant between its beginning
/// and its end, so that a simple model, which does one thing at a time, comes to the same answers.
///
/// The order of the steps that were done is known, since it is the order of their commits. So the check is exact and
/// needs no search: the model goes through them in that order, and what was refused or seen must fit one of the states
/// that it had in the meantime.
struct Linearization {
    /// The model after so many of the steps that were done.
    private(set) var states: [Model]
    /// The steps that were done, in the order of their commits.
    private let done: [History.Step]
    private let history: History
    private let place: String

    /// `place` says where the history came from, for a failure.
    init(of history: History, from start: Model, _ place: String) {
        self.history = history
        self.place = place
        done = history.steps.filter { $0.commit != nil }.sorted { ($0.commit ?? 0) < ($1.commit ?? 0) }
        states = [start]
    }

    mutating func check() {
        replay()
        checkRealTime()
        checkRefusals()
        checkLooks()
    }

    /// What was done had to be possible then.
    private mutating func replay() {
        for (position, step) in done.enumerated() {
            var model = states[position]
            #expect(model.refusal(of: step.action) == nil, "\(place): \(step.action) was done as number \(position)")
            model.apply(step.action, deploymentSeq: step.deploymentSeq)
            states.append(model)
        }
    }

    /// What had ended before another thing began was committed before it.
    private func checkRealTime() {
        var latest = 0
        for (position, step) in done.enumerated() {
            #expect(step.responded.time > latest, "\(place): \(step.action) was overtaken")
            latest = max(latest, step.invoked.time)
            _ = position
        }
    }

    /// What was refused had to be refused at some instant while it was asked for.
    private func checkRefusals() {
        for step in history.steps {
            guard let code = step.refusal else { continue }
            let range = window(step.invoked, step.responded)
            if range.count > 1, step.action.canBeStale(code) { continue }
            #expect(
                range.contains { states[$0].refusal(of: step.action) == code },
                "\(place): \(step.action) was refused with \(code.rawValue)"
            )
        }
    }

    /// Every look shows a state that was there while it lasted, and none that is older than what an earlier look showed.
    private func checkLooks() {
        for view in Toolset.View.allCases {
            let looks = history.looks.filter { $0.view == view }.sorted { $0.responded.time < $1.responded.time }
            // Instants that were given to looks, by when these ended.
            var given: [(responded: Int, instant: Int)] = []
            for look in looks {
                let range = window(look.invoked, look.responded)
                let seen = given.last { $0.responded < look.invoked.time }?.instant ?? 0
                let instant = range.first { $0 >= seen && states[$0].content(at: view) == look.content }
                #expect(
                    instant != nil,
                    "\(place): \(view.rawValue) showed what it never was: \(String(describing: look.content))"
                )
                // The earliest possible instant leaves the most room to those that follow.
                given.append((look.responded.time, max(instant ?? seen, given.last?.instant ?? 0)))
            }
        }
    }

    /// The states that could be met between two moments.
    private func window(_ invoked: History.Moment, _ responded: History.Moment) -> ClosedRange<Int> {
        let lower = done.lastIndex { $0.responded.time < invoked.time }.map { $0 + 1 } ?? 0
        let upper = done.lastIndex { ($0.commit ?? 0) <= responded.commits }.map { $0 + 1 } ?? 0
        return lower...max(lower, upper)
    }
}

extension Action {
    /// Whether a refusal may come of a state that was there in between: a confirmation, an acknowledgement and the answers
    /// of a merge name what was looked at before.
    fileprivate func canBeStale(_ code: ProblemCode) -> Bool {
        switch self {
        case .publish, .create, .activate: [.unacknowledged, .invalid].contains(code)
        case .merge(let side): side != nil && [.mergeConflicts, .invalid].contains(code)
        case .iterate: code == .confirmRequired
        default: false
        }
    }
}
