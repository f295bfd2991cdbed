package import JSON
package import Projects
package import Tools
package import Vocabulary

/// What an editor sees as the newest of everything that one served toolset is made of.
package struct Heads: Sendable {
    package var metadata: Toolset.Metadata
    /// In the order of the selection; a tool that the deployment no longer has has no definition.
    package var tools: [HeadTool]
    package var prompts: [PromptTemplate.Content]
    package var resources: [CompiledResource]
    /// The documents of the deployment, also those that none of the tools comes from.
    package var sources: [Manifest.Source]

    package init(
        metadata: Toolset.Metadata,
        tools: [HeadTool],
        prompts: [PromptTemplate.Content],
        resources: [CompiledResource] = [],
        sources: [Manifest.Source] = []
    ) {
        self.metadata = metadata
        self.tools = tools
        self.prompts = prompts
        self.resources = resources
        self.sources = sources
    }
}

/// A tool of a selection with what a deployment and both layers of variations say about it.
package struct HeadTool: Sendable {
    package var urn: ToolURN
    /// None where the deployment no longer has the tool: an orphan.
    package var definition: ToolDefinition?
    /// Own over global.
    package var variation: Variation
    /// Whether the deployment had the tool when the selection was last edited. Edits that give two tools one name are
    /// refused, so of two such tools it is the other one that a deployment brought.
    package var isSettled: Bool
    /// Whether the tool's source wants output schemas served, where neither a variation nor the toolset says it.
    package var servesOutputSchema: Bool
    /// What both layers say by themselves; ``variation`` is the one over the other.
    package var layers: VariationLayers
    /// The digest of the definition as it is stored, where it came from there: two tools with one have one definition.
    package var definitionDigest: Digest?

    package init(
        urn: ToolURN,
        definition: ToolDefinition?,
        variation: Variation,
        isSettled: Bool = true,
        servesOutputSchema: Bool = false,
        layers: VariationLayers = VariationLayers(),
        definitionDigest: Digest? = nil
    ) {
        self.urn = urn
        self.definition = definition
        self.variation = variation
        self.isSettled = isSettled
        self.servesOutputSchema = servesOutputSchema
        self.layers = layers
        self.definitionDigest = definitionDigest
    }
}

extension Heads {
    /// The names under which clients see the tools that have a definition, in order, and what was done to keep them
    /// apart.
    ///
    /// A name that a variation gives stands as it is, and then those of tools that were there when the selection was
    /// last edited. A name that is taken already, which only a deployment can bring about since edits that would do it
    /// are refused, gets its source as a stable prefix.
    package var servedNames: (names: [ToolURN: String], diagnostics: [Diagnostic]) {
        var names: [ToolURN: String] = [:]
        var taken: Set<String> = []
        // By position: a tool is large to copy, and there may be thousands.
        let defined = tools.indices.filter { tools[$0].definition != nil }
        for position in defined {
            guard let name = tools[position].variation.name, taken.insert(name).inserted else { continue }
            names[tools[position].urn] = name
        }
        var diagnostics: [Diagnostic] = []
        let open = defined.filter { names[tools[$0].urn] == nil }
        for position in open.filter({ tools[$0].isSettled }) + open.filter({ !tools[$0].isSettled }) {
            let urn = tools[position].urn
            let wanted = tools[position].variation.name ?? urn.name
            if taken.insert(wanted).inserted {
                names[urn] = wanted
                continue
            }
            let name = Self.prefixed(wanted, urn: urn, taken: &taken)
            names[urn] = name
            diagnostics.append(
                Diagnostic(
                    .warning,
                    code: "tool_renamed",
                    message:
                        "Two tools of the toolset are called \(wanted); \(urn) is served as \(name). Give one of them another name by a variation.",
                    source: urn.source,
                    pointer: ""
                )
            )
        }
        return (names, diagnostics)
    }

    /// The names that several tools of this selection would have, and more of them than in `before`: what an edit
    /// makes, not what a deployment has brought.
    package func duplicateNames(since before: Heads) -> [String] {
        let counts = wantedNames.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        let earlier = before.wantedNames.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        return counts.filter { $0.value > max(1, earlier[$0.key] ?? 0) }.keys.sorted()
    }

    private var wantedNames: [String] {
        tools.filter { $0.definition != nil }.map { $0.variation.name ?? $0.urn.name }
    }

    /// Tools that are served under the name they ask for.
    package var toolsWithTheirOwnName: Set<ToolURN> {
        let names = servedNames.names
        return Set(tools.filter { names[$0.urn] == $0.variation.name ?? $0.urn.name }.map(\.urn))
    }

    /// Tools of the selection that the deployment no longer has.
    package var orphans: [ToolURN] {
        tools.filter { $0.definition == nil }.map(\.urn)
    }

    private static func prefixed(_ name: String, urn: ToolURN, taken: inout Set<String>) -> String {
        let source = urn.source?.text ?? urn.kind.rawValue
        let hash = Digest(of: urn.description.utf8).hex.prefix(6)
        let plain = "\(source)_\(name)"
        let candidate = plain.utf8.count <= ToolName.longest ? plain : "\(plain.prefix(ToolName.longest - 7))_\(hash)"
        if taken.insert(candidate).inserted { return candidate }
        var last = "\(candidate.prefix(ToolName.longest - 7))_\(hash)"
        var count = 2
        while !taken.insert(last).inserted {
            last = "\(candidate.prefix(ToolName.longest - 11))_\(hash)_\(count)"
            count += 1
        }
        return last
    }
}
