package import Projects
package import Vocabulary

/// Stores members, the addresses by which they sign in, and their sessions. Each writing call is one transaction with its
/// audit event in it.
package protocol MemberStore: Sendable {
    /// Those who were not removed.
    func members(_ page: PageRequest) async throws -> Page<Member>
    func member(_ id: ID<Member>) async throws -> Member?
    /// Whether anybody has ever signed in as a member.
    func hasJoinedMembers() async throws -> Bool
    /// A member who was removed comes back with the new name and role.
    ///
    /// - Throws: ``Problem`` `name_taken` where the address belongs to another member, or the name does.
    func invite(email: String, name: String, role: Scope, by actor: Actor) async throws -> Member
    /// - Throws: ``Problem`` `not_found`, `name_taken`.
    func updateMember(_ id: ID<Member>, name: String?, role: Scope?, by actor: Actor) async throws -> Member
    /// Ends the member's sessions and unused sign-in addresses with them.
    func removeMember(_ id: ID<Member>, by actor: Actor) async throws -> Member

    /// Keeps a sign-in address, by the hash of its secret; for one member, or for a new one with `role`.
    func createSignInLink(
        _ secret: KeySecret,
        for member: ID<Member>?,
        role: Scope,
        expiresAt: Timestamp,
        by actor: Actor
    ) async throws
    func signInLink(withHash hash: String) async throws -> SignInLink?
    /// Uses the link up and begins a session, both or neither.
    ///
    /// `name` and `email` make the member where the link is for a new one; for an invited one `name` may correct theirs.
    ///
    /// - Throws: ``Problem`` `not_found` where the link was used, has expired, or is none; `name_taken`.
    func signIn(withHash hash: String, name: String?, email: String?, session: NewSession) async throws -> Session
    /// Begins a session of a key.
    func signIn(with key: APIKey, session: NewSession) async throws -> Session

    /// The session with that secret, unless it ended, expired, or its member or key did.
    func session(withHash hash: String) async throws -> Session?
    func endSession(_ id: ID<Session>) async throws
    /// Ends every session of the same caller; answers how many.
    func endSessions(of caller: Caller) async throws -> Int
}
