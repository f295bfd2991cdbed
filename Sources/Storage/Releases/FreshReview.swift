import JSON
import Persistence
import Projects
import Releases
import Vocabulary

extension Connection {
    /// What a review would give now to be sent back, for whoever sent back that of another state: the digest, the etag
    /// of staging where staging is what goes live, and the seq of the last activation.
    func freshReview(
        of next: CompiledContent,
        staging copy: ToolsetRecord? = nil,
        in parent: ToolsetRecord
    ) throws -> [Problem.Detail] {
        let seq = try activationSeq(of: parent.id)
        let digest = ReviewDigest(
            live: try currentRelease(of: parent)?.digest,
            staged: next.digest,
            rules: parent.changeRules,
            activationSeq: seq
        )
        var details: [Problem.Detail] = [.init("review_digest", digest.text)]
        if let copy { details.append(.init("staging_etag", try etag(of: copy))) }
        return details + [.init("activation_seq", json: String(seq))]
    }
}
