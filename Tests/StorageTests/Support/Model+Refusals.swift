import Releases
import Vocabulary

extension Model {
    /// Why an action cannot be done now; nothing where it can.
    func refusal(of action: Action) -> ProblemCode? {
        switch action {
        case .select(let tools):
            tools.allSatisfy { deployment(of: edited).definitions[$0] != nil || edited.selection.contains($0) }
                ? nil : .unknownURN
        case .publish(let who): refusal(ofPublishBy: who, activates: true)
        case .create(let who): refusal(ofPublishBy: who, activates: false)
        case .activate(let number, let who): refusal(ofActivating: number, by: who)
        case .rollBack(let number, let who, _): refusal(ofRollingBackTo: number, by: who)
        case .lift(let who): who == .automation ? .forbidden : isHeld ? nil : .notHeld
        case .label(let number, let label):
            releases.count < number
                ? .notFound
                : label != nil && releases.indices.contains { releases[$0].label == label && $0 != number - 1 }
                    ? .nameTaken : nil
        case .discard: mode == .iteration ? .wrongMode : nil
        case .undo(let replacing):
            mode == .iteration
                ? .wrongMode
                : kept.isEmpty ? .notFound : replacing || kept.last?.successor == copy ? nil : .stagingMoved
        case .load(let number): mode == .iteration ? .wrongMode : releases.count < number ? .notFound : nil
        case .merge(let side):
            mode == .iteration ? .wrongMode : side == nil && mergeAsks ? .mergeConflicts : nil
        case .stage: mode == .staging ? .wrongMode : nil
        case .iterate(let who): mode == .iteration ? .wrongMode : stops(who) ? .heldAfterRollback : nil
        case .name, .own, .global, .prompt, .resource, .deploy: nil
        }
    }

    private func stops(_ who: Action.Who) -> Bool { isHeld && who == .automation }

    private func refusal(ofPublishBy who: Action.Who, activates: Bool) -> ProblemCode? {
        guard let copy, let current else { return .wrongMode }
        if stops(who) { return .heldAfterRollback }
        let record = record(of: copy)
        if record == releases[current - 1].record { return .nothingToPublish }
        if !activates, let last = releases.last, !last.wasEverLive, last.record == record { return .nothingToPublish }
        return toMerge == nil ? nil : .liveMoved
    }

    private func refusal(ofActivating number: Int, by who: Action.Who) -> ProblemCode? {
        guard releases.count >= number else { return .notFound }
        guard let current else { return .wrongMode }
        if stops(who) { return .heldAfterRollback }
        if current == number { return .alreadyLive }
        let release = releases[number - 1]
        if release.wasEverLive { return .invalid }
        // Made on another release than what is live: what came since would be lost.
        guard let base = release.base, base != current else { return nil }
        return releases[base - 1].record == releases[current - 1].record ? nil : .liveMoved
    }

    private func refusal(ofRollingBackTo number: Int, by who: Action.Who) -> ProblemCode? {
        guard releases.count >= number else { return .notFound }
        guard let current else { return .wrongMode }
        if current == number { return .alreadyLive }
        guard releases[number - 1].wasEverLive else { return .invalid }
        return number > current && stops(who) ? .heldAfterRollback : nil
    }
}
