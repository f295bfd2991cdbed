import JSON
import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// Publish what was reviewed, or 409 with what moved.
struct ReviewedPublishTests {
    private func seen(_ review: Review, acknowledging: Bool = false) -> ReviewedState {
        ReviewedState(
            expectedActivationSeq: review.activationSeq,
            stagingEtag: review.stagingEtag,
            reviewDigest: review.digest.text,
            acknowledged: acknowledging ? Set(review.changes.toAcknowledge.map(\.fingerprint)) : []
        )
    }

    @Test func `what was reviewed is published, with its verdicts, its base and who acknowledged what`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            let review = try await world.review()
            let label = try #require(ReleaseLabel("1.0.0"))
            let release = try await world.publish(
                Publication(notes: "only get", label: label, reviewed: seen(review, acknowledging: true))
            )
            #expect(release.number == 2)
            #expect(release.label == "1.0.0")
            #expect(release.base == 1)
            #expect(release.verdicts == review.changes.all.verdicts)
            #expect(release.verdicts?.breaking == 1)
            let details = try #require(try await world.release(2))
            #expect(details.acknowledgements.map(\.rule) == ["set.tool.removed"])
            #expect(details.acknowledgements.map(\.subject) == ["tools:http:pets:list"])
            #expect(details.acknowledgements.map(\.actor) == ["key:anna"])
            #expect(try await world.release(1)?.release.verdicts == nil)
            #expect(try await world.review().changes.all.isEmpty)
        }
    }

    @Test func `a breaking change goes live with its fingerprint alone`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            try await world.vary("get") { $0.title = "safe" }
            let before = try await world.state()
            let refusal = try await problem { try await world.publish(Publication()) }
            #expect(refusal.code == .unacknowledged)
            guard case .json(let text) = refusal.detail("changes") else {
                Issue.record("The refusal does not tell the changes.")
                return
            }
            let changes = try JSONValue(parsing: text).array ?? []
            #expect(changes.map { $0["rule"] } == ["set.tool.removed"])
            #expect(try await world.state() == before)

            let fingerprint = try #require(changes.first?["fingerprint"]?.string)
            let publication = Publication(reviewed: ReviewedState(acknowledged: [fingerprint]))
            #expect(try await world.publish(publication).number == 2)
        }
    }

    @Test func `an acknowledgement outlives other edits, and one that matches nothing is an error`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            let fingerprints = Set(try await world.review().changes.toAcknowledge.map(\.fingerprint))
            try await world.vary("get") { $0.title = "later" }
            let before = try await world.state()
            let wrong = ReviewedState(acknowledged: fingerprints.union(["0123456789abcdef"]))
            let refusal = try await problem { try await world.publish(Publication(reviewed: wrong)) }
            #expect(refusal.code == .invalid)
            #expect(refusal.message.contains("0123456789abcdef"))
            #expect(try await world.state() == before)
            try await world.publish(Publication(reviewed: ReviewedState(acknowledged: fingerprints)))
        }
    }

    @Test func `staging that somebody edited since is refused, with who did`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("get") { $0.title = "reviewed" }
            let review = try await world.review()
            try await world.edit { $0.name = "Not reviewed" }
            let before = try await world.state()
            let refusal = try await problem { try await world.publish(Publication(reviewed: seen(review))) }
            #expect(refusal.code == .stagingMoved)
            #expect(refusal.detail("expected") == .text(review.stagingEtag))
            #expect(refusal.detail("last_change_by") == .text("key:anna"))
            #expect(refusal.detail("last_change") == .text("toolset.update"))
            #expect(try await world.state() == before)
            try await expectFresh(refusal, in: world)
        }
    }

    @Test func `an edit of a tool is named too, where it was the last`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.edit { $0.name = "Reviewed" }
            let review = try await world.review()
            try await world.vary("get") { $0.title = "Not reviewed" }
            let refusal = try await problem { try await world.publish(Publication(reviewed: seen(review))) }
            #expect(refusal.code == .stagingMoved)
            #expect(refusal.detail("last_change") == .text("variation.upsert"))
        }
    }

    @Test func `a project that changed since makes the review stale, not the etag`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("get") { $0.title = "reviewed" }
            let review = try await world.review()
            try await world.deploy(definition("list", "second"), definition("get"))
            let refusal = try await problem { try await world.publish(Publication(reviewed: seen(review))) }
            #expect(refusal.code == .reviewStale)
            #expect(refusal.detail("moved") == .texts(["deployment"]))
            try await expectFresh(refusal, in: world)
            let fresh = try await world.review()
            #expect(fresh.stagingEtag == review.stagingEtag)
            try await world.publish(Publication(reviewed: seen(fresh)))
        }
    }

    /// Something that moves what a review was made of.
    enum Move: String, CaseIterable {
        case edit, deployment, global, prompt, rules

        var part: String {
            switch self {
            case .edit: "staging"
            case .global, .prompt: "project"
            case .deployment, .rules: rawValue
            }
        }

        func happen(in world: World) async throws {
            switch self {
            case .edit: try await world.vary("get") { $0.title = "edited" }
            case .deployment: try await world.deploy(definition("list", "second"), definition("get"))
            case .global: try await world.vary("list", in: nil) { $0.title = "global" }
            case .prompt:
                _ = try await world.prompts.updatePrompt(
                    template("greet", "second {{who}}"),
                    expecting: nil,
                    in: world.project,
                    by: world.actor
                )
            case .rules:
                _ = try await world.releases.setChangeRules(of: pets, in: world.project, by: world.actor) { _ in
                    ChangeRuleSettings(profile: .typed)
                }
            }
        }
    }

    @Test(
        arguments: Move.allCases.map { [$0] } + [
            [.edit, .deployment], [.deployment, .global], [.edit, .deployment, .prompt, .rules],
        ]
    )
    func `what moved since a review is named, all of it and nothing else`(moves: [Move]) async throws {
        try await World.with { world in
            _ = try await world.prompts.createPrompt(template("greet"), in: world.project, by: world.actor)
            try await world.deploy(definition("list"), definition("get"))
            try await world.make(tools: ["list", "get"], prompts: ["greet"])
            try await world.stage()
            try await world.vary("get") { $0.title = "reviewed" }
            let digest = try await world.review().digest.text
            for move in moves { try await move.happen(in: world) }
            let reviewed = ReviewedState(reviewDigest: digest)
            let refusal = try await problem { try await world.publish(Publication(reviewed: reviewed)) }
            #expect(refusal.code == .reviewStale)
            #expect(refusal.detail("moved") == .texts(moves.map(\.part)))
        }
    }

    @Test func `what moved in the project and is not staging's does not count`() async throws {
        try await World.with { world in
            _ = try await world.prompts.createPrompt(template("greet"), in: world.project, by: world.actor)
            try await world.stagedPets()
            try await world.vary("get") { $0.title = "reviewed" }
            let digest = try await world.review().digest.text
            try await Move.prompt.happen(in: world)
            try await world.publish(Publication(reviewed: ReviewedState(reviewDigest: digest)))
        }
    }

    @Test func `live that moved since is refused, with what moved it`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("get") { $0.title = "second" }
            try await world.publish()
            try await world.vary("get") { $0.title = "third" }
            let review = try await world.review()
            try await world.rollBack(to: 1, reason: "upstream 500s")
            let refusal = try await problem { try await world.publish(Publication(reviewed: seen(review))) }
            #expect(refusal.code == .liveMoved)
            #expect(refusal.detail("expected") == .json("2"))
            #expect(refusal.detail("actual") == .json("3"))
            #expect(refusal.message.contains("key:anna rolled back to release 1"))
            guard case .json(let text) = refusal.detail("activations") else {
                Issue.record("The refusal does not tell what moved live.")
                return
            }
            let activations = try JSONValue(parsing: text).array ?? []
            #expect(activations.map { $0["kind"] } == ["rollback"])
            #expect(activations.map { $0["reason"] } == ["upstream 500s"])
            try await expectFresh(refusal, in: world)
        }
    }

    @Test func `after many activations the last of them is named, and the last 20 are told`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("get") { $0.title = "second" }
            try await world.publish()
            for round in 1...11 {
                try await world.rollBack(to: 1, reason: "round \(round)")
                try await world.rollBack(to: 2, reason: "")
            }
            try await world.rollBack(to: 1, reason: "the last")
            let stale = ReviewedState(expectedActivationSeq: 2)
            let refusal = try await problem { try await world.publish(Publication(reviewed: stale)) }
            #expect(refusal.code == .liveMoved)
            #expect(
                refusal.message.hasPrefix(
                    "key:anna rolled back to release 1 meanwhile, the last of 23 activations since;"
                )
            )
            guard case .json(let text) = refusal.detail("activations") else {
                Issue.record("The refusal does not tell what moved live.")
                return
            }
            #expect(try JSONValue(parsing: text).array?.map { $0["seq"]?.integer } == Array(6...25))
        }
    }

    /// A refusal has what a review gives now, to be sent back.
    private func expectFresh(_ refusal: Problem, in world: World) async throws {
        let review = try await world.review()
        #expect(refusal.detail("review_digest") == .text(review.digest.text))
        #expect(refusal.detail("staging_etag") == .text(review.stagingEtag))
        #expect(refusal.detail("activation_seq") == .json(String(review.activationSeq)))
    }

    @Test func `a pending merge is refused, naming what merges`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("list") { $0.title = "second" }
            try await world.publish()
            try await world.rollBack(to: 1)
            try await world.discard()
            try await world.vary("get") { $0.title = "mine" }
            try await world.rollBack(to: 2, reason: "")
            let refusal = try await problem { try await world.publish() }
            #expect(refusal.code == .liveMoved)
            #expect(refusal.message.contains("toolsets.mergeLiveIntoStaging"))
            #expect(refusal.detail("base") == .json("1"))
            #expect(refusal.detail("live") == .json("2"))
        }
    }

    @Test func `of two publishes at once the first wins, and the second is told what moved`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("get") { $0.title = "second" }
            let review = try await world.review()
            let publication = Publication(reviewed: seen(review))
            let outcomes = await withTaskGroup(of: Problem?.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        do {
                            try await world.publish(publication)
                            return nil
                        } catch {
                            return error as? Problem ?? Problem(.unexpected, "\(error)")
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let refusals = outcomes.compactMap(\.self)
            #expect(refusals.map(\.code) == [.liveMoved])
            #expect(refusals.first?.message.contains("key:anna published release 2") == true)
            let after = try await world.state()
            #expect(after.releases == [1, 2])
            #expect(after.activations.map(\.seq) == [1, 2])
        }
    }

    @Test func `a text that no review gave is an error`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("get") { $0.title = "second" }
            let refusal = try await problem {
                try await world.publish(Publication(reviewed: ReviewedState(reviewDigest: "nonsense")))
            }
            #expect(refusal.code == .invalid)
        }
    }

    @Test func `a number is never used twice, though its release is gone`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("get") { $0.title = "second" }
            let created = try await world.create()
            #expect(created.number == 2)
            try await world.database.write {
                _ = try $0.execute("DELETE FROM toolset_releases WHERE id = \(created.id)")
            }
            #expect(try await world.publish().number == 3)
        }
    }

    @Test func `a label is one release's`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let spring = try #require(ReleaseLabel("spring"))
            let first = ReleaseReference.number(1, toolset: pets)
            let labelled = try await world.releases.setLabel(spring, of: first, in: world.project, by: world.actor)
            #expect(labelled.label == "spring")
            try await world.vary("get") { $0.title = "second" }
            let before = try await world.state()
            let refusal = try await problem { try await world.publish(Publication(label: spring)) }
            #expect(refusal.code == .nameTaken)
            #expect(refusal.message.contains("Release 1"))
            #expect(try await world.state() == before)
            try await world.publish(Publication(label: ReleaseLabel("1.4.0")))
            #expect(try await world.release(2)?.release.label == "1.4.0")
            let second = ReleaseReference.number(2, toolset: pets)
            let taken = try await problem {
                _ = try await world.releases.setLabel(spring, of: second, in: world.project, by: world.actor)
            }
            #expect(taken.code == .nameTaken)
            _ = try await world.releases.setLabel(nil, of: first, in: world.project, by: world.actor)
            _ = try await world.releases.setLabel(spring, of: second, in: world.project, by: world.actor)
            #expect(try await world.release(1)?.release.label == nil)
            #expect(try await world.release(2)?.release.label == "spring")
            // It may be set again to what it is.
            _ = try await world.releases.setLabel(spring, of: second, in: world.project, by: world.actor)
            #expect(try await world.state().audit.suffix(3) == Array(repeating: "toolset.label_release", count: 3))
        }
    }

    @Test(arguments: ["+4", "-1", "_x", ".5", "", "with space", "a/b", "ümlaut", String(repeating: "a", count: 61)])
    func `what is no label is none`(text: String) {
        #expect(ReleaseLabel(text) == nil)
    }

    @Test func `the next label follows from the last one and the worst change`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let first = ReleaseReference.number(1, toolset: pets)
            _ = try await world.releases.setLabel(
                ReleaseLabel("1.4.0"),
                of: first,
                in: world.project,
                by: world.actor
            )
            try await world.select(["get"])
            #expect(try await world.review().suggestedLabel == "2.0.0")
            try await world.select(["list", "get"])
            try await world.vary("get") { $0.title = "safe" }
            #expect(try await world.review().suggestedLabel == "1.4.1")
        }
    }
}
