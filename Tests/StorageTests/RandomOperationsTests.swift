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
    /// What may be said of a release after it was made: it is no part of it. An acknowledgement renews the record.
    private static let said: Set<String> = [
        "toolset_releases.label", "toolset_releases.record_digest", "toolset_releases.marks_digest",
    ]

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func `live is what a simple model says, and every release keeps its bytes`(seed: UInt64) async throws {
        try await World.with { world in
            var random = SeededGenerator(seed: seed)
            var model = try await world.modelledPets()
            model.apply(.stage(.person), deploymentSeq: 0)
            try await world.stage()
            var rows: [String: Set<String>] = [:]
            var published: [Int: Served] = [:]
            var planned: [Action] = []
            for step in 1...170 {
                if planned.isEmpty {
                    let numbers = model.releases.count + 1
                    let next = Action(&random, numbers: numbers)
                    planned = [next] + next.followUps(&random, newest: numbers)
                }
                let action = planned.removeFirst()
                let place: Comment = "seed \(seed), step \(step): \(action)"
                try await perform(action, &model, world, place)
                try await check(model, world, &published, place)
                if step.isMultiple(of: 25) {
                    let now = try await world.releaseRows(without: Self.said)
                    #expect(rows.allSatisfy { $0.value.isSubset(of: now[$0.key] ?? []) }, place)
                    rows = now
                }
            }
            try await checkReleases(published, model, world, "seed \(seed)")
            #expect(try await world.verified() == [], "seed \(seed)")
        }
    }

    /// Does something to the model and to the database, or sees both refuse it for the same reason.
    private func perform(_ action: Action, _ model: inout Model, _ world: World, _ place: Comment) async throws {
        var refusal: ProblemCode?
        var seq = 0
        do {
            seq = try await world.perform(action)
        } catch let problem as Problem {
            refusal = problem.code
        }
        #expect(refusal == model.refusal(of: action), place)
        if refusal == nil { model.apply(action, deploymentSeq: seq) }
    }

    private func check(
        _ model: Model,
        _ world: World,
        _ published: inout [Int: Served],
        _ place: Comment
    ) async throws {
        let live = try #require(try await world.served())
        #expect(try Model.Content(live) == model.live, place)
        #expect(try await world.served(pets, .staging).map(Model.Content.init) == model.staging, place)
        #expect(try await world.outline() == model.outline, place)
        guard let number = model.current else { return }
        #expect(published[number] == nil || published[number] == live, place)
        published[number] = live
    }

    /// Each release made live again serves what it served when it was live, and one that never was what it was made of.
    private func checkReleases(
        _ published: [Int: Served],
        _ model: Model,
        _ world: World,
        _ place: Comment
    ) async throws {
        if model.mode == .iteration { try await world.stage() }
        for number in 1...model.releases.count {
            let state = try await world.outline()
            if state.current != number {
                if state.everLive[number - 1] {
                    try await world.rollBack(to: number)
                } else {
                    try await world.activateAcknowledging(number, expecting: state.activations.count)
                }
            }
            let served = try #require(try await world.served())
            #expect(try Model.Content(served) == model.releases[number - 1].content, place)
            #expect(published[number] == nil || published[number] == served, place)
            #expect(try await world.release(number)?.release.digest == served.digest, place)
        }
    }
}
