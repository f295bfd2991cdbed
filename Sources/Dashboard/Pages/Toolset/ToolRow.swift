import JSON
import Vocabulary

/// A tool in a list.
struct ToolRow: Sendable {
    /// A short remark with the class that colours it.
    struct Badge: Sendable {
        let text: String
        let kind: String
        /// The whole of what it means, for a pointer that rests on it.
        let meaning: String

        init(text: String, kind: String, meaning: String) {
            self.text = text
            self.kind = kind
            self.meaning = meaning
        }

        init(_ hint: ToolHint, _ value: Bool, kind: String = "") {
            self.init(text: hint.words(value), kind: kind, meaning: hint.meaning(value))
        }
    }

    let urn: String
    let anchor: String
    let name: String
    let title: String
    let description: String
    let operation: String
    let source: String
    let tokens: String
    let hints: [Badge]
    let badges: [Badge]
    let editAddress: String
    let isTicked: Bool

    /// A tool of `toolsets.listTools` or `tools.list`.
    init(_ tool: JSONValue, editAddress: String = "", isTicked: Bool = false) {
        urn = tool["urn"]?.string ?? ""
        name = tool["name"]?.string ?? ""
        anchor = "tool-\(name)"
        let title = tool["title"]?.string ?? ""
        self.title = title == name ? "" : title
        operation = [tool["method"]?.string, tool["path"]?.string].compactMap(\.self).joined(separator: " ")
        // A tool that its document does not describe is served with its operation as the description.
        let description = Self.shortened(tool["description"]?.string ?? "")
        self.description = description == operation ? "" : description
        source = tool["source"]?.string ?? ""
        let count = tool["tokens"]?.integer ?? 0
        tokens = count == 0 ? "" : Count.of(count, "token")
        hints = Self.hints(tool)
        let marks =
            tool["marks"]?.array?.compactMap(\.string) ?? (tool["deprecated"]?.bool == true ? ["deprecated"] : [])
        badges = marks.compactMap(Self.badge)
        self.editAddress = editAddress
        self.isTicked = isTicked
    }

    /// The first words, on one line: a page must stay small whatever a document says.
    static func shortened(_ text: String) -> String {
        let line = text.prefix(600).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard line.count > 220 || text.count > 600 else { return line }
        return String(line.prefix(220)) + "…"
    }

    /// What the tool says about a call, and when a person is asked before it. What it does not say is not guessed.
    static func hints(_ tool: JSONValue) -> [Badge] {
        func says(_ hint: ToolHint) -> Bool? { tool["annotations"]?[hint.rawValue]?.bool }
        var badges: [Badge] = []
        if says(.readOnly) == true {
            badges.append(Badge(.readOnly, true, kind: "safe"))
        } else if let destroys = says(.destructive) {
            badges.append(Badge(.destructive, destroys, kind: destroys ? "risky" : ""))
        } else if says(.readOnly) == false {
            badges.append(Badge(.readOnly, false))
        } else {
            badges.append(
                Badge(text: "Not said", kind: "", meaning: "It does not say what a call does; clients take the worst.")
            )
        }
        if says(.readOnly) != true, says(.idempotent) == true { badges.append(Badge(.idempotent, true)) }
        if says(.openWorld) == false { badges.append(Badge(.openWorld, false)) }
        switch tool["confirm"]?.string {
        case "always":
            badges.append(Badge(text: "Asks always", kind: "", meaning: "A person is asked before each call."))
        case "session":
            badges.append(Badge(text: "Asks once", kind: "", meaning: "A person is asked before the first call."))
        default: break
        }
        return badges
    }

    private static func badge(_ mark: String) -> Badge? {
        switch mark {
        case "new": Badge(text: "New in staging", kind: "staging", meaning: "Live does not have this tool.")
        case "changed": Badge(text: "Changed in staging", kind: "staging", meaning: "Live serves it differently.")
        case "overridden":
            Badge(text: "Edited", kind: "", meaning: "This toolset says something else than the document.")
        case "overridden_in_project":
            Badge(text: "Edited in the project", kind: "", meaning: "A variation of the project applies to it.")
        case "deprecated": Badge(text: "Deprecated", kind: "warning", meaning: "The document marks it as deprecated.")
        case "orphan":
            Badge(
                text: "Not in the deployment",
                kind: "warning",
                meaning: "It is not served until a document has it again."
            )
        case "renamed":
            Badge(
                text: "Name prefixed",
                kind: "warning",
                meaning: "Another tool has the same name; give one of them another name."
            )
        default: nil
        }
    }
}
