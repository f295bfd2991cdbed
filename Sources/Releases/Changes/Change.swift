package import JSON
package import Vocabulary

/// One change for callers between two contents, as a rule tells it.
package struct Change: Sendable, Hashable {
    /// What a change is about.
    package enum Subject: Sendable, Hashable {
        case tool(ToolURN)
        /// By its name.
        case prompt(String)
        case resource(ResourceURN)
        /// The server as a whole: its texts, the order and size of its lists.
        case toolset
    }

    package let rule: ChangeRule
    /// By the toolset's rules; never above ``ChangeLevel/breaking`` by itself, see ``ChangeRuleSettings``.
    package let level: ChangeLevel
    package let subject: Subject
    /// What people call the subject: the name that clients see, after the change where it has one then.
    package let name: String
    /// A JSON pointer to the place in the subject: `/inputSchema/properties/limit`, `/description`, `/call/method`.
    package let pointer: String
    /// What stood there; none where nothing did.
    package let before: JSONValue?
    /// What stands there now; none where nothing does.
    package let after: JSONValue?
    /// One sentence for people.
    package let message: String
    /// Of the rule, the subject, the pointer and the digests of what was and is: 16 hexadecimal digits. Wording, time
    /// and release numbers are not in it, so an acknowledgement outlives other edits.
    package let fingerprint: String

    package init(
        _ rule: ChangeRule,
        level: ChangeLevel,
        subject: Subject,
        name: String,
        pointer: String,
        before: JSONValue?,
        after: JSONValue?,
        message: String
    ) {
        self.rule = rule
        self.level = level
        self.subject = subject
        self.name = name
        self.pointer = pointer
        self.before = before
        self.after = after
        self.message = message
        let parts: [String] = [
            rule.rawValue, subject.key, pointer, Self.digest(before), Self.digest(after),
        ]
        fingerprint = String(Digest(of: parts.joined(separator: "\n").utf8).hex.prefix(16))
    }

    /// Of the subject, the pointer and the digest of what is, without what was: 16 hexadecimal digits. A change that leads to
    /// the same from somewhere else has another fingerprint, and the same outcome.
    package var outcome: String {
        let parts = [subject.key, pointer, Self.digest(after)]
        return String(Digest(of: parts.joined(separator: "\n").utf8).hex.prefix(16))
    }

    /// Of the canonical bytes; where a value has none, such as a number beyond them, of the bytes as written.
    private static func digest(_ value: JSONValue?) -> String {
        guard let value else { return "" }
        return Digest(of: (try? value.canonicalBytes) ?? value.bytes).hex
    }
}

extension Change.Subject {
    /// The subject as text: a URN, or `toolset`.
    package var key: String {
        switch self {
        case .tool(let urn): urn.description
        case .prompt(let name): "tools:prompt:\(name)"
        case .resource(let urn): urn.description
        case .toolset: "toolset"
        }
    }
}

extension [Change] {
    /// How many there are of each level.
    package var verdicts: Verdicts {
        reduce(into: Verdicts()) { verdicts, change in
            switch change.level {
            case .breaking: verdicts.breaking += 1
            case .risky: verdicts.risky += 1
            case .safe: verdicts.safe += 1
            }
        }
    }
}
