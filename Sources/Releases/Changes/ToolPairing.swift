import JSON
import Tools
import Vocabulary

/// The tools of a content with their entries, each at the position of the other. A tool that was redacted has an entry
/// and is no more; it counts as one that is gone.
struct ServedTools {
    let entries: [ManifestEntry<ToolURN>]
    let tools: [CompiledTool]
    private let known: CompiledTools?

    init(_ content: CompiledContent) {
        tools = content.tools
        known = content.known
        guard content.toolEntries.count != content.tools.count else {
            entries = content.toolEntries
            return
        }
        let urns = Set(content.tools.map(\.urn))
        entries = content.toolEntries.filter { urns.contains($0.urn) }
    }

    /// What all of them cost.
    var tokens: Int { tools.indices.reduce(0) { $0 + tokens(at: $1) } }

    /// What the tool at a position costs; counted once for each object where somebody remembers it.
    func tokens(at position: Int) -> Int {
        known?.tokens(of: entries[position].object) { tools[position].tokens } ?? tools[position].tokens
    }
}

/// Which tool of one content is which of another: by URN, else by the operation that it calls.
///
/// A tool whose URN is gone, and whose operation is there again under a URN that is new, is the same tool, where its
/// source or its host is the same. What stands in both contents with one object is not looked at, and what both have in
/// common at the beginning and at the end of their lists is not even looked up.
struct ToolPairing {
    /// Positions of one tool in the old and the new content.
    struct Pair: Hashable {
        let old: Int
        let new: Int
    }

    /// Tools that are not the same in both, in the order of the new content.
    private(set) var changed: [Pair] = []
    /// Positions in the old content.
    private(set) var removed: [Int] = []
    /// Positions in the new content.
    private(set) var added: [Int] = []
    /// The first position among the tools that both have at which another one stands.
    private(set) var firstMoved: Pair?

    init(_ old: ServedTools, _ new: ServedTools) {
        let (left, right) = Self.middle(old.entries, new.entries)
        var partners: [Int: Int] = [:]
        var olds = Dictionary(left.map { (old.entries[$0].urn, $0) }, uniquingKeysWith: { first, _ in first })
        for position in right {
            if let partner = olds.removeValue(forKey: new.entries[position].urn) { partners[position] = partner }
        }
        Self.pairByOperation(
            left.filter { olds[old.entries[$0].urn] == $0 },
            right.filter { partners[$0] == nil },
            in: (old, new),
            partners: &partners
        )
        let taken = Set(partners.values)
        removed = left.filter { !taken.contains($0) }
        for position in right {
            guard let partner = partners[position] else {
                added.append(position)
                continue
            }
            // Another format of manifests gives other objects for the same tools.
            if old.entries[partner].object != new.entries[position].object,
                old.tools[partner] != new.tools[position]
            {
                changed.append(Pair(old: partner, new: position))
            }
        }
        let kept = right.compactMap { position in partners[position].map { Pair(old: $0, new: position) } }
        firstMoved = zip(kept.map(\.old).sorted(), kept).first { $0 != $1.old }.map { Pair(old: $0, new: $1.new) }
    }

    /// The positions that are left once what is the same at both ends is taken away.
    private static func middle(
        _ old: [ManifestEntry<ToolURN>],
        _ new: [ManifestEntry<ToolURN>]
    ) -> (Range<Int>, Range<Int>) {
        let shorter = min(old.count, new.count)
        var start = 0
        while start < shorter, old[start] == new[start] { start += 1 }
        var end = 0
        while end < shorter - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
        return (start..<(old.count - end), start..<(new.count - end))
    }

    private static func pairByOperation(
        _ left: [Int],
        _ right: [Int],
        in contents: (old: ServedTools, new: ServedTools),
        partners: inout [Int: Int]
    ) {
        guard !left.isEmpty, !right.isEmpty else { return }
        var candidates: [String: [Int]] = [:]
        for position in left { candidates[contents.old.tools[position].call.operation, default: []].append(position) }
        for position in right {
            let tool = contents.new.tools[position]
            guard let found = candidates[tool.call.operation] else { continue }
            let same =
                found.first { contents.old.tools[$0].urn.source == tool.urn.source }
                ?? found.first { contents.old.tools[$0].call.server == tool.call.server && !tool.call.server.isEmpty }
            guard let same else { continue }
            partners[position] = same
            candidates[tool.call.operation] = found.filter { $0 != same }
        }
    }
}

extension CallRecipe {
    /// Method and path, as an operation without texts is described: `GET /pets/{id}`.
    var key: String { "\(method) \(path)" }

    /// Method and path without the names of its parameters: `GET /pets/{}`.
    var operation: String { method + " " + Self.shape(of: path) }

    /// A path without the names of its parameters.
    static func shape(of path: String) -> String {
        var shape = ""
        var isInside = false
        for scalar in path.unicodeScalars {
            if scalar == "}" { isInside = false }
            if !isInside { shape.unicodeScalars.append(scalar) }
            if scalar == "{" { isInside = true }
        }
        return shape
    }

    /// What an operation does by its method (RFC 9110, section 9.2).
    enum Effect: Int {
        case read, write, delete
    }

    var effect: Effect {
        switch method.uppercased() {
        case "GET", "HEAD", "OPTIONS", "TRACE", "QUERY": .read
        case "DELETE": .delete
        default: .write
        }
    }
}
