import MCP
import Releases
import Testing
import Vocabulary

@testable import Endpoint

/// How long clients may keep lists, by what an address serves.
struct ListLifetimeTests {
    private static let published: Int64 = 1_800_000_000_000

    private func caching(
        _ side: ServedSide,
        mode: EditingMode = .staging,
        isPublic: Bool = true,
        isHeld: Bool = false,
        minutesLater: Int64 = 0
    ) throws -> Caching {
        let activation = ServedActivation(at: Timestamp(milliseconds: Self.published), isHeld: isHeld, former: nil)
        let served = ServedToolset(
            toolsetID: ID.make(),
            projectID: ID.make(),
            mcpSlug: try #require(Slug("pets")),
            side: side,
            mode: mode,
            isPublic: isPublic,
            environmentID: nil,
            environmentVersion: 0,
            releaseID: nil,
            releaseNumber: nil,
            activation: side == .live && mode == .staging ? activation : nil,
            fingerprint: "f"
        )
        return ListLifetime.caching(
            of: served,
            now: Timestamp(milliseconds: Self.published + minutesLater * 60_000)
        )
    }

    @Test func `a release is kept for a day, staging and what is edited live not at all`() throws {
        #expect(try caching(.release(3)).milliseconds == 86_400_000)
        #expect(try caching(.staging).milliseconds == 0)
        #expect(try caching(.live, mode: .iteration).milliseconds == 0)
    }

    @Test func `live in staging mode is kept shortly after an activation, and longer when nothing happened since`()
        throws
    {
        #expect(try caching(.live).milliseconds == 30_000)
        #expect(try caching(.live, minutesLater: 9).milliseconds == 30_000)
        #expect(try caching(.live, minutesLater: 10).milliseconds == 300_000)
        // A clock that went back makes it no older than it is.
        #expect(try caching(.live, minutesLater: -60).milliseconds == 30_000)
    }

    @Test func `a hold keeps it short`() throws {
        #expect(try caching(.live, isHeld: true, minutesLater: 10_000).milliseconds == 30_000)
    }

    @Test func `only what everybody may call may be kept for everybody`() throws {
        #expect(try caching(.live).scope == .public)
        #expect(try caching(.live, isPublic: false).scope == .private)
        #expect(try caching(.release(1), isPublic: false).scope == .private)
    }
}
