import Synchronization

/// Counts committed changes, so that a cache can tell by one atomic load whether it must look again, and who tells others
/// of changes can wait for the next one.
package final class ChangeCounter: Sendable {
    private struct State {
        var waiters: [Int: AsyncStream<Void>.Continuation] = [:]
        var lastWaiter = 0
    }

    private let count = Atomic<Int>(0)
    private let state = Mutex(State())

    package init() {}

    package var value: Int { count.load(ordering: .acquiring) }

    /// Counts one more committed change, and wakes those who wait for it.
    package func increase() {
        count.add(1, ordering: .acquiringAndReleasing)
        let waiters = state.withLock { state in
            defer { state.waiters = [:] }
            return state.waiters
        }
        for waiter in waiters.values { waiter.finish() }
    }

    /// Returns as soon as the count is another one than `known`, and where the task is cancelled.
    package func change(from known: Int) async {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        let waiter = state.withLock { state -> Int? in
            // Looked at under the lock: a change that comes later finds the waiter.
            guard value == known else { return nil }
            state.lastWaiter += 1
            state.waiters[state.lastWaiter] = continuation
            return state.lastWaiter
        }
        guard let waiter else { return }
        for await _ in stream {}
        state.withLock { $0.waiters[waiter] = nil }
    }
}
