import JSON
import ManagementAPI
import Projects
import Releases
import Tools
import Vocabulary

/// `variations.*`
struct VariationCalls: CallService {
    let toolsets: any ToolsetStore

    var handlers: [String: CallHandler] {
        [
            "variations.upsert": upsert, "variations.upsertGlobal": upsert, "variations.list": list,
            "variations.listGlobal": list, "variations.delete": delete, "variations.deleteGlobal": delete,
            "variations.history": history,
        ]
    }

    private func upsert(_ request: CallRequest) async throws -> CallAnswer {
        let input = request.input
        let version = try await toolsets.editVariation(
            of: try input.urn("tool_urn"),
            toolset: try input.optionalSlug("toolset_slug"),
            expecting: request.etag,
            in: try request.projectID,
            by: request.actor
        ) { $0.applying(input) }
        return CallAnswer(["variation": .object(version.json)])
    }

    private func delete(_ request: CallRequest) async throws -> CallAnswer {
        let version = try await toolsets.editVariation(
            of: try request.input.urn("tool_urn"),
            toolset: try request.input.optionalSlug("toolset_slug"),
            expecting: request.etag,
            in: try request.projectID,
            by: request.actor
        ) { _ in Variation() }
        return CallAnswer(["variation": .object(version.json)])
    }

    private func list(_ request: CallRequest) async throws -> CallAnswer {
        let page = try await toolsets.variations(
            toolset: try request.input.optionalSlug("toolset_slug"),
            in: try request.projectID,
            request.page
        )
        return CallAnswer("variations", page, \.json)
    }

    private func history(_ request: CallRequest) async throws -> CallAnswer {
        let page = try await toolsets.variationHistory(
            of: try request.input.urn("tool_urn"),
            toolset: try request.input.optionalSlug("toolset_slug"),
            in: try request.projectID,
            request.page
        )
        return CallAnswer("variations", page, \.json)
    }
}

extension Variation {
    /// The variation with the fields of a call set; `null` takes an override off, what is left out stays.
    fileprivate func applying(_ input: JSONObject) -> Variation {
        var variation = self
        if let value = input["name"] { variation.name = value.string }
        if let value = input["title"] { variation.title = value.string }
        if let value = input["summary"] { variation.summary = value.string }
        if let value = input["description"] { variation.description = value.string }
        if let value = input["tags"] { variation.tags = value.array?.compactMap(\.string) }
        if let value = input["confirm"] { variation.confirm = value.string.flatMap { ConfirmMode(rawValue: $0) } }
        if let value = input["confirm_prompt"] { variation.confirmPrompt = value.string }
        if let value = input["output_schema"] { variation.outputSchema = value.bool }
        if let hints = input["annotations"]?.object {
            if let value = hints["read_only_hint"] { variation.annotations.isReadOnly = value.bool }
            if let value = hints["destructive_hint"] { variation.annotations.isDestructive = value.bool }
            if let value = hints["idempotent_hint"] { variation.annotations.isIdempotent = value.bool }
            if let value = hints["open_world_hint"] { variation.annotations.isOpenWorld = value.bool }
        }
        return variation
    }
}

extension VariationVersion {
    fileprivate var json: JSONObject {
        [
            "tool_urn": .string(urn.description), "version": JSONValue(version), "name": JSONValue(variation.name),
            "title": JSONValue(variation.title), "summary": JSONValue(variation.summary),
            "description": JSONValue(variation.description),
            "tags": variation.tags.map { JSONValue($0) } ?? .null,
            "annotations": .object(hints), "confirm": JSONValue(variation.confirm?.rawValue),
            "confirm_prompt": JSONValue(variation.confirmPrompt),
            "output_schema": variation.outputSchema.map(JSONValue.bool) ?? .null, "created_by": .string(createdBy),
            "created_at": .string(createdAt.description),
        ]
    }

    private var hints: JSONObject {
        var hints = JSONObject()
        hints["read_only_hint"] = variation.annotations.isReadOnly.map(JSONValue.bool)
        hints["destructive_hint"] = variation.annotations.isDestructive.map(JSONValue.bool)
        hints["idempotent_hint"] = variation.annotations.isIdempotent.map(JSONValue.bool)
        hints["open_world_hint"] = variation.annotations.isOpenWorld.map(JSONValue.bool)
        return hints
    }
}
