import JSON
import Tools
import Vocabulary

/// What changes in variations without changing what clients get: `variation.layer.*`. What does change it is told by
/// the rules of the field.
enum LayerChanges {
    /// What the layers of one tool said and say. A content of format 1 knows no layers; then nothing may be told.
    ///
    /// `old` and `new` are the tool as both contents serve it; none where one does not.
    static func differences(
        from before: VariationLayers,
        to after: VariationLayers,
        old: CompiledTool?,
        new: CompiledTool?
    ) -> [RuledDifference] {
        guard before != after || new == nil else { return [] }
        var differences = Differences()
        guard let new else {
            guard old != nil, after != VariationLayers() else { return [] }
            let message = "A variation of the tool is kept, and the tool is gone."
            differences.tell(.variationLayerOrphaned, at: "/variations", nil, nil, message)
            return differences.all
        }
        for field in Field.all {
            let (wasGlobal, isGlobal) = (field.value(before.global), field.value(after.global))
            let (wasOwn, isOwn) = (field.value(before.own), field.value(after.own))
            if let isGlobal, isGlobal != wasGlobal, let isOwn, isOwn != isGlobal {
                let keeps = wasOwn == nil && old.map { field.served($0) == field.served(new) } ?? false
                let message =
                    keeps
                    ? "The toolset keeps its `\(field.name)` by a variation of its own, and hides the project's new one."
                    : "The project's new `\(field.name)` is hidden by the toolset's own."
                let pointer = "/variations/global/\(field.name)"
                differences.tell(.variationLayerShadowed, at: pointer, wasGlobal, isGlobal, message)
                continue
            }
            guard let old, field.served(old) == field.served(new) else { continue }
            for (layer, was, value) in [("global", wasGlobal, isGlobal), ("own", wasOwn, isOwn)] {
                guard let value, value != was else { continue }
                let message = "A variation of `\(field.name)` says what holds without it."
                let pointer = "/variations/\(layer)/\(field.name)"
                differences.tell(.variationLayerNoEffectAdded, at: pointer, was, value, message)
            }
        }
        return differences.all
    }

    /// One thing that a variation may say.
    private struct Field {
        let name: String
        let value: (Variation) -> JSONValue?
        /// What a tool shows of it.
        let served: (CompiledTool) -> JSONValue?

        static var all: [Field] {
            [
                Field(name: "name", value: { $0.name.map(JSONValue.string) }, served: { $0.tool["name"] }),
                Field(name: "title", value: { $0.title.map(JSONValue.string) }, served: { $0.tool["title"] }),
                Field(name: "summary", value: { $0.summary.map(JSONValue.string) }, served: { $0.tool["description"] }),
                Field(
                    name: "description",
                    value: { $0.description.map(JSONValue.string) },
                    served: { $0.tool["description"] }
                ),
                Field(name: "tags", value: { $0.tags.map { JSONValue($0) } }, served: { JSONValue($0.tags) }),
                Field(
                    name: "confirm",
                    value: { $0.confirm.map { .string($0.rawValue) } },
                    served: { $0.tool["_meta"]?["slipway/confirm"]?["mode"] }
                ),
                Field(
                    name: "confirm_prompt",
                    value: { $0.confirmPrompt.map(JSONValue.string) },
                    served: { $0.tool["_meta"]?["slipway/confirm"]?["prompt"] }
                ),
                Field(
                    name: "output_schema",
                    value: { $0.outputSchema.map(JSONValue.bool) },
                    served: { .bool($0.tool["outputSchema"] != nil) }
                ),
            ] + ["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"].map(hint)
        }

        private static func hint(_ key: String) -> Field {
            Field(name: key, value: { $0.annotations.json[key] }, served: { $0.tool["annotations"]?[key] })
        }
    }
}
