import JSON
import ManagementAPI
import Projects
import Releases
import Vocabulary

/// The calls of `toolsets.*` that change what editors work on, other than by an edit.
struct StagingCalls: CallService {
    let staging: any StagingStore
    let present: ToolsetPresentation

    var handlers: [String: CallHandler] {
        [
            "toolsets.mergeLiveIntoStaging": merge, "toolsets.loadReleaseIntoStaging": load,
            "toolsets.undoDiscard": undoDiscard, "toolsets.pinDeployment": pin,
            "toolsets.undoLastChange": undoLastChange, "toolsets.listCheckpoints": checkpoints,
        ]
    }

    private func merge(_ request: CallRequest) async throws -> CallAnswer {
        let outcome = try await staging.mergeLive(
            into: try request.input.slug("slug"),
            resolving: try request.input.resolutions,
            expecting: request.etag,
            in: try request.projectID,
            by: request.actor
        )
        var answer = present.answer(outcome.toolset)
        answer.body["merged"] =
            outcome.merged.map { ["base_release": JSONValue($0.base), "live_release": JSONValue($0.live)] } ?? .null
        return answer
    }

    private func load(_ request: CallRequest) async throws -> CallAnswer {
        present.answer(
            try await staging.loadRelease(
                try request.input.releaseName(),
                into: try request.input.slug("slug"),
                expecting: request.etag,
                in: try request.projectID,
                by: request.actor
            )
        )
    }

    private func undoDiscard(_ request: CallRequest) async throws -> CallAnswer {
        present.answer(
            try await staging.undoDiscard(
                try request.input.slug("slug"),
                replacing: request.input["replace"]?.bool ?? false,
                expecting: request.etag,
                in: try request.projectID,
                by: request.actor
            )
        )
    }

    private func pin(_ request: CallRequest) async throws -> CallAnswer {
        present.answer(
            try await staging.pin(
                try request.input.slug("slug"),
                to: try PinChange(request.input),
                expecting: request.etag,
                in: try request.projectID,
                by: request.actor
            )
        )
    }

    private func undoLastChange(_ request: CallRequest) async throws -> CallAnswer {
        present.answer(
            try await staging.undoLastChange(
                try request.input.slug("slug"),
                expecting: request.etag,
                in: try request.projectID,
                by: request.actor
            )
        )
    }

    private func checkpoints(_ request: CallRequest) async throws -> CallAnswer {
        let page = try await staging.checkpoints(
            of: try request.input.slug("slug"),
            in: try request.projectID,
            request.page
        )
        return CallAnswer("checkpoints", page, \.json)
    }
}

extension JSONObject {
    /// The resolutions of a merge.
    fileprivate var resolutions: [MergeResolution] {
        get throws {
            try (self["resolutions"]?.array ?? []).map { resolution in
                guard let item = resolution["item"]?.string else { throw Problem.missing("resolutions") }
                if let side = resolution["take"]?.string.flatMap({ MergeResolution.Side(rawValue: $0) }) {
                    return MergeResolution(item: item, choice: .side(side))
                }
                return MergeResolution(item: item, choice: .value(resolution["value"] ?? .null))
            }
        }
    }
}

extension PinChange {
    /// The change that the fields of a call describe.
    fileprivate init(_ input: JSONObject) throws {
        self.init(
            prompts: input.text("prompts").flatMap { State(rawValue: $0) },
            variations: input.text("variations").flatMap { State(rawValue: $0) }
        )
        if let value = input["deployment_id"] {
            deployment = value.isNull ? .some(nil) : .some(try input.id("deployment_id"))
        }
        guard deployment != nil || prompts != nil || variations != nil else {
            throw Problem(
                .invalid,
                "Say what staging stays on: deployment_id, prompts or variations. Nothing was changed.",
                errors: [.init(pointer: "", message: "needs deployment_id, prompts or variations")]
            )
        }
    }
}

extension Checkpoint {
    fileprivate var json: JSONObject {
        [
            "id": .string(id.text), "digest": .string(digest.hex), "actor": .string(actor),
            "at": .string(at.description), "undone": .bool(isUndone),
        ]
    }
}
