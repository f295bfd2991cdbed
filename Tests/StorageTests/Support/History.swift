import Persistence
import Releases
import Synchronization
import Vocabulary

/// What happened while many did things at once: who began and ended when, and in which order transactions were
/// committed.
///
/// Moments are counted, not timed. The order of commits is exact: it is noted inside the transactions, of which there
/// is one at a time.
final class History: Sendable {
    /// Something that changed the state, or was refused.
    struct Step: Sendable {
        let action: Action
        let invoked: Moment
        let responded: Moment
        /// The code that it was refused with; none where it was done.
        let refusal: ProblemCode?
        /// Its place among the commits; none where nothing was committed.
        let commit: Int?
        /// The seq of a deployment, which is given before it takes effect.
        var deploymentSeq = 0
    }

    /// What somebody saw.
    struct Look: Sendable {
        let view: Toolset.View
        let invoked: Moment
        let responded: Moment
        /// Nothing where the address was not there.
        let content: Model.Content?
    }

    /// How many steps had ended, and how many transactions had begun to commit.
    struct Moment: Sendable {
        let time: Int
        let commits: Int
    }

    private struct State {
        var time = 0
        var commits = 0
        var steps: [Step] = []
        var looks: [Look] = []
    }

    private let state = Mutex(State())

    var steps: [Step] { state.withLock { $0.steps } }
    var looks: [Look] { state.withLock { $0.looks } }

    /// Does something and notes what came of it.
    func perform(_ action: Action, _ work: () async throws -> Int) async throws {
        let invoked = now()
        let last = LastCommit()
        let note: @Sendable (any Connection) throws -> Void = { [self] _ in last.set(commit()) }
        var refusal: ProblemCode?
        var seq = 0
        do {
            seq = try await Database.$beforeCommit.withValue(note) { try await work() }
        } catch let problem as Problem {
            refusal = problem.code
        }
        let step = Step(
            action: action,
            invoked: invoked,
            responded: now(),
            refusal: refusal,
            commit: refusal == nil ? last.value : nil,
            deploymentSeq: seq
        )
        state.withLock { $0.steps.append(step) }
    }

    /// Looks at a side and notes what was there.
    func look(at view: Toolset.View, _ work: () async throws -> Model.Content?) async throws {
        let invoked = now()
        let content = try await work()
        let look = Look(view: view, invoked: invoked, responded: now(), content: content)
        state.withLock { $0.looks.append(look) }
    }

    private func commit() -> Int {
        state.withLock { state in
            state.commits += 1
            return state.commits
        }
    }

    private func now() -> Moment {
        state.withLock { state in
            state.time += 1
            return Moment(time: state.time, commits: state.commits)
        }
    }
}

/// The place of the last transaction of one step among all.
private final class LastCommit: Sendable {
    private let place = Mutex(0)

    var value: Int { place.withLock { $0 } }

    func set(_ commit: Int) { place.withLock { $0 = commit } }
}
