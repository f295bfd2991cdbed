import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// A hold after a rollback stops automations, not people, and what a rollback took back is asked about.
struct HoldTests {
    /// Releases 1 and 2, rolled back from 2 to 1.
    private func rolledBack(_ world: World, holds: Bool = true) async throws {
        try await world.stagedPets()
        try await world.vary("get") { $0.title = "second" }
        try await world.publish()
        try await world.rollBack(to: 1, Rollback(reason: "upstream 500s", holds: holds))
    }

    @Test func `a roll back sets a hold that says why`() async throws {
        try await World.with { world in
            try await rolledBack(world)
            let hold = try #require(try await world.hold())
            #expect(hold.from == 2)
            #expect(hold.to == 1)
            #expect(hold.reason == "upstream 500s")
            #expect(hold.actor == "key:anna")
            let list = try await world.toolsets.toolsets(in: world.project, PageRequest()).items
            #expect(list.map(\.hold) == [hold])
        }
    }

    @Test(arguments: [true, false])
    func `a hold that stands is that of the last roll back, whether that one asked for it or not`(
        holds: Bool
    ) async throws {
        try await World.with { world in
            try await world.stagedPets()
            for title in ["second", "third"] {
                try await world.vary("get") { $0.title = title }
                try await world.publish()
            }
            try await world.rollBack(to: 2, Rollback(reason: "the third is broken"))
            try await world.rollBack(to: 1, Rollback(reason: "the second too", holds: holds))
            let hold = try #require(try await world.hold())
            #expect(hold.from == 2)
            #expect(hold.to == 1)
            #expect(hold.reason == "the second too")
            try await world.vary("list") { $0.title = "fourth" }
            let refusal = try await problem { try await world.publish(Publication(), by: automation) }
            #expect(refusal.code == .heldAfterRollback)
            #expect(refusal.message.contains("rolled release 2 back to release 1: the second too"))
            #expect(try await world.verified() == [])
        }
    }

    @Test func `a hold stops what an automation would make live, and changes nothing`() async throws {
        try await World.with { world in
            try await rolledBack(world)
            try await world.vary("list") { $0.title = "third" }
            let before = try await world.state()
            let attempts: [@Sendable () async throws -> Void] = [
                { try await world.publish(Publication(), by: automation) },
                { try await world.publish(Publication(activates: false), by: automation) },
                { try await world.rollBack(to: 2, Rollback(), by: automation) },
                {
                    _ = try await world.releases.switchMode(
                        pets,
                        to: .iteration,
                        confirmDigest: nil,
                        in: world.project,
                        by: automation
                    )
                },
            ]
            for attempt in attempts {
                let refusal = try await problem { try await attempt() }
                #expect(refusal.code == .heldAfterRollback)
                #expect(refusal.message.contains("upstream 500s"))
            }
            #expect(try await world.state() == before)
            #expect(try await world.hold() != nil)
        }
    }

    @Test func `a hold stops an automation that would make a created release live`() async throws {
        try await World.with { world in
            try await rolledBack(world)
            try await world.vary("list") { $0.title = "third" }
            let created = try await world.create()
            #expect(try await world.hold() != nil)
            let refusal = try await problem { try await world.activate(created.number, by: automation) }
            #expect(refusal.code == .heldAfterRollback)
        }
    }

    @Test func `an automation neither lifts a hold nor asks for it`() async throws {
        try await World.with { world in
            try await rolledBack(world)
            let refusal = try await problem {
                _ = try await world.releases.liftHold(of: pets, reason: "", in: world.project, by: automation)
            }
            #expect(refusal.code == .forbidden)
            try await world.vary("list") { $0.title = "third" }
            let asked = Publication(reviewed: ReviewedState(liftsHold: true))
            #expect(try await problem { try await world.publish(asked, by: automation) }.code == .forbidden)
            #expect(try await world.hold() != nil)
        }
    }

    @Test func `a person lifts it, and then automations publish`() async throws {
        try await World.with { world in
            try await rolledBack(world)
            let toolset = try await world.releases.liftHold(
                of: pets,
                reason: "fixed",
                in: world.project,
                by: world.actor
            )
            #expect(toolset.hold == nil)
            #expect(try await world.state().audit.last == "toolset.lift_hold")
            try await world.vary("get") { $0.title = nil }
            try await world.vary("list") { $0.title = "third" }
            #expect(try await world.publish(Publication(), by: automation).number == 3)
            let none = try await problem {
                _ = try await world.releases.liftHold(of: pets, reason: "", in: world.project, by: world.actor)
            }
            #expect(none.code == .notHeld)
        }
    }

    enum Lift: String, CaseIterable {
        case publish, activation, `return`, modeSwitch, liftedCreation
    }

