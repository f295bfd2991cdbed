package import Accounts
import JSON
package import Projects
package import Releases
import Synchronization
package import Vocabulary

/// What each address serves, from memory as long as nothing changed.
///
/// After a committed change the next request of an address reads its state again, which is a handful of rows; its
/// content is loaded only where the state says that it is another one. So a list that is asked for after a publish, a
/// rollback or an edit is the new one, and nothing has to be told to anybody.
package final class ServingCatalog: Sendable {
    /// What answers at an address.
    package struct Entry: Sendable {
        package let served: ServedToolset
        package let image: ServingImage
        /// The environment's variables, secrets in the clear.
        package let variables: [String: String]
    }

    private struct Address: Hashable {
        let slug: Slug
        let view: Toolset.View
    }

    private struct Known {
        let changes: Int
        let entry: Entry?
    }

    private struct State {
        var addresses: [Address: Known] = [:]
        /// Images by the digest of their content, so that a rollback finds its image warm.
        var images: [(digest: String, image: ServingImage)] = []
    }

    private let store: any ServingStore
    private let environments: any EnvironmentStore
    private let vault: Vault
    private let state = Mutex(State())
    private static let keptBytes = 48 << 20
    private static let keptAddresses = 10_000

    package init(store: any ServingStore, environments: any EnvironmentStore, vault: Vault) {
        self.store = store
        self.environments = environments
        self.vault = vault
    }

    /// What answers at `/mcp/{slug}` or its staging address; nothing where the address is not there.
    package func entry(_ slug: Slug, view: Toolset.View) async throws -> Entry? {
        let address = Address(slug: slug, view: view)
        let changes = store.changeCount
        let known = state.withLock { $0.addresses[address] }
        if let known, known.changes == changes { return known.entry }
        let entry = try await load(address, known: known?.entry)
        state.withLock { state in
            if state.addresses.count >= Self.keptAddresses { state.addresses.removeAll() }
            state.addresses[address] = Known(changes: changes, entry: entry)
        }
        return entry
    }

    private func load(_ address: Address, known: Entry?) async throws -> Entry? {
        // A state can move on between the two reads; then it is read again. Each round means another committed change.
        while let served = try await store.servedToolset(mcpSlug: address.slug, view: address.view) {
            if let known, known.served == served { return known }
            guard let image = try await image(for: served, known: known) else { continue }
            return Entry(served: served, image: image, variables: try await variables(of: served))
        }
        return nil
    }

    private func image(for served: ServedToolset, known: Entry?) async throws -> ServingImage? {
        if let known, known.served.fingerprint == served.fingerprint { return known.image }
        guard let content = try await store.content(of: served) else { return nil }
        let digest = content.digest.hex
        if let warm = state.withLock({ $0.images.first { $0.digest == digest } }) { return warm.image }
        let image = ServingImage(content)
        state.withLock { state in
            state.images.append((digest, image))
            while state.images.count > 1, state.images.reduce(0, { $0 + $1.image.weight }) > Self.keptBytes {
                state.images.removeFirst()
            }
        }
        return image
    }

    private func variables(of served: ServedToolset) async throws -> [String: String] {
        guard let id = served.environmentID, let environment = try await environments.environment(id) else { return [:] }
        return try environment.open(with: vault)
    }
}

extension CallEnvironment {
    /// The variables with their values in the clear.
    package func open(with vault: Vault) throws -> [String: String] {
        var variables: [String: String] = [:]
        for entry in entries {
            do {
                variables[entry.name] = try vault.open(entry.sealedValue, for: Self.place(of: entry.name, in: id))
            } catch {
                throw Problem(
                    .configuration,
                    "The value of \(entry.name) in the environment \"\(slug)\" cannot be opened with this master key; start the server with the key that sealed it, or set the value again.",
                    cause: error
                )
            }
        }
        return variables
    }
}
