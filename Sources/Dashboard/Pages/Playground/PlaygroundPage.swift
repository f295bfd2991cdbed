import JSON
import Vocabulary

/// The playground: what can be called on the left, the chosen tool or prompt beside it, and what came of it.
struct PlaygroundPage: Sendable {
    struct Item: Sendable {
        let name: String
        let title: String
        let address: String
        let isCurrent: Bool
        let isReadOnly: Bool
        /// Of the request that it makes.
        let method: String
    }

    struct Tool: Sendable {
        let name: String
        let title: String
        let description: String
        let operation: String
        let isReadOnly: Bool
        let hints: [ToolRow.Badge]
        let callAddress: String
        let form: ArgumentForm
        let callLabel: String
        let isStaging: Bool
        let mayCall: Bool
        let mayCompare: Bool
        let comparesTwice: Bool
    }

    struct Prompt: Sendable {
        let name: String
        let description: String
        let address: String
        let fields: [FormField]
        let messages: [Message]
        let mode: String
    }

    struct Message: Sendable {
        let role: String
        let text: String
    }

    let header: ToolsetHeader
    let address: String
    let sides: [FormOption]
    let hasSides: Bool
    let sideWord: String
    let view: String
    let release: String
    let search: String
    let hasSearch: Bool
    let tools: [Item]
    let noTools: Bool
    let noneFound: Bool
    let more: String
    let prompts: [Item]
    let toolName: String
    let tool: Tool?
    let prompt: Prompt?
    let isChoosing: Bool
    let results: [PlaygroundResult]
    let comparison: TextComparison?
    let fault: String
    /// The variables that the call lacked; empty where it lacked none.
    let missing: String
    let environmentAddress: String
    let historyKey: String
    let chatAddress: String

    init(_ desk: PlaygroundDesk, now: Timestamp = .now()) {
        let (place, visit, side) = (desk.place, desk.visit, desk.side)
        let address = Address.toolset(place.slug, "playground", in: place.project)
        header = ToolsetHeader(place, page: .playground, now: now)
        self.address = address
        sides = Self.sides(desk)
        hasSides = sides.count > 1
        sideWord = side.word
        view = side.isStaging ? "staging" : "live"
        release = if case .release(let number) = side { String(number) } else { "" }
        search = visit.query.text("q") ?? ""
        let chosen = visit.query.text("tool")
        let term = search.isEmpty ? "" : "&q=\(Address.encoded(search))"
        tools = desk.tools.map {
            Item($0, "tool", at: "\(address)?\(side.query)\(term)", isCurrent: $0["name"]?.string == chosen)
        }
        noTools = tools.isEmpty && search.isEmpty && desk.fault.isEmpty
        noneFound = tools.isEmpty && !search.isEmpty && desk.fault.isEmpty
        hasSearch = !search.isEmpty || tools.count > 8 || desk.nextTools != nil
        more = desk.nextTools.map { "\(address)?\(side.query)\(term)&cursor=\(Address.encoded($0))" } ?? ""
        let chosenPrompt = visit.query.text("prompt")
        prompts = desk.prompts.map {
            Item($0, "prompt", at: "\(address)?\(side.query)", isCurrent: $0["name"]?.string == chosenPrompt)
        }
        toolName = chosen ?? ""
        tool = desk.tool.map { Tool($0, desk, address: address) }
        prompt = desk.prompts.first { $0["name"]?.string == chosenPrompt }.map { Prompt($0, desk, address: address) }
        isChoosing = tool == nil && prompt == nil && desk.fault.isEmpty
        results = desk.results
        comparison =
            desk.results.count == 2 ? TextComparison(desk.results[0].compared, desk.results[1].compared) : nil
        fault = desk.fault
        missing = desk.missingVariables.joined(separator: "; ")
        environmentAddress = Address.toolset(
            place.slug,
            "environment",
            view: place.isStagingMode ? (side.isStaging ? "staging" : "live") : nil,
            in: place.project
        )
        chatAddress = desk.hasChat && place.mayEdit ? "\(address)/chat?\(side.query)" : ""
        historyKey = "\(place.project?.text ?? "")/\(place.slug)"
    }

    private static func sides(_ desk: PlaygroundDesk) -> [FormOption] {
        guard desk.place.isStagingMode else { return [] }
        let live = desk.place.toolset["current_release"]?["number"]?.integer ?? 0
        let sides = [
            FormOption(value: "live", label: "Live · release \(live)", isChosen: desk.side == .live),
            FormOption(value: "staging", label: "Staging", isChosen: desk.side == .staging),
        ]
        return sides
            + desk.releases.compactMap { $0["number"]?.integer }.map { number in
                FormOption(value: String(number), label: "Release \(number)", isChosen: desk.side == .release(number))
            }
    }
}

extension PlaygroundPage.Item {
    fileprivate init(_ json: JSONValue, _ kind: String, at address: String, isCurrent: Bool) {
        name = json["name"]?.string ?? ""
        title = json["title"]?.string ?? ""
        self.address = "\(address)&\(kind)=\(Address.encoded(name))#chosen"
        self.isCurrent = isCurrent
        isReadOnly = json["annotations"]?["readOnlyHint"]?.bool == true
        method = json["method"]?.string ?? ""
    }
}

extension PlaygroundPage.Tool {
    fileprivate init(_ tool: JSONValue, _ desk: PlaygroundDesk, address: String) {
        name = tool["name"]?.string ?? ""
        title = tool["title"]?.string ?? ""
        description = tool["description"]?.string ?? ""
        operation = "\(tool["method"]?.string ?? "") \(tool["path"]?.string ?? "")"
        isReadOnly = tool["annotations"]?["readOnlyHint"]?.bool == true
        hints = ToolRow(tool).hints
        let search = desk.visit.query.text("q").map { "&q=\(Address.encoded($0))" } ?? ""
        callAddress = "\(address)/call?\(desk.side.query)&tool=\(Address.encoded(name))\(search)#result"
        form = ArgumentFormMaker(
            shapes: SchemaShapes(root: tool["input_schema"] ?? [:]),
            given: desk.given,
            errors: [:]
        )
        .form(isJSON: desk.isJSON)
        callLabel = "Call on \(desk.side.word)"
        isStaging = desk.side.isStaging
        mayCall = desk.place.mayEdit
        mayCompare = mayCall && desk.place.isStagingMode
        comparesTwice = mayCompare && !isReadOnly
    }
}

extension PlaygroundPage.Prompt {
    fileprivate init(_ prompt: JSONValue, _ desk: PlaygroundDesk, address: String) {
        name = prompt["name"]?.string ?? ""
        description = prompt["description"]?.string ?? ""
        self.address = "\(address)/prompt?\(desk.side.query)&prompt=\(Address.encoded(name))#result"
        let typed = desk.visit.form
        let errors = desk.promptErrors
        fields = (prompt["arguments"]?.array ?? []).map { argument in
            let name = argument["name"]?.string ?? ""
            return FormField(
                "p:\(name)",
                name,
                value: typed["p:\(name)"] ?? "",
                hint: argument["description"]?.string ?? "",
                isRequired: argument["required"]?.bool == true,
                problem: errors[name].map {
                    Problem(.invalid, $0, errors: [.init(pointer: "/p:\(name)", message: $0)])
                }
            )
        }
        messages = desk.messages.map {
            .init(
                role: $0["role"]?.string ?? "",
                text: $0["content"]?["text"]?.string ?? $0["content"]?.prettyText ?? ""
            )
        }
        mode = desk.side.word
    }
}
