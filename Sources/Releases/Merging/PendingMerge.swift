/// That live moved on under staging: it serves a release newer than the one that staging is based on, and publishing
/// would lose what that one brought.
package struct PendingMerge: Sendable, Hashable {
    /// The release that staging was last in step with.
    package let base: Int
    /// The release that is live now.
    package let live: Int
    /// Items that both sides changed, each in another way; empty where the merge needs no answer.
    package let conflicts: [MergeConflict]
    /// Names that two tools would have afterwards: the merge is refused until one of them has another.
    package let sharedNames: [String]

    package init(base: Int, live: Int, conflicts: [MergeConflict], sharedNames: [String] = []) {
        self.base = base
        self.live = live
        self.conflicts = conflicts
        self.sharedNames = sharedNames
    }

    /// Whether the merge goes through without anybody deciding anything.
    package var needsNoAnswer: Bool { conflicts.isEmpty && sharedNames.isEmpty }
}
