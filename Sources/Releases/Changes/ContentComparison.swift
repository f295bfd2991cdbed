package import Tools
package import Vocabulary

/// What changes for callers when one content takes the place of another, told by the change rules.
///
/// Pure: the same two contents, rules and surroundings give the same changes in the same order.
package struct ContentComparison: Sendable {
    /// Worst first within a subject; subjects in the order of the new content, removed ones last.
    package let changes: [Change]

    /// Compares two contents.
    package init(
        from old: CompiledContent,
        to new: CompiledContent,
        rules: ChangeRuleSettings = ChangeRuleSettings(),
        surroundings: ChangeSurroundings = ChangeSurroundings()
    ) {
        changes = []
    }
}

/// What the rules need to know that stands in neither content. What is not known makes no change.
package struct ChangeSurroundings: Sendable {
    /// The variables that the environment of the new content has a value for; none where that is not known.
    package var setVariables: Set<String>?
    /// Tools that the newest deployment no longer has, and the content still serves.
    package var orphans: Set<ToolURN>
    /// Names of tools that the release before the old content had, with whose they were: a name that was given away
    /// and comes back for another tool is told.
    package var formerNames: [String: ToolURN]
    /// For how many whole days a tool of the old content has been served as deprecated.
    package var deprecatedDays: [ToolURN: Int]
    /// How many tools clients take at most.
    package var toolLimit: Int
    /// How many tokens a list of tools should cost at most.
    package var tokenBudget: Int

    package init(
        setVariables: Set<String>? = nil,
        orphans: Set<ToolURN> = [],
        formerNames: [String: ToolURN] = [:],
        deprecatedDays: [ToolURN: Int] = [:],
        toolLimit: Int = 128,
        tokenBudget: Int = 20_000
    ) {
        self.setVariables = setVariables
        self.orphans = orphans
        self.formerNames = formerNames
        self.deprecatedDays = deprecatedDays
        self.toolLimit = toolLimit
        self.tokenBudget = tokenBudget
    }
}
