import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// What people are told about sources, and what deployments and tools mean for toolsets.
struct SourceTests {
    private func sources(_ world: World) -> StoredSources { StoredSources(database: world.database) }

    @Test func `sources tell since when they are what they are`() async throws {
        try await World.with { world in
            #expect(try await sources(world).sources(in: world.project).isEmpty)
            try await world.deploy(definition("list"), definition("get"))
            try await world.deploy(definition("list"), definition("get"))
            let first = try await sources(world).sources(in: world.project)
            #expect(first.map(\.source.slug) == [pets] && first[0].toolCount == 2)
            #expect(first[0].deploymentSeq == 1, "the second deployment had the same document")
            try await world.deploy(definition("list", "second"))
            let second = try await sources(world).sources(in: world.project)
            #expect(second[0].deploymentSeq == 3 && second[0].toolCount == 1)
        }
    }

    @Test func `a deployment tells what it changed, and where that is live or waits`() async throws {
        try await World.with { world in
            let first = try await world.deploy(definition("list"), definition("get"), definition("old"))
            try await world.make(tools: ["list", "get", "old"])
            try await world.make(slug("staged"), tools: ["get", "old"])
            try await world.make(slug("quiet"), tools: ["get"])
            _ = try await world.stage(slug("staged"))
            let second = try await world.deploy(definition("list", "second"), definition("get"), definition("new"))
            let effects = try await sources(world).effects(of: second.id, in: world.project)
            #expect(effects.previous == first.id && effects.isActive)
            #expect(
                effects.added == [urn("new")] && effects.removed == [urn("old")] && effects.changed == [urn("list")]
            )
            #expect(effects.toolsets.map(\.slug) == [pets, slug("staged")])
            #expect(effects.toolsets.map(\.state) == [.live, .waiting])
            #expect(effects.toolsets.map(\.changed) == [[urn("list")], []])
            #expect(effects.toolsets.map(\.orphans) == [[urn("old")], [urn("old")]])
            let before = try await sources(world).effects(of: first.id, in: world.project)
            #expect(!before.isActive && before.previous == nil && before.added.count == 3)
        }
    }

    @Test func `staging that stays on a deployment is told apart, and a pending deployment has no effects`()
        async throws
    {
        try await World.with { world in
            let first = try await world.deploy(definition("get"))
            try await world.make(tools: ["get"])
            _ = try await world.stage()
            _ = try await world.pin(PinChange(deployment: .some(first.id)))
            let second = try await world.deploy(definition("get", "second"))
            let effects = try await sources(world).effects(of: second.id, in: world.project)
            #expect(effects.toolsets.map(\.state) == [.pinned])
            let pending = try await world.begin([definition("get", "third")])
            let none = try await sources(world).effects(of: pending.id, in: world.project)
            #expect(none.toolsets.isEmpty && none.changed.isEmpty)
        }
    }

    @Test func `a tool tells which toolsets have it, and which say it otherwise`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"), definition("get"))
            try await world.make(tools: ["list"])
            try await world.make(slug("staged"), tools: ["get"])
            _ = try await world.stage(slug("staged"))
            _ = try await world.select(["get", "list"], of: slug("staged"))
            try await world.vary("list") { $0.title = "Mine" }
            let uses = try await sources(world).uses(of: urn("list"), in: world.project)
            #expect(uses.map(\.slug) == [pets, slug("staged")] && uses.map(\.mode) == [.iteration, .staging])
            #expect(uses.map(\.hasOwnVariation) == [true, false])
            try await world.vary("list") { $0.title = nil }
            let after = try await sources(world).uses(of: urn("list"), in: world.project)
            #expect(after.map(\.hasOwnVariation) == [false, false], "a variation that was taken off says nothing")
            #expect(try await sources(world).uses(of: urn("gone"), in: world.project).isEmpty)
        }
    }

    @Test func `events are filtered by who and what`() async throws {
        try await World.with { world in
            try await world.deploy(definition("get"))
            try await world.make(tools: ["get"])
            func actions(_ filter: AuditFilter) async throws -> [String] {
                try await world.projects.auditEvents(in: world.project, where: filter, PageRequest()).items.map(
                    \.action
                )
            }
            #expect(try await actions(AuditFilter(action: "toolset")) == ["toolset.create"])
            #expect(try await actions(AuditFilter(action: "deployment.create")) == ["deployment.create"])
            #expect(try await actions(AuditFilter(actor: "system")) == ["project.create"])
            #expect(try await actions(AuditFilter(actor: "system", action: "toolset")).isEmpty)
        }
    }
}
