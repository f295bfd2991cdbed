import Accounts
import Persistence
import Projects
import Storage
import Testing
import Vocabulary

/// Keys by the hash of their secret.
struct KeyStoreTests {
    private func makeKey(
        _ world: World,
        _ name: String,
        _ scopes: [Scope],
        secret: KeySecret = .make()
    ) async throws
        -> APIKey
    {
        try await world.keys.createKey(
            name: name,
            secret: secret,
            scopes: scopes,
            project: nil,
            isAutomation: false,
            by: world.actor
        )
    }

    @Test func `a key is found by the hash of its secret, which is nowhere in the file`() async throws {
        try await World.with { world in
            let secret = KeySecret.make()
            let key = try await makeKey(world, "ci", [.reader, .publisher], secret: secret)
            #expect(key.scopes == [.reader, .publisher])
            #expect(try await world.keys.key(withHash: secret.hash) == key)
            #expect(try await world.keys.key(withHash: KeySecret.make().hash) == nil)
            let columns = try await world.database.read { try $0.columns(of: "api_keys") }
            let rows = try await world.dump("SELECT * FROM api_keys", columns)
            #expect(rows.count == 1)
            #expect(!rows[0].contains(secret.text))
        }
    }

    @Test func `a revoked key stays revoked from the first time`() async throws {
        try await World.with { world in
            let key = try await makeKey(world, "ci", [.reader])
            let revoked = try await world.keys.revokeKey(key.id, by: world.actor)
            #expect(revoked.revokedAt != nil)
            #expect(!revoked.allows(.consumer))
            #expect(try await world.keys.revokeKey(key.id, by: world.actor) == revoked)
            #expect(
                try await problem { _ = try await world.keys.revokeKey(.make(), by: world.actor) }.code == .notFound
            )
        }
    }

    @Test func `the last admin key cannot be revoked`() async throws {
        try await World.with { world in
            let root = try await makeKey(world, "root", [.admin])
            _ = try await makeKey(world, "ci", [.publisher])
            let refusal = try await problem { _ = try await world.keys.revokeKey(root.id, by: world.actor) }
            #expect(refusal.code == .inUse)
            #expect(refusal.message.contains("root"))
            _ = try await makeKey(world, "second", [.admin])
            #expect(try await world.keys.revokeKey(root.id, by: world.actor).revokedAt != nil)
        }
    }

    @Test func `a project sees its own keys, the organization all`() async throws {
        try await World.with { world in
            #expect(try await world.keys.hasAdminKey() == false)
            let root = try await makeKey(world, "root", [.admin])
            let ci = try await world.keys.createKey(
                name: "ci",
                secret: .make(),
                scopes: [.publisher],
                project: world.project,
                isAutomation: true,
                by: world.actor
            )
            #expect(try await world.keys.keys(of: world.project, PageRequest()).items == [ci])
            #expect(try await world.keys.keys(of: nil, PageRequest()).items == [root, ci])
            #expect(try await world.keys.hasAdminKey())
            #expect(try await world.keys.validKeys(named: "ci") == [ci])
            _ = try await world.keys.revokeKey(ci.id, by: world.actor)
            #expect(try await world.keys.validKeys(named: "ci") == [])
        }
    }

    @Test func `lists come in parts that miss nothing and repeat nothing`() async throws {
        try await World.with { world in
            var made: [String] = []
            for number in 0..<7 { made.append(try await makeKey(world, "key \(number)", [.reader]).name) }
            var listed: [String] = []
            var cursor: String?
            repeat {
                let page = try await world.keys.keys(of: nil, PageRequest(cursor: cursor, limit: 3))
                listed += page.items.map(\.name)
                cursor = page.nextCursor
            } while cursor != nil
            #expect(listed == made)
        }
    }

    @Test func `a list says when keys were last used, and an older use changes nothing`() async throws {
        try await World.with { world in
            let (root, other) = (
                try await makeKey(world, "root", [.admin]), try await makeKey(world, "other", [.reader])
            )
            let changes = world.database.changes.value
            let (early, late) = (Timestamp(milliseconds: 1_000_000), Timestamp(milliseconds: 2_000_000))
            for time in [early, late, early] { try await world.keys.noteUses([root.id: time]) }
            try await world.keys.noteUses([.make(): late])
            #expect(world.database.changes.value == changes, "no cache has to look again")
            let listed = try await world.keys.keys(of: nil, PageRequest()).items
            #expect(listed.map(\.id) == [root.id, other.id] && listed.map(\.lastUsedAt) == [late, nil])
        }
    }
}
