import Accounts
import JSON
import Logging
import ManagementAPI
import Vocabulary

/// Answers a request that carries an `Idempotency-Key` once, and its repetitions with the same answer for a day.
struct RepeatedRequests: Sendable {
    let store: any IdempotencyStore
    let vault: Vault

    func run(
        _ key: String,
        of call: Call,
        scope: String,
        request: CallRequest,
        _ work: @escaping @Sendable () async throws -> CallAnswer
    ) async throws -> CallAnswer {
        guard (1...255).contains(key.utf8.count) else {
            throw Problem(.invalid, "An Idempotency-Key has 1 to 255 characters.")
        }
        let digest = Digest(of: JSONValue.object(request.input).bytes + [0] + request.document).hex
        let place = "idempotency/\(scope)/\(key)"
        switch try await store.begin(key, scope: scope, digest: digest) {
        case .new: break
        case .done(let sealed):
            let kept = try JSONValue(parsing: try vault.open(sealed, for: place))
            return CallAnswer(kept["body"]?.object ?? [:], etag: kept["etag"]?.string)
        case .running: throw Self.conflict("The request with this Idempotency-Key is still running.")
        case .carriedOut:
            throw Self.conflict(
                "The request with this Idempotency-Key was carried out, and its answer is no longer kept, or on its way; read what it made instead of sending it again."
            )
        case .different:
            throw Self.conflict(
                "This Idempotency-Key was used for a request with another content; choose a new key for a new request."
            )
        }
        let answer: CallAnswer
        do {
            answer = call.isHarmlessTwice ? try await work() : try await store.noting(key, scope: scope, work)
        } catch {
            do {
                try await store.abandon(key, scope: scope)
            } catch {
                Logger.current.error(
                    "An idempotency key stays taken",
                    metadata: ["error": "\(String(reflecting: error))"]
                )
            }
            throw error
        }
        let kept: JSONValue = ["body": .object(answer.body), "etag": JSONValue(answer.etag)]
        try await store.finish(key, scope: scope, sealedAnswer: try vault.seal(kept.text, for: place))
        return answer
    }

    private static func conflict(_ message: String) -> Problem { Problem(.idempotencyConflict, message) }
}
