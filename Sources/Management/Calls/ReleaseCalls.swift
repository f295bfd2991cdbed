import JSON
import ManagementAPI
import Projects
import Releases
import Vocabulary

/// The calls of `toolsets.*` that stage, publish and roll back.
struct ReleaseCalls: CallService {
    let releases: any ReleaseStore
    let present: ToolsetPresentation

    var handlers: [String: CallHandler] {
        [
            "toolsets.createStagingVersion": createStaging, "toolsets.publishStagingVersion": publish,
            "toolsets.discardStagingVersion": discard, "toolsets.switchEditingMode": switchMode,
            "toolsets.listReleases": list, "toolsets.getReleaseDetails": details,
            "toolsets.rollbackToRelease": rollBack, "toolsets.listActivations": activations,
        ]
    }

    private func createStaging(_ request: CallRequest) async throws -> CallAnswer {
        present.answer(
            try await releases.stagingVersion(try request.input.slug("slug"), in: try request.projectID)
        )
    }

    private func publish(_ request: CallRequest) async throws -> CallAnswer {
        let input = request.input
        let publication = Publication(
            notes: input.text("notes") ?? "",
            label: try input.optionalLabel("label"),
            activates: input["activate"]?.bool ?? true,
            reviewed: try ReviewedState(input)
        )
        let release = try await releases.publish(
            try input.slug("slug"),
            publication,
            expecting: request.etag,
            in: try request.projectID,
            by: request.actor
        )
        return CallAnswer(["activated": .bool(publication.activates), "release": .object(present.json(release))])
    }

    private func discard(_ request: CallRequest) async throws -> CallAnswer {
        present.answer(
            try await releases.discard(
                try request.input.slug("slug"),
                expecting: request.etag,
                in: try request.projectID,
                by: request.actor
            )
        )
    }

    private func switchMode(_ request: CallRequest) async throws -> CallAnswer {
        let mode = request.input.text("mode").flatMap { EditingMode(rawValue: $0) } ?? .iteration
        return present.answer(
            try await releases.switchMode(
                try request.input.slug("slug"),
                to: mode,
                confirmDigest: request.input.text("confirm_digest"),
                expecting: request.etag,
                in: try request.projectID,
                by: request.actor
            )
        )
    }

    private func list(_ request: CallRequest) async throws -> CallAnswer {
        let page = try await releases.releases(
            of: try request.input.slug("slug"),
            in: try request.projectID,
            request.page
        )
        return CallAnswer("releases", page) { present.json($0) }
    }

    private func details(_ request: CallRequest) async throws -> CallAnswer {
        let reference = try reference(in: request.input)
        guard let details = try await releases.releaseDetails(reference, in: try request.projectID) else {
            throw Problem(.notFound, "There is no such release; toolsets.listReleases names those there are.")
        }
        return CallAnswer(["release": .object(present.json(details))])
    }

    private func rollBack(_ request: CallRequest) async throws -> CallAnswer {
        let input = request.input
        let outcome = try await releases.rollBack(
            to: try reference(in: input),
            Rollback(
                reason: input.text("reason") ?? "",
                loadsIntoStaging: input.text("staging") == "load",
                expectedActivationSeq: input["expected_activation_seq"]?.integer,
                holds: input["hold"]?.bool ?? true
            ),
            expecting: request.etag,
            in: try request.projectID,
            by: request.actor
        )
        return CallAnswer(
            [
                "toolset": .object(present.json(outcome.toolset)), "previous_release": JSONValue(outcome.from),
                "kind": .string(outcome.kind.rawValue), "verdicts": .object(outcome.verdicts.json),
                "warnings": .array(outcome.warnings.map { .object($0.json) }),
            ],
            etag: outcome.toolset.etag
        )
    }

    private func activations(_ request: CallRequest) async throws -> CallAnswer {
        let page = try await releases.activations(
            of: try request.input.slug("slug"),
            in: try request.projectID,
            request.page
        )
        return CallAnswer("activations", page, \.json)
    }

    func reference(in input: JSONObject) throws -> ReleaseReference {
        let isNamed = (input["number"] == nil) != (input["label"] == nil)
        switch (try input.optionalID("release_id", of: Release.self), try input.optionalSlug("slug"), isNamed) {
        case (let id?, nil, false) where input["number"] == nil: return .id(id)
        case (nil, .some, true): return try input.release()
        default:
            throw Problem(
                .invalid,
                "Name the release either by release_id, or by slug and number, or by slug and label.",
                errors: [.init(pointer: "", message: "needs release_id, or slug and number, or slug and label")]
            )
        }
    }
}
