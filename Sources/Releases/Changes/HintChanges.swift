import JSON
import Tools
import Vocabulary

/// What changes in a tool's hints, as clients understand them: `hint.*`.
enum HintChanges {
    /// A hint with whether `true` is the safer looking.
    private struct Hint {
        let hint: ToolHint
        let looksSafer: Bool
        let rules: (relaxed: ChangeRule, tightened: ChangeRule, explicit: ChangeRule)

        var key: String { hint.rawValue }
    }

    private static let hints = [
        Hint(
            hint: .readOnly,
            looksSafer: true,
            rules: (.hintReadOnlyRelaxed, .hintReadOnlyTightened, .hintReadOnlyMadeExplicit)
        ),
        Hint(
            hint: .destructive,
            looksSafer: false,
            rules: (.hintDestructiveRelaxed, .hintDestructiveTightened, .hintDestructiveMadeExplicit)
        ),
        Hint(
            hint: .idempotent,
            looksSafer: true,
            rules: (.hintIdempotentRelaxed, .hintIdempotentTightened, .hintIdempotentMadeExplicit)
        ),
        Hint(
            hint: .openWorld,
            looksSafer: false,
            rules: (.hintOpenWorldRelaxed, .hintOpenWorldTightened, .hintOpenWorldMadeExplicit)
        ),
    ]

    static func differences(from old: JSONObject, to new: JSONObject) -> [RuledDifference] {
        var differences = Differences()
        for hint in hints {
            let before = old["annotations"]?[hint.key]?.bool
            let after = new["annotations"]?[hint.key]?.bool
            let was = before ?? hint.hint.standard
            let isNow = after ?? hint.hint.standard
            let pointer = "/annotations/\(hint.key)"
            let words = hint.hint.words(isNow)
            if was != isNow {
                let rule = isNow == hint.looksSafer ? hint.rules.relaxed : hint.rules.tightened
                let message =
                    "Clients take the tool for \"\(words)\" by now, and took it for \"\(hint.hint.words(was))\"."
                differences.tell(rule, at: pointer, .bool(was), .bool(isNow), message)
            } else if before == nil, after != nil {
                let message = "The tool says \"\(words)\" by now, which clients took it for before."
                differences.tell(hint.rules.explicit, at: pointer, nil, .bool(isNow), message)
            }
        }
        return differences.all
    }

    /// Hints that the method belies, where the old tool's did not: `hint.method.*`. `old` is none for a new tool.
    static func lint(from old: CompiledTool?, to new: CompiledTool) -> [RuledDifference] {
        var differences = Differences()
        let before = old.map(contradictions) ?? []
        for rule in contradictions(in: new) where !before.contains(rule) {
            let (key, says) =
                rule == .hintMethodDeleteMarkedHarmless
                ? (ToolHint.destructive.rawValue, ToolHint.destructive.words(false))
                : (ToolHint.readOnly.rawValue, ToolHint.readOnly.words(true))
            differences.tell(
                rule,
                at: "/annotations/\(key)",
                old.flatMap { $0.tool["annotations"]?[key] },
                new.tool["annotations"]?[key],
                "The tool says \"\(says)\", and its call is \(new.call.method)."
            )
        }
        return differences.all
    }

    private static func contradictions(in tool: CompiledTool) -> [ChangeRule] {
        let isReadOnly = tool.tool["annotations"]?["readOnlyHint"]?.bool ?? false
        let isDestructive = tool.tool["annotations"]?["destructiveHint"]?.bool ?? true
        switch (tool.call.effect, isReadOnly) {
        case (.delete, true): return [.hintMethodDeleteMarkedReadOnly]
        case (.write, true): return [.hintMethodWriteMarkedReadOnly]
        case (.delete, false): return isDestructive ? [] : [.hintMethodDeleteMarkedHarmless]
        default: return []
        }
    }
}
