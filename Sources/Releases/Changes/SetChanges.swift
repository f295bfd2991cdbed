import JSON
import Tools

/// What changes in the list of tools as a whole: its order, its size, what it costs a model.
struct SetChanges {
    private let old: CompiledContent
    private let new: CompiledContent
    private let surroundings: ChangeSurroundings
    /// How many tools were weighed.
    private(set) var weighed = 0
    private(set) var differences = Differences()

    init(_ old: CompiledContent, _ new: CompiledContent, pairing: ToolPairing, surroundings: ChangeSurroundings) {
        self.old = old
        self.new = new
        self.surroundings = surroundings
        compareOrder(pairing)
        compareSize()
        compareTokens(pairing)
    }

    private mutating func compareOrder(_ pairing: ToolPairing) {
        if let moved = pairing.firstMoved {
            tellOrder("/tools", old.toolEntries[moved.old].name, new.toolEntries[moved.new].name, of: "tools")
        }
        let prompts = Self.firstMoved(old.promptEntries.map(\.name), new.promptEntries.map(\.name))
        if let prompts { tellOrder("/prompts", prompts.before, prompts.after, of: "prompts") }
        let resources = Self.firstMoved(old.resourceEntries.map(\.name), new.resourceEntries.map(\.name))
        if let resources { tellOrder("/resources", resources.before, resources.after, of: "resources") }
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
        let come = (pairing.changed.map(\.new) + pairing.added).reduce(0) { $0 + new.tools[$1].tokens }
        let gone = (pairing.changed.map(\.old) + pairing.removed).reduce(0) { $0 + old.tools[$1].tokens }
        weighed = 2 * pairing.changed.count + pairing.added.count + pairing.removed.count
        let delta = come - gone
        guard delta != 0 else { return }
        let budget = surroundings.tokenBudget
        let enough = max(budget + abs(delta), 6 * abs(delta))
        var before = 0
        for tool in old.tools {
            guard before <= enough else { break }
            before += tool.tokens
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

/// Tools of a content that are nearly another one: `set.tool.twin-added`.
struct TwinFinder {
    private let tools: [CompiledTool]
    private var byOperation: [String: [Int]] = [:]
    private var byDescription: [String: [Int]] = [:]

    init(_ tools: [CompiledTool]) {
        self.tools = tools
        for (position, tool) in tools.enumerated() {
            byOperation[Self.operation(of: tool), default: []].append(position)
            if let text = Self.description(of: tool) { byDescription[text, default: []].append(position) }
        }
    }

    /// Another tool that calls the same operation of the same server, or says the same under nearly the same name. Of
    /// two new tools, which `isNew` says, it is the later that has a twin.
    func twin(of position: Int, isNew: (Int) -> Bool) -> CompiledTool? {
        let tool = tools[position]
        func isCandidate(_ other: Int) -> Bool { other != position && (other < position || !isNew(other)) }
        if let other = byOperation[Self.operation(of: tool)]?.first(where: isCandidate) { return tools[other] }
        guard let text = Self.description(of: tool) else { return nil }
        let words = Self.words(of: tool.name)
        let other = byDescription[text]?.first { other in
            guard isCandidate(other) else { return false }
            let others = Self.words(of: tools[other].name)
            return 2 * words.intersection(others).count >= max(words.count, others.count)
        }
        return other.map { tools[$0] }
    }

    private static func operation(of tool: CompiledTool) -> String {
        let server = tool.call.serverAddress()
        let place = RecipeAddress(server)?.place ?? tool.call.serverVariable
        let path = CallRecipe.shape(of: CallChanges.path(of: tool.call))
        return "\(tool.call.method) \(place) \(path)"
    }

    /// A description that says enough to tell tools apart.
    private static func description(of tool: CompiledTool) -> String? {
        let text = PlainText.normalised(tool.tool["description"]?.string ?? "").lowercased()
        return text.count(where: { $0 == " " }) >= 2 ? text : nil
    }

    /// `listPets` and `list_pets` are `list` and `pets`.
    private static func words(of name: String) -> Set<String> {
        var words: Set<String> = []
        var word = ""
        var wasLower = false
        for character in name {
            let isSign = !(character.isLetter || character.isNumber)
            if isSign || character.isUppercase && wasLower, !word.isEmpty {
                words.insert(word)
                word = ""
            }
            if !isSign { word += character.lowercased() }
            wasLower = character.isLowercase || character.isNumber
        }
        if !word.isEmpty { words.insert(word) }
        return words
    }
}
