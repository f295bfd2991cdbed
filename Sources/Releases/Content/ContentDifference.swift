/// Which items two contents do not share, by the names that clients see.
package struct ContentDifference: Sendable, Hashable {
    package var addedTools: [String] = []
    package var removedTools: [String] = []
    package var changedTools: [String] = []
    package var addedPrompts: [String] = []
    package var removedPrompts: [String] = []
    package var changedPrompts: [String] = []
    /// Resources by their slugs.
    package var addedResources: [String] = []
    package var removedResources: [String] = []
    package var changedResources: [String] = []
    package var metadataChanged = false
    /// Whether the same items stand in another order.
    package var orderChanged = false
    /// Whether callers see no difference, and a release records one all the same: where a value comes from, what the
    /// documents are, what is deprecated. Such a difference can be published.
    package var recordChanged = false

    package init() {}

    /// How many items differ.
    package var count: Int {
        addedTools.count + removedTools.count + changedTools.count + addedPrompts.count + removedPrompts.count
            + changedPrompts.count + addedResources.count + removedResources.count + changedResources.count
            + (metadataChanged ? 1 : 0) + (orderChanged ? 1 : 0)
    }
}

extension ContentDifference {
    /// What changes for callers when `new` takes the place of `old`. Contents of different formats are compared by what
    /// both can say; that a layer of variations or a document says the same in other words changes nothing for callers.
    package init(from old: CompiledContent, to new: CompiledContent) {
        self.init()
        guard old.digest != new.digest else { return }
        (addedTools, removedTools, changedTools) = Self.compare(old.toolEntries, new.toolEntries)
        if !changedTools.isEmpty {
            let names = Set(changedTools)
            let before = Self.tools(named: names, in: old)
            let after = Self.tools(named: names, in: new)
            changedTools.removeAll { name in
                guard let was = before[name], let now = after[name] else { return false }
                return was.object(format: 1, layers: VariationLayers()).digest
                    == now.object(format: 1, layers: VariationLayers()).digest
            }
        }
        (addedPrompts, removedPrompts, changedPrompts) = Self.compare(old.promptEntries, new.promptEntries)
        (addedResources, removedResources, changedResources) = Self.compare(old.resourceEntries, new.resourceEntries)
        metadataChanged = old.manifest.metadata != new.manifest.metadata
        orderChanged =
            Self.isReordered(old.toolEntries, new.toolEntries) || Self.isReordered(old.promptEntries, new.promptEntries)
            || Self.isReordered(old.resourceEntries, new.resourceEntries)
        // Where it is not known whether they are the same, nobody may say that they are.
        recordChanged = count == 0 && (try? old.isSame(as: new)) != true
    }

    private static func tools(named names: Set<String>, in content: CompiledContent) -> [String: CompiledTool] {
        let tools = content.tools.filter { names.contains($0.name) }
        return Dictionary(tools.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func compare<URN>(
        _ old: [ManifestEntry<URN>],
        _ new: [ManifestEntry<URN>]
    ) -> (added: [String], removed: [String], changed: [String]) {
        let before = Dictionary(old.map { ($0.name, $0.object) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.map { ($0.name, $0.object) }, uniquingKeysWith: { first, _ in first })
        return (
            new.map(\.name).filter { before[$0] == nil },
            old.map(\.name).filter { after[$0] == nil },
            new.filter { entry in before[entry.name].map { $0 != entry.object } ?? false }.map(\.name)
        )
    }

    private static func isReordered<URN>(_ old: [ManifestEntry<URN>], _ new: [ManifestEntry<URN>]) -> Bool {
        let kept = Set(old.map(\.name)).intersection(new.map(\.name))
        return old.map(\.name).filter(kept.contains) != new.map(\.name).filter(kept.contains)
    }
}
