import JSON
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// Long runs of random operations: after each one, live and staging are what a simple model says, and in the end each
/// release still is what it was, byte for byte. A seed that fails fails again.
struct RandomOperationsTests {
    private static let tools = ["list", "get", "feed", "sell"]

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `live is what a simple model says, and every release keeps its bytes`(seed: UInt64) async throws {
        try await World.with { world in
            var random = SeededGenerator(seed: seed)
            var model = try await makePets(world)
            var rows: [String: Set<String>] = [:]
            var published: [Int: Served] = [:]
            for step in 1...50 {
                let what = try await perform(&model, world, &random)
                let state = try await world.state()
                let place = "seed \(seed), step \(step): \(what)"
                #expect(try Model.Content(state.live) == model.live, "\(place)")
                #expect(try state.staging.map(Model.Content.init) == model.staging, "\(place)")
                #expect(state.mode == model.mode, "\(place)")
                #expect(state.current == model.current, "\(place)")
                #expect(state.releases == (0..<model.releases.count).map { $0 + 1 }, "\(place)")
                #expect(state.activations.map(\.seq) == (0..<model.activations).map { $0 + 1 }, "\(place)")
                if let number = state.current, published[number] == nil { published[number] = state.live }
                let now = try await world.releaseRows()
                #expect(rows.allSatisfy { $0.value.isSubset(of: now[$0.key] ?? []) }, "\(place)")
                rows = now
            }
            try await checkReleases(published, model, world)
            #expect(try await world.verified() == [], "seed \(seed)")
        }
    }

    private func makePets(_ world: World) async throws -> Model {
        _ = try await world.prompts.createPrompt(template("greet", "zero"), in: world.project, by: world.actor)
        try await world.addResource("guide", "zero")
        try await world.deploy(Self.tools.map { definition($0) })
        try await world.make(tools: ["list", "get"], prompts: ["greet"], resources: ["guide"])
        return Model(
            definitions: Dictionary(uniqueKeysWithValues: Self.tools.map { ($0, "first") }),
            document: "first: \(Self.tools)",
            prompt: "zero",
            resource: "zero",
            parent: Model.Side(selection: ["list", "get"])
        )
    }

    /// Each release made live again serves what it served when it was published.
    private func checkReleases(_ published: [Int: Served], _ model: Model, _ world: World) async throws {
        #expect(published.count == model.releases.count)
        if model.mode == .iteration { try await world.stage() }
        for (number, served) in published {
            if try await world.state().current != number { try await world.rollBack(to: number) }
            #expect(try await world.served() == served, "release \(number)")
            let details = try await world.releases.releaseDetails(.number(number, toolset: pets), in: world.project)
            #expect(details?.release.digest == served.digest)
        }
    }

    /// Does something to the model and to the database, and answers what.
    private func perform(
        _ model: inout Model,
        _ world: World,
        _ random: inout SeededGenerator
    ) async throws -> String {
        let tool = Self.tools.randomElement(using: &random) ?? ""
        let text = "text \(random.next() % 5)"
        switch random.next() % 13 {
        case 0, 1: return try await select(&model, world, &random)
        case 2:
            model.edited.name = text
            try await world.edit { $0.name = text }
            return "name"
        case 3, 4:
            let title = random.next() % 4 == 0 ? nil : text
            model.edited.own[tool] = title
            try await world.vary(tool) { $0.title = title }
            return "own variation of \(tool)"
        case 5:
            model.global[tool] = text
            try await world.vary(tool, in: nil) { $0.title = text }
            return "global variation of \(tool)"
        case 6:
            model.prompt = text
            _ = try await world.prompts.updatePrompt(
                template("greet", text),
                expecting: nil,
                in: world.project,
                by: world.actor
            )
            return "prompt"
        case 7: return try await deploy(&model, world, &random)
        case 8, 9: return try await publish(&model, world)
        case 10:
            model.resource = text
            try await world.editResource("guide", text)
            return "resource"
        case 11: return try await rollBack(&model, world, &random)
        default: return try await discardOrSwitch(&model, world, &random)
        }
    }

    private func select(_ model: inout Model, _ world: World, _ random: inout SeededGenerator) async throws -> String {
        // What is new in a selection must be deployed; what is there may stay.
        let known = Self.tools.filter { model.definitions[$0] != nil || model.edited.selection.contains($0) }
        let selection = Array(known.shuffled(using: &random).prefix(Int(random.next() % 4)))
        model.edited.selection = selection
        try await world.select(selection)
        return "select \(selection)"
    }

    private func deploy(_ model: inout Model, _ world: World, _ random: inout SeededGenerator) async throws -> String {
        let description = ["first", "second", "third"].randomElement(using: &random) ?? ""
        let tools = Self.tools.shuffled(using: &random).prefix(2 + Int(random.next() % 3))
        model.deploy(Array(tools), description)
        try await world.deploy(tools.map { definition($0, description) })
        return "deploy \(description) \(tools)"
    }

    private func publish(_ model: inout Model, _ world: World) async throws -> String {
        if let code = model.refusalToPublish {
            #expect(try await problem { try await world.publish() }.code == code)
        } else {
            model.publish()
            try await world.publish()
        }
        return "publish"
    }

    private func rollBack(
        _ model: inout Model,
        _ world: World,
        _ random: inout SeededGenerator
    ) async throws -> String {
        let number = 1 + Int(random.next() % UInt64(max(1, model.releases.count)))
        guard model.mode == .staging, number != model.current else { return "no roll back" }
        model.rollBack(to: number)
        try await world.rollBack(to: number)
        return "roll back to \(number)"
    }

    private func discardOrSwitch(
        _ model: inout Model,
        _ world: World,
        _ random: inout SeededGenerator
    ) async throws -> String {
        if model.mode == .staging, random.next() % 3 != 0 {
            model.discard()
            try await world.discard()
            return "discard"
        }
        let mode = model.mode
        model.switchMode()
        if mode == .staging { try await world.iterate() } else { try await world.stage() }
        return "leave \(mode.rawValue) mode"
    }
}
