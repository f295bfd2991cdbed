import Releases

/// What can be done to the toolset `pets` and its project.
enum Action: Sendable, Hashable {
    case name(String)
    case select([String])
    case own(tool: String, title: String?)
    case global(tool: String, title: String)
    case prompt(String)
    case resource(String)
    case deploy(tools: [String], description: String)
    case publish(Who)
    /// Makes a release that does not go live.
    case create(Who)
    /// Makes a release live that never was.
    case activate(Int, Who)
    case rollBack(Int, Who, loads: Bool)
    case lift(Who)
    case label(Int, String?)
    case discard
    case undo(replacing: Bool)
    case load(Int)
    /// With everything that asks answered by one side, or with no answers.
    case merge(MergeResolution.Side?)
    case stage(Who)
    case iterate(Who)

    /// Whose key it is.
    enum Who: Sendable, Hashable {
        case person, automation
    }

    static let tools = ["list", "get", "feed", "sell"]
}

extension Action {
    /// What is done next, so that what needs several steps in a row comes up in every run: a release that waits goes live
    /// while staging still says the same, or it goes live under staging that was edited since, and is merged.
    func followUps(_ random: inout SeededGenerator, newest: Int) -> [Action] {
        guard case .create = self else { return [] }
        let tools = Self.tools.shuffled(using: &random)
        switch random.next() % 3 {
        case 0: return [.activate(newest, .person), .publish(.person)]
        case 1:
            let side = [MergeResolution.Side?.none, .live, .staging, .base].randomElement(using: &random) ?? nil
            return [
                .own(tool: tools[0], title: "text \(random.next() % 6)"), .name("text \(random.next() % 6)"),
                .activate(newest, .person), .merge(side),
            ]
        default: return []
        }
    }

    /// Something that may be done; which releases it names is among the first `numbers`.
    init(_ random: inout SeededGenerator, numbers: Int) {
        let tool = Self.tools.randomElement(using: &random) ?? ""
        let text = "text \(random.next() % 6)"
        switch random.next() % 40 {
        case 0, 1: self = .name(text)
        case 2, 3, 4: self = .select(Array(Self.tools.shuffled(using: &random).prefix(Int(random.next() % 5))))
        case 5, 6, 7, 8: self = .own(tool: tool, title: random.next() % 4 == 0 ? nil : text)
        case 9, 10: self = .global(tool: tool, title: text)
        case 11: self = .prompt(text)
        case 12: self = .resource(text)
        case 13, 14, 15:
            let tools = Array(Self.tools.shuffled(using: &random).prefix(2 + Int(random.next() % 3)))
            self = .deploy(tools: tools, description: ["first", "second", "third"].randomElement(using: &random) ?? "")
        default: self.init(ofReleases: &random, numbers: numbers)
        }
    }

    private init(ofReleases random: inout SeededGenerator, numbers: Int) {
        let who: Who = random.next() % 4 == 0 ? .automation : .person
        // The newest are asked for more often: far back there is little that is still waiting.
        let span = random.next() % 2 == 0 ? numbers : min(numbers, 4)
        let number = max(1, numbers - Int(random.next() % UInt64(max(1, span))))
        switch random.next() % 26 {
        case 0, 1, 2, 3, 4: self = .publish(who)
        case 5, 6, 7: self = .create(who)
        case 8, 9, 10: self = .activate(number, who)
        case 11, 12, 13: self = .rollBack(number, who, loads: random.next() % 4 == 0)
        case 14: self = .lift(who)
        case 15, 16: self = .label(number, random.next() % 4 == 0 ? nil : "label-\(random.next() % 3)")
        case 17, 18: self = .discard
        case 19, 20: self = .undo(replacing: random.next() % 2 == 0)
        case 21: self = .load(number)
        case 22, 23: self = .merge([nil, .live, .staging, .base].randomElement(using: &random) ?? nil)
        case 24: self = .stage(who)
        default: self = random.next() % 3 == 0 ? .iterate(who) : .publish(who)
        }
    }
}
