import Accounts
import Persistence
import Projects
import Storage
import Testing
import Vocabulary

/// People who sign in, the addresses by which they come in, and their sessions.
struct MemberTests {
    private func session(_ seconds: Int = 3600) -> NewSession {
        NewSession(secret: .make(prefix: "sls_"), expiresAt: Timestamp.now().advanced(by: .seconds(seconds)))
    }

    private func link(
        _ members: StoredMembers,
        for member: Member?,
        role: Scope = .admin,
        seconds: Int = 3600
    ) async throws -> KeySecret {
        let secret = KeySecret.make(prefix: "sli_")
        try await members.createSignInLink(
            secret,
            for: member?.id,
            role: member?.role ?? role,
            expiresAt: Timestamp.now().advanced(by: .seconds(seconds)),
            by: .system
        )
        return secret
    }

    @Test func `the first address makes a member of its role, once`() async throws {
        try await World.with { world in
            let members = StoredMembers(database: world.database)
            #expect(try await members.hasJoinedMembers() == false)
            let secret = try await link(members, for: nil)
            let begun = session()
            let signedIn = try await members.signIn(
                withHash: secret.hash,
                name: "Ada",
                email: "ada@example.com",
                session: begun
            )
            #expect(signedIn.caller.allows(.admin))
            #expect(signedIn.caller.actor.name == "Ada")
            #expect(try await members.session(withHash: begun.secret.hash) == signedIn)
            #expect(try await members.hasJoinedMembers())
            let again = try await problem {
                _ = try await members.signIn(
                    withHash: secret.hash,
                    name: "Eve",
                    email: "eve@example.com",
                    session: session()
                )
            }
            #expect(again.code == .notFound)
            #expect(try await members.members(PageRequest()).items.map(\.name) == ["Ada"])
        }
    }

    @Test func `a refused sign-in leaves the address usable and makes nobody`() async throws {
        try await World.with { world in
            let members = StoredMembers(database: world.database)
            _ = try await members.invite(email: "ada@example.com", name: "Ada", role: .reader, by: .system)
            let secret = try await link(members, for: nil)
            let taken = try await problem {
                _ = try await members.signIn(
                    withHash: secret.hash,
                    name: "ADA",
                    email: "other@example.com",
                    session: session()
                )
            }
            #expect(taken.code == .nameTaken)
            #expect(taken.errors.map(\.pointer) == ["/name"])
            #expect(try await members.signInLink(withHash: secret.hash)?.usedAt == nil)
            #expect(try await members.members(PageRequest()).items.count == 1)
        }
    }

    @Test func `an address that has expired signs nobody in, and a newer one ends it`() async throws {
        try await World.with { world in
            let members = StoredMembers(database: world.database)
            let ada = try await members.invite(email: "ada@example.com", name: "Ada", role: .publisher, by: .system)
            let expired = try await link(members, for: ada, seconds: -1)
            let replaced = try await link(members, for: ada)
            let newest = try await link(members, for: ada)
            for secret in [expired, replaced] {
                let refusal = try await problem {
                    _ = try await members.signIn(withHash: secret.hash, name: nil, email: nil, session: session())
                }
                #expect(refusal.code == .notFound)
            }
            let signedIn = try await members.signIn(withHash: newest.hash, name: nil, email: nil, session: session())
            #expect(signedIn.caller.allows(.publisher))
            #expect(!signedIn.caller.allows(.admin))
        }
    }

    @Test func `removing a member ends their sessions and addresses at once`() async throws {
        try await World.with { world in
            let members = StoredMembers(database: world.database)
            let ada = try await members.invite(email: "ada@example.com", name: "Ada", role: .publisher, by: .system)
            let begun = session()
            _ = try await members.signIn(
                withHash: try await link(members, for: ada).hash,
                name: nil,
                email: nil,
                session: begun
            )
            let unused = try await link(members, for: ada)
            _ = try await members.removeMember(ada.id, by: .system)
            #expect(try await members.session(withHash: begun.secret.hash) == nil)
            let refusal = try await problem {
                _ = try await members.signIn(withHash: unused.hash, name: nil, email: nil, session: session())
            }
            #expect(refusal.code == .notFound)
            let back = try await members.invite(email: "ada@example.com", name: "Ada", role: .reader, by: .system)
            #expect(back.id == ada.id)
            #expect(back.role == .reader)
            #expect(back.joinedAt == nil)
        }
    }

