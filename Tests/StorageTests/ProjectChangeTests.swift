import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// The row "new deployment; global variation or project prompt edited" of "Rules of behaviour".
struct ProjectChangeTests {
    /// What happens to a project, apart from its toolsets.
    enum Event: String, CaseIterable, CustomTestStringConvertible {
        case deployment = "new deployment"
        case globalVariation = "global variation edited"
        case prompt = "project prompt edited"
        case resource = "project resource edited"

        var testDescription: String { rawValue }

        var audited: [String] {
            switch self {
            case .deployment: ["asset.upload", "deployment.create"]
            case .globalVariation: ["variation.upsert"]
            case .prompt: ["prompt.update"]
            case .resource: ["resource.update"]
            }
        }

        func happen(in world: World) async throws {
            switch self {
            case .deployment: try await world.deploy(definition("list", "second"), definition("get"))
            case .globalVariation: try await world.vary("list", in: nil) { $0.description = "second" }
            case .resource: try await world.editResource("guide", "second")
            case .prompt:
                _ = try await world.prompts.updatePrompt(
                    template("greet", "second {{who}}"),
                    expecting: nil,
                    in: world.project,
                    by: world.actor
                )
            }
        }
    }

    private func makePets(_ world: World) async throws {
        _ = try await world.prompts.createPrompt(template("greet"), in: world.project, by: world.actor)
        try await world.addResource("guide")
        try await world.deploy(definition("list"), definition("get"))
        try await world.make(tools: ["list", "get"], prompts: ["greet"], resources: ["guide"])
    }

    private func hasSecond(_ served: Served?) -> Bool {
        served?.toolTexts.contains { $0.contains("second") } == true
            || served?.prompts.contains { $0.template.contains("second") } == true
            || served?.bodyTexts.contains { $0.contains("second") } == true
    }

    @Test(arguments: Event.allCases) func `in iteration mode live follows`(event: Event) async throws {
        try await World.with { world in
            try await makePets(world)
            let before = try await world.state()
            try await event.happen(in: world)
            let after = try await world.state()
            #expect(after.live != before.live)
            #expect(hasSecond(after.live))
            #expect(after.releases == [])
            #expect(after.activations == [])
            #expect(after.audit == before.audit + event.audited)
        }
    }

    @Test(arguments: Event.allCases)
    func `in staging mode live keeps its bytes and staging follows`(event: Event) async throws {
        try await World.with { world in
            try await makePets(world)
            try await world.stage()
            let before = try await world.state()
            let etag = try await world.releases.stagingVersion(pets, in: world.project).staging?.etag
            try await event.happen(in: world)
            let after = try await world.state()
            #expect(after.live == before.live)
            #expect(after.staging != before.staging)
            #expect(hasSecond(after.staging))
            #expect(after.base == 1)
            #expect(after.releases == [1])
            #expect(after.activations == before.activations)
            #expect(after.audit == before.audit + event.audited)
            // A change of the project moves the comparison, not staging's etag.
            #expect(try await world.changes()?.count == 1)
            #expect(try await world.releases.stagingVersion(pets, in: world.project).staging?.etag == etag)
        }
    }

    @Test(arguments: Event.allCases)
    func `discarding keeps a change of the project, publishing releases it`(event: Event) async throws {
        try await World.with { world in
            try await makePets(world)
            try await world.stage()
            let first = try await world.state()
            try await event.happen(in: world)
            let followed = try await world.state()
            try await world.discard()
            let discarded = try await world.state()
            #expect(discarded.staging == followed.staging)
            #expect(discarded.live == first.live)
            try await world.publish()
            let published = try await world.state()
            #expect(published.live == followed.staging)
            // A roll back is exact, and the project stays where it is.
            try await world.rollBack(to: 1)
            let back = try await world.state()
            #expect(back.live == first.live)
            #expect(back.staging == followed.staging)
        }
    }

    @Test func `a tool that a deployment no longer has is an orphan and comes back`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let before = try await world.state()
            try await world.deploy(definition("get"))
            let without = try #require(try await world.toolsets.content(pets, view: nil, in: world.project))
            #expect(without.orphans == [urn("list")])
            #expect(without.content.tools.map(\.name) == ["get"])
            #expect(without.toolset.selection.toolURNs == [urn("list"), urn("get")])
            #expect(try await world.changes()?.removedTools == ["list"])
            #expect(try await world.state().live == before.live)
            // An orphan may stay in an edit, which only refuses what is new and unknown.
            try await world.select(["get", "list"])
            try await world.select(["list", "get"])
            try await world.deploy(definition("list"), definition("get"))
            #expect(try await world.state().staging == before.staging)
            #expect(try await world.toolsets.content(pets, view: nil, in: world.project)?.orphans == [])
        }
    }

    @Test func `a deployment without any source leaves only orphans`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.deploy()
            let content = try #require(try await world.toolsets.content(pets, view: nil, in: world.project))
            #expect(content.orphans.count == 2)
            #expect(content.content.tools.isEmpty)
            let release = try await world.publish()
            #expect(release.toolCount == 0)
            #expect(try await world.state().live.tools == [])
        }
    }
}
