import Accounts
import Crypto
import MCP
import Projects
import Releases
import Synchronization
import Testing
import Vocabulary

@testable import Endpoint

/// Ids of sessions that say everything and let nobody in.
struct LegacySessionTests {
    private final class Clock: Sendable {
        let now = Mutex(Timestamp(milliseconds: 1_800_000_000_000))

        func advance(days: Int64) {
            now.withLock { $0 = Timestamp(milliseconds: $0.milliseconds + days * 86_400_000) }
        }
    }

    private let clock = Clock()
    private let vault = Vault(masterKey: SymmetricKey(data: [UInt8](repeating: 7, count: 32)))
    private let seen = ListDigests { "\($0.rawValue)-1" }
    private let address = ServingAddress(slug: Slug("pets")!, side: .live)

    private func sessions(_ vault: Vault? = nil) -> LegacySessions {
        let clock = clock
        return LegacySessions(vault: vault ?? self.vault, now: { clock.now.withLock { $0 } })
    }

    private func key() -> APIKey {
        APIKey(
            id: ID.make(),
            organizationID: ID.make(),
            projectID: nil,
            name: "a key",
            prefix: "slw_",
            scopes: [.consumer],
            isAutomation: false,
            createdAt: .now(),
            revokedAt: nil
        )
    }

    @Test func `an id opens for whom and where it was made, also after a restart`() throws {
        let mine = key()
        let id = try sessions().begin(at: address, for: mine, seeing: seen)
        #expect(sessions().session(id, at: address, for: mine)?.lists == seen)
        #expect(id.utf8.allSatisfy { (0x21...0x7E).contains($0) })
    }

    @Test func `everybody else is told that it is unknown`() throws {
        let sessions = sessions()
        let mine = key()
        let id = try sessions.begin(at: address, for: mine, seeing: seen)
        #expect(sessions.session(id, at: address, for: key()) == nil)
        #expect(sessions.session(id, at: address, for: nil) == nil)
        let staging = ServingAddress(slug: address.slug, side: .staging)
        #expect(sessions.session(id, at: staging, for: mine) == nil)
        let other = ServingAddress(slug: try #require(Slug("other")), side: .live)
        #expect(sessions.session(id, at: other, for: mine) == nil)
        let foreign = Vault(masterKey: SymmetricKey(data: [UInt8](repeating: 8, count: 32)))
        #expect(self.sessions(foreign).session(id, at: address, for: mine) == nil)
    }

    @Test func `a text that is no id is unknown`() throws {
        let id = try sessions().begin(at: address, for: nil, seeing: seen)
        for text in ["", "x", "=", "ä", String(id.dropLast()), id + "A", String(repeating: "A", count: 100_000)] {
            #expect(sessions().session(text, at: address, for: nil) == nil)
        }
    }

    @Test func `a session that has ended is over, and others go on`() throws {
        let sessions = sessions()
        let (first, second) = (
            try sessions.begin(at: address, for: nil, seeing: seen),
            try sessions.begin(at: address, for: nil, seeing: seen)
        )
        #expect(first != second)
        sessions.end(try #require(sessions.session(first, at: address, for: nil)))
        #expect(sessions.session(first, at: address, for: nil) == nil)
        #expect(sessions.session(second, at: address, for: nil) != nil)
    }

    @Test func `a session is over after thirty days`() throws {
        let sessions = sessions()
        let id = try sessions.begin(at: address, for: nil, seeing: seen)
        clock.advance(days: 29)
        #expect(sessions.session(id, at: address, for: nil) != nil)
        clock.advance(days: 1)
        #expect(sessions.session(id, at: address, for: nil) == nil)
    }

    @Test func `only so many ended sessions are remembered`() throws {
        let sessions = sessions()
        let first = try sessions.begin(at: address, for: nil, seeing: seen)
        sessions.end(try #require(sessions.session(first, at: address, for: nil)))
        clock.advance(days: 1)
        for _ in 0..<4096 {
            let id = try sessions.begin(at: address, for: nil, seeing: seen)
            sessions.end(try #require(sessions.session(id, at: address, for: nil)))
        }
        #expect(sessions.session(first, at: address, for: nil) != nil)
    }
}