    @Test func `the last admin who has signed in stays one`() async throws {
        try await World.with { world in
            let members = StoredMembers(database: world.database)
            func join(_ name: String) async throws -> Member {
                let email = "\(name.lowercased())@example.com"
                let member = try await members.invite(email: email, name: name, role: .admin, by: .system)
                let secret = try await link(members, for: member)
                _ = try await members.signIn(withHash: secret.hash, name: nil, email: nil, session: session())
                return member
            }
            let ada = try await join("Ada")
            _ = try await members.invite(email: "bob@example.com", name: "Bob", role: .admin, by: .system)
            let lowered = try await problem {
                _ = try await members.updateMember(ada.id, name: nil, role: .publisher, by: .system)
            }
            let removed = try await problem { _ = try await members.removeMember(ada.id, by: .system) }
            #expect([lowered.code, removed.code] == [.lastAdmin, .lastAdmin])
            #expect(try await members.member(ada.id)?.role == .admin)
            _ = try await members.updateMember(ada.id, name: "Ada L", role: .admin, by: .system)
            let eve = try await join("Eve")
            _ = try await members.updateMember(ada.id, name: nil, role: .publisher, by: .system)
            #expect(try await problem { _ = try await members.removeMember(eve.id, by: .system) }.code == .lastAdmin)
        }
    }

    @Test func `a role that changes counts in sessions that are open`() async throws {
        try await World.with { world in
            let members = StoredMembers(database: world.database)
            let ada = try await members.invite(email: "ada@example.com", name: "Ada", role: .publisher, by: .system)
            let begun = session()
            _ = try await members.signIn(
                withHash: try await link(members, for: ada).hash,
                name: nil,
                email: nil,
                session: begun
            )
            _ = try await members.updateMember(ada.id, name: nil, role: .reader, by: .system)
            let found = try #require(try await members.session(withHash: begun.secret.hash))
            #expect(!found.caller.allows(.producer))
        }
    }

    @Test func `the session of a key ends with the key`() async throws {
        try await World.with { world in
            let members = StoredMembers(database: world.database)
            let secret = KeySecret.make()
            let key = try await world.keys.createKey(
                name: "ci",
                secret: secret,
                scopes: [.producer],
                project: nil,
                isAutomation: false,
                by: .system
            )
            let begun = session()
            _ = try await members.signIn(with: key, session: begun)
            #expect(try await members.session(withHash: begun.secret.hash)?.caller == .key(key))
            _ = try await world.keys.revokeKey(key.id, by: .system)
            #expect(try await members.session(withHash: begun.secret.hash) == nil)
        }
    }

    @Test func `signing out ends one browser, everywhere all of them, and of nobody else`() async throws {
        try await World.with { world in
            let members = StoredMembers(database: world.database)
            var begun: [String: [NewSession]] = [:]
            var callers: [String: Caller] = [:]
            for name in ["Ada", "Ben"] {
                let member = try await members.invite(
                    email: "\(name)@example.com",
                    name: name,
                    role: .reader,
                    by: .system
                )
                for _ in 0..<3 {
                    let new = session()
                    let hash = try await link(members, for: member).hash
                    let signedIn = try await members.signIn(withHash: hash, name: nil, email: nil, session: new)
                    begun[name, default: []].append(new)
                    callers[name] = signedIn.caller
                }
            }
            let ada = try #require(begun["Ada"])
            let first = try #require(try await members.session(withHash: ada[0].secret.hash))
            try await members.endSession(first.id)
            #expect(try await members.session(withHash: ada[0].secret.hash) == nil)
            #expect(try await members.session(withHash: ada[1].secret.hash) != nil)
            #expect(try await members.endSessions(of: try #require(callers["Ada"])) == 2)
            #expect(try await members.session(withHash: ada[1].secret.hash) == nil)
            for other in try #require(begun["Ben"]) {
                #expect(try await members.session(withHash: other.secret.hash) != nil)
            }
        }
    }

    @Test func `no secret of a session or an address is in the file`() async throws {
        try await World.with { world in
            let members = StoredMembers(database: world.database)
            let secret = try await link(members, for: nil)
            let begun = session()
            _ = try await members.signIn(
                withHash: secret.hash,
                name: "Ada",
                email: "ada@example.com",
                session: begun
            )
            for table in ["sessions", "sign_in_links", "users", "audit_events"] {
                let columns = try await world.database.read { try $0.columns(of: table) }
                for row in try await world.dump("SELECT * FROM \(unsafeText: table)", columns) {
                    #expect(!row.contains(secret.text) && !row.contains(begun.secret.text), "\(table)")
                }
            }
        }
    }
}
