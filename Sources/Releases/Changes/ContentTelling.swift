import JSON
import Tools
import Vocabulary

/// Goes through two contents and tells what changed: subject by subject, in order.
struct ContentTelling {
    private let old: CompiledContent
    private let new: CompiledContent
    private let rules: ChangeRuleSettings
    private let surroundings: ChangeSurroundings
    private let oldTools: ServedTools
    private let newTools: ServedTools
    private let pairing: ToolPairing
    /// None where no tool has a name that it did not have.
    private let names: NameChanges?
    private let toolNames: Set<String>
    private(set) var changes: [Change] = []
    /// Sources of which a tool told something that no variation of it said.
    private var toldSources: Set<Slug> = []
    private(set) var work = ContentComparison.Work()

    init(
        _ old: CompiledContent,
        _ new: CompiledContent,
        rules: ChangeRuleSettings,
        surroundings: ChangeSurroundings
    ) {
        self.old = old
        self.new = new
        self.rules = rules
        self.surroundings = surroundings
        let (before, after) = (ServedTools(old), ServedTools(new))
        let pairing = ToolPairing(before, after)
        (oldTools, newTools) = (before, after)
        self.pairing = pairing
        let isNamed = NameChanges.areNew(before, after, pairing: pairing)
        names =
            isNamed ? NameChanges(before, after, pairing: pairing, formerNames: surroundings.formerNames) : nil
        toolNames = pairing.changed.isEmpty && pairing.added.isEmpty ? [] : Set(after.entries.map(\.name))
    }

    mutating func tell() {
        let layered = changedLayers()
        let served = Set(newTools.entries.map(\.name))
        let mayLose = !pairing.removed.isEmpty || names != nil
        let lost = mayLose ? Set(oldTools.entries.map(\.name)).subtracting(served) : []
        let arePromptsSame = old.promptEntries == new.promptEntries && lost.isEmpty
        let prompts = arePromptsSame ? [] : PromptChanges(old, new, lostTools: lost).items
        let resources = old.resourceEntries == new.resourceEntries ? [] : ResourceChanges(old, new).items
        tellTools(layered)
        tell(prompts.filter { !$0.isGone }, resources.filter { !$0.isGone })
        tellRemoved(layered)
        tell(prompts.filter(\.isGone), resources.filter(\.isGone))
        let items = changes
        changes = []
        tellToolset()
        changes += items
    }

    /// Both say of their tools what format 2 keeps: layers, and whether they are deprecated.
    private var knowsLayers: Bool { old.manifest.format >= 2 && new.manifest.format >= 2 }

    private var allowsHost: (String) -> Bool { surroundings.allowsHost ?? { _ in false } }

    private mutating func add(_ differences: [RuledDifference], of subject: Change.Subject, name: String) {
        changes += Change.told(differences, of: subject, name: name, rules: rules)
    }
}

// MARK: - The toolset

extension ContentTelling {
    private mutating func tellToolset() {
        var differences = Differences()
        differences.add(ServerChanges.differences(from: old.manifest.metadata, to: new.manifest.metadata))
        differences.add(
            VariableChanges.differences(
                from: old.manifest,
                to: new.manifest,
                pairs: pairing.changed.map { (oldTools.tools[$0.old].call, newTools.tools[$0.new].call) },
                set: surroundings.setVariables
            )
        )
        var set = SetChanges(oldTools, newTools, pairing: pairing, surroundings: surroundings)
        set.compareOrder(of: "prompts", old.prompts.map(\.name), new.prompts.map(\.name))
        set.compareOrder(of: "resources", old.resources.map(\.urn.slug.text), new.resources.map(\.urn.slug.text))
        work.weighed = set.weighed
        differences.add(set.differences.all)
        differences.add(
            SourceChanges.differences(from: old.manifest.sources, to: new.manifest.sources, told: toldSources)
        )
        add(differences.all, of: .toolset, name: new.manifest.metadata.name)
    }
}

// MARK: - Tools

