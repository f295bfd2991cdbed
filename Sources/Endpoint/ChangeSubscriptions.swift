import MCP
import Synchronization

/// Who waits to be told of changes, by address.
package final class ChangeSubscriptions: Sendable {
    /// How many clients may wait: each holds a connection.
    package struct Limits: Sendable {
        package var atOneAddress: Int
        package var inAll: Int

        package init(atOneAddress: Int = 250, inAll: Int = 1000) {
            self.atOneAddress = atOneAddress
            self.inAll = inAll
        }
    }

    private struct State {
        var subscribers: [ServingAddress: [ObjectIdentifier: ChangeSubscriber]] = [:]
        var isStopped = false
    }

    private let limits: Limits
    private let state = Mutex(State())

    package init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Takes one in. The stream of a session takes the place of the one that the session had: no message goes to both
    /// (2025-11-25, Transports: Multiple Connections).
    ///
    /// - Returns: Why there is no room, for people; nothing where there is.
    func add(_ subscriber: ChangeSubscriber) -> String? {
        if let session = subscriber.session { end(session: session, at: subscriber.address) }
        return state.withLock { state in
            guard !state.isStopped else { return "The server is stopping; subscribe again in a minute." }
            guard state.subscribers.values.reduce(0, { $0 + $1.count }) < limits.inAll else {
                return "\(limits.inAll) clients listen to this server, which is as many as it takes; try again later."
            }
            guard state.subscribers[subscriber.address]?.count ?? 0 < limits.atOneAddress else {
                return
                    "\(limits.atOneAddress) clients listen at this address, which is as many as it takes; try again later."
            }
            state.subscribers[subscriber.address, default: [:]][ObjectIdentifier(subscriber)] = subscriber
            return nil
        }
    }

    /// Lets one go. Its address costs nothing any more where it was the last.
    func remove(_ subscriber: ChangeSubscriber) {
        state.withLock { state in
            state.subscribers[subscriber.address]?[ObjectIdentifier(subscriber)] = nil
            if state.subscribers[subscriber.address]?.isEmpty == true {
                state.subscribers[subscriber.address] = nil
            }
        }
    }

    /// Ends the stream of a session.
    func end(session: String, at address: ServingAddress) {
        let former = state.withLock { $0.subscribers[address]?.values.filter { $0.session == session } ?? [] }
        for subscriber in former {
            subscriber.end(.told)
            remove(subscriber)
        }
    }

    /// All who wait.
    var all: [ChangeSubscriber] {
        state.withLock { $0.subscribers.values.flatMap(\.values) }
    }

    /// Asks all for a sign of life, and lets those go that give none.
    func keepAlive() {
        for subscriber in all where !subscriber.keepAlive() { remove(subscriber) }
    }

    /// Ends all streams, and takes nobody in any more.
    func stop() {
        state.withLock { $0.isStopped = true }
        for subscriber in all { subscriber.end(.told) }
    }
}
