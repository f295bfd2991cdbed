import JSON
import Vocabulary

/// What changes in what the server says of itself: `server.*`.
enum ServerChanges {
    static func differences(from old: Toolset.Metadata, to new: Toolset.Metadata) -> [RuledDifference] {
        guard old != new else { return [] }
        var differences = Differences()
        let texts = [("name", old.name, new.name), ("description", old.description, new.description)]
        for (field, before, after) in texts where !PlainText.isSame(before, after) {
            let message = "The server's \(field) says something else."
            let (left, right) = (JSONValue.string(before), JSONValue.string(after))
            differences.tell(.serverEndpointNameChanged, at: "/\(field)", left, right, message)
            if let found = DirectiveText().severeAdded(from: before, to: after).first {
                let message = "The server's \(field) \(found.sentence)."
                differences.tell(.serverInstructionsDirectiveAdded, at: "/\(field)", left, right, message)
            }
        }
        if !old.documentationURL.isSameJSON(as: new.documentationURL) {
            let (left, right) = (old.documentationURL.map(JSONValue.string), new.documentationURL.map(JSONValue.string))
            let message = "The server's documentation link leads elsewhere."
            differences.tell(.serverEndpointVersionChanged, at: "/documentation_url", left, right, message)
        }
        if old.logo != new.logo {
            let (left, right) = (old.logo?.digest.hex, new.logo?.digest.hex)
            let message = "The server has another logo."
            let pointer = "/logo"
            differences.tell(
                .serverEndpointVersionChanged,
                at: pointer,
                left.map(JSONValue.string),
                right.map(JSONValue.string),
                message
            )
        }
        compareInstructions(old.instructions, new.instructions, &differences)
        return differences.all
    }

    /// Instructions are there to name the tools of the set, so that alone is no directive.
    private static func compareInstructions(_ before: String, _ after: String, _ differences: inout Differences) {
        guard !PlainText.isSame(before, after) else { return }
        let (left, right) = (JSONValue.string(before), JSONValue.string(after))
        if let found = DirectiveText().added(from: before, to: after).first {
            let message = "The instructions \(found.pluralSentence)."
            differences.tell(.serverInstructionsDirectiveAdded, at: "/instructions", left, right, message)
        }
        let (rule, message): (ChangeRule, String) =
            if PlainText.isBlank(after), !PlainText.isBlank(before) {
                (.serverInstructionsRemoved, "The instructions are gone.")
            } else if PlainText.isSameButForSpace(before, after) {
                (.serverInstructionsWhitespaceChanged, "Only white space of the instructions changed.")
            } else {
                (.serverInstructionsChanged, "The instructions say something else.")
            }
        differences.tell(rule, at: "/instructions", left, right, message)
    }
}

/// What changes for callers when a toolset's settings change. They act at once, in both modes, and are in no release.
package enum SettingsComparison {
    /// The changes, told by the rules of `agent` where nothing else is given. The name is the toolset's.
    package static func changes(
        from old: Toolset.Settings,
        to new: Toolset.Settings,
        name: String = "",
        rules: ChangeRuleSettings = ChangeRuleSettings()
    ) -> [Change] {
        var differences = Differences()
        if old.mcpSlug != new.mcpSlug {
            let message = "The address is /mcp/\(new.mcpSlug) by now; /mcp/\(old.mcpSlug) answers no longer."
            let (left, right) = (JSONValue.string(old.mcpSlug.text), JSONValue.string(new.mcpSlug.text))
            differences.tell(.serverEndpointChanged, at: "/settings/mcp_slug", left, right, message)
        }
        if old.isEnabled != new.isEnabled {
            let message = new.isEnabled ? "The addresses answer by now." : "The addresses answer no longer."
            tell(new.isEnabled, "mcp_enabled", .bool(old.isEnabled), .bool(new.isEnabled), message, &differences)
        }
        if old.isPublic != new.isPublic {
            let message = new.isPublic ? "Live may be called without a key." : "Live needs a key by now."
            tell(new.isPublic, "mcp_is_public", .bool(old.isPublic), .bool(new.isPublic), message, &differences)
        }
        for variable in Set(new.callerVariables).subtracting(old.callerVariables).sorted() {
            let message = "Callers may bring their own \(variable)."
            tell(true, "caller_variables", nil, .string(variable), message, &differences)
        }
        for variable in Set(old.callerVariables).subtracting(new.callerVariables).sorted() {
            let message = "Callers may no longer bring their own \(variable)."
            tell(false, "caller_variables", .string(variable), nil, message, &differences)
        }
        if old.hasPinnedAddresses != new.hasPinnedAddresses {
            let message =
                new.hasPinnedAddresses
                ? "Each release answers at an address of its own by now."
                : "Releases no longer answer at addresses of their own."
            let (left, right) = (JSONValue.bool(old.hasPinnedAddresses), JSONValue.bool(new.hasPinnedAddresses))
            tell(new.hasPinnedAddresses, "pinned_addresses", left, right, message, &differences)
        }
        compareGrace(old.graceSeconds, new.graceSeconds, &differences)
        if old.defaultEnvironment != new.defaultEnvironment {
            let (left, right) = (old.defaultEnvironment?.text, new.defaultEnvironment?.text)
            differences.tell(
                .execHostVariableChanged,
                at: "/settings/default_environment",
                left.map(JSONValue.string),
                right.map(JSONValue.string),
                "Calls are made with \(right.map { "the environment \($0)" } ?? "no environment")."
            )
        }
        return Change.told(differences.all, of: .toolset, name: name, rules: rules)
    }

    /// Calls that fit only the release before are good for so many seconds after a publish: with fewer of them, some that
    /// were good are not.
    private static func compareGrace(_ before: Int, _ after: Int, _ differences: inout Differences) {
        guard before != after else { return }
        let time = after == 0 ? "no longer answered" : "answered for \(after) seconds"
        differences.tell(
            after < before ? .accessVisibilityNarrowed : .serverEndpointTtlChanged,
            at: "/settings/grace_seconds",
            .number(JSONNumber(before)),
            .number(JSONNumber(after)),
            "Calls that fit only the release before are \(time) after a publish; it was \(before) seconds."
        )
    }

    private static func tell(
        _ isWider: Bool,
        _ field: String,
        _ before: JSONValue?,
        _ after: JSONValue?,
        _ message: String,
        _ differences: inout Differences
    ) {
        let rule: ChangeRule = isWider ? .accessVisibilityWidened : .accessVisibilityNarrowed
        differences.tell(rule, at: "/settings/\(field)", before, after, message)
    }
}
