import JSON
import Tools
import Vocabulary

/// What changes in what clients call a tool by: `tool.name.*`.
struct NameChanges {
    private let old: ServedTools
    private let new: ServedTools
    private let formerNames: [String: ToolURN]
    private let oldPositions: [String: Int]
    private let newPositions: [String: Int]
    /// The positions of the new content's tools by their names without case and signs.
    private let near: [String: [Int]]
    /// The operations of the old content's tools that are not the same in the new one, by where they are served now.
    private let moved: Set<String>

    /// Looks at the names of all tools once; nothing else of them is read.
    init(_ old: ServedTools, _ new: ServedTools, pairing: ToolPairing, formerNames: [String: ToolURN]) {
        self.old = old
        self.new = new
        self.formerNames = formerNames
        oldPositions = Self.positions(old.entries)
        newPositions = Self.positions(new.entries)
        near = new.entries.indices.reduce(into: [:]) {
            $0[Self.plain(new.entries[$1].name), default: []].append($1)
        }
        moved = Set(pairing.added.map { new.tools[$0].call.operation })
    }

    /// Whether any tool has a name that it did not have; without, there is nothing to be told of names.
    static func areNew(_ old: ServedTools, _ new: ServedTools, pairing: ToolPairing) -> Bool {
        !pairing.added.isEmpty
            || pairing.changed.contains { old.entries[$0.old].name != new.entries[$0.new].name }
    }

    private static func positions(_ entries: [ManifestEntry<ToolURN>]) -> [String: Int] {
        Dictionary(entries.indices.map { (entries[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func plain(_ name: String) -> String {
        name.lowercased().filter { !"_-.".contains($0) }
    }

    /// What is told of the tool at a position of the new content; `partner` is where it stands in the old one.
    func differences(at position: Int, partner: Int?) -> [RuledDifference] {
        let name = new.entries[position].name
        let former = partner.map { old.entries[$0].name }
        guard former != name else { return [] }
        var differences = Differences()
        let holder = oldPositions[name].flatMap { $0 == partner ? nil : $0 }
        if let holder {
            let before = Self.words(old.tools[holder].call)
            let after = Self.words(new.tools[position].call)
            let message = "`\(name)` is \(after) by now, and was another tool: \(before)."
            differences.tell(.toolNameRebound, at: "/name", .string(before), .string(after), message)
        } else if let owner = formerNames[name], owner != new.entries[position].urn,
            partner.map({ old.entries[$0].urn }) != owner
        {
            let message = "`\(name)` was the name of \(owner), which is gone, until the release before."
            differences.tell(.toolNameReused, at: "/name", .string(owner.description), .string(name), message)
        }
        if let former, holder == nil || newPositions[former] == nil {
            let message = "`\(former)` is called `\(name)` by now."
            differences.tell(.toolNameChanged, at: "/name", .string(former), .string(name), message)
        }
        if let other = nearest(to: position) {
            let message = "`\(name)` is nearly the name of `\(other)`; some clients and models take one for the other."
            differences.tell(.toolNameNearClashed, at: "/name", .string(other), .string(name), message)
        }
        return differences.all
    }

    /// Whether a tool of one URN and one name calls something else altogether: its operation is served by another tool
    /// by now, or neither its path nor its description is what it was.
    func isOtherOperation(_ before: CompiledTool, _ after: CompiledTool) -> Bool {
        guard before.call.operation != after.call.operation else { return false }
        return moved.contains(before.call.operation) || Self.isOther(before, after)
    }

    /// The same, where no tool has a new name.
    static func isOther(_ before: CompiledTool, _ after: CompiledTool) -> Bool {
        guard before.call.operation != after.call.operation else { return false }
        let left = literals(before.call.path)
        let right = literals(after.call.path)
        let isMoved = left.count <= right.count ? isSuffix(left, of: right) : isSuffix(right, of: left)
        guard !isMoved else { return false }
        let texts = [before, after].map { PlainText.normalised($0.tool["description"]?.string ?? "") }
        return !PlainText.isSame(texts[0], texts[1])
    }

    /// That a name now means another operation.
    static func rebound(_ before: CompiledTool, _ after: CompiledTool) -> RuledDifference {
        RuledDifference(
            rule: .toolNameRebound,
            pointer: "/name",
            before: .string(words(before.call)),
            after: .string(words(after.call)),
            message: "`\(after.name)` calls \(words(after.call)) by now, and called \(words(before.call))."
        )
    }

    private static func words(_ call: CallRecipe) -> String { "\(call.method) \(call.path)" }

    /// The parts of a path that are neither parameters nor versions.
    private static func literals(_ path: String) -> [Substring] {
        path.split(separator: "/").filter { part in
            guard !part.contains("{") else { return false }
            let rest = part.hasPrefix("v") ? part.dropFirst() : part
            return rest.isEmpty || !rest.allSatisfy { $0.isNumber || ".-".contains($0) }
        }
    }

    private static func isSuffix(_ short: [Substring], of long: [Substring]) -> Bool {
        short.isEmpty ? long.isEmpty : Array(long.suffix(short.count)) == short
    }

    /// A name that cannot be told from this one, and that was not there together with it before. Of two new tools it is
    /// the later that is told.
    private func nearest(to position: Int) -> String? {
        let name = new.entries[position].name
        let others = near[Self.plain(name)] ?? []
        let clash = others.first { other in
            let entry = new.entries[other]
            guard entry.name != name, other < position || oldPositions[entry.name] != nil else { return false }
            return oldPositions[name] == nil || oldPositions[entry.name] == nil
        }
        return clash.map { new.entries[$0].name }
    }
}
