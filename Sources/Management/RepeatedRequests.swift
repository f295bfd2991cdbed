import Accounts
import JSON
import Vocabulary

/// Answers a request that carries an `Idempotency-Key` once, and its repetitions with the same answer for a day.
struct RepeatedRequests: Sendable {
    let store: any IdempotencyStore
    let vault: Vault

    func run(
        _ key: String,
        scope: String,
        request: CallRequest,
        _ work: () async throws -> CallAnswer
    ) async throws -> CallAnswer {
        guard (1...255).contains(key.utf8.count) else {
            throw Problem(.invalid, "An Idempotency-Key has 1 to 255 characters.")
        }
        let digest = Digest(of: JSONValue.object(request.input).bytes + [0] + request.document).hex
        let place = "idempotency/\(scope)/\(key)"
        switch try await store.begin(key, scope: scope, digest: digest) {
        case .done(_, let sealed):
            return CallAnswer(try JSONValue(parsing: try vault.open(sealed, for: place)).object ?? [:])
        case .running:
            throw Problem(.idempotencyConflict, "The request with this Idempotency-Key is still running.")
        case .different:
            throw Problem(
                .idempotencyConflict,
                "This Idempotency-Key was used for a request with another content; choose a new key for a new request."
            )
        case .new: break
        }
        let answer: CallAnswer
        do {
            answer = try await work()
        } catch {
            try await store.abandon(key, scope: scope)
            throw error
        }
        let sealed = try vault.seal(JSONValue.object(answer.body).text, for: place)
        try await store.finish(key, scope: scope, status: 200, sealedAnswer: sealed)
        return answer
    }
}
