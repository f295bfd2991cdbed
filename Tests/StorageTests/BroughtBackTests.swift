import Persistence
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// What a rollback took back is asked about before it comes back, by whatever way it comes.
struct BroughtBackTests {
    /// Releases 1 to 3, of which 2 and 3 say something else of one tool; staging says what 3 says.
    private func three(_ world: World) async throws {
        try await world.stagedPets()
        for title in ["one", "two"] {
            try await world.vary("get") { $0.title = title }
            try await world.publish()
        }
    }

    private func expectAsked(_ world: World) async throws {
        let review = try await world.review()
        #expect(review.changes.broughtBack.map(\.from) == [3])
        let asked = Set(review.changes.toAcknowledge.map(\.fingerprint))
        #expect(!asked.isEmpty)
        let before = try await world.state()
        let refusal = try await problem { try await world.publish(Publication()) }
        #expect(refusal.code == .unacknowledged)
        #expect(try await world.state() == before)
        let release = try await world.publish(Publication(reviewed: ReviewedState(acknowledged: asked)))
        #expect(release.number == 4)
        #expect(try await world.review().changes.broughtBack.isEmpty)
    }

    @Test func `after one rollback`() async throws {
        try await World.with { world in
            try await three(world)
            try await world.rollBack(to: 1, Rollback(reason: "bad"))
            try await expectAsked(world)
        }
    }

    @Test func `after two rollbacks, each by one release`() async throws {
        try await World.with { world in
            try await three(world)
            try await world.rollBack(to: 2, Rollback(reason: "bad"))
            try await world.rollBack(to: 1, Rollback(reason: "still bad"))
            try await expectAsked(world)
        }
    }

    @Test func `after a rollback and a return to a release in between`() async throws {
        try await World.with { world in
            try await three(world)
            try await world.rollBack(to: 1, Rollback(reason: "bad"))
            try await world.rollBack(to: 2, Rollback())
            try await expectAsked(world)
        }
    }

    @Test func `a return to all of it asks nothing any more`() async throws {
        try await World.with { world in
            try await three(world)
            try await world.rollBack(to: 2, Rollback(reason: "bad"))
            try await world.rollBack(to: 1, Rollback(reason: "still bad"))
            try await world.rollBack(to: 3, Rollback())
            try await world.vary("list") { $0.title = "new" }
            #expect(try await world.review().changes.broughtBack.isEmpty)
        }
    }

    @Test func `after a return to a release that had none of it`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("get") { $0.title = "bad" }
            try await world.publish()
            try await world.rollBack(to: 1, Rollback(reason: "bad"))
            try await world.discard()
            try await world.vary("list") { $0.title = "fine" }
            try await world.publish()
            try await world.rollBack(to: 1, Rollback(reason: "by mistake"))
            try await world.rollBack(to: 3, Rollback())
            #expect(try await world.review().changes.broughtBack.isEmpty)
            try await world.vary("get") { $0.title = "bad" }
            #expect(try await world.review().changes.broughtBack.map(\.from) == [2])
        }
    }

    @Test func `over something else that stands there by now`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("get") { $0.title = "bad" }
            try await world.publish()
            try await world.rollBack(to: 1, Rollback(reason: "bad"))
            try await world.vary("get") { $0.title = "mended" }
            try await world.publish()
            #expect(try await world.review().changes.broughtBack.isEmpty)
            try await world.vary("get") { $0.title = "bad" }
            #expect(try await world.review().changes.broughtBack.map(\.from) == [2])
            let refusal = try await problem { try await world.publish(Publication()) }
            #expect(refusal.code == .unacknowledged)
        }
    }

    @Test func `a rollback writes as much after many as after one`() async throws {
        try await World.with { world in
            try await three(world)
            func noted() async throws -> Int {
                try await world.database.read {
                    try $0.count("SELECT count(*) AS value FROM rolled_back_changes")
                }
            }
            try await world.rollBack(to: 1, Rollback(reason: "bad"))
            let first = try await noted()
            #expect(first > 0)
            for title in ["three", "four", "five"] {
                let before = try await noted()
                try await world.vary("get") { $0.title = title }
                try await world.publish()
                try await world.rollBack(to: 1, Rollback(reason: "bad"))
                #expect(try await noted() - before <= first)
            }
        }
    }

    @Test(arguments: [
        ChangeRuleSettings(profile: .solo),
        ChangeRuleSettings(overrides: [.toolTitleChanged: .off, .toolDescriptionChanged: .off]),
    ])
    func `also where the rules of the toolset tell nothing of it`(rules: ChangeRuleSettings) async throws {
        try await World.with { world in
            try await three(world)
            try await world.rollBack(to: 1, Rollback(reason: "bad"))
            _ = try await world.releases.setChangeRules(of: pets, in: world.project, by: world.actor) { _ in rules }
            #expect(try await world.review().changes.all.isEmpty)
            try await expectAsked(world)
        }
    }

    @Test func `where the rules told nothing of it when it was rolled back`() async throws {
        try await World.with { world in
            try await three(world)
            _ = try await world.releases.setChangeRules(of: pets, in: world.project, by: world.actor) { _ in
                ChangeRuleSettings(profile: .solo)
            }
            try await world.rollBack(to: 1, Rollback(reason: "bad"))
            _ = try await world.releases.setChangeRules(of: pets, in: world.project, by: world.actor) { _ in
                ChangeRuleSettings()
            }
            try await expectAsked(world)
        }
    }

    @Test func `a release that was created earlier and made live later is merged before anything is published`()
        async throws
    {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("get") { $0.title = "wanted by Anna" }
            _ = try await world.create("A")
            try await world.discard()
            try await world.vary("list") { $0.title = "B" }
            try await world.publish()
            try await world.activate(2, ReviewedState(expectedActivationSeq: 2))
            let refusal = try await problem { try await world.publish(Publication()) }
            #expect(refusal.code == .liveMoved)
            let toolset = try await world.toolsets.toolset(pets, view: nil, comparing: true, in: world.project)
            #expect(toolset?.staging?.hasToMerge == true)
            _ = try await world.merge()
            let texts = try await world.served(pets, .staging)?.tools.map { String(decoding: $0, as: UTF8.self) }
            #expect(texts?.contains { $0.contains("wanted by Anna") } == true)
        }
    }
}
