import Accounts
import Projects
import Synchronization
import Testing
import Vocabulary

/// The ring answers from memory and never an answer that is out of date.
struct KeyRingTests {
    @Test func `a key is looked up once as long as nothing changes`() async throws {
        let store = FakeKeys(["good": .example()])
        let ring = KeyRing(store: store) { 1 }
        for _ in 0..<3 {
            #expect(try await ring.key(for: KeySecret("good"))?.name == "ci")
            #expect(try await ring.key(for: KeySecret("wrong")) == nil)
        }
        #expect(store.lookups == 2)
    }

    @Test func `each use of a valid key is told, and no other`() async throws {
        let uses = Mutex<[ID<APIKey>]>([])
        let key = APIKey.example()
        let ring = KeyRing(store: FakeKeys(["good": key, "old": .example(isRevoked: true)])) { id in
            uses.withLock { $0.append(id) }
        } changes: {
            1
        }
        for secret in ["good", "wrong", "old", "good"] { _ = try await ring.key(for: KeySecret(secret)) }
        #expect(uses.withLock(\.self) == [key.id, key.id])
    }

    @Test func `a revoked key is refused at once after the count of changes moves`() async throws {
        let store = FakeKeys(["good": .example()])
        let changes = Atomic<Int>(1)
        let ring = KeyRing(store: store) { changes.load(ordering: .relaxed) }
        #expect(try await ring.key(for: KeySecret("good")) != nil)
        store.set("good", to: .example(isRevoked: true))
        changes.store(2, ordering: .relaxed)
        #expect(try await ring.key(for: KeySecret("good")) == nil)
        #expect(try await ring.key(for: KeySecret("good")) == nil)
        #expect(store.lookups == 2)
    }

    @Test func `a key that is made is known at once, also where it was tried before`() async throws {
        let store = FakeKeys([:])
        let changes = Atomic<Int>(1)
        let ring = KeyRing(store: store) { changes.load(ordering: .relaxed) }
        #expect(try await ring.key(for: KeySecret("new")) == nil)
        store.set("new", to: .example("new"))
        changes.store(2, ordering: .relaxed)
        #expect(try await ring.key(for: KeySecret("new"))?.name == "new")
    }

    @Test func `an answer that was read while something changed is not kept`() async throws {
        let store = FakeKeys(["good": .example()])
        let changes = Atomic<Int>(1)
        let ring = KeyRing(store: store) { changes.load(ordering: .relaxed) }
        // The key is revoked and the ring asked again, between the look into the store and its answer.
        store.onLookup = {
            changes.store(2, ordering: .relaxed)
            store.set("good", to: .example(isRevoked: true))
            _ = try await ring.key(for: KeySecret("other"))
        }
        _ = try await ring.key(for: KeySecret("good"))
        #expect(try await ring.key(for: KeySecret("good")) == nil)
    }

    @Test func `wrong keys are remembered only up to a bound`() async throws {
        let store = FakeKeys([:])
        let ring = KeyRing(store: store) { 1 }
        for number in 0..<1500 { _ = try await ring.key(for: KeySecret("wrong \(number)")) }
        #expect(store.lookups == 1500)
        // The oldest were forgotten, the newest were not.
        _ = try await ring.key(for: KeySecret("wrong 1499"))
        #expect(store.lookups == 1500)
        _ = try await ring.key(for: KeySecret("wrong 0"))
        #expect(store.lookups == 1501)
    }
}

/// Keys by their secret, in memory.
private final class FakeKeys: KeyStore {
    private struct State {
        var keys: [String: APIKey]
        var lookups = 0
        var onLookup: (@Sendable () async throws -> Void)?
    }

    private let state: Mutex<State>

    init(_ keys: [String: APIKey]) {
        let byHash = Dictionary(uniqueKeysWithValues: keys.map { (KeySecret($0).hash, $1) })
        state = Mutex(State(keys: byHash))
    }

    var lookups: Int { state.withLock { $0.lookups } }

    /// Runs once, inside of the next look.
    var onLookup: (@Sendable () async throws -> Void)? {
        get { state.withLock { $0.onLookup } }
        set { state.withLock { $0.onLookup = newValue } }
    }

    func set(_ secret: String, to key: APIKey) {
        state.withLock { $0.keys[KeySecret(secret).hash] = key }
    }

    func key(withHash hash: String) async throws -> APIKey? {
        let (key, hook) = state.withLock { state in
            state.lookups += 1
            defer { state.onLookup = nil }
            return (state.keys[hash], state.onLookup)
        }
        try await hook?()
        return key
    }

    func key(_ id: ID<APIKey>) async throws -> APIKey? { nil }

    func noteUses(_ uses: [ID<APIKey>: Timestamp]) async throws {}

    func keys(of project: ID<Project>?, _ page: PageRequest) async throws -> Page<APIKey> {
        Page(items: [], nextCursor: nil)
    }

    func hasAdminKey() async throws -> Bool { false }

    func validKeys(named name: String) async throws -> [APIKey] { [] }

    func createKey(
        name: String,
        secret: KeySecret,
        scopes: [Scope],
        project: ID<Project>?,
        isAutomation: Bool,
        by actor: Actor
    ) async throws -> APIKey {
        throw Problem(.notSupported, "These keys are fixed.")
    }

    func revokeKey(_ id: ID<APIKey>, by actor: Actor) async throws -> APIKey {
        throw Problem(.notSupported, "These keys are fixed.")
    }
}
