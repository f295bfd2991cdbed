#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The time as calls need it: what passes, what the calendar says, and waiting. A test gives its own.
package struct UpstreamClock: Sendable {
    /// What has passed since some moment; never goes back.
    package let now: @Sendable () -> Duration
    /// Seconds since 1970, for dates that an API names.
    package let date: @Sendable () -> Int
    /// Returns after the time, or throws `CancellationError` where the task is cancelled first.
    package let sleep: @Sendable (Duration) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Duration,
        date: @escaping @Sendable () -> Int,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.date = date
        self.sleep = sleep
    }

    /// The machine's clocks.
    package static var system: UpstreamClock {
        let start = ContinuousClock.now
        return UpstreamClock(
            now: { ContinuousClock.now - start },
            date: { Int(time(nil)) },
            sleep: { try await Task.sleep(for: $0) }
        )
    }
}
