import JSON
import Projects
import Releases
import Vocabulary

extension Model {
    /// Does an action that is not refused.
    mutating func apply(_ action: Action, deploymentSeq: Int) {
        switch action {
        case .name(let name): edited.name = name
        case .select(let tools): edited.selection = tools
        case .own(let tool, let title): edited.own[tool] = title
        case .global(let tool, let title): global[tool] = title
        case .prompt(let text):
            if now.prompt != text { now.promptVersion += 1 }
            now.prompt = text
        case .resource(let text):
            if now.resource != text { now.resourceVersion += 1 }
            now.resource = text
        case .deploy(let tools, let description):
            deployments[deploymentSeq] = Deployment(tools, description)
            active = max(active, deploymentSeq)
        case .publish(let who): publish(activates: true, by: who)
        case .create(let who): publish(activates: false, by: who)
        case .activate(let number, let who): activate(number, by: who)
        case .rollBack(let number, let who, let loads):
            rollBack(to: number, by: who)
            if loads { load(number) }
        case .lift: isHeld = false
        case .label(let number, let label): releases[number - 1].label = label
        case .discard: discard()
        case .undo: undo()
        case .load(let number): load(number)
        case .merge(let side): merge(side)
        case .stage, .iterate: switchMode()
        }
    }

    private mutating func publish(activates: Bool, by who: Action.Who) {
        guard let side = copy else { return }
        parent = side
        freeze(side, activates: activates)
        guard activates else { return }
        base = current
        if who == .person { isHeld = false }
    }

    private mutating func activate(_ number: Int, by who: Action.Who) {
        releases[number - 1].wasEverLive = true
        setLive(number, .publish)
        if let copy, record(of: copy) == releases[number - 1].record { base = number }
        if who == .person { isHeld = false }
    }

    private mutating func rollBack(to number: Int, by who: Action.Who) {
        if number < current ?? 0 {
            isHeld = true
            setLive(number, .rollback)
        } else {
            if who == .person { isHeld = false }
            setLive(number, .rollForward)
        }
    }

    private mutating func discard() {
        guard let current else { return }
        var side = releases[current - 1].side
        side.pins = Pins()
        replace(with: side, base: current)
    }

    private mutating func undo() {
        guard let last = kept.popLast() else { return }
        replace(with: last.side, base: last.base)
    }

    private mutating func load(_ number: Int) {
        let release = releases[number - 1]
        var side = release.side
        side.pins = Pins(deployment: release.deployment, state: release.state)
        for tool in side.selection where deployments[release.deployment]?.definitions[tool] != nil {
            let then = side.own[tool] ?? release.global[tool]
            // Nothing cannot stand in front of a title of the project; a tool's name comes nearest to it.
            if then != side.own[tool] ?? global[tool] { side.own[tool] = then ?? tool }
        }
        replace(with: side, base: current)
    }

    private mutating func merge(_ choice: MergeResolution.Side?) {
        guard let (old, new) = toMerge, let copy else { return }
        replace(with: ModelMerge(base: old.side, live: new.side, staging: copy).merged(choice), base: current)
    }

    /// Puts other edits in the place of the copy's, which can be put back where they are others.
    private mutating func replace(with side: Side, base: Int?) {
        guard let copy else { return }
        if copy != side { kept.append(Kept(side: copy, base: self.base, successor: side)) }
        self.copy = side
        self.base = base
    }

    private mutating func switchMode() {
        switch mode {
        case .iteration:
            mode = .staging
            freeze(parent, activates: true)
            copy = parent
            base = current
        case .staging:
            mode = .iteration
            if let copy { parent = copy }
            parent.pins = Pins()
            (copy, current, base, isHeld, kept) = (nil, nil, nil, false, [])
        }
    }

    private mutating func freeze(_ side: Side, activates: Bool) {
        let rows = state(of: side)
        var state = current.map { releases[$0 - 1].state }
        if state.map({ states[$0] == rows }) != true {
            states.append(rows)
            state = states.count - 1
        }
        releases.append(
            Frozen(
                record: record(of: side),
                side: side,
                deployment: side.pins.deployment ?? active,
                state: state ?? 0,
                global: global,
                base: current,
                wasEverLive: activates
            )
        )
        if activates { setLive(releases.count, .publish) }
    }

    private mutating func setLive(_ number: Int, _ kind: Activation.Kind) {
        current = number
        activations.append(Event(kind: kind, release: number))
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
