package import Accounts
import Projects
import Releases
import Vocabulary

/// Who may use which MCP address.
package struct Admission: Sendable {
    private let catalog: ServingCatalog
    private let keys: KeyRing

    package init(catalog: ServingCatalog, keys: KeyRing) {
        self.catalog = catalog
        self.keys = keys
    }

    /// What a caller brings along.
    struct Caller: Sendable {
        /// The address as it was asked for, for messages.
        let path: String
        /// Whether it has the header `Authorization` at all.
        let wasGivenSomething: Bool
        let secret: KeySecret?
    }

    /// What answers at an address, and the caller's key, where it may come in.
    ///
    /// - Throws: ``Problem`` `not_found`, `unauthorized`, `insufficient_scope`, `forbidden`; `feature_disabled` for a
    ///   staging address, whether there is one or not, while staging is turned off.
    func admit(_ caller: Caller, to address: ServingAddress?) async throws -> (ServingCatalog.Entry, APIKey?) {
        let key: APIKey? = if let secret = caller.secret { try await keys.key(for: secret) } else { nil }
        // Staging never leaks: without a key nobody learns whether it is there, nor does a key of another project.
        if address?.side == .staging { try require(.reader, of: key, caller) }
        guard let address, let entry = try await catalog.entry(address), entry.served.answersClients else {
            throw try await absence(of: address, for: key, caller)
        }
        if entry.served.isPublic { return (entry, key) }
        switch address.side {
        case .staging:
            guard key.isOf(entry.served.projectID) else { throw nothing(at: caller) }
        case .live:
            try admit(key, to: entry.served, needing: .consumer, caller)
        case .release:
            guard key?.allows(.reader) == true, key.isOf(entry.served.projectID) else {
                throw try await absence(of: address, for: key, caller)
            }
        }
        return (entry, key)
    }

    /// Why nothing is answered where nothing is. Who may not see the releases of a private toolset is told that, whether
    /// there is such a release or not; everybody else that nothing is there.
    private func absence(
        of address: ServingAddress?,
        for key: APIKey?,
        _ caller: Caller
    ) async throws -> Problem {
        guard let address, case .release = address.side,
            let live = try await catalog.entry(ServingAddress(slug: address.slug, side: .live)), !live.served.isPublic
        else { return nothing(at: caller) }
        try admit(key, to: live.served, needing: .reader, caller)
        return nothing(at: caller)
    }

    private func nothing(at caller: Caller) -> Problem {
        Problem(.notFound, "Nothing is served at \(caller.path); check the address in the toolset.")
    }

    private func admit(_ key: APIKey?, to served: ServedToolset, needing scope: Scope, _ caller: Caller) throws {
        try require(scope, of: key, caller)
        guard key.isOf(served.projectID) else {
            throw Problem(.forbidden, "The key \"\(key?.name ?? "")\" is for another project.")
        }
    }

    private func require(_ scope: Scope, of key: APIKey?, _ caller: Caller) throws {
        guard let key else {
            throw Problem(
                .unauthorized,
                caller.wasGivenSomething
                    ? "The key is not valid; it may have been revoked."
                    : "This address needs a key of scope \(scope.rawValue) in the header Authorization: Bearer."
            )
        }
        guard key.allows(scope) else {
            throw Problem(
                .insufficientScope,
                "The key \"\(key.name)\" has not the scope \(scope.rawValue), which this address needs."
            )
        }
    }
}

extension APIKey? {
    /// Whether the key is for that project, or for all; so is none.
    fileprivate func isOf(_ project: ID<Project>) -> Bool {
        self?.projectID == nil || self?.projectID == project
    }
}
