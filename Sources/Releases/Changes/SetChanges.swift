import JSON
import Tools

/// What changes in the list of tools as a whole: its order, its size, what it costs a model.
struct SetChanges {
    private let old: ServedTools
    private let new: ServedTools
    private let surroundings: ChangeSurroundings
    /// How many tools were weighed.
    private(set) var weighed = 0
    private(set) var differences = Differences()

    init(_ old: ServedTools, _ new: ServedTools, pairing: ToolPairing, surroundings: ChangeSurroundings) {
        self.old = old
        self.new = new
        self.surroundings = surroundings
        compareOrder(pairing)
        compareSize()
        compareTokens(pairing)
    }

    private mutating func compareOrder(_ pairing: ToolPairing) {
        if let moved = pairing.firstMoved {
            tellOrder("/tools", old.entries[moved.old].name, new.entries[moved.new].name, of: "tools")
        }
    }

    /// What is told of prompts and resources, given as the names in both contents: `prompts`.
    mutating func compareOrder(of what: String, _ before: [String], _ after: [String]) {
        guard let moved = Self.firstMoved(before, after) else { return }
        tellOrder("/\(what)", moved.before, moved.after, of: what)
    }

    private static func firstMoved(_ old: [String], _ new: [String]) -> (before: String, after: String)? {
        guard old != new else { return nil }
        let kept = Set(old).intersection(new)
        return zip(old.filter(kept.contains), new.filter(kept.contains)).first { $0 != $1 }
            .map { (before: $0, after: $1) }
    }

    private mutating func tellOrder(_ pointer: String, _ before: String, _ after: String, of what: String) {
        let message = "The \(what) stand in another order: `\(after)` stands where `\(before)` stood."
        differences.tell(.setOrderChanged, at: pointer, .string(before), .string(after), message)
    }

    private mutating func compareSize() {
        let limit = surroundings.toolLimit
        let (before, after) = (old.tools.count, new.tools.count)
        if before <= limit, after > limit {
            let message = "There are \(after) tools by now, more than the \(limit) that clients take."
            differences.tell(.setSizeLimitCrossed, at: "/tools", nil, .number(JSONNumber(limit)), message)
        } else if before > limit, after <= limit {
            let message = "There are \(after) tools by now, no more than the \(limit) that clients take."
            differences.tell(.setSizeReduced, at: "/tools", nil, .number(JSONNumber(limit)), message)
        }
    }

    /// Only what changed is weighed in any case; of the rest no more than it takes to know whether a line was crossed.
    private mutating func compareTokens(_ pairing: ToolPairing) {
        let come = (pairing.changed.map(\.new) + pairing.added).reduce(0) { $0 + new.tokens(at: $1) }
        let gone = (pairing.changed.map(\.old) + pairing.removed).reduce(0) { $0 + old.tokens(at: $1) }
        weighed = 2 * pairing.changed.count + pairing.added.count + pairing.removed.count
        let delta = come - gone
        guard delta != 0 else { return }
        let budget = surroundings.tokenBudget
        let enough = max(budget + abs(delta), 6 * abs(delta))
        var before = 0
        for position in old.tools.indices {
            guard before <= enough else { break }
            before += old.tokens(at: position)
            weighed += 1
        }
        let after = before + delta
        let (left, right) = (JSONValue.number(JSONNumber(before)), JSONValue.number(JSONNumber(after)))
        if before <= budget, after > budget {
            let message = "The list costs about \(after) tokens by now, more than the budget of \(budget)."
            differences.tell(.setTokensBudgetCrossed, at: "/tools", nil, .number(JSONNumber(budget)), message)
        }
        if before > 0, 5 * delta > before {
            let message = "The list costs about \(after) tokens by now, more than a fifth above the \(before) before."
            differences.tell(.setTokensShareRaised, at: "/tools", left, right, message)
        } else if before > budget && after <= budget || 5 * -delta > before {
            let message = "The list costs about \(after) tokens by now, and cost \(before)."
            differences.tell(.setTokensReduced, at: "/tools", left, right, message)
        }
    }
}
