import JSON
import Tools

/// What changes in a tool's hints, as clients understand them: `hint.*`.
enum HintChanges {
    /// A hint with what holds where it is not given (MCP, ToolAnnotations), and whether `true` is the safer looking.
    private struct Hint {
        let key: String
        let standard: Bool
        let looksSafer: Bool
        let rules: (relaxed: ChangeRule, tightened: ChangeRule, explicit: ChangeRule)
        let words: (yes: String, no: String)
    }

    private static let hints = [
        Hint(
            key: "readOnlyHint",
            standard: false,
            looksSafer: true,
            rules: (.hintReadOnlyRelaxed, .hintReadOnlyTightened, .hintReadOnlyMadeExplicit),
            words: ("only reading", "able to write")
        ),
        Hint(
            key: "destructiveHint",
            standard: true,
            looksSafer: false,
            rules: (.hintDestructiveRelaxed, .hintDestructiveTightened, .hintDestructiveMadeExplicit),
            words: ("able to destroy", "destroying nothing")
        ),
        Hint(
            key: "idempotentHint",
            standard: false,
            looksSafer: true,
            rules: (.hintIdempotentRelaxed, .hintIdempotentTightened, .hintIdempotentMadeExplicit),
            words: ("safe to repeat", "not safe to repeat")
        ),
        Hint(
            key: "openWorldHint",
            standard: true,
            looksSafer: false,
            rules: (.hintOpenWorldRelaxed, .hintOpenWorldTightened, .hintOpenWorldMadeExplicit),
            words: ("reaching an open world", "reaching a closed world")
        ),
    ]

    static func differences(from old: JSONObject, to new: JSONObject) -> [RuledDifference] {
        var differences = Differences()
        for hint in hints {
            let before = old["annotations"]?[hint.key]?.bool
            let after = new["annotations"]?[hint.key]?.bool
            let was = before ?? hint.standard
            let isNow = after ?? hint.standard
            let pointer = "/annotations/\(hint.key)"
            if was != isNow {
                let rule = isNow == hint.looksSafer ? hint.rules.relaxed : hint.rules.tightened
                let words = isNow ? (hint.words.yes, hint.words.no) : (hint.words.no, hint.words.yes)
                let message = "Clients take the tool for \(words.0) by now, and took it for \(words.1)."
                differences.tell(rule, at: pointer, .bool(was), .bool(isNow), message)
            } else if before == nil, after != nil {
                let message = "The hint \(hint.key) says \(isNow), which held without it."
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
                ? ("destructiveHint", "destroys nothing") : ("readOnlyHint", "only reads")
            differences.tell(
                rule,
                at: "/annotations/\(key)",
                old.flatMap { $0.tool["annotations"]?[key] },
                new.tool["annotations"]?[key],
                "The tool says that it \(says), and its call is \(new.call.method)."
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
