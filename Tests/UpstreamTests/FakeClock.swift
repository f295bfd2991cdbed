import Synchronization
import Upstream

/// A clock that moves when somebody sleeps by it, and at once.
final class FakeClock: Sendable {
    private let state = Mutex<(now: Duration, sleeps: [Duration])>((.seconds(1000), []))

    /// What was slept, in order.
    var sleeps: [Duration] { state.withLock { $0.sleeps } }

    func advance(by time: Duration) { state.withLock { $0.now += time } }

    /// The clock as calls read it; its date begins at 1994-11-06 08:49:37.
    var clock: UpstreamClock {
        UpstreamClock(
            now: { self.state.withLock { $0.now } },
            date: { 784_111_777 + Int(self.state.withLock { $0.now } / .seconds(1)) - 1000 },
            sleep: { time in
                self.state.withLock { state in
                    state.now += time
                    state.sleeps.append(time)
                }
            }
        )
    }
}
