import JSON
import Releases
import Synchronization
import Vocabulary

/// The contents that were looked at last, by what makes each what it is: people look at one toolset several times.
final class SideContents: Sendable {
    /// What one side serves, and what it is made of.
    struct Side: Sendable {
        let content: CompiledContent
        let heads: Heads?
        let tokens: [ToolURN: Int]
        let diagnostics: [Diagnostic]

        init(_ content: CompiledContent, heads: Heads?) {
            self.content = content
            self.heads = heads
            tokens = content.toolTokens
            diagnostics = heads?.servedNames.diagnostics ?? []
        }
    }

    /// The last used stands at the end.
    private let sides = Mutex<[(key: String, side: Side)]>([])
    let changeCounts = RememberedCounts()
    private let selections = Mutex(RecentValues<String, SelectionVersion>(capacity: 20_000))
    private let differences = Mutex(RecentValues<Pair, ContentDifference>(capacity: 20_000))
    /// Both sides of a few toolsets; a content of 1,000 tools takes some MiB.
    private static let capacity = 6
    /// Remembers the tools of all of them, and of what others read.
    let compiled: CompiledTools

    init(_ compiled: CompiledTools) {
        self.compiled = compiled
    }

    func side(_ key: String, _ make: () throws -> Side) rethrows -> Side {
        let known = sides.withLock { sides in
            let position = sides.firstIndex { $0.key == key }
            return position.map { position in
                let found = sides.remove(at: position)
                sides.append(found)
                return found.side
            }
        }
        if let known { return known }
        let side = try make()
        sides.withLock { sides in
            sides.removeAll { $0.key == key }
            sides.append((key, side))
            if sides.count > Self.capacity { sides.removeFirst() }
        }
        return side
    }

    /// The selection of a version, which `read` reads where it is not known.
    func selection(_ version: String, _ read: () throws -> SelectionVersion) rethrows -> SelectionVersion {
        if let known = selections.withLock({ $0[version] }) { return known }
        let selection = try read()
        let weight = selection.selection.toolURNs.count + 1
        selections.withLock { $0.keep(selection, for: version, weight: weight) }
        return selection
    }

    /// What differs between two contents.
    func difference(from old: CompiledContent, to new: CompiledContent) -> ContentDifference {
        let pair = Pair(old: old.digest, new: new.digest)
        if let known = differences.withLock({ $0[pair] }) { return known }
        let difference = ContentDifference(from: old, to: new)
        differences.withLock { $0.keep(difference, for: pair, weight: difference.count + 1) }
        return difference
    }

    /// Two contents by their digests.
    private struct Pair: Hashable {
        let old: Digest
        let new: Digest
    }
}
