/// Remembers the answers of requests that carry an `Idempotency-Key`, so that a repeated request makes nothing twice.
package protocol IdempotencyStore: Sendable {
    /// Takes a key for a request that begins now, or tells what became of the one that took it.
    ///
    /// `scope` says whose key it is, and of which call, since two callers may choose the same one; `digest` is of the
    /// request's content: the same key with another content is a mistake.
    func begin(_ key: String, scope: String, digest: String) async throws -> IdempotencyState
    /// Runs `work` so that its first committed write also notes that the request was carried out: in the same
    /// transaction, so that no kill can part the two.
    func noting<Answer: Sendable>(
        _ key: String,
        scope: String,
        _ work: @Sendable () async throws -> Answer
    ) async throws -> Answer
    /// Gives back the keys of requests that a stopped server had begun and not carried out.
    func forgetUnfinished() async throws
    /// Keeps the answer. It may hold a secret, so it arrives sealed.
    func finish(_ key: String, scope: String, sealedAnswer: [UInt8]) async throws
    /// Gives the key back after a request that failed and made nothing.
    func abandon(_ key: String, scope: String) async throws
}

/// What became of the request that an idempotency key was first used for.
package enum IdempotencyState: Sendable, Hashable {
    /// The key is new: the request goes ahead.
    case new
    case done(sealedAnswer: [UInt8])
    /// It is still running.
    case running
    /// It was carried out, and the server was stopped before it kept the answer; or it is about to.
    case carriedOut
    /// The key was used for another content.
    case different
}
