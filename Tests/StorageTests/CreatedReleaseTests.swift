import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// The row "publish, create only" of "Rules of behaviour", and what makes such a release live later.
struct CreatedReleaseTests {
    @Test func `publish, create only`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            let before = try await world.state()
            let release = try await world.create("only get")
            let after = try await world.state()
            #expect(release.number == 2)
            #expect(release.state == .neverLive)
            #expect(release.base == 1)
            #expect(after.live == before.live)
            #expect(after.staging == before.staging)
            #expect(after.base == 1)
            #expect(after.current == 1)
            #expect(after.releases == [1, 2])
            #expect(after.activations == before.activations)
            #expect(after.audit == before.audit + ["toolset.create_release"])
            // It waits already; staging can still be published.
            let again = try await problem { _ = try await world.create() }
            #expect(again.code == .nothingToPublish)
            #expect(again.message.contains("release 2"))
            #expect(try await world.publish().number == 3)
        }
    }

    @Test func `a release that waits goes live as it was made, and staging that serves it is in step`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            let staged = try await world.state().staging
            _ = try await world.create("only get")
            let release = try await world.activate(2)
            let after = try await world.state()
            #expect(release.state == .live)
            #expect(after.live == staged)
            #expect(after.current == 2)
            #expect(after.base == 2)
            #expect(after.activations.map(\.kind) == [.publish, .publish])
            #expect(after.activations.last?.previousRelease == 1)
            #expect(after.audit.last == "toolset.activate_release")
            #expect(try await problem { try await world.activate(2) }.code == .alreadyLive)
        }
    }

    @Test func `a release of an older format that waits is the same as staging`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("get") { $0.title = "second" }
            _ = try await world.create()
            try await world.writeRelease(2, in: 1)
            #expect(try await problem { _ = try await world.create() }.code == .nothingToPublish)
            try await world.activate(2)
            #expect(try await world.state().base == 2)
        }
    }

    @Test func `staging that went on keeps its base`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("get") { $0.title = "second" }
            _ = try await world.create()
            try await world.vary("get") { $0.title = "third" }
            let before = try await world.state()
            try await world.activate(2)
            let after = try await world.state()
            #expect(after.staging == before.staging)
            #expect(after.base == 1)
        }
    }

    @Test func `what was acknowledged when it was made needs no second word, what changed since does`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            _ = try await world.create()
            let compared = try await world.compare(.live, .release(2))
            #expect(compared.changes.toAcknowledge(broughtBack: []).count == 1)
            try await world.activate(2, ReviewedState(reviewDigest: compared.digest?.text))
            #expect(try await world.release(2)?.acknowledgements.count == 1)
        }
    }

    @Test func `made on 1, live is 2: what came since would be lost, unless somebody has seen it`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("get") { $0.title = "waits" }
            _ = try await world.create()
            try await world.vary("get") { $0.title = nil }
            try await world.vary("list") { $0.title = "went on" }
            #expect(try await world.publish().number == 3)
            let before = try await world.state()
            let refusal = try await problem { try await world.activate(2) }
            #expect(refusal.code == .liveMoved)
            #expect(refusal.message.contains("was made on release 1, and live is release 3: 1 change of release 3"))
            #expect(refusal.detail("lost_changes") == .json("1"))
            #expect(try await world.state() == before)
            let stale = ReviewedState(expectedActivationSeq: 1)
            #expect(try await problem { try await world.activate(2, stale) }.code == .liveMoved)
            let seen = ReviewedState(expectedActivationSeq: before.activations.last?.seq)
            try await world.activate(2, seen)
            #expect(try await world.state().current == 2)
        }
    }

    @Test func `breaking changes against live are asked for, whatever they were when it was made`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("get") { $0.title = "waits" }
            _ = try await world.create()
            try await world.deploy(definition("list"), definition("get"), definition("feed"))
            try await world.select(["list", "get", "feed"])
            #expect(try await world.publish().number == 3)
            let seq = try await world.state().activations.last?.seq
            let refusal = try await problem {
                try await world.activate(2, ReviewedState(expectedActivationSeq: seq))
            }
            #expect(refusal.code == .unacknowledged)
            let changes = try await world.compare(.live, .release(2)).changes.toAcknowledge(broughtBack: [])
            #expect(changes.told == ["feed set.tool.removed"])
            let seen = ReviewedState(expectedActivationSeq: seq, acknowledged: Set(changes.map(\.fingerprint)))
            try await world.activate(2, seen)
            #expect(try await world.release(2)?.acknowledgements.map(\.rule) == ["set.tool.removed"])
        }
    }

    @Test func `a release that was live goes live by a roll back, one that never was by an activation`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("get") { $0.title = "second" }
            _ = try await world.create()
            let refusal = try await problem { try await world.rollBack(to: 2) }
            #expect(refusal.code == .invalid)
            #expect(refusal.message.contains("toolsets.activateRelease"))
            try await world.activate(2)
            try await world.rollBack(to: 1)
            let back = try await problem { try await world.activate(2) }
            #expect(back.code == .invalid)
            #expect(back.message.contains("toolsets.rollbackToRelease"))
            try await world.rollBack(to: 2, reason: "")
            #expect(try await world.state().activations.last?.kind == .rollForward)
        }
    }
}
