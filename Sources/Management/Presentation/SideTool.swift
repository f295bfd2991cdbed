import JSON
import Releases
import Tools
import Vocabulary

/// A tool of one side of a toolset: as it is served there, and what it is made of.
struct SideTool {
    let urn: ToolURN
    /// As clients get it; none where the deployment no longer has the tool.
    let served: CompiledTool?
    /// Before any variation; none where a release is served, or the deployment no longer has the tool.
    let definition: ToolDefinition?
    /// Whether its output schema is served where no variation says it.
    let servesOutputSchema: Bool
    let layers: VariationLayers
    let tokens: Int
    /// What there is to say about it, by the words that `toolsets.listTools` filters by.
    let marks: [String]

    init(
        _ head: HeadTool,
        served: CompiledTool?,
        servesOutputSchema: Bool,
        tokens: Int,
        state: String?
    ) {
        urn = head.urn
        self.served = served
        definition = head.definition
        self.servesOutputSchema = servesOutputSchema
        layers = head.layers
        self.tokens = tokens
        var marks = Self.marks(served, layers: head.layers, state: state)
        if head.definition == nil { marks.append("orphan") }
        if let served, served.name != head.variation.name ?? head.urn.name { marks.append("renamed") }
        self.marks = marks
    }

    init(_ tool: CompiledTool, layers: VariationLayers, tokens: Int, state: String?) {
        urn = tool.urn
        served = tool
        definition = nil
        servesOutputSchema = tool.tool["outputSchema"] != nil
        self.layers = layers
        self.tokens = tokens
        marks = Self.marks(tool, layers: layers, state: state)
    }

    private static func marks(_ tool: CompiledTool?, layers: VariationLayers, state: String?) -> [String] {
        var marks: [String] = []
        if let state { marks.append(state) }
        if !layers.own.isEmpty { marks.append("overridden") }
        if !layers.global.isEmpty { marks.append("overridden_in_project") }
        if tool?.isDeprecated == true { marks.append("deprecated") }
        if let mode = tool?.confirmation["mode"]?.string, mode != "never" { marks.append("confirmed") }
        return marks
    }
}

extension SideTool {
    /// What a search looks into.
    var searchable: [String] {
        [
            served?.name ?? urn.name, served?.tool["title"]?.string ?? "", served?.tool["description"]?.string ?? "",
            urn.description, served?.call.path ?? "",
        ] + (served?.tags ?? [])
    }

    /// Whether the tool gives a hint, by the words of `toolsets.listTools`.
    func gives(_ hint: String) -> Bool {
        let hints = served?.tool["annotations"]
        return switch hint {
        case "read_only": hints?["readOnlyHint"]?.bool == true
        case "writes": hints?["readOnlyHint"]?.bool != true
        case "destructive": hints?["readOnlyHint"]?.bool != true && hints?["destructiveHint"]?.bool == true
        case "idempotent": hints?["idempotentHint"]?.bool == true
        case "open_world": hints?["openWorldHint"]?.bool == true
        default: false
        }
    }

    /// The tool as a list has it.
    var summary: JSONObject {
        var json: JSONObject = [
            "urn": .string(urn.description), "name": .string(served?.name ?? urn.name),
            "title": served?.tool["title"] ?? .null, "description": served?.tool["description"] ?? "",
            "tags": JSONValue(served?.tags ?? []), "source": JSONValue(urn.source?.text),
            "method": JSONValue(served?.call.method), "path": JSONValue(served?.call.path),
            "annotations": served?.tool["annotations"] ?? [:],
        ]
        let confirmation = served?.confirmation ?? [:]
        json["confirm"] = confirmation["mode"] ?? .null
        json["confirm_prompt"] = confirmation["prompt"] ?? .null
        json["tokens"] = JSONValue(tokens)
        json["marks"] = JSONValue(marks)
        json["overridden"] = JSONValue(Variation.Field.allCases.filter { layers.own[$0] != nil }.map(\.rawValue))
        return json
    }

    /// The tool with all that it is made of.
    var details: JSONObject {
        var json = summary
        json["original"] = definition.map { .object($0.saying(Variation())) } ?? .null
        json["inherited"] = definition.map { .object($0.saying(layers.global)) } ?? .null
        json["variations"] = ["global": .object(layers.global.said), "own": .object(layers.own.said)]
        json["input_schema"] = served?.tool["inputSchema"]
        json["output_schema"] = served?.tool["outputSchema"] ?? definition?.outputSchema.map(JSONValue.object)
        json["serves_output_schema"] = .bool(served?.tool["outputSchema"] != nil)
        json["call"] = served?.call.json
        return json
    }
}

extension CompiledTool {
    /// When a person is asked before a call, as clients are told: `mode` and `prompt`.
    fileprivate var confirmation: JSONObject { tool["_meta"]?["slipway/confirm"]?.object ?? [:] }

    /// Whether callers see no difference; what a layer said besides is none.
    func isServed(as other: CompiledTool) -> Bool {
        tool == other.tool && Set(tags.map(JSONName.init)) == Set(other.tags.map(JSONName.init)) && call == other.call
    }
}

extension ToolDefinition {
    /// What the tool says under a variation, by the names of the management API, and what that costs.
    fileprivate func saying(_ variation: Variation) -> JSONObject {
        let tool = applying(variation)
        return [
            "name": .string(variation.name ?? name), "title": JSONValue(tool.title),
            "description": .string(tool.description), "tags": JSONValue(tool.tags),
            "annotations": .object(tool.annotations.json),
            "confirm": JSONValue((variation.confirm ?? confirm)?.rawValue),
            "confirm_prompt": JSONValue(variation.confirmPrompt), "tokens": JSONValue(tool.tokens),
        ]
    }
}

extension Variation {
    /// What the layer overrides, by the names of the management API, and nothing else.
    fileprivate var said: JSONObject {
        var json = JSONObject()
        var hints = JSONObject()
        for field in Field.allCases {
            guard let value = self[field] else { continue }
            if field.rawValue.hasPrefix("annotations/") {
                hints[String(field.rawValue.dropFirst("annotations/".count))] = value
            } else {
                json[field.rawValue] = value
            }
        }
        if !hints.isEmpty { json["annotations"] = .object(hints) }
        return json
    }
}
