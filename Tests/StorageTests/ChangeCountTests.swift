import Releases
import Testing
import Tools
import Vocabulary

@testable import Storage

@Suite struct `How many changes staging holds` {
    @Test func `is what a review tells, wherever it stands`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            #expect(try await world.toolsets.changeCount(pets, in: world.project) == 0)
            try await world.vary("list") { draft in
                draft.title = "Own title"
                draft.description = "Says something else."
            }
            try await world.edit { $0.instructions = "Ask for pets first" }
            let first = try await world.counts()
            #expect(first.review > 2)
            #expect(first.isOne)
            try await world.deploy(definition("list", "second"), definition("get", "second"))
            let second = try await world.counts()
            #expect(second.review > first.review)
            #expect(second.isOne)
            let discarded = try await world.discard().staging?.changeCount
            let third = try await world.counts()
            #expect(third.review < second.review)
            #expect(third.isOne && discarded == third.review)
        }
    }

    @Test func `follows the change rules`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("list") { $0.title = "Own title" }
            #expect(try await world.counts().list == 1)
            let rules = ChangeRuleSettings(overrides: [.toolTitleChanged: .off])
            _ = try await world.releases.setChangeRules(of: pets, in: world.project, by: world.actor) { _ in rules }
            let counts = try await world.counts()
            #expect(counts.list == 0 && counts.isOne)
        }
    }

    @Test func `is nothing in iteration mode`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"))
            try await world.make(tools: ["list"])
            #expect(try await world.toolsets.changeCount(pets, in: world.project) == nil)
        }
    }
}

/// The same number from all who tell it.
private struct Counts {
    let review: Int
    let list: Int?
    let toolset: Int?
    let staging: Int?

    var isOne: Bool { list == review && toolset == review && staging == review }
}

extension World {
    fileprivate func counts() async throws -> Counts {
        Counts(
            review: try await review().changes.all.count,
            list: try await toolsets.changeCount(pets, in: project),
            toolset: try await toolsets.toolset(pets, view: nil, comparing: true, in: project)?.staging?.changeCount,
            staging: try await releases.stagingVersion(pets, in: project).staging?.changeCount
        )
    }
}
