import JSON
import Projects
import Releases
import Vocabulary

extension Model {
    /// What a side shows; nothing where it is not there.
    func content(at view: Toolset.View) -> Content? {
        view == .live ? live : staging
    }

    /// Why an action cannot be done now; nothing where it can.
    func refusal(of action: Action) -> ProblemCode? {
        switch action {
        case .select(let tools):
            tools.allSatisfy { definitions[$0] != nil || edited.selection.contains($0) } ? nil : .unknownURN
        case .publish: refusalToPublish
        case .rollBack(let number):
            if mode == .iteration {
                releases.count < number ? .notFound : .wrongMode
            } else if releases.count < number {
                .notFound
            } else {
                current == number ? .alreadyLive : nil
            }
        case .discard: mode == .iteration ? .wrongMode : nil
        case .stage: mode == .staging ? .wrongMode : nil
        case .iterate: mode == .iteration ? .wrongMode : nil
        default: nil
        }
    }

    /// Does an action that is not refused.
    mutating func apply(_ action: Action, deploymentSeq: Int) {
        switch action {
        case .name(let name): edited.name = name
        case .select(let tools): edited.selection = tools
        case .own(let tool, let title): edited.own[tool] = title
        case .global(let tool, let title): global[tool] = title
        case .prompt(let text): prompt = text
        case .resource(let text): resource = text
        case .deploy(let tools, let description):
            // The newest deployment is the one that was begun last, not the one that was completed last.
            guard deploymentSeq > self.deploymentSeq else { return }
            self.deploymentSeq = deploymentSeq
            deploy(tools, description)
        case .publish: publish()
        case .rollBack(let number): rollBack(to: number)
        case .discard: discard()
        case .stage, .iterate: switchMode()
        }
    }
}

extension Model.Content {
    /// What a client sees of what was served.
    init(_ served: Served) throws {
        let manifest = try JSONValue(parsing: served.manifest)
        self.init(
            name: manifest["metadata"]?["name"]?.string ?? "",
            tools: try served.tools.map {
                let tool = try JSONValue(parsing: $0)
                return ["name", "title", "description"].map { tool[$0]?.string ?? "" }
            },
            prompt: served.prompts.first?.template ?? "",
            resource: served.bodyTexts.first ?? ""
        )
    }
}
