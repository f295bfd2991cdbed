/// What an edit of a toolset left.
package struct ToolsetUpdate: Sendable {
    package let toolset: Toolset
    /// What the edit of its settings changed for callers, at once. They are in no release, so no review tells them.
    package let settingsChanges: [Change]

    package init(toolset: Toolset, settingsChanges: [Change]) {
        self.toolset = toolset
        self.settingsChanges = settingsChanges
    }
}
