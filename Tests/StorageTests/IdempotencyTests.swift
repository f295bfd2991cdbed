import Accounts
import Persistence
import Projects
import Releases
import Storage
import Testing
import Vocabulary

/// What becomes of a request that is repeated with its idempotency key.
struct IdempotencyTests {
    private struct Fault: Error {}

    @Test func `a repeated request gets the first answer, another one is refused`() async throws {
        try await World.with { world in
            let store = StoredIdempotency(database: world.database)
            #expect(try await store.begin("k", scope: "a", digest: "d") == .new)
            #expect(try await store.begin("k", scope: "a", digest: "d") == .running)
            try await store.finish("k", scope: "a", sealedAnswer: [1, 2])
            #expect(try await store.begin("k", scope: "a", digest: "d") == .done(sealedAnswer: [1, 2]))
            #expect(try await store.begin("k", scope: "a", digest: "other") == .different)
            // Two callers may choose the same key.
            #expect(try await store.begin("k", scope: "b", digest: "d") == .new)
            try await store.abandon("k", scope: "b")
            #expect(try await store.begin("k", scope: "b", digest: "d") == .new)
            // What was answered is not given back.
            try await store.abandon("k", scope: "a")
            #expect(try await store.begin("k", scope: "a", digest: "d") == .done(sealedAnswer: [1, 2]))
        }
    }

    @Test func `the write of a request notes that it was carried out`() async throws {
        try await World.with { world in
            let store = StoredIdempotency(database: world.database)
            try await world.stagedPets()
            try await world.select(["get"])
            #expect(try await store.begin("k", scope: "a", digest: "d") == .new)
            let release = try await store.noting("k", scope: "a") { try await world.publish() }
            #expect(release.number == 2)
            // As if the server was killed before it kept the answer.
            #expect(try await store.begin("k", scope: "a", digest: "d") == .carriedOut)
            try await store.forgetUnfinished()
            try await store.abandon("k", scope: "a")
            #expect(try await store.begin("k", scope: "a", digest: "d") == .carriedOut)
        }
    }

    @Test func `a request that wrote nothing may be repeated`() async throws {
        try await World.with { world in
            let store = StoredIdempotency(database: world.database)
            try await world.stagedPets()
            #expect(try await store.begin("k", scope: "a", digest: "d") == .new)
            let refusal = try await problem {
                try await store.noting("k", scope: "a") { _ = try await world.publish() }
            }
            #expect(refusal.code == .nothingToPublish)
            #expect(try await store.begin("k", scope: "a", digest: "d") == .running)
            try await store.forgetUnfinished()
            #expect(try await store.begin("k", scope: "a", digest: "d") == .new)
        }
    }
}
