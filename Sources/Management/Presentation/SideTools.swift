import JSON
import Releases
import Tools
import Vocabulary

/// The tools of one side of a toolset in their order, those that the deployment no longer has too. Each is made when somebody
/// looks at it, since a page shows few of many.
struct SideTools: RandomAccessCollection {
    private let side: ToolsetContent
    /// Where each tool stands among those that are served.
    private let positions: [ToolURN: Int]
    private let states: [ToolURN: String]

    /// Where `live` is given, the tools are compared with it.
    init(_ side: ToolsetContent, live: CompiledContent?) {
        self.side = side
        let served = side.content.tools.enumerated().map { ($0.element.urn, $0.offset) }
        positions = Dictionary(served, uniquingKeysWith: { first, _ in first })
        states = live.map { Self.states(of: side.content, since: $0) } ?? [:]
    }

    var startIndex: Int { 0 }
    var endIndex: Int { side.heads?.tools.count ?? side.content.tools.count }

    subscript(position: Int) -> SideTool {
        guard let heads = side.heads else {
            let tool = side.content.tools[position]
            let layers = side.content.layers[tool.urn] ?? VariationLayers()
            return SideTool(tool, layers: layers, tokens: side.tokens[tool.urn] ?? 0, state: nil)
        }
        let head = heads.tools[position]
        return SideTool(
            head,
            served: positions[head.urn].map { side.content.tools[$0] },
            servesOutputSchema: heads.metadata.servesOutputSchemas ?? head.servesOutputSchema,
            tokens: side.tokens[head.urn] ?? 0,
            state: states[head.urn]
        )
    }

    /// The tool with that URN.
    func tool(_ urn: ToolURN) -> SideTool? {
        let position = side.heads.map { $0.tools.firstIndex { $0.urn == urn } } ?? positions[urn]
        return position.map { self[$0] }
    }

    /// The sources that the tools come from, in order.
    var sources: [String] {
        let urns = side.heads.map { $0.tools.map(\.urn) } ?? side.content.toolEntries.map(\.urn)
        return Set(urns.compactMap(\.source)).map(\.text).sorted()
    }

    /// What is `new` or `changed` for callers since another content. What is the same object in both is not looked at.
    private static func states(of content: CompiledContent, since live: CompiledContent) -> [ToolURN: String] {
        let objects = Dictionary(live.toolEntries.map { ($0.urn, $0.object) }, uniquingKeysWith: { first, _ in first })
        let others = Set(content.toolEntries.filter { objects[$0.urn] != $0.object }.map(\.urn))
        if others.isEmpty { return [:] }
        let sides = [live, content].map { side in
            Dictionary(
                side.tools.filter { others.contains($0.urn) }.map { ($0.urn, $0) },
                uniquingKeysWith: { first, _ in first }
            )
        }
        var states: [ToolURN: String] = [:]
        for (urn, now) in sides[1] {
            if let was = sides[0][urn] {
                states[urn] = was.isServed(as: now) ? nil : "changed"
            } else {
                states[urn] = "new"
            }
        }
        return states
    }
}
