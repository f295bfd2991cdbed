import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// Project changes can be left out of staging: it stays on a deployment, on prompts and on variations of live.
struct PinTests {
    /// Release 1 of two tools, a prompt, a resource and a global variation, and then a project that moved on in all.
    private func movedProject(_ world: World) async throws -> Deployment {
        _ = try await world.prompts.createPrompt(template("greet"), in: world.project, by: world.actor)
        try await world.addResource("guide")
        let first = try await world.deploy(definition("list"), definition("get"))
        try await world.vary("list", in: nil) { $0.title = "Global" }
        try await world.make(tools: ["list", "get"], prompts: ["greet"], resources: ["guide"])
        try await world.vary("get") { $0.title = "Own" }
        try await world.stage()
        try await world.deploy(definition("list", "second"), definition("get", "second"))
        _ = try await world.prompts.updatePrompt(
            template("greet", "Bye {{who}}"),
            expecting: nil,
            in: world.project,
            by: world.actor
        )
        try await world.editResource("guide", "second")
        try await world.vary("list", in: nil) {
            $0.title = "Global by now"
            $0.description = "Of the project"
        }
        return first
    }

    @Test func `staging stays on a deployment, and on live's prompts, resources and variations`() async throws {
        try await World.with { world in
            let first = try await movedProject(world)
            let before = try await world.state()
            #expect(before.staging != before.live)

            let pinned = try await world.pin(PinChange(deployment: first.id))
            #expect(pinned.staging?.pinnedDeploymentID == first.id)
            #expect(pinned.staging?.pinnedDeploymentSeq == first.seq)
            #expect(pinned.staging?.pinsPrompts == false)
            #expect(try await world.state().staging?.toolTexts.last?.contains("get: first") == true)
            #expect(try await world.state().staging?.prompts == before.staging?.prompts)

            let prompts = try await world.pin(PinChange(prompts: .live))
            #expect(prompts.staging?.pinnedDeploymentID == first.id)
            #expect(prompts.staging?.pinsPrompts == true)
            #expect(try await world.state().staging?.prompts == before.live.prompts)
            #expect(try await world.state().staging?.bodies == before.live.bodies)

            try await world.pin(PinChange(variations: .live))
            let after = try await world.state()
            // The layers that a manifest records are others; what callers get is the same.
            #expect(after.staging?.lists == before.live.lists)
            #expect(after.live == before.live)
            #expect(try await world.changes()?.count == 0)
            #expect(after.base == 1)
            #expect(after.audit == before.audit + ["toolset.pin", "toolset.pin", "toolset.pin"])
        }
    }

    @Test func `a pin that nobody sees is told as what it is, and can be published`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"), definition("get"))
            try await world.vary("list", in: nil) { $0.title = "Global" }
            try await world.make(tools: ["list", "get"])
            try await world.stage()
            #expect(try await world.changes()?.recordChanged == false)
            try await world.vary("list", in: nil) { $0.title = "Global by now" }
            #expect(try await world.changes()?.changedTools == ["list"])

            try await world.pin(PinChange(variations: .live))
            let difference = try #require(try await world.changes())
            #expect(difference.count == 0)
            #expect(difference.recordChanged)
            let review = try await world.review()
            #expect(review.changes.all.told == ["list variation.layer.shadowed"])
            #expect(review.changes.yours.map(\.level) == [.safe])
            #expect(review.changes.yours[0].message.hasPrefix("The toolset keeps its `title`"))

            let live = try await world.state().live.lists
            try await world.publish(Publication(notes: "Keep the title"))
            #expect(try await world.state().live.lists == live)
            #expect(try await world.changes()?.recordChanged == false)
        }
    }

    @Test func `staging follows the project again in each of them`() async throws {
        try await World.with { world in
            let first = try await movedProject(world)
            let before = try await world.state()
            try await world.pin(PinChange(deployment: first.id, prompts: .live, variations: .live))
            #expect(try await world.state().staging?.lists == before.live.lists)
            try await world.pin(PinChange(deployment: .some(nil), prompts: .newest, variations: .newest))
            #expect(try await world.state().staging == before.staging)
        }
    }

    @Test func `following the project's variations takes off no override that somebody made`() async throws {
        try await World.with { world in
            _ = try await movedProject(world)
            try await world.vary("list") { $0.title = "Mine" }
            try await world.vary("get") { $0.description = "Mine too" }
            let before = try await world.state()
            try await world.pin(PinChange(variations: .live))
            try await world.pin(PinChange(variations: .newest))
            #expect(try await world.state().staging == before.staging)
        }
    }

    @Test func `a pin changes the etag, is published, and ends with a discard`() async throws {
        try await World.with { world in
            let first = try await movedProject(world)
            let before = try await world.releases.stagingVersion(pets, in: world.project)
            let pinned = try await world.pin(PinChange(deployment: first.id))
            #expect(pinned.staging?.etag != before.staging?.etag)
            let release = try await world.publish()
            #expect(release.deploymentID == first.id)
            let published = try await world.releases.stagingVersion(pets, in: world.project)
            #expect(published.staging?.pinnedDeploymentID == first.id)
            #expect(try await world.discard().staging?.pinnedDeploymentID == nil)
        }
    }

    @Test func `a deployment that is not there or not completed is refused`() async throws {
        try await World.with { world in
            _ = try await movedProject(world)
            let pending = try await world.begin([definition("list", "third")])
            let before = try await world.state()
            let unknown = try await problem { try await world.pin(PinChange(deployment: ID.make())) }
            #expect(unknown.code == .notFound)
            #expect(unknown.errors.first?.pointer == "/deployment_id")
            let running = try await problem { try await world.pin(PinChange(deployment: pending.id)) }
            #expect(running.code == .invalid)
            #expect(try await world.state() == before)
        }
    }
}