extension ContentTelling {
    private mutating func tellTools(_ layered: Set<ToolURN>) {
        let partners = Dictionary(uniqueKeysWithValues: pairing.changed.map { ($0.new, $0.old) })
        let added = Set(pairing.added)
        let twins = added.isEmpty ? nil : TwinFinder(newTools.tools)
        let orphans = newTools.entries.indices.filter { surroundings.orphans.contains(newTools.entries[$0].urn) }
        let visited = Set(partners.keys).union(added).union(orphans)
            .union(newTools.entries.indices.filter { layered.contains(newTools.entries[$0].urn) })
        for position in visited.sorted() {
            let tool = newTools.tools[position]
            var differences = Differences()
            if let partner = partners[position] {
                work.compared += 1
                let before = oldTools.tools[partner]
                differences.add(compare(before, tool))
                let layers = (old.layers[before.urn] ?? VariationLayers(), new.layers[tool.urn] ?? VariationLayers())
                if let source = tool.urn.source,
                    differences.all.contains(where: { !$0.canComeOfVariations(layers.0, layers.1) })
                {
                    toldSources.insert(source)
                }
                differences.add(names?.differences(at: position, partner: partner) ?? [])
            } else if added.contains(position) {
                if let source = tool.urn.source { toldSources.insert(source) }
                work.compared += 1
                differences.add(tellAdded(tool, twin: twins?.twin(of: position) { added.contains($0) }))
                differences.add(names?.differences(at: position, partner: nil) ?? [])
            }
            if surroundings.orphans.contains(tool.urn) { differences.add(orphaned(tool)) }
            // What a variation does to a tool that is new is a part of the tool.
            if layered.contains(tool.urn), !added.contains(position) {
                differences.add(layers(of: tool, partner: partners[position]))
            }
            add(differences.all, of: .tool(tool.urn), name: tool.name)
        }
    }

    private func compare(_ before: CompiledTool, _ after: CompiledTool) -> [RuledDifference] {
        guard before != after else { return [] }
        var differences = Differences()
        let directives = DirectiveText(toolNames: toolNames, except: after.name)
        let isOther =
            before.name == after.name
            && (names?.isOtherOperation(before, after) ?? NameChanges.isOther(before, after))
        if isOther { differences.add([NameChanges.rebound(before, after)]) }
        differences.add(
            ToolChanges.differences(from: before, to: after, directives: directives, knowsLifecycle: knowsLayers)
        )
        differences.add(
            SchemaChanges.input(
                from: before.tool["inputSchema"]?.object ?? [:],
                to: after.tool["inputSchema"]?.object ?? [:],
                isDirectiveAdded: { directives.isAdded($0, $1) { Self.domains(of: before).contains($0) } },
                isDirective: { !directives.severe(inWord: $0).isEmpty }
            )
        )
        differences.add(
            SchemaChanges.output(
                from: before.tool["outputSchema"]?.object,
                to: after.tool["outputSchema"]?.object,
                isDirectiveAdded: { directives.isAdded($0, $1) { Self.domains(of: before).contains($0) } },
                isDirective: { !directives.severe(inWord: $0).isEmpty }
            )
        )
        differences.add(HintChanges.differences(from: before.tool, to: after.tool))
        differences.add(HintChanges.lint(from: before, to: after))
        differences.add(CallChanges.differences(from: before.call, to: after.call, isOtherOperation: isOther))
        differences.add(HostChanges.differences(from: before.call, to: after.call, allowsHost: allowsHost))
        differences.add(AuthChanges.differences(from: before.call, to: after.call))
        differences.add(dangers(from: before, in: after))
        return differences.all
    }

    /// The domains of a tool's server and of the addresses in its texts.
    private static func domains(of tool: CompiledTool) -> Set<String> {
        let texts = SchemaTexts(in: tool.tool["inputSchema"]).sentences.map(\.text)
        let addresses = (texts + [tool.tool["description"]?.string ?? ""]).flatMap(TextAddresses.found)
        return Set((addresses + [tool.call.serverAddress()]).map(TextAddresses.domain))
    }

    /// What is wrong with a tool by itself, where it was not wrong before.
    private func dangers(from before: CompiledTool?, in after: CompiledTool) -> [RuledDifference] {
        var differences = Differences()
        let secrets = Set(before.map { SecretText.places(in: $0).map(\.value) } ?? [])
        for place in SecretText.places(in: after) where !secrets.contains(place.value) {
            let message = "A value that looks like a secret is written out here; put it into an environment."
            differences.tell(.execHeaderSecretExposed, at: place.pointer, nil, SecretText.masked, message)
        }
        let faults = before.map { $0.call.faults(inputSchema: $0.tool["inputSchema"]).map(\.reason) } ?? []
        for fault in after.call.faults(inputSchema: after.tool["inputSchema"]) where !faults.contains(fault.reason) {
            let message = "The tool cannot be called: \(fault.reason)."
            differences.tell(.execSourceOperationBroken, at: fault.pointer, nil, .string(fault.reason), message)
        }
        return differences.all
    }

