package import JSON
package import Tools
import Vocabulary

/// Makes tool calls: from a recipe, arguments and variables to what a model reads.
package struct ToolCaller: Sendable {
    private let client: UpstreamClient
    private let userAgent: String
    private let timeout: Duration
    private let clock: UpstreamClock
    private let tokens: TokenCache
    private let retries = RetryPolicy.usual

    /// A caller whose requests go out by `client`, which is shut down by its owner. `userAgent` is `Slipway/1.0`;
    /// `timeout` bounds each call as a whole, waiting and tokens included.
    package init(
        client: UpstreamClient,
        userAgent: String,
        timeout: Duration = .seconds(30),
        clock: UpstreamClock = .system
    ) {
        self.client = client
        self.userAgent = userAgent
        self.timeout = timeout
        self.clock = clock
        tokens = TokenCache(clock: clock)
    }

    /// Makes one call. The arguments have been validated against the tool's schema; `variables` are the environment's,
    /// secrets in the clear. Every failure is an outcome; cancelling the task ends the request.
    package func call(
        _ recipe: CallRecipe,
        arguments: JSONObject,
        variables: [String: String],
        trace: TraceHeaders = TraceHeaders()
    ) async -> ToolCallOutcome {
        let request: OutgoingRequest
        do throws(RequestRefusal) {
            request = try OutgoingRequest(
                recipe: recipe,
                arguments: arguments,
                variables: variables,
                userAgent: userAgent,
                trace: trace
            )
        } catch {
            return ToolCallOutcome(error)
        }
        let deadline = clock.now() + timeout
        var outcome =
            if let token = request.token {
                await perform(request, with: token, deadline: deadline)
            } else {
                await perform(request, deadline: deadline)
            }
        outcome.request = request.shown
        return outcome
    }

    // MARK: - Tokens

    /// A call that needs a token. One that the API does not take is let go of; where the method is safe, the call is
    /// made once more with a new one.
    private func perform(
        _ request: OutgoingRequest,
        with needed: TokenRequest,
        deadline: Duration
    ) async -> ToolCallOutcome {
        var last: ToolCallOutcome?
        for _ in 0..<2 {
            let token: AccessToken
            switch await self.token(needed, deadline: deadline) {
            case .success(let got): token = got
            case .failure(let failure): return ToolCallOutcome(failure)
            }
            let outcome = await perform(request.authorized(by: token), deadline: deadline)
            guard outcome.status == 401 else { return outcome }
            tokens.drop(token, for: needed.key)
            last = outcome
            guard request.isSafe else {
                return outcome.adding("The token was let go of; the next call asks for a new one.")
            }
        }
        return last?.adding("It was called twice, the second time with a new token.") ?? ToolCallOutcome(.cancelled)
    }

    /// The token, as far as it comes before the call's time is over. What is asked for is for all calls that wait, and
    /// has a time of its own.
    private func token(_ needed: TokenRequest, deadline: Duration) async -> Result<AccessToken, TokenFailure> {
        let endpoint = TokenEndpoint(client: client, userAgent: userAgent, clock: clock, timeout: timeout)
        let answer = await tokens.token(for: needed.key, within: deadline - clock.now()) {
            await endpoint.token(for: needed, prefersBody: $0)
        }
        return answer ?? .failure(.timedOut(needed))
    }

    // MARK: - Calls

    /// Sends a request, and again where ``RetryPolicy`` says so.
    private func perform(_ request: OutgoingRequest, deadline: Duration) async -> ToolCallOutcome {
        var made = 0
        while true {
            do throws(UpstreamFailure) {
                let answer = try await client.perform(request, timeout: max(.zero, deadline - clock.now()))
                let wait = retries.wait(
                    after: answer,
                    to: request,
                    retries: made,
                    remaining: deadline - clock.now(),
                    now: clock.date()
                )
                made += 1
                guard let wait else { return ToolCallOutcome(answer, to: request).after(made) }
                do {
                    try await clock.sleep(wait)
                } catch {
                    throw UpstreamFailure(.cancelled, server: request.server)
                }
            } catch {
                return ToolCallOutcome(error, to: request).after(made + 1)
            }
        }
    }
}

extension ToolCallOutcome {
    /// The outcome of a call that has no token.
    fileprivate init(_ failure: TokenFailure) {
        switch failure.kind {
        case .refused: self.init(content: [.text(failure.message)], problem: .upstreamRefused, cause: failure.cause)
        case .timedOut: self.init(content: [.text(failure.message)], problem: .upstreamTimeout, cause: failure.cause)
        case .cancelled: self.init(content: [.text(failure.message)], problem: .unavailable, cause: failure.cause)
        case .notAccepted, .failed:
            self.init(content: [.text(failure.message)], problem: .upstreamFailed, cause: failure.cause)
        }
    }

    /// What was done, where a call failed after it had been made more than once.
    fileprivate func after(_ calls: Int) -> ToolCallOutcome {
        guard isError, calls > 1 else { return self }
        return adding("It was called \(calls) times, with the waits that the API asked for.")
    }

    /// The same with one more sentence.
    fileprivate func adding(_ sentence: String) -> ToolCallOutcome {
        ToolCallOutcome(
            content: content + [.text(sentence)],
            structured: structured,
            problem: problem,
            status: status,
            cause: cause
        )
    }
}
