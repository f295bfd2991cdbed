import JSON
import Vocabulary

/// Which changes count how much in a review; acts at once.
struct ChangeRuleFields: Sendable {
    /// Rules that are about the same, to choose from.
    struct Group: Sendable {
        let title: String
        let options: [FormOption]
    }

    let address: String
    let fault: String
    let profile: FormSelect
    let days: FormField
    let overrides: [FormSelect]
    let groups: [Group]
    let newRule: FieldFault
    let level: FormSelect

    init(_ place: ToolsetPlace, rules known: [JSONValue], _ form: (typed: FormFields?, problem: Problem?)) {
        let (typed, problem) = form
        address = ToolsetSettingsPage.address(.changeRules, place)
        let rules = place.toolset["change_rules"]
        let beside = ["/deprecation_days", "/rules", "/new_rule", "/profile"]
        fault =
            problem?.errors.contains { error in beside.contains { error.pointer.hasPrefix($0) } } == true
            ? "" : problem?.pageMessage ?? ""
        profile = FormSelect(
            "profile",
            "Who calls",
            [
                ("agent", "Agents that read the list anew"), ("typed", "Clients generated from the schemas"),
                ("solo", "Only me: show what breaks"),
            ],
            chosen: typed?["profile"] ?? rules?["profile"]?.string ?? "agent",
            problem: problem
        )
        days = FormField(
            "deprecation_days",
            "Days of deprecation",
            value: typed?["deprecation_days"] ?? rules?["deprecation_days"]?.integer.map(String.init) ?? "",
            hint: "A tool that was deprecated so long may be removed without being told as breaking.",
            isRequired: false,
            problem: problem
        )
        let levels = [("breaking", "Breaking"), ("risky", "Risky"), ("safe", "Safe"), ("off", "Off")]
        let meanings = Dictionary(
            known.map { ($0["id"]?.string ?? "", RuleWords.plain($0["meaning"]?.string ?? "")) },
            uniquingKeysWith: { first, _ in first }
        )
        let chosen = rules?["rules"]?.object ?? [:]
        overrides = chosen.map { rule, level in
            FormSelect(
                "rule:\(rule)",
                rule,
                [("", "As the profile says")] + levels,
                chosen: typed?["rule:\(rule)"] ?? level.string ?? "",
                hint: meanings[rule] ?? ""
            )
        }
        groups = Self.groups(of: known.filter { chosen[$0["id"]?.string ?? ""] == nil }, chosen: typed?["new_rule"])
        newRule = FieldFault(
            controlID: "new-rule",
            label: "Another rule",
            error: FieldSentence.text(of: problem.map { $0.about("rules") }, field: "rules")
        )
        level = FormSelect("new_level", "Its level", levels, chosen: typed?["new_level"] ?? "risky")
    }

    private static func groups(of rules: [JSONValue], chosen: String?) -> [Group] {
        var titles: [String] = []
        var options: [String: [FormOption]] = [:]
        for rule in rules {
            let (id, title) = (rule["id"]?.string ?? "", rule["about"]?.string ?? "")
            if options[title] == nil { titles.append(title) }
            let label = "\(id): \(RuleWords.plain(rule["meaning"]?.string ?? ""))"
            options[title, default: []].append(FormOption(value: id, label: label, isChosen: id == chosen))
        }
        return titles.map { Group(title: $0, options: options[$0] ?? []) }
    }
}
