import MCP
import Synchronization

/// One client that waits to be told of changes, between those who notice them and the stream that tells it.
///
/// What has to be told is a set, so changes that come faster than a client reads become one, and nothing piles up.
final class ChangeSubscriber: Sendable {
    /// What a stream does next.
    struct Work: Sendable {
        /// In a fixed order.
        var changes: [ListKind] = []
        var keepsAlive = false
        var ending: Ending?

        var isNothing: Bool { changes.isEmpty && !keepsAlive && ending == nil }
    }

    /// How a stream ends.
    enum Ending: Sendable {
        /// The server ends it, and says so where the protocol has words for it.
        case told
        /// Nobody reads it any more.
        case silent
    }

    private struct State {
        var seen: ListDigests
        var changes: Set<ListKind> = []
        var keepsAlive = false
        var ending: Ending?
        /// How many keep-alives in a row were not written.
        var missed = 0
    }

    /// What a client wants to be told.
    struct Interest: Sendable {
        /// The lists that it asked for.
        let lists: Set<ListKind>
        /// What it could see so far.
        let seen: ListDigests
        /// The legacy session whose stream it is.
        var session: String?
    }

    let caller: Admission.Caller
    let address: ServingAddress
    var session: String? { interest.session }
    private let interest: Interest
    private let state: Mutex<State>
    /// One value for some work; the stream takes all of it at once.
    let wakes: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation
    private let disconnect: @Sendable () -> Void

    /// A client that may be looked for again as `caller`; `disconnect` closes the connection under a stream that it does
    /// not read.
    init(
        _ interest: Interest,
        by caller: Admission.Caller,
        at address: ServingAddress,
        disconnect: @escaping @Sendable () -> Void
    ) {
        self.interest = interest
        self.caller = caller
        self.address = address
        self.disconnect = disconnect
        state = Mutex(State(seen: interest.seen))
        (wakes, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Notes what clients see now; where that is something else than before, the client will be told.
    func see(_ now: ListDigests) {
        let hasNews = state.withLock { state in
            let changes = now.changes(since: state.seen).intersection(interest.lists)
            state.seen = now
            state.changes.formUnion(changes)
            return !changes.isEmpty
        }
        if hasNews { waker.yield() }
    }

    /// Ends the stream after what is still to be told; the first ending counts.
    func end(_ ending: Ending) {
        state.withLock { $0.ending = $0.ending ?? ending }
        waker.yield()
    }

    /// Asks for a sign of life. Whose stream wrote neither of the last two is cut off: its client does not read.
    ///
    /// - Returns: Whether the client is still there.
    func keepAlive() -> Bool {
        let missed = state.withLock { state in
            state.keepsAlive = true
            state.missed += 1
            return state.missed
        }
        guard missed <= 2 else {
            end(.silent)
            disconnect()
            return false
        }
        waker.yield()
        return true
    }

    /// What is to be written now.
    func take() -> Work {
        state.withLock { state in
            let work = Work(
                changes: ListKind.allCases.filter(state.changes.contains),
                keepsAlive: state.keepsAlive,
                ending: state.ending
            )
            state.changes = []
            state.keepsAlive = false
            return work
        }
    }

    /// Notes that what was taken has been written.
    func wrote() {
        state.withLock { $0.missed = 0 }
    }
}
