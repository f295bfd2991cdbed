import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// What decides how an MCP address answers.
struct ServingTests {
    private func state(_ world: World, _ view: Toolset.View = .live) async throws -> ServedToolset? {
        try await world.serving.servedToolset(mcpSlug: pets, view: view)
    }

    @Test func `an address that is not enabled, not there or not staged answers nothing`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"))
            try await world.make(tools: ["list"])
            let missing = try await world.serving.servedToolset(mcpSlug: slug("other"), view: .live)
            #expect(missing == nil)
            #expect(try await state(world)?.releaseNumber == nil)
            #expect(try await state(world, .staging) == nil)
            try await world.stage()
            #expect(try await state(world)?.releaseNumber == 1)
            #expect(try await state(world, .staging)?.releaseNumber == nil)
            try await world.edit { $0.isEnabled = false }
            #expect(try await state(world) == nil)
            #expect(try await state(world, .staging) == nil)
        }
    }

    @Test func `the fingerprint of live in staging mode moves with activations alone`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let first = try await state(world)?.fingerprint
            try await world.select(["get"])
            try await world.vary("get", in: nil) { $0.title = "global" }
            try await world.deploy(definition("list", "second"), definition("get"))
            try await world.edit { $0.isPublic = true }
            #expect(try await state(world)?.fingerprint == first)
            try await world.publish()
            #expect(try await state(world)?.fingerprint != first)
            try await world.rollBack(to: 1)
            #expect(try await state(world)?.fingerprint == first)
        }
    }

    /// What changes what heads serve.
    private static let edits: [(name: String, edit: @Sendable (World) async throws -> Void)] = [
        ("selection", { try await $0.select(["get"]) }),
        ("metadata", { try await $0.edit { $0.name = "Animals" } }),
        ("own variation", { try await $0.vary("get") { $0.title = "own" } }),
        ("global variation", { try await $0.vary("get", in: nil) { $0.description = "global" } }),
        ("own variation taken away", { try await $0.vary("get") { $0 = Variation() } }),
        ("global variation taken away", { try await $0.vary("get", in: nil) { $0 = Variation() } }),
        ("resource", { try await $0.editResource("guide", "new") }),
        ("resources of the selection", { try await $0.selectResources([]) }),
        ("deployment", { try await $0.deploy(definition("get", "second")) }),
        (
            "prompt",
            {
                _ = try await $0.prompts.updatePrompt(
                    template("greet", "new"),
                    expecting: nil,
                    in: $0.project,
                    by: $0.actor
                )
            }
        ),
    ]

    @Test(arguments: [EditingMode.iteration, .staging])
    func `the fingerprint of heads moves with everything that they are made of`(mode: EditingMode) async throws {
        try await World.with { world in
            _ = try await world.prompts.createPrompt(template("greet"), in: world.project, by: world.actor)
            try await world.deploy(definition("list"), definition("get"))
            try await world.addResource("guide")
            try await world.make(tools: ["list", "get"], prompts: ["greet"], resources: ["guide"])
            if mode == .staging { try await world.stage() }
            let view: Toolset.View = mode == .staging ? .staging : .live
            for (name, edit) in Self.edits {
                let before = try #require(try await state(world, view))
                let served = try await world.served(pets, view)
                try await edit(world)
                let after = try await state(world, view)
                #expect(after?.fingerprint != before.fingerprint, "\(name)")
                #expect(try await world.served(pets, view) != served, "\(name)")
                // Content is never given for a state that has moved on.
                let late = try await world.serving.content(of: before)
                #expect(late == nil, "\(name)")
            }
        }
    }

    @Test func `an edit of one toolset leaves the other's bytes`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"), definition("get"))
            try await world.make(tools: ["list", "get"])
            try await world.make(slug("other"), tools: ["list"])
            let before = try await world.served(slug("other"))
            try await world.vary("list") { $0.title = "own" }
            try await world.stage()
            try await world.vary("list") { $0.title = "staged" }
            try await world.publish()
            #expect(try await world.served(slug("other")) == before)
        }
    }

    @Test func `a deployment of one project reaches no other`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"))
            try await world.make(tools: ["list"])
            let before = try await world.served()
            let other = try await world.projects.createProject(slug: slug("zoo"), name: "", by: world.actor)
            let deployment = try await world.deployments.beginDeployment(of: [], in: other.id, by: world.actor)
            _ = try await world.deployments.complete(deployment.id, in: other.id, with: [], logs: [])
            #expect(try await world.served() == before)
            let foreign = try await world.toolsets.toolset(pets, view: nil, comparing: false, in: other.id)
            #expect(foreign == nil)
            try await world.stage()
            let release = try await world.releases.releases(of: pets, in: world.project, PageRequest()).items[0]
            let refusal = try await problem {
                _ = try await world.releases.releaseDetails(.id(release.id), in: other.id)
            }
            #expect(refusal.code == .notFound)
        }
    }

    @Test func `releases and activations come in parts, newest first`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            for round in 0..<4 {
                try await world.edit { $0.name = "round \(round)" }
                try await world.publish()
            }
            var numbers: [Int] = []
            var cursor: String?
            repeat {
                let page = try await world.releases.releases(
                    of: pets,
                    in: world.project,
                    PageRequest(cursor: cursor, limit: 2)
                )
                numbers += page.items.map(\.number)
                cursor = page.nextCursor
            } while cursor != nil
            #expect(numbers == [5, 4, 3, 2, 1])
            let states = try await world.releases.releases(of: pets, in: world.project, PageRequest()).items.map(
                \.state
            )
            #expect(states == [.live, .wasLive, .wasLive, .wasLive, .wasLive])
            let refusal = try await problem {
                _ = try await world.releases.activations(of: pets, in: world.project, PageRequest(cursor: "x"))
            }
            #expect(refusal.code == .invalid)
        }
    }
}
