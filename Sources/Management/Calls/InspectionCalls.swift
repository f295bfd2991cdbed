import JSON
import ManagementAPI
import Releases
import Vocabulary

/// The calls of `toolsets.*` that look closer at what would go live.
struct InspectionCalls: CallService {
    let inspection: any InspectionStore

    var handlers: [String: CallHandler] {
        ["toolsets.compareItem": compareItem, "toolsets.preflightRelease": preflight]
    }

    private func compareItem(_ request: CallRequest) async throws -> CallAnswer {
        let item = try await inspection.item(
            request.input.text("subject") ?? "",
            of: try request.input.slug("slug"),
            from: try request.input.side("from"),
            to: try request.input.side("to"),
            in: try request.projectID
        )
        return CallAnswer(["item": .object(item.json)])
    }

    private func preflight(_ request: CallRequest) async throws -> CallAnswer {
        let preflight = try await inspection.preflight(
            of: try request.input.releaseName(),
            of: try request.input.slug("slug"),
            in: try request.projectID
        )
        return CallAnswer([
            "preflight": [
                "live_release": JSONValue(preflight.live), "same_as_live": .bool(preflight.isSameAsLive),
                "checks": .array(preflight.checks.map { .object($0.json) }),
            ]
        ])
    }
}

extension ComparedItem {
    /// The item as the management API writes it.
    fileprivate var json: JSONObject {
        [
            "subject": .string(subject), "before": before.map { .object($0.json) } ?? .null,
            "after": after.map { .object($0.json) } ?? .null,
        ]
    }
}

extension ContentItem {
    fileprivate var json: JSONObject {
        [
            "name": .string(name), "definition": .object(definition), "call": call ?? .null,
            "tokens": JSONValue(tokens),
        ]
    }
}
