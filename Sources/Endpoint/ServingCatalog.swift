package import Accounts
import JSON
package import Projects
package import Releases
import Synchronization
import Vocabulary

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
        /// Those of the variables that are secret.
        package var secretNames: Set<String> = []
        /// The address that clients use for this server, without a `/` at the end.
        package let publicURL: String
        /// The release that was live before, where it may take calls that fit only it.
        package var former: Former?
        /// The variables that the toolset takes from callers.
        package var callerVariables: Set<String> { served.callerVariables }
    }

    /// The release that was live before, and what it served.
    package struct Former: Sendable {
        package let release: FormerRelease
        /// Loaded by the first call that needs it.
        let image: @Sendable () async throws -> ServingImage

        func takesCalls(at now: Timestamp) -> Bool { now < release.until }
    }

    /// An address as it was read last; its image is kept apart, and may have gone.
    private struct Known {
        let changes: Int
        let served: ServedToolset
        let variables: Variables
        let digest: String
    }

    /// What an environment supplies.
    private struct Variables {
        var values: [String: String] = [:]
        var secretNames: Set<String> = []
    }

    private struct State {
        var addresses: [ServingAddress: Known] = [:]
        /// Images by the digest of their content, the last used at the end, so that a rollback finds its image warm.
        var images: [(digest: String, image: ServingImage)] = []

        mutating func image(_ digest: String) -> ServingImage? {
            guard let position = images.firstIndex(where: { $0.digest == digest }) else { return nil }
            let found = images.remove(at: position)
            images.append(found)
            return found.image
        }

        /// Keeps an image, and lets go of those that were not used for the longest time.
        mutating func keep(_ image: ServingImage, _ digest: String, upTo bytes: Int) {
            guard self.image(digest) == nil else { return }
            images.append((digest, image))
            while images.count > 1, images.reduce(0, { $0 + $1.image.weight }) > bytes { images.removeFirst() }
        }
    }

    private let store: any ServingStore
    private let environments: any EnvironmentStore
    private let vault: Vault
    private let publicURL: String
    private let state = Mutex(State())
    /// About how many bytes of images are kept, the last used of them in any case.
    private static let keptBytes = 64 << 20

    /// A catalog that opens the values of environments with `vault`; clients reach the server at `publicURL`.
    package init(store: any ServingStore, environments: any EnvironmentStore, vault: Vault, publicURL: String) {
        self.store = store
        self.environments = environments
        self.vault = vault
        self.publicURL = publicURL
    }

    /// What answers at an address; nothing where the address is not there.
    ///
    /// - Throws: ``Problem`` `feature_disabled` for a staging address while staging is turned off.
    package func entry(_ address: ServingAddress) async throws -> Entry? {
        let changes = store.changeCount
        let known = state.withLock { $0.addresses[address] }
        if let known, known.changes == changes, let image = state.withLock({ $0.image(known.digest) }) {
            return entry(for: known.served, image: image, variables: known.variables)
        }
        guard let entry = try await load(address, known: known) else {
            // What is not there is not remembered: callers choose the names that they ask for.
            state.withLock { $0.addresses[address] = nil }
            return nil
        }
        let digest = entry.image.content.digest.hex
        state.withLock { state in
            state.keep(entry.image, digest, upTo: Self.keptBytes)
            state.addresses[address] = Known(
                changes: changes,
                served: entry.served,
                variables: Variables(values: entry.variables, secretNames: entry.secretNames),
                digest: digest
            )
        }
        return entry
    }

    private func entry(for served: ServedToolset, image: ServingImage, variables: Variables) -> Entry {
        Entry(
            served: served,
            image: image,
            variables: variables.values,
            secretNames: variables.secretNames,
            publicURL: publicURL,
            former: served.activation?.former.map { release in
                Former(release: release) { [self] in try await self.image(of: release) }
            }
        )
    }

    private func load(_ address: ServingAddress, known: Known?) async throws -> Entry? {
        // A state can move on between the two reads; then it is read again. Each round means another committed change.
        while let served = try await store.servedToolset(mcpSlug: address.slug, side: address.side) {
            guard let image = try await image(for: served, known: known) else { continue }
            if let known, known.served == served {
                return entry(for: served, image: image, variables: known.variables)
            }
            return entry(for: served, image: image, variables: try await variables(of: served))
        }
        return nil
    }

    private func image(for served: ServedToolset, known: Known?) async throws -> ServingImage? {
        if let known, known.served.fingerprint == served.fingerprint,
            let image = state.withLock({ $0.image(known.digest) })
        {
            return image
        }
        guard let content = try await store.content(of: served) else { return nil }
        return state.withLock { $0.image(content.digest.hex) } ?? ServingImage(content)
    }

    private func image(of former: FormerRelease) async throws -> ServingImage {
        let digest = former.digest.hex
        if let image = state.withLock({ $0.image(digest) }) { return image }
        let image = ServingImage(try await store.content(of: former))
        state.withLock { $0.keep(image, digest, upTo: Self.keptBytes) }
        return image
    }

    private func variables(of served: ServedToolset) async throws -> Variables {
        guard let id = served.environmentID, let environment = try await environments.environment(id) else {
            return Variables()
        }
        return Variables(
            values: try environment.open(with: vault),
            secretNames: Set(environment.entries.filter(\.isSecret).map(\.name))
        )
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
