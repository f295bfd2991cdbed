import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// Nothing goes live whose calls would fail for want of a variable, where live's do not fail already.
struct PreflightTests {
    private func secured(_ name: String, _ alternatives: [[String]] = [["PETS_KEY"]]) -> ToolDefinition {
        var tool = definition(name)
        tool.call.security = alternatives.map { names in
            names.map {
                CallRecipe.SecurityScheme(name: $0, kind: .apiKey(name: "X-\($0)", location: .header), variables: [$0])
            }
        }
        return tool
    }

    private func makeEnvironment(_ names: [String], in world: World) async throws {
        _ = try await world.environments.createEnvironment(
            id: .make(),
            slug: slug("production"),
            name: "Production",
            entries: names.map { .init(name: $0, sealedValue: [1], isSecret: true) },
            in: world.project,
            by: world.actor
        )
    }

    /// `list`, which needs nothing, staged with `get`, which needs `PETS_KEY`.
    private func stageSecured(_ world: World, supplied: [String] = []) async throws {
        try await makeEnvironment(supplied, in: world)
        try await world.deploy(definition("list"), secured("get"))
        try await world.make(
            tools: ["list"],
            settings: Toolset.Settings(mcpSlug: pets, defaultEnvironment: slug("production"))
        )
        try await world.stage()
        try await world.select(["list", "get"])
    }

    private func set(_ names: [String], removing: [String] = [], in world: World) async throws {
        _ = try await world.environments.updateEnvironment(
            slug("production"),
            name: nil,
            setting: names.map { .init(name: $0, sealedValue: [2], isSecret: true) },
            removing: removing,
            expecting: nil,
            in: world.project,
            by: world.actor
        )
    }

    @Test func `a variable that nobody supplies stops a publish, naming it, its tools and the environment`()
        async throws
    {
        try await World.with { world in
            try await stageSecured(world)
            let review = try await world.review()
            let check = try #require(review.checks.first { $0.aspect == .variables })
            #expect(check.status == .failed)
            #expect(check.details == ["PETS_KEY, needed by get"])
            let before = try await world.state()
            let refusal = try await problem { try await world.publish() }
            #expect(refusal.code == .preflightFailed)
            #expect(refusal.message.contains("PETS_KEY (get)"))
            #expect(refusal.detail("variables") == .texts(["PETS_KEY"]))
            #expect(refusal.detail("environment") == .text("production"))
            #expect(refusal.detail("tools") == .texts(["get"]))
            #expect(try await world.state() == before)

            try await set(["PETS_KEY"], in: world)
            #expect(try await world.review().checks.first { $0.aspect == .variables }?.status == .ok)
            #expect(try await world.publish().number == 2)
        }
    }

    @Test func `a variable that callers may bring stops nothing`() async throws {
        try await World.with { world in
            try await stageSecured(world)
            try await world.edit { $0.callerVariables = ["PETS_KEY"] }
            try await world.publish()
        }
    }

    @Test func `without an environment the sentence says so`() async throws {
        try await World.with { world in
            try await stageSecured(world)
            try await world.edit { $0.defaultEnvironment = .some(nil) }
            let refusal = try await problem { try await world.publish() }
            #expect(refusal.code == .preflightFailed)
            #expect(refusal.message.contains("no environment supplies"))
        }
    }

    @Test func `another way to authorize that is open will do`() async throws {
        try await World.with { world in
            try await makeEnvironment(["OTHER_KEY"], in: world)
            try await world.deploy(definition("list"), secured("get", [["PETS_KEY"], ["OTHER_KEY"]]))
            try await world.make(
                tools: ["list"],
                settings: Toolset.Settings(mcpSlug: pets, defaultEnvironment: slug("production"))
            )
            try await world.stage()
            try await world.select(["list", "get"])
            #expect(try await world.publish().number == 2)
        }
    }

    @Test func `what live lacks already is a warning`() async throws {
        try await World.with { world in
            try await stageSecured(world, supplied: ["PETS_KEY"])
            try await world.publish()
            try await set([], removing: ["PETS_KEY"], in: world)
            try await world.vary("list") { $0.title = "third" }
            let check = try await world.review().checks.first { $0.aspect == .variables }
            #expect(check?.status == .warning)
            #expect(check?.details == ["PETS_KEY, needed by get; live lacks it too"])
            #expect(try await world.publish().number == 3)
        }
    }

    @Test func `a roll back to what cannot be called is refused, and a return out of it is not`() async throws {
        try await World.with { world in
            try await makeEnvironment(["PETS_KEY"], in: world)
            try await world.deploy(secured("list"))
            try await world.make(
                tools: ["list"],
                settings: Toolset.Settings(mcpSlug: pets, defaultEnvironment: slug("production"))
            )
            try await world.stage()
            try await world.deploy(definition("list"))
            try await world.publish()
            try await set([], removing: ["PETS_KEY"], in: world)
            let before = try await world.state()
            let refusal = try await problem { try await world.rollBack(to: 1) }
            #expect(refusal.code == .preflightFailed)
            #expect(refusal.message.contains("Release 1 of \"pets\" needs PETS_KEY (list)"))
            #expect(try await world.state() == before)

            try await set(["PETS_KEY"], in: world)
            try await world.rollBack(to: 1)
            try await set([], removing: ["PETS_KEY"], in: world)
            try await world.rollBack(to: 2, Rollback())
            #expect(try await world.state().current == 2)
        }
    }

    @Test func `a roll back warns of operations that the active deployment no longer has`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.deploy(definition("get"))
            try await world.publish()
            let outcome = try await world.rollBack(to: 1, Rollback(reason: "list is needed"))
            #expect(outcome.warnings.map(\.aspect) == [.operations])
            #expect(outcome.warnings.first?.details == ["tools:http:pets:list"])
            #expect(outcome.from == 2)
            let back = try await world.rollBack(to: 2, Rollback())
            #expect(back.warnings.isEmpty)
        }
    }

    @Test func `what cannot be acknowledged away goes live by no acknowledgement`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            var lowered = definition("list")
            lowered.call.server = "http://api.example.com"
            try await world.deploy(lowered, definition("get"))
            let review = try await world.review()
            let change = try #require(review.changes.all.first { !$0.rule.canBeAcknowledged })
            let before = try await world.state()
            let refusal = try await problem {
                try await world.publish(
                    Publication(reviewed: ReviewedState(acknowledged: Set(review.changes.all.map(\.fingerprint))))
                )
            }
            #expect(refusal.code == .preflightFailed)
            #expect(refusal.message.contains(change.message))
            #expect(try await world.state() == before)
        }
    }
}
