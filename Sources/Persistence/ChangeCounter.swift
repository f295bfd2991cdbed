import Synchronization

/// Counts committed changes, so that a cache can tell by one atomic load whether it must look again.
package final class ChangeCounter: Sendable {
    private let count = Atomic<Int>(0)

    package var value: Int { count.load(ordering: .acquiring) }

    /// Counts one more committed change.
    package func increase() {
        count.add(1, ordering: .acquiringAndReleasing)
    }
}
