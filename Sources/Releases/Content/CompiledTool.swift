package import JSON
package import Tools
package import Vocabulary

/// A tool as one release has it.
package struct CompiledTool: Sendable, Hashable {
    package let urn: ToolURN
    /// What a client sees: name, title, description, inputSchema, outputSchema where it is served, annotations, `_meta`.
    package let tool: JSONObject
    package let tags: [String]
    package let call: CallRecipe
    /// Whether its document marks the operation as deprecated; not known in content of format 1.
    package var isDeprecated = false

    /// Texts are the same when their code points are.
    package static func == (left: CompiledTool, right: CompiledTool) -> Bool {
        left.urn == right.urn && left.tool == right.tool && left.tags.isSameJSON(as: right.tags)
            && left.call == right.call && left.isDeprecated == right.isDeprecated
    }

    /// The name that clients call.
    package var name: String { tool["name"]?.string ?? urn.name }

    /// The estimated cost of the tool in a client's list, as it is served.
    package var tokens: Int { TokenEstimate.tokens(ofTool: tool) }
}

extension CompiledTool {
    /// `servesOutputSchema` counts where the variation does not say it.
    init(_ definition: ToolDefinition, name: String, variation: Variation, servesOutputSchema: Bool) {
        let effective = definition.applying(variation)
        var tool: JSONObject = ["name": .string(name)]
        tool["title"] = effective.title.map(JSONValue.string)
        tool["description"] = .string(effective.description)
        tool["inputSchema"] = .object(effective.inputSchema)
        if variation.outputSchema ?? servesOutputSchema {
            tool["outputSchema"] = effective.outputSchema.map(JSONValue.object)
        }
        if !effective.annotations.isEmpty { tool["annotations"] = .object(effective.annotations.json) }
        if let confirm = variation.confirm ?? definition.confirm {
            var meta: JSONObject = ["mode": .string(confirm.rawValue)]
            meta["prompt"] = variation.confirmPrompt.map(JSONValue.string)
            tool["_meta"] = ["slipway/confirm": .object(meta)]
        }
        self.init(
            urn: definition.urn,
            tool: tool,
            tags: effective.tags,
            call: definition.call,
            isDeprecated: definition.isDeprecated
        )
    }
}

extension CompiledTool {
    /// The tool as an object of a format: 1 says what is served, 2 also what is deprecated and what each layer said.
    func object(format: Int, layers: VariationLayers) -> ManifestObject {
        var json: JSONObject = [
            "format": .number(JSONNumber(format)), "kind": "tool", "urn": .string(urn.description),
            "tool": .object(tool), "tags": JSONValue(tags), "call": call.json,
        ]
        if format >= 2 {
            json["deprecated"] = isDeprecated ? true : nil
            json["variations"] = layers.json
        }
        return ManifestObject(content: JSONValue.object(json).bytes, format: format)
    }

    /// A tool from the bytes of its object, with what each layer of variations said of it.
    static func read(_ content: [UInt8]) throws -> (CompiledTool, VariationLayers) {
        let json = try JSONValue(parsing: content)
        guard let format = json["format"]?.integer, Manifest.formats.contains(format), json["kind"] == "tool",
            let urn = json["urn"]?.string.flatMap({ ToolURN($0) }),
            let tool = json["tool"]?.object, let call = json["call"].flatMap({ CallRecipe(json: $0) })
        else { throw ManifestError(reason: "an object is no tool of a known format") }
        let compiled = CompiledTool(
            urn: urn,
            tool: tool,
            tags: json["tags"]?.array?.compactMap(\.string) ?? [],
            call: call,
            isDeprecated: json["deprecated"]?.bool ?? false
        )
        guard let variations = json["variations"] else { return (compiled, VariationLayers()) }
        guard let layers = VariationLayers(json: variations) else {
            throw ManifestError(reason: "an object is no tool of a known format")
        }
        return (compiled, layers)
    }
}
