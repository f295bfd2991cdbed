package import JSON
package import Projects
package import Tools
package import Vocabulary

/// What people decided about one toolset, apart from what its project brings: what a merge merges, and what an undo
/// goes back to.
package struct OwnEdits: Sendable, Hashable {
    package var metadata: Toolset.Metadata
    package var selection: Toolset.Selection
    /// By tool; none of them is empty.
    package private(set) var variations: [ToolURN: Variation]
    package var pins: Pins

    package init(
        metadata: Toolset.Metadata,
        selection: Toolset.Selection,
        variations: [ToolURN: Variation] = [:],
        pins: Pins = Pins()
    ) {
        self.metadata = metadata
        self.selection = selection
        self.variations = variations.filter { !$0.value.isEmpty }
        self.pins = pins
    }

    /// What a toolset stays on while its project moves.
    package struct Pins: Sendable, Hashable {
        package var deployment: ID<Deployment>?
        /// The id of the stored state whose prompts and resources are used in place of the newest.
        package var prompts: String?

        package init(deployment: ID<Deployment>? = nil, prompts: String? = nil) {
            self.deployment = deployment
            self.prompts = prompts
        }
    }
}

extension OwnEdits {
    /// Two states with one digest hold the same edits.
    package var digest: Digest {
        var json = JSONObject(items.map { ($0.key.description, $0.value) })
        for list in MergeItem.List.allCases { json["order/\(list.rawValue)"] = JSONValue(texts(of: list)) }
        let value = JSONValue.object(json)
        // There is no number in it, and only a number can have no canonical form.
        return Digest(of: (try? value.canonicalBytes) ?? value.bytes)
    }

    /// Everything that is there, item by item, but for the order of the lists.
    var items: [MergeItem: JSONValue] {
        var items: [MergeItem: JSONValue] = [:]
        for field in Toolset.Metadata.Field.allCases { items[.metadata(field)] = metadata[field] }
        for urn in selection.toolURNs { items[.tool(urn)] = true }
        for name in selection.promptNames { items[.prompt(name)] = true }
        for urn in selection.resourceURNs { items[.resource(urn)] = true }
        for (urn, variation) in variations {
            for field in Variation.Field.allCases { items[.variation(urn, field)] = variation[field] }
        }
        items[.pin(.deployment)] = pins.deployment.map { .string($0.text) }
        items[.pin(.prompts)] = pins.prompts.map(JSONValue.string)
        return items
    }

    /// A list of the selection as texts.
    func texts(of list: MergeItem.List) -> [String] {
        switch list {
        case .tools: selection.toolURNs.map(\.description)
        case .prompts: selection.promptNames
        case .resources: selection.resourceURNs.map(\.description)
        }
    }

    /// The edits that consist of these items, their lists in an order that is given.
    init(items: [MergeItem: JSONValue], orders: [MergeItem.List: [String]]) {
        var metadata = Toolset.Metadata(name: "")
        var variations: [ToolURN: Variation] = [:]
        var pins = Pins()
        for (item, value) in items {
            switch item {
            case .metadata(let field): _ = metadata.set(field, to: value)
            case .variation(let urn, let field): _ = variations[urn, default: Variation()].set(field, to: value)
            case .pin(.deployment): pins.deployment = value.string.flatMap { ID($0) }
            case .pin(.prompts): pins.prompts = value.string
            case .tool, .prompt, .resource, .order: break
            }
        }
        self.init(
            metadata: metadata,
            selection: Toolset.Selection(
                toolURNs: (orders[.tools] ?? []).compactMap { ToolURN($0) },
                promptNames: orders[.prompts] ?? [],
                resourceURNs: (orders[.resources] ?? []).compactMap { ResourceURN($0) }
            ),
            variations: variations,
            pins: pins
        )
    }
}
