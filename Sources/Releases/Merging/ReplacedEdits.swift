package import Vocabulary

/// Edits of a staging copy that something else took the place of, and that can be put back.
package struct ReplacedEdits: Sendable, Hashable {
    /// What replaced them: `discard`, `load`, `merge` or `undo`.
    package let by: String
    /// Who did that.
    package let actor: String
    package let at: Timestamp

    package init(by: String, actor: String, at: Timestamp) {
        self.by = by
        self.actor = actor
        self.at = at
    }
}
