package import JSON
package import Vocabulary

/// What a tool URN means in one deployment: what a client sees, and how the call is made.
///
/// A definition is a value; it is stored once for each content, under ``digest``.
package struct ToolDefinition: Sendable, Hashable {
    package var urn: ToolURN
    package var title: String?
    /// Never empty: clients need something to choose a tool by.
    package var description: String
    /// The document's own tags of the operation.
    package var tags: [String]
    package var isDeprecated: Bool
    /// A JSON Schema of 2020-12 whose root is `type: object`. What it refers to stands in its `$defs`.
    package var inputSchema: JSONObject
    /// What the answer is, where the document says it: a schema of 2020-12 with its own `$defs`. It is served only
    /// where somebody asked for it.
    package var outputSchema: JSONObject?
    package var annotations: ToolAnnotations
    package var call: CallRecipe
    /// When the document wants a person to be asked before a call; a variation goes before it.
    package var confirm: Variation.ConfirmMode?
    /// The name that the document would give the tool by now, where that is another than the one it keeps.
    package var offeredName: String?

    package init(
        urn: ToolURN,
        title: String?,
        description: String,
        tags: [String] = [],
        isDeprecated: Bool = false,
        inputSchema: JSONObject,
        outputSchema: JSONObject? = nil,
        annotations: ToolAnnotations,
        call: CallRecipe,
        confirm: Variation.ConfirmMode? = nil,
        offeredName: String? = nil
    ) {
        self.urn = urn
        self.title = title
        self.description = description
        self.tags = tags
        self.isDeprecated = isDeprecated
        self.inputSchema = inputSchema
        self.annotations = annotations
        self.call = call
        self.outputSchema = outputSchema
        self.confirm = confirm
        self.offeredName = offeredName
    }

    /// The name that the source gave.
    package var name: String { urn.name }
}

extension ToolDefinition {
    /// The definition as it is stored.
    package var json: JSONValue {
        var object: JSONObject = ["urn": .string(urn.description)]
        object["title"] = title.map(JSONValue.string)
        object["description"] = .string(description)
        object["tags"] = tags.isEmpty ? nil : JSONValue(tags)
        object["deprecated"] = isDeprecated ? true : nil
        object["inputSchema"] = .object(inputSchema)
        object["outputSchema"] = outputSchema.map(JSONValue.object)
        object["annotations"] = .object(annotations.json)
        object["call"] = call.json
        object["confirm"] = confirm.map { .string($0.rawValue) }
        object["offeredName"] = offeredName.map(JSONValue.string)
        return .object(object)
    }

    /// A definition as it was stored; nothing where the value is none.
    package init?(json: JSONValue) {
        guard let urn = json["urn"]?.string.flatMap(ToolURN.init), let description = json["description"]?.string,
            let inputSchema = json["inputSchema"]?.object, let call = json["call"].flatMap(CallRecipe.init(json:))
        else { return nil }
        self.init(
            urn: urn,
            title: json["title"]?.string,
            description: description,
            tags: json["tags"]?.array?.compactMap(\.string) ?? [],
            isDeprecated: json["deprecated"]?.bool ?? false,
            inputSchema: inputSchema,
            outputSchema: json["outputSchema"]?.object,
            annotations: ToolAnnotations(json: json["annotations"]?.object ?? [:]),
            call: call,
            confirm: json["confirm"]?.string.flatMap(Variation.ConfirmMode.init(rawValue:)),
            offeredName: json["offeredName"]?.string
        )
    }

    /// The digest of ``json`` as stored: two definitions with one digest are one definition.
    package var digest: Digest { Digest(of: json.bytes) }
}
