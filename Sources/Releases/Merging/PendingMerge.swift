/// That live moved on under staging: it serves a release newer than the one that staging is based on, and publishing
/// would lose what that one brought.
package struct PendingMerge: Sendable, Hashable {
    /// The release that staging was last in step with.
    package let base: Int
    /// The release that is live now.
    package let live: Int
    /// Items that both sides changed, each in another way; empty where the merge needs no answer.
    package let conflicts: [MergeConflict]

    package init(base: Int, live: Int, conflicts: [MergeConflict]) {
        self.base = base
        self.live = live
        self.conflicts = conflicts
    }
}
