package import JSON

/// One difference of two schemas of a tool, as a change rule tells it.
package struct RuledDifference: Sendable, Hashable {
    package let rule: ChangeRule
    /// A JSON pointer into the tool, with references followed: `/inputSchema/properties/limit/minimum`.
    package let pointer: String
    /// What stood there; none where nothing did.
    package let before: JSONValue?
    /// What stands there now; none where nothing does.
    package let after: JSONValue?
    /// One sentence for people.
    package let message: String

    package init(rule: ChangeRule, pointer: String, before: JSONValue?, after: JSONValue?, message: String) {
        self.rule = rule
        self.pointer = pointer
        self.before = before
        self.after = after
        self.message = message
    }
}
