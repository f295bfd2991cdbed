import Accounts
import Crypto
import Endpoint
import JSON
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// Editors, publishers, deployments, rollbacks, switches of the mode and readers at once, thousands of steps: whatever
/// the interleaving, there is an order of them, one at a time, by which a simple model comes to the same answers. What
/// differs from run to run is the interleaving; what each of them tries is decided by the seed.
struct ConcurrencyTests {
    private static let tools = ["list", "get", "feed", "sell"]

    @Test(arguments: [101, 102, 103, 104] as [UInt64])
    func `live is linearizable, whoever does what at the same time`(seed: UInt64) async throws {
        try await World.with { world in
            let start = try await makePets(world)
            let history = History()
            let catalog = ServingCatalog(
                store: world.serving,
                environments: world.environments,
                vault: Vault(masterKey: SymmetricKey(data: [UInt8](repeating: 7, count: 32))),
                publicURL: "http://127.0.0.1"
            )
            try await withThrowingTaskGroup(of: Void.self) { group in
                for person in 0..<6 {
                    group.addTask {
                        var random = SeededGenerator(seed: seed &* 1_000 &+ UInt64(person))
                        for _ in 0..<60 { try await act(world, history, &random) }
                    }
                }
                for reader in 0..<4 {
                    group.addTask {
                        let view: Toolset.View = reader == 3 ? .staging : .live
                        for _ in 0..<150 {
                            try await look(at: view, world, reader.isMultiple(of: 2) ? catalog : nil, history)
                        }
                    }
                }
                try await group.waitForAll()
            }
            var linearization = Linearization(of: history, from: start, "seed \(seed)")
            linearization.check()
            try await checkEnd(world, linearization.states.last ?? start, "seed \(seed)")
        }
    }

    private func makePets(_ world: World) async throws -> Model {
        _ = try await world.prompts.createPrompt(template("greet", "zero"), in: world.project, by: world.actor)
        try await world.addResource("guide", "zero")
        let deployment = try await world.deploy(Self.tools.map { definition($0) })
        try await world.make(tools: ["list", "get"], prompts: ["greet"], resources: ["guide"])
        try await world.stage()
        var model = Model(
            definitions: Dictionary(uniqueKeysWithValues: Self.tools.map { ($0, "first") }),
            deploymentSeq: deployment.seq,
            document: "first: \(Self.tools)",
            prompt: "zero",
            resource: "zero",
            parent: Model.Side(selection: ["list", "get"])
        )
        model.switchMode()
        return model
    }

    private func act(_ world: World, _ history: History, _ random: inout SeededGenerator) async throws {
        let action = action(&random)
        try await history.perform(action) { try await world.perform(action) }
    }

    private func action(_ random: inout SeededGenerator) -> Action {
        let tool = Self.tools.randomElement(using: &random) ?? ""
        let text = "text \(random.next() % 6)"
        switch random.next() % 20 {
        case 0, 1: return .name(text)
        case 2, 3: return .select(Array(Self.tools.shuffled(using: &random).prefix(Int(random.next() % 4))))
        case 4, 5, 6: return .own(tool: tool, title: random.next() % 4 == 0 ? nil : text)
        case 7: return .global(tool: tool, title: text)
        case 8: return .prompt(text)
        case 9: return .resource(text)
        case 10, 11:
            let tools = Array(Self.tools.shuffled(using: &random).prefix(2 + Int(random.next() % 3)))
            return .deploy(tools: tools, description: ["first", "second", "third"].randomElement(using: &random) ?? "")
        case 12, 13, 14: return .publish
        case 15, 16: return .rollBack(1 + Int(random.next() % 12))
        case 17: return .discard
        case 18: return .stage
        default: return random.next() % 3 == 0 ? .iterate : .publish
        }
    }

    private func look(
        at view: Toolset.View,
        _ world: World,
        _ catalog: ServingCatalog?,
        _ history: History
    ) async throws {
        try await history.look(at: view) {
            let found =
                if let catalog {
                    try await catalog.entry(ServingAddress(slug: pets, side: ServedSide(view)))?.image.content
                } else {
                    try await world.content(at: view)
                }
            guard let content = found else { return nil }
            var served = try Served(content)
            for resource in content.resources {
                served.bodies.append(try await world.serving.resourceBytes(resource.digest) ?? [])
            }
            return try Model.Content(served)
        }
    }

    /// In the end everything is as the model has it, and every release still serves what it served at first.
    private func checkEnd(_ world: World, _ model: Model, _ place: String) async throws {
        let state = try await world.state()
        #expect(try Model.Content(state.live) == model.live, "\(place)")
        #expect(try state.staging.map(Model.Content.init) == model.staging, "\(place)")
        #expect(state.releases == (0..<model.releases.count).map { $0 + 1 }, "\(place)")
        #expect(state.activations.map(\.seq) == (0..<model.activations).map { $0 + 1 }, "\(place)")
        if model.mode == .iteration { try await world.stage() }
        for (index, release) in model.releases.enumerated() {
            if try await world.state().current != index + 1 { try await world.rollBack(to: index + 1) }
            #expect(
                try await world.served().map(Model.Content.init) == release.content,
                "\(place), release \(index + 1)"
            )
        }
    }
}

extension World {
    /// Does it, and answers the seq of a deployment; 0 for everything else.
    fileprivate func perform(_ action: Action) async throws -> Int {
        switch action {
        case .name(let name): try await edit { $0.name = name }
        case .select(let tools): try await select(tools)
        case .own(let tool, let title): try await vary(tool) { $0.title = title }
        case .global(let tool, let title): try await vary(tool, in: nil) { $0.title = title }
        case .prompt(let text):
            _ = try await prompts.updatePrompt(template("greet", text), expecting: nil, in: project, by: actor)
        case .resource(let text): try await editResource("guide", text)
        case .deploy(let tools, let description):
            return try await deploy(tools.map { definition($0, description) }).seq
        case .publish: try await publish()
        case .rollBack(let number): try await rollBack(to: number)
        case .discard: try await discard()
        case .stage: try await stage()
        case .iterate: try await switchToIteration()
        }
        return 0
    }

    /// What a side serves, read from the database. A state can move on between the two reads; then it is read again.
    fileprivate func content(at view: Toolset.View) async throws -> CompiledContent? {
        while let state = try await serving.servedToolset(mcpSlug: pets, side: ServedSide(view)) {
            if let content = try await serving.content(of: state) { return content }
        }
        return nil
    }

    /// Confirms the difference that the first try tells.
    private func switchToIteration() async throws {
        let refusal: Problem
        do {
            _ = try await releases.switchMode(pets, to: .iteration, confirmDigest: nil, in: project, by: actor)
            return
        } catch let problem as Problem {
            refusal = problem
        }
        guard let digest = refusal.confirmDigest else { throw refusal }
        _ = try await releases.switchMode(pets, to: .iteration, confirmDigest: digest, in: project, by: actor)
    }
}
