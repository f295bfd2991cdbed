import JSON
import Tools

/// What changes in one tool for those who read it: title, description, icons, metadata, lifecycle, confirmation.
struct ToolChanges {
    private let old: CompiledTool
    private let new: CompiledTool
    private let directives: DirectiveText
    private var differences = Differences()

    /// `knowsLifecycle` where both contents say of their tools whether they are deprecated.
    static func differences(
        from old: CompiledTool,
        to new: CompiledTool,
        directives: DirectiveText,
        knowsLifecycle: Bool
    ) -> [RuledDifference] {
        var changes = ToolChanges(old: old, new: new, directives: directives)
        let turns = knowsLifecycle && old.isDeprecated != new.isDeprecated
        if turns { changes.tellLifecycle() }
        changes.compareDescription(isLifecycleTold: turns)
        changes.compareTitle()
        changes.compareConfirmation()
        changes.compareRest()
        return changes.differences.all
    }

    private init(old: CompiledTool, new: CompiledTool, directives: DirectiveText) {
        self.old = old
        self.new = new
        self.directives = directives
    }

    private mutating func tellLifecycle() {
        let rule: ChangeRule = new.isDeprecated ? .toolLifecycleDeprecated : .toolLifecycleUndeprecated
        let message =
            new.isDeprecated ? "The operation is deprecated by now." : "The operation is no longer deprecated."
        differences.tell(rule, at: "/deprecated", .bool(old.isDeprecated), .bool(new.isDeprecated), message)
    }

    private mutating func compareDescription(isLifecycleTold: Bool) {
        let before = old.tool["description"]?.string ?? ""
        let after = new.tool["description"]?.string ?? ""
        guard !PlainText.isSame(before, after) else { return }
        // The words that a deprecated operation's description begins with are told by its lifecycle.
        let mark = "Deprecated. "
        if isLifecycleTold, PlainText.isSame(mark + before, after) || PlainText.isSame(before, mark + after) { return }
        let (left, right) = (JSONValue.string(before), JSONValue.string(after))
        for found in directives.added(from: before, to: after).prefix(1) {
            let message = "The description \(found.sentence)."
            differences.tell(.toolDescriptionDirectiveAdded, at: "/description", left, right, message)
        }
        if isOperationNamedAnew(before, after) { return }
        let (rule, message): (ChangeRule, String) =
            if PlainText.isBlank(after), !PlainText.isBlank(before) {
                (.toolDescriptionRemoved, "The description is gone.")
            } else if PlainText.isSameButForSpace(before, after) {
                (.toolDescriptionWhitespaceChanged, "Only white space of the description changed.")
            } else if PlainText.isTruncated(after, of: before) {
                (
                    .toolDescriptionTruncated,
                    "The description is cut off after \(PlainText.quoted(String(after.suffix(40))))."
                )
            } else {
                (.toolDescriptionChanged, "The description says something else.")
            }
        differences.tell(rule, at: "/description", left, right, message)
    }

    /// Whether the descriptions of an operation that has no texts, which name its method and path, differ by those alone.
    /// That these changed is told of the call.
    private func isOperationNamedAnew(_ before: String, _ after: String) -> Bool {
        guard old.call.operation != new.call.operation else { return false }
        return ["", "Deprecated. "].contains { mark in
            let (left, right) = (mark + old.call.key, mark + new.call.key)
            guard before.hasPrefix(left), after.hasPrefix(right) else { return false }
            let (rest, newRest) = (String(before.dropFirst(left.count)), String(after.dropFirst(right.count)))
            return PlainText.isSame(rest, newRest) && (rest.isEmpty || rest.hasPrefix("\n\nBody: "))
        }
    }

    /// A title is for people, but a model may read it: what orders a model around is told as in a description.
    private mutating func compareTitle() {
        let before = Self.title(of: old)
        let after = Self.title(of: new)
        guard !PlainText.isSame(before, after) else { return }
        let (left, right) = (before.map(JSONValue.string), after.map(JSONValue.string))
        if let found = directives.added(from: before, to: after ?? "").first {
            let message = "The title \(found.sentence)."
            differences.tell(.toolDescriptionDirectiveAdded, at: "/title", left, right, message)
        }
        let message =
            switch (before, after) {
            case (nil, let after?): "The title is \(PlainText.quoted(after)); there was none."
            case (let before?, nil): "The title \(PlainText.quoted(before)) is gone."
            default: "The title is \(PlainText.quoted(after ?? "")) in place of \(PlainText.quoted(before ?? ""))."
            }
        differences.tell(.toolTitleChanged, at: "/title", left, right, message)
    }

