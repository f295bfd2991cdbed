import Synchronization
package import Vocabulary

/// Answers whose session a browser has, from memory as long as nothing changed in the database.
package final class SessionRing: Sendable {
    private struct State {
        var changes = -1
        var sessions: [String: Session] = [:]
    }

    private let store: any MemberStore
    private let changes: @Sendable () -> Int
    private let state = Mutex(State())
    private static let capacity = 1000

    /// - Parameters:
    ///   - store: Where sessions are kept.
    ///   - changes: A count that rises with every committed change.
    package init(store: any MemberStore, changes: @escaping @Sendable () -> Int) {
        self.store = store
        self.changes = changes
    }

    /// The session with that secret, where it has not ended.
    package func session(for secret: KeySecret, at now: Timestamp = .now()) async throws -> Session? {
        let hash = secret.hash
        let count = changes()
        let known: Session? = state.withLock { state in
            if state.changes != count { state = State(changes: count) }
            return state.sessions[hash]
        }
        if let known { return known.expiresAt > now ? known : nil }
        guard let found = try await store.session(withHash: hash), found.expiresAt > now else { return nil }
        state.withLock { state in
            guard state.changes == count else { return }
            if state.sessions.count >= Self.capacity { state.sessions.removeAll() }
            state.sessions[hash] = found
        }
        return found
    }
}
