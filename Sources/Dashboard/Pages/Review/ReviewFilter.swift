import JSON

/// Which changes of a long review are shown. It comes with the form, so that ticks and notes stay, or with the address.
struct ReviewFilter: Sendable {
    /// `breaking`; empty for every level.
    let level: String
    /// The id of a rule; empty for every one.
    let rule: String
    /// A part of a tool's name.
    let tool: String
    /// Words of a sentence, or of what stood there and stands there now.
    let words: String

    static let none = ReviewFilter(.empty)

    init(_ fields: FormFields) {
        // A kind alone, as the button of its line sends it, takes the place of what the fields say.
        let kind = fields.text("kind")?.split(separator: ":", maxSplits: 1).map(String.init)
        let isCleared = fields.has("clear") || kind != nil
        func text(_ name: String) -> String { isCleared ? "" : String((fields.text(name) ?? "").prefix(200)) }
        level = kind?.first ?? text("level")
        rule = kind?.last ?? text("rule")
        tool = text("tool")
        words = text("q")
    }

    var isOn: Bool { !(level.isEmpty && rule.isEmpty && tool.isEmpty && words.isEmpty) }

    func includes(_ change: JSONValue) -> Bool {
        if !level.isEmpty, change["level"]?.string != level { return false }
        if !rule.isEmpty, change["rule"]?.string != rule { return false }
        if !tool.isEmpty {
            let names = [change["name"]?.string, change["subject"]?.string].compactMap(\.self)
            guard names.contains(where: { $0.lowercased().contains(tool.lowercased()) }) else { return false }
        }
        guard !words.isEmpty else { return true }
        let texts = [
            change["message"]?.string?.replacing("`", with: ""), Self.text(change["before"]),
            Self.text(change["after"]),
        ]
        return texts.compactMap(\.self).contains { $0.lowercased().contains(words.lowercased()) }
    }

    private static func text(_ value: JSONValue?) -> String? {
        value.flatMap { $0.isNull ? nil : $0.string ?? $0.text }
    }
}

/// A long review at a glance: how many changes there are of which kind, and the fields that choose among them.
struct ReviewOverview: Sendable {
    /// All changes of one rule and level.
    struct Kind: Sendable {
        let rule: String
        let level: String
        /// `A tool is gone from the list`
        let words: String
        /// `164 changes in 164 tools`
        let count: String
    }

    let kinds: [Kind]
    let levelField: FormSelect
    let ruleField: FormSelect
    let tool: String
    let words: String
    /// `41 of 832 changes`
    let shown: String
    let isFiltered: Bool
    let matchesNothing: Bool

    /// Reviews of fewer changes are read as they are.
    private static let long = 20

    /// None for a review that is short.
    init?(_ changes: ReviewedGroups, filter: ReviewFilter, words: RuleWords) {
        let all = changes.groups.flatMap(\.changes)
        guard all.count > Self.long || filter.isOn else { return nil }
        kinds = Self.kinds(of: all, words)
        levelField = FormSelect(
            "level",
            "Level",
            [("", "All"), ("breaking", "Breaking"), ("risky", "Risky"), ("safe", "Safe")],
            chosen: filter.level
        )
        var rules: [(value: String, label: String)] = [("", "All")]
        for kind in kinds where !rules.contains(where: { $0.value == kind.rule }) {
            rules.append((kind.rule, kind.words))
        }
        ruleField = FormSelect("rule", "Kind", rules, chosen: filter.rule)
        tool = filter.tool
        self.words = filter.words
        let matching = all.count(where: filter.includes)
        shown =
            filter.isOn
            ? "\(Count.number(matching)) of \(Count.changes(all.count)) shown"
            : "\(Count.changes(all.count)), the worst first"
        isFiltered = filter.isOn
        matchesNothing = matching == 0
    }

    private static func kinds(of changes: [JSONValue], _ words: RuleWords) -> [Kind] {
        struct Key: Hashable {
            let level: String
            let rule: String
        }
        var counts: [Key: Int] = [:]
        var subjects: [Key: Set<String>] = [:]
        for change in changes {
            let key = Key(level: change["level"]?.string ?? "", rule: change["rule"]?.string ?? "")
            counts[key, default: 0] += 1
            subjects[key, default: []].insert(change["subject"]?.string ?? "")
        }
        func rank(_ level: String) -> Int { ["breaking", "risky", "safe"].firstIndex(of: level) ?? 3 }
        let sorted = counts.sorted { left, right in
            let (one, other) = (rank(left.key.level), rank(right.key.level))
            guard one == other else { return one < other }
            return left.value == right.value ? left.key.rule < right.key.rule : left.value > right.value
        }
        return sorted.map { key, count in
            let tools = subjects[key]?.count ?? 0
            let places = tools == count ? "" : " in \(Count.of(tools, "place"))"
            return Kind(
                rule: key.rule,
                level: key.level,
                words: words.short(key.rule),
                count: "\(Count.changes(count))\(places)"
            )
        }
    }
}

/// A box that takes all shown changes of one rule knowingly; each of them is sent.
struct ChangesTogether: Sendable {
    let id: String
    /// The fingerprints as the box sends them.
    let value: String
    /// `all 17 shown here: A tool is gone from the list`
    let label: String

    /// Fewer boxes are ticked one by one.
    private static let few = 4

    /// One box for each rule with several open boxes among these.
    static func boxes(of subjects: [ChangedSubject], words: RuleWords) -> [ChangesTogether] {
        var rules: [String] = []
        var open: [String: [String]] = [:]
        for change in subjects.flatMap(\.changes) {
            guard let box = change.box, !box.isTicked else { continue }
            if open[change.rule] == nil { rules.append(change.rule) }
            open[change.rule, default: []].append(box.fingerprint)
        }
        return rules.enumerated().compactMap { position, rule in
            guard let fingerprints = open[rule], fingerprints.count >= few else { return nil }
            return ChangesTogether(
                id: "together-\(position + 1)",
                value: fingerprints.joined(separator: ","),
                label: "all \(Count.number(fingerprints.count)) shown here: \(words.short(rule))"
            )
        }
    }
}
