import JSON
import Tools
import Vocabulary

/// Tools that were compiled before, so that whoever compiles one state after the other does only what is new.
///
/// It holds what the last two states had, and no more. Not to be shared between tasks.
package final class CompiledTools {
    private var last: [Key: (CompiledTool, ManifestObject)] = [:]
    private var current: [Key: (CompiledTool, ManifestObject)] = [:]

    package init() {}

    /// Everything that decides what a tool is compiled to.
    struct Key: Hashable {
        private let definition: Digest
        private let urn: ToolURN
        private let name: String
        private let variation: Variation
        private let layers: VariationLayers
        private let servesOutputSchema: Bool
        private let format: Int

        /// Nothing where the definition is of no known digest.
        init?(_ head: HeadTool, name: String, servesOutputSchema: Bool, format: Int) {
            guard let definition = head.definitionDigest else { return nil }
            self.definition = definition
            self.name = name
            self.servesOutputSchema = servesOutputSchema
            self.format = format
            urn = head.urn
            variation = head.variation
            layers = head.layers
        }
    }

    func tool(_ key: Key, _ make: () -> (CompiledTool, ManifestObject)) -> (CompiledTool, ManifestObject) {
        let made = current[key] ?? last[key] ?? make()
        current[key] = made
        return made
    }

    /// Begins the next state.
    package func next() {
        last = current
        current = [:]
    }
}
