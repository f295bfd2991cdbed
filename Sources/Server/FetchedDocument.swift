import Management
import Upstream
import Vocabulary

extension FetchedDocument {
    /// Fetches a document for the management API.
    ///
    /// - Throws: ``Problem`` `invalid`, `upstream_refused`, `upstream_failed`, `upstream_timeout` or `too_large`.
    init(at url: String, by fetcher: DocumentFetcher, largest: Int) async throws {
        do throws(DocumentFetcher.Failure) {
            let answer = try await fetcher.document(at: url)
            self.init(content: answer.body, contentType: answer.headers["content-type"] ?? "")
        } catch {
            throw Problem(error, largest: largest)
        }
    }
}

extension Problem {
    fileprivate init(_ failure: DocumentFetcher.Failure, largest: Int) {
        switch failure {
        case .badAddress(let sentence):
            self.init(
                .invalid,
                "\(sentence) Nothing was kept.",
                errors: [.init(pointer: "/url", message: "cannot be fetched")]
            )
        case .wrongAnswer(let sentence): self.init(.upstreamFailed, "\(sentence) Nothing was kept.")
        case .tooLarge:
            self.init(
                .tooLarge,
                "The document has more than \(largest >> 20) MiB, which is the most; nothing was kept."
            )
        case .unanswered(let failure):
            let code: ProblemCode =
                switch failure.kind {
                case .refused: .upstreamRefused
                case .timedOut: .upstreamTimeout
                default: .upstreamFailed
                }
            self.init(code, "\(failure.message) Nothing was kept.", cause: failure.cause)
        }
    }
}
