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
/// differs from run to run is the interleaving; what each of them tries follows from the seed and the newest release.
struct ConcurrencyTests {
    @Test(arguments: [101, 102, 103, 104] as [UInt64])
    func `live is linearizable, whoever does what at the same time`(seed: UInt64) async throws {
        try await World.with { world in
            var start = try await world.modelledPets()
            start.apply(.stage(.person), deploymentSeq: 0)
            try await world.stage()
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

    private func act(_ world: World, _ history: History, _ random: inout SeededGenerator) async throws {
        let numbers = try await world.releaseNumbers().last ?? 1
        let action = Action(&random, numbers: numbers + 1)
        try await history.perform(action) { try await world.perform(action) }
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
    private func checkEnd(_ world: World, _ model: Model, _ place: Comment) async throws {
        #expect(try await world.served().map(Model.Content.init) == model.live, place)
        #expect(try await world.served(pets, .staging).map(Model.Content.init) == model.staging, place)
        #expect(try await world.outline() == model.outline, place)
        if model.mode == .iteration { try await world.stage() }
        for (index, release) in model.releases.enumerated() {
            let state = try await world.outline()
            if state.current != index + 1 {
                if state.everLive[index] {
                    try await world.rollBack(to: index + 1)
                } else {
                    try await world.activateAcknowledging(index + 1, expecting: state.activations.count)
                }
            }
            #expect(try await world.served().map(Model.Content.init) == release.content, place)
        }
        #expect(try await world.verified() == [], place)
    }
}

extension World {
    /// What a side serves, read from the database. A state can move on between the two reads; then it is read again.
    fileprivate func content(at view: Toolset.View) async throws -> CompiledContent? {
        while let state = try await serving.servedToolset(mcpSlug: pets, side: ServedSide(view)) {
            if let content = try await serving.content(of: state) { return content }
        }
        return nil
    }
}
