import Synchronization
import Testing
import Tools

@testable import Upstream

@Suite(.timeLimit(.minutes(2)))
struct TokenCacheTests {
    /// Fetches that end when the test says so.
    private final class Gate: Sendable {
        let started: AsyncStream<Int>
        private let begin: AsyncStream<Int>.Continuation
        private let state = Mutex<(count: Int, cancelled: Int)>((0, 0))
        private let open: AsyncStream<Void>
        private let opener: AsyncStream<Void>.Continuation

        init() {
            (started, begin) = AsyncStream.makeStream()
            (open, opener) = AsyncStream.makeStream()
        }

        var count: Int { state.withLock { $0.count } }
        var cancelled: Int { state.withLock { $0.cancelled } }
        func letGo() { opener.finish() }

        func fetch() async -> TokenCache.Answer {
            let number = state.withLock { state in
                state.count += 1
                return state.count
            }
            begin.yield(number)
            for await _ in open {}
            if Task.isCancelled {
                state.withLock { $0.cancelled += 1 }
                return .failure(.cancelled)
            }
            return .success(AccessToken(text: "t\(number)", lifetime: .seconds(60), isByBody: false))
        }
    }

    private func key(_ name: String) throws -> TokenRequest.Key {
        let scheme = CallRecipe.SecurityScheme(
            name: "o",
            kind: .clientCredentials(tokenURL: "/t", scopes: []),
            variables: ["T", "I", "S"]
        )
        let server = try ServerAddress("https://h")
        return try TokenRequest(scheme, clientID: name, clientSecret: "s3cr3t", server: server).key
    }

    @Test func `however many calls wait, one request is made`() async throws {
        let cache = TokenCache(clock: FakeClock().clock)
        let gate = Gate()
        let key = try key("a")
        await withTaskGroup(of: String?.self) { group in
            for _ in 0..<100 {
                group.addTask { try? await cache.token(for: key) { _ in await gate.fetch() }.get().text }
            }
            var started = gate.started.makeAsyncIterator()
            _ = await started.next()
            gate.letGo()
            for await text in group { #expect(text == "t1") }
        }
        #expect(gate.count == 1)
    }

    @Test func `a call that is cancelled stops waiting, and the others get their token`() async throws {
        let cache = TokenCache(clock: FakeClock().clock)
        let gate = Gate()
        let key = try key("a")
        let first = Task { await cache.token(for: key) { _ in await gate.fetch() } }
        var started = gate.started.makeAsyncIterator()
        _ = await started.next()
        let second = Task { await cache.token(for: key) { _ in await gate.fetch() } }
        // The second waits as soon as it is not alone any more; cancelling the first before would end the request.
        while cache.waiters(for: key) < 2 { await Task.yield() }
        first.cancel()
        await #expect(throws: TokenFailure.self) { try (await first.value).get() }
        gate.letGo()
        #expect(try (await second.value).get().text == "t1")
        #expect(gate.count == 1)
        #expect(gate.cancelled == 0)
    }

    @Test func `a call whose time is over stops waiting, and the others get their token`() async throws {
        let cache = TokenCache(clock: FakeClock().clock)
        let gate = Gate()
        let key = try key("a")
        let first = Task { await cache.token(for: key, within: .seconds(600)) { _ in await gate.fetch() } }
        var started = gate.started.makeAsyncIterator()
        _ = await started.next()
        for time in [Duration.milliseconds(20), .zero, .seconds(-1)] {
            #expect(await cache.token(for: key, within: time) { _ in await gate.fetch() } == nil)
        }
        #expect(cache.waiters(for: key) == 1)
        gate.letGo()
        #expect(try (await first.value)?.get().text == "t1")
        #expect(gate.count == 1)
        #expect(gate.cancelled == 0)
    }

    @Test func `when nobody waits any more the request ends, and the next call begins anew`() async throws {
        let cache = TokenCache(clock: FakeClock().clock)
        let gate = Gate()
        let key = try key("a")
        let only = Task { await cache.token(for: key) { _ in await gate.fetch() } }
        var started = gate.started.makeAsyncIterator()
        _ = await started.next()
        only.cancel()
        _ = await only.value
        let next = Task { await cache.token(for: key) { _ in await gate.fetch() } }
        _ = await started.next()
        gate.letGo()
        #expect(try (await next.value).get().text == "t2")
        while gate.cancelled < 1 { await Task.yield() }
    }

    @Test func `a task that is cancelled already asks for nothing that it waits for`() async throws {
        let cache = TokenCache(clock: FakeClock().clock)
        let key = try key("a")
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await cache.token(for: key) { _ in .failure(.cancelled) }
        }
        task.cancel()
        await #expect(throws: TokenFailure.self) { try (await task.value).get() }
    }

    @Test func `a failure is told to all who wait and is not kept`() async throws {
        let cache = TokenCache(clock: FakeClock().clock)
        let key = try key("a")
        let failure = TokenFailure(message: "no", kind: .failed, cause: nil)
        await #expect(throws: TokenFailure.self) { try (await cache.token(for: key) { _ in .failure(failure) }).get() }
        let token = AccessToken(text: "t", lifetime: nil, isByBody: false)
        #expect(try (await cache.token(for: key) { _ in .success(token) }).get() == token)
    }

    @Test func `the cache is bounded, and what was used last stays`() async throws {
        let cache = TokenCache(capacity: 2, clock: FakeClock().clock)
        func get(_ name: String) async throws -> String {
            let answer = await cache.token(for: try key(name)) { _ in
                .success(AccessToken(text: "new \(name)", lifetime: nil, isByBody: false))
            }
            return try answer.get().text
        }
        for name in ["a", "b", "a", "c"] { _ = try await get(name) }
        #expect(cache.count == 2)
        let kept = await cache.token(for: try key("a")) { _ in .failure(.cancelled) }
        #expect(try kept.get().text == "new a")
        await #expect(throws: TokenFailure.self) {
            try (await cache.token(for: try key("b")) { _ in .failure(.cancelled) }).get()
        }
    }

    @Test func `tokens of another client, secret, scope or address are other tokens`() throws {
        let server = try ServerAddress("https://h")
        func key(_ id: String, _ secret: String, _ url: String, _ scopes: [String]) throws -> TokenRequest.Key {
            let kind = CallRecipe.SecurityScheme.Kind.clientCredentials(tokenURL: url, scopes: scopes)
            let scheme = CallRecipe.SecurityScheme(name: "o", kind: kind, variables: ["T", "I", "S"])
            return try TokenRequest(scheme, clientID: id, clientSecret: secret, server: server).key
        }
        let keys = [
            try key("a", "s", "/t", []), try key("b", "s", "/t", []), try key("a", "s3cr3t", "/t", []),
            try key("a", "s", "/u", []), try key("a", "s", "/t", ["x"]),
        ]
        #expect(Set(keys).count == 5)
        #expect(!keys.contains { "\($0)".contains("s3cr3t") })
    }

    @Test func `a token that was replaced meanwhile is not let go of`() async throws {
        let cache = TokenCache(clock: FakeClock().clock)
        let key = try key("a")
        let old = AccessToken(text: "old", lifetime: nil, isByBody: false)
        let new = AccessToken(text: "new", lifetime: nil, isByBody: false)
        _ = await cache.token(for: key) { _ in .success(old) }
        cache.drop(old, for: key)
        _ = await cache.token(for: key) { _ in .success(new) }
        cache.drop(old, for: key)
        #expect(try (await cache.token(for: key) { _ in .failure(.cancelled) }).get() == new)
    }
}
