package import JSON

/// Why a JSON value says no rules of a toolset.
package struct ChangeRuleSettingsError: Error, Hashable, CustomStringConvertible {
    /// A JSON pointer into the value.
    package let pointer: String
    /// One sentence for people, which names what is wrong.
    package let message: String

    package var description: String { message }
}

extension ChangeRuleSettings {
    /// The most days that a deprecation may be asked to last.
    package static let mostDeprecationDays = 3650

    /// The settings as they are stored and shown:
    /// `{"profile": "agent", "rules": {"input.default.changed": "breaking"}, "deprecation_days": 30}`.
    package var json: JSONValue {
        let rules = overrides.sorted { $0.key.rawValue < $1.key.rawValue }
        var object: JSONObject = [
            "profile": .string(profile.rawValue),
            "rules": .object(JSONObject(rules.map { ($0.key.rawValue, .string($0.value.rawValue)) })),
        ]
        object["deprecation_days"] = deprecationDays.map { .number(JSONNumber($0)) }
        return .object(object)
    }

    /// Settings from their JSON. What is left out, or `null`, is as in settings of which nothing was said.
    ///
    /// - Throws: ``ChangeRuleSettingsError`` for a member, profile, rule or level that there is not, and for a rule that
    ///   cannot be lowered.
    package init(json: JSONValue) throws(ChangeRuleSettingsError) {
        self.init()
        guard let object = json.object else {
            throw ChangeRuleSettingsError(pointer: "", message: "Change rules are an object, not of type \(json.kind).")
        }
        for (key, value) in object {
            switch key {
            case _ where ["profile", "rules", "deprecation_days"].contains(key) && value.isNull: break
            case "profile": profile = try Self.profile(value)
            case "rules": overrides = try Self.overrides(value)
            case "deprecation_days": deprecationDays = try Self.days(value)
            default:
                throw ChangeRuleSettingsError(
                    pointer: JSONPointer([key]).description,
                    message: "Change rules have no member \"\(key)\"; they have profile, rules and deprecation_days."
                )
            }
        }
    }

    private static func profile(_ value: JSONValue) throws(ChangeRuleSettingsError) -> Profile {
        if let profile = value.string.flatMap(Profile.init(rawValue:)) { return profile }
        let known = Profile.allCases.map(\.rawValue).joined(separator: ", ")
        throw ChangeRuleSettingsError(
            pointer: "/profile",
            message: "There is no profile \(value.text); a profile is one of \(known)."
        )
    }

    private static func overrides(_ value: JSONValue) throws(ChangeRuleSettingsError) -> [ChangeRule: Override] {
        guard let object = value.object else {
            throw ChangeRuleSettingsError(pointer: "/rules", message: "Rules are an object, not of type \(value.kind).")
        }
        var overrides: [ChangeRule: Override] = [:]
        for (id, level) in object {
            let pointer = JSONPointer(["rules", id]).description
            guard let rule = ChangeRule(rawValue: id) else {
                throw ChangeRuleSettingsError(pointer: pointer, message: "There is no change rule \"\(id)\".")
            }
            guard let override = level.string.flatMap(Override.init(rawValue:)) else {
                let known = Override.allCases.map(\.rawValue).joined(separator: ", ")
                throw ChangeRuleSettingsError(
                    pointer: pointer,
                    message: "There is no level \(level.text) for \"\(id)\"; a level is one of \(known)."
                )
            }
            guard rule.canBeAcknowledged || override == .breaking else {
                throw ChangeRuleSettingsError(
                    pointer: pointer,
                    message: "\"\(id)\" is breaking in every toolset; it can be neither lowered nor turned off."
                )
            }
            overrides[rule] = override
        }
        return overrides
    }

    private static func days(_ value: JSONValue) throws(ChangeRuleSettingsError) -> Int {
        if let days = value.integer, (1...mostDeprecationDays).contains(days) { return days }
        throw ChangeRuleSettingsError(
            pointer: "/deprecation_days",
            message: "deprecation_days is a whole number of 1 to \(mostDeprecationDays), not \(value.text)."
        )
    }
}
