import JSON
import Releases
import Testing

/// The rules of a toolset as JSON, and the label that follows from changes.
struct ChangeRuleSettingsTests {
    @Test func `settings go to JSON and back`() throws {
        let settings = ChangeRuleSettings(
            profile: .typed,
            overrides: [.inputDefaultChanged: .safe, .setOrderChanged: .off, .execHostPrivateReached: .breaking],
            deprecationDays: 30
        )
        let text =
            #"{"profile":"typed","rules":{"exec.host.private-reached":"breaking","input.default.changed":"safe","#
            + #""set.order.changed":"off"},"deprecation_days":30}"#
        #expect(settings.json.text == text)
        #expect(try ChangeRuleSettings(json: JSONValue(parsing: text)) == settings)
        #expect(ChangeRuleSettings().json.text == #"{"profile":"agent","rules":{}}"#)
        #expect(try ChangeRuleSettings(json: [:]) == ChangeRuleSettings())
        #expect(
            try ChangeRuleSettings(json: ["profile": nil, "rules": nil, "deprecation_days": nil])
                == ChangeRuleSettings()
        )
    }

    @Test(arguments: [
        (#"[]"#, "", "Change rules are an object, not of type array."),
        (
            #"{"profil":"agent"}"#, "/profil",
            #"Change rules have no member "profil"; they have profile, rules and deprecation_days."#
        ),
        (
            #"{"profile":"strict"}"#, "/profile",
            #"There is no profile "strict"; a profile is one of agent, typed, solo."#
        ),
        (#"{"profile":1}"#, "/profile", "There is no profile 1; a profile is one of agent, typed, solo."),
        (#"{"rules":[]}"#, "/rules", "Rules are an object, not of type array."),
        (#"{"rules":{"a/b":"safe"}}"#, "/rules/a~1b", #"There is no change rule "a/b"."#),
        (
            #"{"rules":{"set.order.changed":"fatal"}}"#, "/rules/set.order.changed",
            #"There is no level "fatal" for "set.order.changed"; a level is one of breaking, risky, safe, off."#
        ),
        (
            #"{"rules":{"auth.variable.unset":"risky"}}"#, "/rules/auth.variable.unset",
            #""auth.variable.unset" is breaking in every toolset; it can be neither lowered nor turned off."#
        ),
        (#"{"deprecation_days":0}"#, "/deprecation_days", "deprecation_days is a whole number of 1 to 3650, not 0."),
        (
            #"{"deprecation_days":1.5}"#, "/deprecation_days",
            "deprecation_days is a whole number of 1 to 3650, not 1.5."
        ),
    ])
    func `what is not there is refused by its name`(text: String, pointer: String, message: String) throws {
        let json = try JSONValue(parsing: text)
        let error = #expect(throws: ChangeRuleSettingsError.self) { try ChangeRuleSettings(json: json) }
        #expect(error?.pointer == pointer)
        #expect(error?.message == message)
    }

    @Test func `a rule that cannot be acknowledged is breaking whatever is said of it`() {
        for rule in ChangeRule.allCases where !rule.canBeAcknowledged {
            for profile in ChangeRuleSettings.Profile.allCases {
                for override in ChangeRuleSettings.Override.allCases {
                    let settings = ChangeRuleSettings(profile: profile, overrides: [rule: override])
                    #expect(settings.level(of: rule) == .breaking)
                }
            }
        }
    }

    @Test func `typed raises what it names and nothing else`() {
        let typed = ChangeRuleSettings(profile: .typed)
        for rule in ChangeRule.allCases {
            #expect(typed.level(of: rule) == (rule.isBreakingWhenTyped ? .breaking : rule.level))
        }
    }

    private static func change(_ rule: ChangeRule) -> Change {
        Change(
            rule,
            level: rule.level,
            subject: .toolset,
            name: "Pets",
            pointer: "",
            before: nil,
            after: nil,
            message: "It changed."
        )
    }

    @Test(
        arguments: [
            ([], ChangeRule.setToolRemoved, "1.0.0"), (["spring"], .setToolAdded, "1.0.0"),
            (["1.4.2"], .setToolRemoved, "2.0.0"), (["1.4.2"], .toolDescriptionChanged, "1.5.0"),
            (["1.4.2"], .setToolAdded, "1.5.0"), (["1.4.2"], .toolTitleChanged, "1.4.3"),
            (["spring", "v1.4.2", "1.9.0"], .toolTitleChanged, "v1.4.3"),
            (["0.4.2"], .setToolRemoved, "0.5.0"), (["0.4.2"], .toolTitleChanged, "0.4.3"),
            (["2.0.0-rc.1", "1.4.0"], .setToolRemoved, "2.0.0"), (["1.4.0+build.5"], .toolTitleChanged, "1.4.1"),
            (["1.4", "01.2.3", "1.2.3.4", "1.0.0"], .toolTitleChanged, "1.0.1"),
            (["1.4.2", "1.4.3", "1.4.4"], .toolTitleChanged, "1.4.5"),
        ] as [([String], ChangeRule, String)]
    )
    func `the next label follows from the last version and the worst change`(
        labels: [String],
        rule: ChangeRule,
        next: String
    ) {
        #expect(
            SuggestedLabel.next(after: labels, changes: [Self.change(.setOrderChanged), Self.change(rule)]) == next
        )
    }
}
