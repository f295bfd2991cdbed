import JSON
package import Tools

/// What both layers of variations said of one tool.
package struct VariationLayers: Sendable, Hashable {
    package var global: Variation
    package var own: Variation

    package init(global: Variation = Variation(), own: Variation = Variation()) {
        self.global = global
        self.own = own
    }

    /// Whether neither says anything.
    package var isEmpty: Bool { global.isEmpty && own.isEmpty }
}

extension VariationLayers {
    /// Both layers as an object of format 2 holds them; nothing where neither says anything.
    var json: JSONValue? {
        var json = JSONObject()
        if !global.isEmpty { json["global"] = .object(global.json) }
        if !own.isEmpty { json["own"] = .object(own.json) }
        return json.isEmpty ? nil : .object(json)
    }

    init?(json: JSONValue) {
        guard let json = json.object else { return nil }
        self.init()
        for (key, value) in json {
            guard let variation = Variation(json: value) else { return nil }
            switch key {
            case "global": global = variation
            case "own": own = variation
            default: return nil
            }
        }
    }
}

extension Variation {
    /// What the layer overrides, and nothing else.
    fileprivate var json: JSONObject {
        var json = JSONObject()
        json["name"] = name.map(JSONValue.string)
        json["title"] = title.map(JSONValue.string)
        json["summary"] = summary.map(JSONValue.string)
        json["description"] = description.map(JSONValue.string)
        json["tags"] = tags.map { JSONValue($0) }
        json["annotations"] = annotations.isEmpty ? nil : .object(annotations.json)
        json["confirm"] = confirm.map { .string($0.rawValue) }
        json["confirm_prompt"] = confirmPrompt.map(JSONValue.string)
        json["output_schema"] = outputSchema.map(JSONValue.bool)
        return json
    }

    fileprivate init?(json: JSONValue) {
        guard let json = json.object else { return nil }
        self.init(
            name: json["name"]?.string,
            title: json["title"]?.string,
            summary: json["summary"]?.string,
            description: json["description"]?.string,
            tags: json["tags"]?.array?.compactMap(\.string),
            annotations: ToolAnnotations(json: json["annotations"]?.object ?? [:]),
            confirm: json["confirm"]?.string.flatMap { ConfirmMode(rawValue: $0) },
            confirmPrompt: json["confirm_prompt"]?.string,
            outputSchema: json["output_schema"]?.bool
        )
        // What is not understood is not dropped in silence.
        guard self.json.count == json.count else { return nil }
    }
}
