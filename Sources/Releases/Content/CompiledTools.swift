package import JSON
import Synchronization
package import Tools
package import Vocabulary

/// Tools that were compiled or read before, so that whoever reads one state after the other does only what is new.
///
/// Everything in it is known by a digest of what it was made from, so nothing can be out of date; what was redacted since
/// is for the caller to know. It holds what was used last, of objects up to twice ``capacity``.
package final class CompiledTools: Sendable {
    /// How many bytes of objects are held before what was not used since is let go; as tools they take several times that.
    package let capacity: Int
    private let memory: Mutex<Memory>

    package init(capacity: Int = 8 << 20) {
        self.capacity = capacity
        memory = Mutex(Memory(capacity: capacity))
    }

    /// Everything that decides what a tool is compiled to.
    struct Key: Hashable {
        fileprivate let layers: VariationLayers
        private let definition: Digest
        private let urn: ToolURN
        private let name: String
        private let variation: Variation
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

    /// A tool as an object says it.
    struct Known {
        let tool: CompiledTool
        let layers: VariationLayers

        init(_ tool: CompiledTool, _ layers: VariationLayers) {
            self.tool = tool
            self.layers = layers
        }

        /// From the bytes of an object.
        init(content: [UInt8]) throws {
            (tool, layers) = try CompiledTool.read(content)
        }
    }

    /// The description of the tool of an object, among tools of some names.
    private struct Text: Hashable {
        let object: Digest
        let names: Digest
    }

    private struct Memory: Sendable {
        var compiled: RecentValues<Key, (CompiledTool, ManifestObject)>
        var read: RecentValues<Digest, Known>
        var definitions: RecentValues<Digest, ToolDefinition>
        var tokens: RecentValues<Digest, Int>
        var findings: RecentValues<Text, [DirectiveText.Finding]>

        init(capacity: Int) {
            compiled = RecentValues(capacity: capacity)
            read = RecentValues(capacity: capacity)
            definitions = RecentValues(capacity: capacity)
            tokens = RecentValues(capacity: capacity)
            findings = RecentValues(capacity: capacity)
        }
    }

    /// The tool that a key stands for, and its object; `make` compiles it where it is not known.
    func tool(_ key: Key, _ make: () -> (CompiledTool, ManifestObject)) -> (CompiledTool, ManifestObject) {
        if let known = memory.withLock({ $0.compiled[key] }) { return known }
        let made = make()
        let weight = made.1.content.count
        memory.withLock { memory in
            memory.compiled.keep(made, for: key, weight: weight)
            // Of format 1 an object does not say what the layers said.
            let layers = made.1.format >= 2 ? key.layers : VariationLayers()
            memory.read.keep(Known(made.0, layers), for: made.1.digest, weight: weight)
        }
        return made
    }

    /// The tool that an object says; `content` answers its bytes, or nothing, where it is not known.
    func tool(of object: Digest, content: () throws -> [UInt8]?) throws -> Known? {
        if let known = memory.withLock({ $0.read[object] }) { return known }
        guard let content = try content() else { return nil }
        let known = try Known(content: content)
        memory.withLock { $0.read.keep(known, for: object, weight: content.count) }
        return known
    }

    /// Whether nobody has to fetch an object to know its tool.
    package func knows(_ object: Digest) -> Bool {
        memory.withLock { $0.read[object] != nil }
    }

    /// A definition by its digest; `content` answers its bytes where it is not known.
    ///
    /// - Throws: What `content` throws; ``Problem`` `database_damaged` where the bytes are no definition.
    package func definition(_ digest: Digest, content: () throws -> [UInt8]) throws -> ToolDefinition {
        if let known = memory.withLock({ $0.definitions[digest] }) { return known }
        let content = try content()
        let definition = try ToolDefinition(stored: content)
        memory.withLock { $0.definitions.keep(definition, for: digest, weight: content.count) }
        return definition
    }

    /// What the tool of an object costs, which `count` counts where it is not known.
    func tokens(of object: Digest, _ count: () -> Int) -> Int {
        if let known = memory.withLock({ $0.tokens[object] }) { return known }
        let tokens = count()
        memory.withLock { $0.tokens.keep(tokens, for: object, weight: Self.smallest) }
        return tokens
    }

    /// What is odd in the description of the tool of an object, among tools whose names have a digest; `look` looks
    /// where it is not known.
    func findings(
        in object: Digest,
        among names: Digest,
        _ look: () -> [DirectiveText.Finding]
    ) -> [DirectiveText.Finding] {
        let text = Text(object: object, names: names)
        if let known = memory.withLock({ $0.findings[text] }) { return known }
        let found = look()
        let weight = found.reduce(Self.smallest) { $0 + $1.text.utf8.count }
        memory.withLock { $0.findings.keep(found, for: text, weight: weight) }
        return found
    }

    /// What an entry weighs that says next to nothing.
    private static let smallest = 128
}
