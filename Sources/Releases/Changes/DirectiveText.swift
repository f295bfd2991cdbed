/// What makes a text order a model around, rather than describe: the rules `…directive-added`.
///
/// Four kinds of findings, all told by the text alone:
/// - **orders** to the agent that reads: to ignore what it was told, to hide something from people, to call tools in an
///   order or in place of others, to hand out what it knows; markup that plays a system's part; files where credentials
///   lie. English only. What API documents say to developers ("You must provide an id") is none.
/// - **hidden characters**, see ``HiddenCharacters``: of no width, of direction, of the block of tags, selectors of
///   variants; letters that only look like Latin ones are read as those before orders are looked for.
/// - **addresses**: URLs, hosts, e-mail addresses.
/// - **names of other tools** of the set.
///
/// A finding is only news where the text did not have it before.
package struct DirectiveText: Sendable {
    /// One thing that was found.
    package struct Finding: Sendable, Hashable {
        /// What it is.
        package enum Kind: String, Sendable, CaseIterable {
            case order, hidden, address
            case toolName = "tool-name"
        }

        package let kind: Kind
        /// The words, code points, address or name.
        package let text: String
    }

    private let toolNames: Set<String>
    private let ownName: String?

    /// `toolNames` are those that clients see of the set, of which the text's own does not count.
    package init(toolNames: Set<String> = [], except ownName: String? = nil) {
        self.toolNames = toolNames
        self.ownName = ownName
    }

    /// Everything in a text, the worst kinds first.
    package func findings(in text: String) -> [Finding] {
        let names = ToolMentions.names(in: text, of: toolNames).filter { $0 != ownName }
        return severe(in: text) + TextAddresses.found(in: text).map { Finding(kind: .address, text: $0) }
            + names.map { Finding(kind: .toolName, text: $0) }
    }

    /// Orders and hidden characters: what is odd in any text, also in one that is new as a whole.
    package func severe(in text: String) -> [Finding] {
        DirectiveOrders.found(in: text, toolNames: toolNames).map { Finding(kind: .order, text: $0) }
            + HiddenCharacters.found(in: text).map { Finding(kind: .hidden, text: $0) }
    }

    /// As ``severe(in:)``, of a name or a value, where signs stand in the place of spaces: `ignore_all_instructions`.
    func severe(inWord word: String) -> [Finding] {
        let found = severe(in: word)
        guard word.contains(where: { "_-.".contains($0) }) else { return found }
        let spaced = String(word.map { "_-.".contains($0) ? " " : $0 })
        return found + severe(in: spaced).filter { !found.contains($0) }
    }

    /// The texts of a schema that have something odd, each with all of it.
    func severe(in texts: SchemaTexts) -> [(text: SchemaTexts.Text, findings: [Finding])] {
        let sentences = texts.sentences.map { (text: $0, findings: severe(in: $0.text)) }
        let words = texts.words.map { (text: $0, findings: severe(inWord: $0.text)) }
        return (sentences + words).filter { !$0.findings.isEmpty }
    }

    /// What a text has that it did not have before.
    package func added(from before: String?, to after: String) -> [Finding] {
        let found = findings(in: after)
        guard let before, !found.isEmpty else { return found }
        let known = Set(findings(in: before))
        return found.filter { !known.contains($0) }
    }
}

extension DirectiveText {
    /// The orders and hidden characters that a text has and did not have before: what is odd also where addresses and the
    /// names of tools are not.
    func severeAdded(from before: String?, to after: String?) -> [Finding] {
        let found = after.map { severe(in: $0) } ?? []
        guard let before, !found.isEmpty else { return found }
        let known = Set(severe(in: before))
        return found.filter { !known.contains($0) }
    }

    /// Whether a text of an argument has something that its tool did not have before. In a text that is new as a whole
    /// the names of other tools are nothing odd, nor are addresses in domains that `isKnown` says the tool had to do with.
    func isAdded(_ before: String?, _ after: String, isKnown: (String) -> Bool) -> Bool {
        if before != nil { return !added(from: before, to: after).isEmpty }
        return !severe(in: after).isEmpty
            || TextAddresses.found(in: after).contains { !isKnown(TextAddresses.domain(of: $0)) }
    }
}

extension DirectiveText.Finding {
    /// What a text does by it, to follow its name: `names another address: evil.com`.
    package var sentence: String { words(isPlural: false) }

    /// The same for what is plural: `name another address: evil.com`.
    var pluralSentence: String { words(isPlural: true) }

    private func words(isPlural: Bool) -> String {
        let end = isPlural ? "" : "s"
        return switch kind {
        case .order: "order\(end) the model around: \(PlainText.quoted(text))"
        case .hidden:
            isPlural ? "hold characters that nobody sees: \(text)" : "holds characters that nobody sees: \(text)"
        case .address: "name\(end) an address: \(PlainText.quoted(text))"
        case .toolName: "name\(end) another tool: `\(text)`"
        }
    }
}
