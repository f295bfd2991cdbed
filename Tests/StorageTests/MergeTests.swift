import JSON
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// Live moved under staging: what it gained is merged into staging by item, and the same item asks.
struct MergeTests {
    @Test func `what live gained is merged into staging, and different items merge by themselves`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.moveLive {
                try await world.edit { $0.name = "Animals" }
                try await world.vary("get") { $0.title = "Get one" }
            } whileStaging: {
                try await world.vary("list") { $0.title = "List all" }
                try await world.edit { $0.instructions = "Ask first" }
            }
            let before = try await world.state()
            #expect(before.base == 1)
            #expect(before.current == 2)
            #expect(try await world.releases.stagingVersion(pets, in: world.project).staging?.hasToMerge == true)

            let outcome = try await world.merge()
            let after = try await world.state()

            #expect(outcome.merged == PendingMerge(base: 1, live: 2, conflicts: []))
            #expect(outcome.toolset.view == .staging)
            #expect(outcome.toolset.staging?.hasToMerge == false)
            #expect(outcome.toolset.metadata.name == "Animals")
            #expect(outcome.toolset.metadata.instructions == "Ask first")
            #expect(after.staging?.toolTexts.map { $0.contains("List all") } == [true, false])
            #expect(after.staging?.toolTexts.map { $0.contains("Get one") } == [false, true])
            #expect(after.live == before.live)
            #expect(after.base == 2)
            #expect(after.releases == [1, 2])
            #expect(after.activations == before.activations)
            #expect(after.audit == before.audit + ["toolset.merge"])
            #expect(try await world.changes()?.count == 2)
        }
    }

    @Test func `where nothing is pending staging stays as it is`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            let before = try await world.rowCounts()
            let etag = try await world.releases.stagingVersion(pets, in: world.project).etag
            let outcome = try await world.merge()
            #expect(outcome.merged == nil)
            #expect(outcome.toolset.etag == etag)
            #expect(try await world.rowCounts() == before)
            let stray = try await problem { try await world.merge(["metadata/name": .side(.live)]) }
            #expect(stray.code == .invalid)
        }
    }

    @Test func `the same item asks, and nothing is written until every one has an answer`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.moveLive {
                try await world.edit { $0.name = "Live name" }
                try await world.vary("get") { $0.title = "Live title" }
            } whileStaging: {
                try await world.edit { $0.name = "Staging name" }
                try await world.vary("get") { $0.description = "Staging text" }
            }
            let before = try await world.state()
            let rows = try await world.rowCounts()
            let items = [
                "metadata/name", "variation/tools:http:pets:get/description", "variation/tools:http:pets:get/title",
            ]

            let refusal = try await problem { try await world.merge() }
            #expect(refusal.code == .mergeConflicts)
            #expect(try conflicts(refusal).map { $0["item"]?.string } == items)
            #expect(try conflicts(refusal)[0]["base"] == "Pets")
            #expect(try conflicts(refusal)[0]["live"] == "Live name")
            #expect(try conflicts(refusal)[0]["staging"] == "Staging name")
            #expect(refusal.detail("base_release") == .json("1"))
            #expect(refusal.detail("live_release") == .json("2"))

            let less = try await problem { try await world.merge(["metadata/name": .value("Both")]) }
            #expect(less.code == .mergeConflicts)
            #expect(try conflicts(less).map { $0["item"]?.string } == Array(items.dropFirst()))
            #expect(try await problem { try await world.merge(["metadata/logo": .side(.live)]) }.code == .invalid)
            #expect(try await world.state() == before)
            #expect(try await world.rowCounts() == rows)

            try await world.merge([
                items[0]: .value("Both"), items[1]: .side(.staging), items[2]: .side(.live),
            ])
            let after = try await world.state()
            #expect(after.base == 2)
            #expect(after.live == before.live)
            let get = try #require(after.staging?.toolTexts.last)
            #expect(get.contains("Live title"))
            #expect(get.contains("Staging text"))
            #expect(try await world.releases.stagingVersion(pets, in: world.project).metadata.name == "Both")
        }
    }

    private func conflicts(_ problem: Problem) throws -> [JSONValue] {
        guard case .json(let text) = problem.detail("conflicts") else { return [] }
        return try JSONValue(parsing: text).array ?? []
    }

    @Test func `a merge can be undone, and done again`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.moveLive {
                try await world.edit { $0.name = "Animals" }
            } whileStaging: {
                try await world.select(["get"])
            }
            let before = try await world.state()
            try await world.merge()
            let merged = try await world.state()
            try await world.undoDiscard()
            #expect(try await world.state().staging == before.staging)
            #expect(try await world.state().base == 1)
            try await world.undoDiscard()
            #expect(try await world.state().staging == merged.staging)
            #expect(try await world.state().base == 2)
        }
    }

    @Test func `a rollback starts no merge, and a return asks for one only where staging lacks something`() async throws
    {
        try await World.with { world in
            try await world.stagedPets()
            try await world.select(["get"])
            try await world.publish()
            try await world.edit { $0.name = "Animals" }
            try await world.rollBack(to: 1)
            let before = try await world.state()
            #expect(try await world.merge().merged == nil)
            #expect(try await world.state() == before)

            try await world.discard()
            try await world.rollBack(to: 2, reason: "")
            #expect(try await world.merge().merged == PendingMerge(base: 1, live: 2, conflicts: []))
            #expect(try await world.state().staging == world.state().live)
        }
    }

    @Test func `what live gained is no change of staging`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.moveLive {
                try await world.vary("get") { $0.title = "of live" }
            } whileStaging: {
                try await world.vary("list") { $0.title = "mine" }
            }
            let review = try await world.review()
            #expect(review.changes.yours.map(\.name) == ["list"])
            #expect(review.changes.project.isEmpty)
            #expect(review.changes.merged.map(\.name) == ["get"])
            #expect(try await world.toolsets.changeCount(pets, in: world.project) == 1)
            _ = try await world.merge()
            #expect(try await world.review().changes.all.map(\.name) == ["list"])
            #expect(try await world.toolsets.changeCount(pets, in: world.project) == 1)
        }
    }

    @Test func `a merge that would make two tools of one name is refused`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.moveLive {
                try await world.vary("get") { $0.name = "pet" }
            } whileStaging: {
                try await world.vary("list") { $0.name = "pet" }
            }
            let before = try await world.state()
            let refusal = try await problem { try await world.merge() }
            #expect(refusal.code == .duplicateToolName)
            #expect(try await world.state() == before)
            // A review says it before anybody tries.
            let review = try await world.review()
            #expect(review.pendingMerge?.sharedNames == ["pet"])
            #expect(review.pendingMerge?.needsNoAnswer == false)
            #expect(review.checks.first { $0.aspect == .names }?.status == .failed)
            try await world.vary("list") { $0.name = "pets" }
            #expect(try await world.review().pendingMerge?.needsNoAnswer == true)
            _ = try await world.merge()
        }
    }

    @Test func `what both sides stay on asks`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let first = try #require(try await world.deployments.activeDeployment(in: world.project))
            let second = try await world.deploy(definition("list", "second"), definition("get", "second"))
            try await world.moveLive {
                try await world.pin(PinChange(deployment: second.id))
            } whileStaging: {
                try await world.pin(PinChange(deployment: first.id))
            }
            let refusal = try await problem { try await world.merge() }
            #expect(try conflicts(refusal).map { $0["item"]?.string } == ["pin/deployment"])
            #expect(try conflicts(refusal)[0]["base"] == .null)
            let merged = try await world.merge(["pin/deployment": .side(.live)])
            #expect(merged.toolset.staging?.pinnedDeploymentID == second.id)
        }
    }

    @Test func `a merge is refused in iteration mode`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"))
            try await world.make(tools: ["list"])
            let refusal = try await problem { try await world.merge() }
            #expect(refusal.code == .wrongMode)
        }
    }

    @Test func `a merge is refused against another state than was read`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let before = try await world.state()
            let refusal = try await problem { try await world.merge(expecting: "nope") }
            #expect(refusal.code == .etagMismatch)
            #expect(try await world.state() == before)
        }
    }
}
