import JSON
import Vocabulary

/// Which changes count how much in a review; acts at once.
struct ChangeRuleFields: Sendable {
    let address: String
    let fault: String
    let profile: FormSelect
    let days: FormField
    /// What counts otherwise than the profile says: a sentence each, its rule in the hint.
    let overrides: [FormSelect]
    /// All rules, each with its level.
    let rulesAddress: String

    init(_ place: ToolsetPlace, rules known: [JSONValue], _ form: (typed: FormFields?, problem: Problem?)) {
        let (typed, problem) = form
        address = ToolsetSettingsPage.address(.changeRules, place)
        let rules = place.toolset["change_rules"]
        let beside = ["/deprecation_days", "/profile"]
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
        let meanings = Dictionary(
            known.map { ($0["id"]?.string ?? "", RuleWords.plain($0["meaning"]?.string ?? "")) },
            uniquingKeysWith: { first, _ in first }
        )
        let chosen = rules?["rules"]?.object ?? [:]
        overrides = chosen.map { rule, level in
            FormSelect(
                "rule:\(rule)",
                meanings[rule] ?? rule,
                [("", "As the profile says")] + ChangeRulePage.levels,
                chosen: typed?["rule:\(rule)"] ?? level.string ?? "",
                hint: "Rule \(rule)"
            )
        }
        rulesAddress = Address.toolset(place.slug, "settings/rules", in: place.project)
    }
}
