import Synchronization

/// The tokens that are good for now. However many calls wait for one, it is asked for once.
///
/// A call that is cancelled stops waiting and disturbs nobody; the request for the token goes on as long as somebody
/// waits for it.
final class TokenCache: Sendable {
    typealias Answer = Result<AccessToken, TokenFailure>
    /// Makes the token; told whether the endpoint took the credentials in the body only, the last time.
    typealias Fetch = @Sendable (_ prefersBody: Bool) async -> Answer

    private struct Held {
        let token: AccessToken
        /// After this it is not used any more.
        var end: Duration
        var lastUse: UInt64
    }

    private struct Flight {
        let number: UInt64
        var waiters: [UInt64: CheckedContinuation<Answer, Never>]
        var task: Task<Void, Never>?
    }

    private struct State {
        var held: [TokenRequest.Key: Held] = [:]
        var flights: [TokenRequest.Key: Flight] = [:]
        /// Waiters that were cancelled before they had begun to wait.
        var gone: Set<UInt64> = []
        var count: UInt64 = 0

        mutating func next() -> UInt64 {
            count += 1
            return count
        }
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let clock: UpstreamClock
    /// For how long a token is used whose endpoint does not say how long it is good for (RFC 6749, section 5.1); the
    /// API's 401 ends it sooner.
    private static let usualLifetime = Duration.seconds(300)

    /// `capacity` bounds the tokens that are kept; those that were not used for the longest time go.
    init(capacity: Int = 256, clock: UpstreamClock) {
        self.capacity = capacity
        self.clock = clock
    }

    /// The token that is kept, or one that `fetch` makes for all who ask for it meanwhile.
    func token(for key: TokenRequest.Key, fetch: @escaping Fetch) async -> Answer {
        let waiter = state.withLock { $0.next() }
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                wait(waiter, for: key, continuation, fetch: fetch)
            }
        } onCancel: {
            cancel(waiter, for: key)
        }
        _ = state.withLock { $0.gone.remove(waiter) }
        return answer
    }

    /// The same, as far as it comes in time; nothing otherwise. Then only this call stops waiting.
    func token(for key: TokenRequest.Key, within time: Duration, fetch: @escaping Fetch) async -> Answer? {
        guard time > .zero else { return nil }
        return await withTaskGroup(of: Answer?.self) { group in
            group.addTask { await self.token(for: key, fetch: fetch) }
            group.addTask {
                // Cancelled with the whole task, of which the other then tells.
                guard (try? await Task.sleep(for: time)) != nil else { return .failure(.cancelled) }
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    /// Lets go of a token that the API did not accept; another that has come meanwhile stays.
    func drop(_ token: AccessToken, for key: TokenRequest.Key) {
        state.withLock { state in
            // What is known of the endpoint is kept with it.
            if state.held[key]?.token.text == token.text { state.held[key]?.end = .zero }
        }
    }

    /// How many tokens are kept.
    var count: Int { state.withLock { $0.held.count } }

    /// How many calls wait for a token.
    func waiters(for key: TokenRequest.Key) -> Int { state.withLock { $0.flights[key]?.waiters.count ?? 0 } }

    // MARK: - Waiting

    private func wait(
        _ waiter: UInt64,
        for key: TokenRequest.Key,
        _ continuation: CheckedContinuation<Answer, Never>,
        fetch: @escaping Fetch
    ) {
        let now = clock.now()
        let answer = state.withLock { state -> Answer? in
            if state.gone.contains(waiter) { return .failure(.cancelled) }
            if let held = state.held[key], held.end > now {
                let use = state.next()
                state.held[key]?.lastUse = use
                return .success(held.token)
            }
            if state.flights[key] != nil {
                state.flights[key]?.waiters[waiter] = continuation
                return nil
            }
            let number = state.next()
            let prefersBody = state.held[key]?.token.isByBody ?? false
            // It belongs to nobody who waits: each of them may go while others stay. `fetch` has a deadline.
            let task = Task { finish(key, flight: number, with: await fetch(prefersBody)) }
            state.flights[key] = Flight(number: number, waiters: [waiter: continuation], task: task)
            return nil
        }
        if let answer { continuation.resume(returning: answer) }
    }

    private func cancel(_ waiter: UInt64, for key: TokenRequest.Key) {
        let (continuation, task) = state.withLock {
            state -> (CheckedContinuation<Answer, Never>?, Task<Void, Never>?) in
            guard let continuation = state.flights[key]?.waiters.removeValue(forKey: waiter) else {
                state.gone.insert(waiter)
                return (nil, nil)
            }
            guard state.flights[key]?.waiters.isEmpty == true else { return (continuation, nil) }
            // The next who asks begins anew, and does not wait for what is being cancelled.
            return (continuation, state.flights.removeValue(forKey: key)?.task)
        }
        task?.cancel()
        continuation?.resume(returning: .failure(.cancelled))
    }

    private func finish(_ key: TokenRequest.Key, flight number: UInt64, with answer: Answer) {
        let now = clock.now()
        let waiters = state.withLock { state -> [CheckedContinuation<Answer, Never>] in
            guard state.flights[key]?.number == number, let flight = state.flights.removeValue(forKey: key) else {
                return []
            }
            if case .success(let token) = answer {
                let use = state.next()
                state.held[key] = Held(token: token, end: now + Self.usable(token), lastUse: use)
                if state.held.count > capacity,
                    let oldest = state.held.min(by: { $0.value.lastUse < $1.value.lastUse })?.key
                {
                    state.held[oldest] = nil
                }
            }
            return Array(flight.waiters.values)
        }
        for waiter in waiters { waiter.resume(returning: answer) }
    }

    /// The lifetime less a margin, so that a token does not run out on its way.
    private static func usable(_ token: AccessToken) -> Duration {
        guard let lifetime = token.lifetime else { return usualLifetime }
        return lifetime - min(.seconds(30), lifetime / 5)
    }
}

extension TokenFailure {
    static let cancelled = TokenFailure(message: "The call was cancelled.", kind: .cancelled, cause: nil)
}
