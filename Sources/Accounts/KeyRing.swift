import Synchronization
package import Vocabulary

/// Answers who a request is from, from memory as long as nothing changed in the database.
///
/// A key that is revoked is refused by the next request: every committed change makes the ring look again.
package final class KeyRing: Sendable {
    private struct State {
        var changes = -1
        var keys: [String: APIKey?] = [:]
    }

    private let store: any KeyStore
    private let changes: @Sendable () -> Int
    private let used: @Sendable (ID<APIKey>) -> Void
    private let state = Mutex(State())
    /// How many hashes are remembered; also wrong ones are, and callers choose those.
    private static let capacity = 1000

    /// - Parameters:
    ///   - store: Where keys are kept.
    ///   - used: Is told of each use of a valid key; it returns at once.
    ///   - changes: A count that rises with every committed change.
    package init(
        store: any KeyStore,
        used: @escaping @Sendable (ID<APIKey>) -> Void = { _ in },
        changes: @escaping @Sendable () -> Int
    ) {
        self.store = store
        self.used = used
        self.changes = changes
    }

    /// The key with that secret, where there is one that was not revoked.
    package func key(for secret: KeySecret) async throws -> APIKey? {
        let key = try await validKey(for: secret)
        if let key { used(key.id) }
        return key
    }

    private func validKey(for secret: KeySecret) async throws -> APIKey? {
        let hash = secret.hash
        let now = changes()
        let known: APIKey?? = state.withLock { state in
            if state.changes != now { state = State(changes: now) }
            return state.keys[hash]
        }
        if let known { return known }
        let found = try await store.key(withHash: hash)
        let valid = found?.revokedAt == nil ? found : nil
        state.withLock { state in
            guard state.changes == now else { return }
            if state.keys.count >= Self.capacity { state.keys.removeAll() }
            state.keys[hash] = .some(valid)
        }
        return valid
    }

    /// The secret in an `Authorization` header (RFC 6750, section 2.1); none where it is of another kind.
    package static func secret(inAuthorization header: String?) -> KeySecret? {
        guard let header, header.utf8.count < 1000 else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        let secret = parts[1].filter { $0 != " " }
        return secret.isEmpty ? nil : KeySecret(secret)
    }
}
