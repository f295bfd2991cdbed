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
            origins: try copy.map { try stagedOrigins(of: $0) },
            rules: parent.changeRules,
            activationSeq: seq
        )
        var details: [Problem.Detail] = [.init("review_digest", digest.text)]
        if let copy { details.append(.init("staging_etag", try etag(of: copy))) }
        return details + [.init("activation_seq", json: String(seq))]
    }

    /// What a staging copy's content follows from: its own edits, a deployment, and what else the project says.
    func stagedOrigins(of copy: ToolsetRecord) throws -> ReviewDigest.Origins {
        let deployment = try copy.pinnedDeploymentID ?? activeDeploymentID(in: copy.projectID)
        let global = try variationCount(in: globalVariationsGroup(in: copy.projectID))
        var project = [String(global)]
        if copy.pinnedPromptsID == nil {
            // Histories that only grow.
            project += [
                String(
                    try count("SELECT count(*) AS value FROM prompt_templates WHERE project_id = \(copy.projectID)")
                ),
                String(try count("SELECT count(*) AS value FROM resources WHERE project_id = \(copy.projectID)")),
            ]
        }
        return ReviewDigest.Origins(
            staging: try etag(of: copy),
            deployment: deployment?.text ?? "",
            project: project.joined(separator: "|")
        )
    }
}
