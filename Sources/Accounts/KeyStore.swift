package import Projects
package import Vocabulary

/// Stores keys. Each writing call is one transaction with its audit event in it.
package protocol KeyStore: Sendable {
    func createKey(
        name: String,
        secret: KeySecret,
        scopes: [Scope],
        project: ID<Project>?,
        isAutomation: Bool,
        by actor: Actor
    ) async throws -> APIKey
    /// Notes when keys were last used; a use that is older than the one that is known changes nothing. Writes no audit event:
    /// it is a log, and nothing of it is held in memory anywhere.
    func noteUses(_ uses: [ID<APIKey>: Timestamp]) async throws
    func key(withHash hash: String) async throws -> APIKey?
    func key(_ id: ID<APIKey>) async throws -> APIKey?
    /// The keys of one project; all of the organization where none is named. They say when they were last used.
    func keys(of project: ID<Project>?, _ page: PageRequest) async throws -> Page<APIKey>
    /// Whether there is a key of scope `admin` for the whole organization.
    func hasAdminKey() async throws -> Bool
    /// The keys of that name that were not revoked.
    func validKeys(named name: String) async throws -> [APIKey]
    /// Ends a key at once. Ending it again changes nothing.
    ///
    /// - Throws: ``Problem`` `not_found`; `in_use` for the last key of scope `admin`.
    func revokeKey(_ id: ID<APIKey>, by actor: Actor) async throws -> APIKey
}
