import JSON
package import Tools
package import Vocabulary

/// What changes for callers when one content takes the place of another, told by the change rules.
///
/// Pure: the same two contents, rules and surroundings give the same changes in the same order. What has the same object
/// in both is not looked at: an edit in a list of thousands costs what one tool costs, and reading their names.
package struct ContentComparison: Sendable {
    /// Worst first within a subject; the toolset itself, then subjects in the order of the new content, removed ones
    /// last.
    package let changes: [Change]
    /// How many tools were read beyond their names and digests: pairs that were compared, and tools that were weighed.
    package let work: Work

    /// What a comparison had to look at.
    package struct Work: Sendable, Hashable {
        /// Tools, or pairs of them, whose parts were compared.
        package var compared = 0
        /// Tools whose tokens were counted.
        package var weighed = 0
    }

    /// Compares two contents.
    package init(
        from old: CompiledContent,
        to new: CompiledContent,
        rules: ChangeRuleSettings = ChangeRuleSettings(),
        surroundings: ChangeSurroundings = ChangeSurroundings()
    ) {
        guard old.digest != new.digest else {
            changes = []
            work = Work()
            return
        }
        var telling = ContentTelling(old, new, rules: rules, surroundings: surroundings)
        telling.tell()
        changes = telling.changes
        work = telling.work
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
    /// Whether the operator lets tools call this private host, given as `host` or `host:port`. Where it is not known, a
    /// tool that moves to a private host is told, and one that is new there is not.
    package var allowsHost: (@Sendable (String) -> Bool)?

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

extension Change {
    /// What the rules of a toolset make of what was found of one subject: worst first, each once. What another rule says
    /// worse of the same text is left out.
    static func told(
        _ differences: [RuledDifference],
        of subject: Subject,
        name: String,
        rules: ChangeRuleSettings,
        level: (ChangeRule, ChangeLevel) -> ChangeLevel = { $1 }
    ) -> [Change] {
        let covered = differences.filter { rules.level(of: $0.rule) != nil }
        let changes = differences.compactMap { difference -> Change? in
            guard let known = rules.level(of: difference.rule) else { return nil }
            let isCovered = covered.contains { other in
                difference.isCovered(by: other) && rules.level(of: other.rule).map { $0 >= known } ?? false
            }
            guard !isCovered else { return nil }
            return Change(
                difference.rule,
                level: level(difference.rule, known),
                subject: subject,
                name: name,
                pointer: difference.pointer,
                before: difference.before,
                after: difference.after,
                message: difference.message
            )
        }
        var seen: Set<String> = []
        return changes.enumerated().sorted { left, right in
            left.element.level == right.element.level
                ? left.offset < right.offset : left.element.level > right.element.level
        }.map(\.element).filter { seen.insert($0.fingerprint).inserted }
    }
}

extension RuledDifference {
    /// Whether another difference says all that this one does.
    fileprivate func isCovered(by other: RuledDifference) -> Bool {
        guard rule.isCovered(by: other.rule) else { return false }
        // What an answer is and what is asked for it are one text of the recipe.
        if other.rule == .outputContentMediaChanged { return pointer == CallChanges.acceptPointer }
        return pointer == other.pointer
    }
}

extension ChangeRule {
    /// Whether the other rule, told of the same text, says all that this one does, and worse.
    fileprivate func isCovered(by other: ChangeRule) -> Bool {
        switch other {
        case .toolDescriptionDirectiveAdded:
            [.toolDescriptionChanged, .toolDescriptionTruncated, .toolDescriptionWhitespaceChanged, .toolTitleChanged]
                .contains(self)
        case .inputTextDirectiveAdded:
            [.inputTextDescriptionChanged, .inputTextExampleChanged, .inputTextTitleChanged].contains(self)
        case .outputTextDirectiveAdded: [.outputTextChanged, .outputTextAnnotationChanged].contains(self)
        case .serverInstructionsDirectiveAdded:
            [.serverInstructionsChanged, .serverInstructionsWhitespaceChanged, .serverEndpointNameChanged].contains(
                self
            )
        case .promptItemDirectiveAdded: self == .promptItemTitleChanged
        case .resourceItemDirectiveAdded: self == .resourceItemDescriptionChanged
        case .execHeaderSecretExposed: [.execHeaderAdded, .execHeaderChanged].contains(self)
        case .outputContentMediaChanged: self == .execHeaderChanged
        default: false
        }
    }
}
