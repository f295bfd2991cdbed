import Accounts
import Persistence
import Projects
import Storage
import Testing
import Vocabulary

/// Keys and idempotency keys.
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

    @Test func `lists come in parts that miss nothing and repeat nothing`() async throws {
        try await World.with { world in
            var made: [String] = []
            for number in 0..<7 { made.append(try await makeKey(world, "key \(number)", [.reader]).name) }
            var listed: [String] = []
            var cursor: String?
            repeat {
                let page = try await world.keys.keys(PageRequest(cursor: cursor, limit: 3))
                listed += page.items.map(\.name)
                cursor = page.nextCursor
            } while cursor != nil
            #expect(listed == made)
        }
    }

    @Test func `a repeated request gets the first answer, another one is refused`() async throws {
        try await World.with { world in
            let store = StoredIdempotency(database: world.database)
            #expect(try await store.begin("k", scope: "a", digest: "d") == .new)
            #expect(try await store.begin("k", scope: "a", digest: "d") == .running)
            try await store.finish("k", scope: "a", status: 201, sealedAnswer: [1, 2])
            #expect(try await store.begin("k", scope: "a", digest: "d") == .done(status: 201, sealedAnswer: [1, 2]))
            #expect(try await store.begin("k", scope: "a", digest: "other") == .different)
            // Two callers may choose the same key.
            #expect(try await store.begin("k", scope: "b", digest: "d") == .new)
            try await store.abandon("k", scope: "b")
            #expect(try await store.begin("k", scope: "b", digest: "d") == .new)
            // What was answered is not given back.
            try await store.abandon("k", scope: "a")
            #expect(try await store.begin("k", scope: "a", digest: "d") == .done(status: 201, sealedAnswer: [1, 2]))
        }
    }
}
