import JSON
import ManagementAPI

/// What the change rules mean, in words: nobody has to know their ids.
struct RuleWords: Sendable {
    private let meanings: [String: String]

    /// - Parameter rules: As `toolsets.listChangeRules` answers them.
    init(_ rules: [JSONValue] = []) {
        meanings = Dictionary(
            rules.map { ($0["id"]?.string ?? "", Self.plain($0["meaning"]?.string ?? "")) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// `A tool is gone from the list; calls of it fail.`; the id where there is no such rule.
    subscript(rule: String) -> String {
        meanings[rule].flatMap { $0.isEmpty ? nil : $0 } ?? rule
    }

    /// The beginning of the meaning, for a list: `A tool is gone from the list`.
    func short(_ rule: String) -> String {
        let whole = self[rule]
        guard whole != rule else { return whole }
        let short = whole.split(separator: ";").first.map(String.init) ?? whole
        return short.hasSuffix(".") ? String(short.dropLast()) : short
    }

    /// A meaning without the marks of Markdown.
    static func plain(_ text: String) -> String {
        text.replacing("`", with: "").replacing(", see [directives](#directives)", with: "")
    }
}

extension Visit {
    /// The words of all change rules.
    var ruleWords: RuleWords {
        get async throws {
            RuleWords(try await call("toolsets.listChangeRules").body["change_rules"]?.array ?? [])
        }
    }
}