    @Test(arguments: Lift.allCases) func `a person's act lifts the hold`(lift: Lift) async throws {
        try await World.with { world in
            try await rolledBack(world)
            switch lift {
            case .publish:
                try await world.vary("list") { $0.title = "third" }
                try await world.publish()
            case .activation:
                try await world.vary("get") { $0.title = nil }
                try await world.vary("list") { $0.title = "third" }
                let created = try await world.create()
                #expect(try await world.hold() != nil)
                try await world.activate(created.number)
            case .return: try await world.rollBack(to: 2, Rollback())
            case .modeSwitch: try await world.iterate()
            case .liftedCreation:
                try await world.vary("get") { $0.title = nil }
                try await world.vary("list") { $0.title = "third" }
                try await world.publish(
                    Publication(activates: false, reviewed: ReviewedState(liftsHold: true))
                )
            }
            #expect(try await world.hold() == nil)
        }
    }

    @Test func `a roll back may leave automations alone, and a return sets no hold`() async throws {
        try await World.with { world in
            try await rolledBack(world, holds: false)
            #expect(try await world.hold() == nil)
            try await world.rollBack(to: 2, Rollback(), by: automation)
            #expect(try await world.hold() == nil)
            #expect(try await world.state().current == 2)
        }
    }

    @Test func `what a roll back took back is marked, and goes live only knowingly`() async throws {
        try await World.with { world in
            try await rolledBack(world)
            let review = try await world.review()
            let back = try #require(review.changes.broughtBack.first)
            #expect(review.changes.broughtBack.map(\.change.rule) == [.toolTitleChanged])
            #expect(back.from == 2)
            #expect(back.to == 1)
            #expect(back.reason == "upstream 500s")
            #expect(back.actor == "key:anna")
            // A safe change all the same.
            #expect(back.change.level == .safe)
            #expect(review.changes.toAcknowledge.map(\.fingerprint) == [back.change.fingerprint])
            let refusal = try await problem { try await world.publish(Publication()) }
            #expect(refusal.code == .unacknowledged)
            #expect(refusal.message.contains("a rollback of release 2 took back"))

            let knowingly = ReviewedState(acknowledged: [back.change.fingerprint])
            #expect(try await world.publish(Publication(reviewed: knowingly)).number == 3)
            // Now it is live by somebody's word and counts no more.
            #expect(try await world.count("rolled_back_changes") == 0)
        }
    }

    @Test func `leaving the change out brings nothing back`() async throws {
        try await World.with { world in
            try await rolledBack(world)
            try await world.vary("get") { $0.title = nil }
            try await world.vary("list") { $0.title = "third" }
            let review = try await world.review()
            #expect(review.changes.broughtBack.isEmpty)
            #expect(review.changes.toAcknowledge.isEmpty)
            try await world.publish(Publication())
            // It would still be asked about, by its fingerprint, by what it leads to, and by the whole tool.
            #expect(try await world.count("rolled_back_changes") == 3)
        }
    }

    @Test func `after a return what was taken back no longer counts`() async throws {
        try await World.with { world in
            try await rolledBack(world)
            try await world.rollBack(to: 2, Rollback())
            #expect(try await world.count("rolled_back_changes") == 0)
            #expect(try await world.review().changes.broughtBack.isEmpty)
        }
    }

    @Test func `a return half way leaves the rest taken back`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            for title in ["second", "third"] {
                try await world.vary("get") { $0.title = title }
                try await world.vary("list") { $0.title = title }
                try await world.publish()
            }
            try await world.vary("list") { $0.description = "fourth" }
            try await world.publish()
            try await world.rollBack(to: 1)
            try await world.rollBack(to: 2, Rollback())
            // Of release 4, rolled back to release 1: the description is still out, and so are the third titles.
            let back = try await world.review().changes.broughtBack
            #expect(back.map(\.change.rule) == [.toolDescriptionChanged, .toolTitleChanged, .toolTitleChanged])
            #expect(back.map(\.from) == [4, 4, 4])
        }
    }

    @Test func `what changes add up to is not brought back beside them`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            _ = try await world.create()
            try await world.activate(2)
            try await world.rollBack(to: 1)
            let changes = try await world.review().changes
            #expect(Set(changes.all.map(\.rule)) == [.setToolRemoved, .setTokensReduced])
            #expect(changes.broughtBack.map(\.change.rule) == [.setToolRemoved])
            #expect(changes.toAcknowledge.map(\.rule) == [.setToolRemoved])
            let removal = Set(changes.broughtBack.map(\.change.fingerprint))
            try await world.publish(Publication(reviewed: ReviewedState(acknowledged: removal)))
        }
    }

    @Test func `roll back and return are refused where live moved`() async throws {
        try await World.with { world in
            try await rolledBack(world)
            let before = try await world.state()
            let refusal = try await problem {
                try await world.rollBack(to: 2, Rollback(expectedActivationSeq: 2))
            }
            #expect(refusal.code == .liveMoved)
            #expect(try await world.state() == before)
            let outcome = try await world.rollBack(to: 2, Rollback(expectedActivationSeq: 3))
            #expect(outcome.from == 1)
            #expect(outcome.kind == .rollForward)
            #expect(outcome.verdicts == Verdicts(safe: 1))
        }
    }
}