    private func tellAdded(_ tool: CompiledTool, twin: CompiledTool?) -> [RuledDifference] {
        var differences = Differences()
        differences.tell(.setToolAdded, at: "", nil, .string(tool.name), "`\(tool.name)` is new.")
        if let twin {
            let message = "`\(tool.name)` is nearly the tool `\(twin.name)`; a model may take one for the other."
            differences.tell(.setToolTwinAdded, at: "", .string(twin.urn.description), .string(tool.name), message)
        }
        // A link or another tool's name is nothing odd in a text that is new as a whole.
        let directives = DirectiveText()
        let texts = [("/description", tool.tool["description"]?.string), ("/title", tool.tool["title"]?.string)]
        for case (let pointer, let text?) in texts {
            guard let found = directives.severe(in: text).first else { continue }
            let message = "The new tool \(found.sentence)."
            differences.tell(.toolDescriptionDirectiveAdded, at: pointer, nil, .string(text), message)
        }
        for (text, findings) in directives.severe(in: SchemaTexts(in: tool.tool["inputSchema"], at: ["inputSchema"])) {
            guard let found = findings.first else { continue }
            let message = "The text of an argument \(found.sentence)."
            differences.tell(.inputTextDirectiveAdded, at: text.pointer, nil, .string(text.text), message)
        }
        for (text, findings) in directives.severe(in: SchemaTexts(in: tool.tool["outputSchema"], at: ["outputSchema"]))
        {
            guard let found = findings.first else { continue }
            let message = "A text of the schema of results \(found.sentence)."
            differences.tell(.outputTextDirectiveAdded, at: text.pointer, nil, .string(text.text), message)
        }
        differences.add(HintChanges.lint(from: nil, to: tool))
        differences.add(dangers(from: nil, in: tool))
        if let allowsHost = surroundings.allowsHost,
            let host = HostChanges.reach(of: tool.call, allowsHost: allowsHost).host
        {
            let message = "The new tool reaches \(host), which is not of the public internet."
            differences.tell(.execHostPrivateReached, at: "/call/server", nil, .string(host), message)
        }
        return differences.all
    }

    private func orphaned(_ tool: CompiledTool) -> [RuledDifference] {
        var differences = Differences()
        let message = "The newest deployment no longer has the operation \(tool.call.method) \(tool.call.path)."
        differences.tell(.execSourceOperationOrphaned, at: "/call", .string(tool.urn.description), nil, message)
        return differences.all
    }

    private mutating func tellRemoved(_ layered: Set<ToolURN>) {
        for position in pairing.removed {
            let tool = oldTools.tools[position]
            if let source = tool.urn.source { toldSources.insert(source) }
            var differences = Differences()
            let days = surroundings.deprecatedDays[tool.urn] ?? 0
            let isAnnounced = rules.deprecationDays.map { days >= $0 } ?? false
            let how = isAnnounced ? ", after \(days) days in which it was marked as deprecated" : ""
            differences.tell(.setToolRemoved, at: "", .string(tool.name), nil, "`\(tool.name)` is gone\(how).")
            if layered.contains(tool.urn) { differences.add(layers(of: nil, partner: position)) }
            changes += Change.told(differences.all, of: .tool(tool.urn), name: tool.name, rules: rules) { rule, level in
                rule == .setToolRemoved && isAnnounced ? min(level, .risky) : level
            }
        }
    }
}

// MARK: - Layers, prompts and resources

extension ContentTelling {
    /// Tools of which variations say something else, or that are gone from under them.
    private func changedLayers() -> Set<ToolURN> {
        guard knowsLayers else { return [] }
        let removed = Set(pairing.removed.map { oldTools.tools[$0].urn })
        return Set(new.layers.keys.filter { new.layers[$0] != old.layers[$0] || removed.contains($0) })
    }

    /// `partner` is the tool's place in the old content; where it is not given, the tool stands there as it is.
    private func layers(of tool: CompiledTool?, partner: Int?) -> [RuledDifference] {
        let before = partner.map { oldTools.tools[$0] } ?? tool
        guard let urn = tool?.urn ?? before?.urn else { return [] }
        return LayerChanges.differences(
            from: old.layers[before?.urn ?? urn] ?? VariationLayers(),
            to: new.layers[urn] ?? VariationLayers(),
            old: before,
            new: tool
        )
    }

    private mutating func tell(_ prompts: [PromptChanges.Item], _ resources: [ResourceChanges.Item]) {
        for item in prompts { add(item.differences, of: .prompt(item.name), name: item.name) }
        for item in resources { add(item.differences, of: .resource(item.urn), name: item.name) }
    }
}
