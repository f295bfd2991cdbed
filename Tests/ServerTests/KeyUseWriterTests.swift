import Accounts
import Projects
import Synchronization
import Testing
import Vocabulary

@testable import Server

/// When keys were used is written behind the requests, and seldom.
struct KeyUseWriterTests {
    @Test func `uses of a key within a minute are written once`() async throws {
        let store = KeysWithUses()
        let clock = Mutex(Timestamp(milliseconds: 1_000_000))
        let writer = KeyUseWriter(keys: store) { clock.withLock(\.self) }
        let (first, second): (ID<APIKey>, ID<APIKey>) = (.make(), .make())
        for key in [first, second, first] { writer.note(key) }
        await writer.flush()
        writer.note(first)
        await writer.flush()
        let start = Timestamp(milliseconds: 1_000_000)
        #expect(store.written == [[first: start, second: start]])
        let later = Timestamp(milliseconds: 1_060_000)
        clock.withLock { $0 = later }
        writer.note(first)
        await writer.flush()
        #expect(store.written.last == [first: later] && store.written.count == 2)
    }
}

/// Keys of which only the uses are of interest.
private final class KeysWithUses: KeyStore {
    private let uses = Mutex<[[ID<APIKey>: Timestamp]]>([])

    var written: [[ID<APIKey>: Timestamp]] { uses.withLock(\.self) }

    func noteUses(_ new: [ID<APIKey>: Timestamp]) async throws { uses.withLock { $0.append(new) } }

    func key(withHash hash: String) async throws -> APIKey? { nil }

    func key(_ id: ID<APIKey>) async throws -> APIKey? { nil }

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
        throw Problem(.unexpected, "Nobody makes keys here.")
    }

    func revokeKey(_ id: ID<APIKey>, by actor: Actor) async throws -> APIKey {
        throw Problem(.unexpected, "Nobody revokes keys here.")
    }
}