    private static func title(of tool: CompiledTool) -> String? {
        tool.tool["title"]?.string ?? tool.tool["annotations"]?["title"]?.string
    }

    /// What is in none of the rules of its own.
    private mutating func compareRest() {
        if let difference = Self.other(old.tool["icons"], new.tool["icons"]) {
            differences.tell(.toolIconsChanged, at: "/icons", difference.0, difference.1, "Its icons changed.")
        }
        let (left, right) = (JSONValue(old.tags), JSONValue(new.tags))
        if Set(old.tags.map(JSONName.init)) != Set(new.tags.map(JSONName.init)) {
            differences.tell(.toolMetaChanged, at: "/tags", left, right, "Its tags changed.")
        }
        for (keys, place) in [(Self.otherMembers, [String]()), (Self.otherMeta, ["_meta"])] {
            let (before, after) = (keys(old.tool), keys(new.tool))
            for key in Set(before.keys).union(after.keys).sorted() {
                guard let difference = Self.other(before[key], after[key]) else { continue }
                let pointer = JSONPointer(place + [key]).description
                differences.tell(.toolMetaChanged, at: pointer, difference.0, difference.1, "Its `\(key)` changed.")
            }
        }
    }

    private static func other(_ before: JSONValue?, _ after: JSONValue?) -> (JSONValue?, JSONValue?)? {
        before == after ? nil : (before, after)
    }

    private static func otherMembers(of tool: JSONObject) -> [String: JSONValue] {
        let told: Set = [
            "name", "title", "description", "inputSchema", "outputSchema", "annotations", "icons", "_meta",
        ]
        return tool.reduce(into: [:]) { if !told.contains($1.key) { $0[$1.key] = $1.value } }
    }

    private static func otherMeta(of tool: JSONObject) -> [String: JSONValue] {
        (tool["_meta"]?.object ?? [:]).reduce(into: [:]) { if $1.key != confirmKey { $0[$1.key] = $1.value } }
    }
}

// MARK: - Confirmation

extension ToolChanges {
    private static let confirmKey = "slipway/confirm"

    private mutating func compareConfirmation() {
        let before = Self.confirmation(of: old)
        let after = Self.confirmation(of: new)
        let pointer = JSONPointer(["_meta", Self.confirmKey]).description
        if before.mode != after.mode {
            let isRelaxed = after.rank < before.rank
            differences.tell(
                isRelaxed ? .confirmPolicyRelaxed : .confirmPolicyTightened,
                at: pointer + "/mode",
                .string(before.mode.rawValue),
                .string(after.mode.rawValue),
                "People are asked \(after.words) before a call, and were asked \(before.words)."
            )
        } else if !PlainText.isSame(before.prompt, after.prompt) {
            differences.tell(
                .confirmPolicyPromptChanged,
                at: pointer + "/prompt",
                before.prompt.map(JSONValue.string),
                after.prompt.map(JSONValue.string),
                "What people are asked before a call says something else."
            )
        }
    }

    private struct Confirmation {
        let mode: Variation.ConfirmMode
        let prompt: String?

        var rank: Int {
            switch mode {
            case .never: 0
            case .session: 1
            case .always: 2
            }
        }

        var words: String {
            switch mode {
            case .never: "never"
            case .session: "once a session"
            case .always: "always"
            }
        }
    }

    /// Nobody is asked where nothing is said.
    private static func confirmation(of tool: CompiledTool) -> Confirmation {
        let said = tool.tool["_meta"]?[confirmKey]
        return Confirmation(
            mode: said?["mode"]?.string.flatMap(Variation.ConfirmMode.init(rawValue:)) ?? .never,
            prompt: said?["prompt"]?.string
        )
    }
}
